#pragma once
// What is run: names resolved to ids, the route found, courses laid out, every draw named. Immutable; shared by all threads.

#include <railwindow/core/hours.hpp>
#include <railwindow/core/noise.hpp>
#include <railwindow/route/course_of.hpp>
#include <railwindow/simulation/disruptions.hpp>
#include <railwindow/simulation/formation.hpp>
#include <railwindow/simulation/observation.hpp>
#include <railwindow/simulation/shared_stretch.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace railwindow {

enum class ActivityKind { call, formalities, gauge_change, locomotive_change, reversal, technical_stop, other };

/// Something done at a stop. Activities run side by side, unless one comes `after` others.
struct Activity {
    std::string what;
    ActivityKind kind;
    Uncertain<Duration> takes;
    DrawKey key;
    int cars_per_batch = 0;                 ///< 0: done once; else once for each batch of so many cars
    std::vector<std::size_t> after;         ///< indices of earlier activities of the same visit
    std::optional<std::size_t> occupies{};  ///< facility of the alternative that it needs to begin
    std::optional<std::size_t> frees{};     ///< facility that others may have when it ends
    std::optional<LocalHours> hours{};      ///< when it can begin; nothing: at any time
};

/// Halts that may fall on one section: cells of `every`, shifted by a phase drawn once per line.
struct TechnicalStops {
    Length begin, end;  ///< chainage of the section on its line
    Length every, jitter;
    Uncertain<Duration> dwell;
    DrawKey phase, cell, length;
};

/// Hours at which trains leave or pass a station.
struct RunningHours {
    LocalHours hours;
    std::string why;
};

/// The train at one station of its route, stopping or passing.
struct Visit {
    StationId station;
    Length distance;         ///< from the origin of the main train
    std::size_t stage = 0;   ///< on whose course it is reached
    CourseOffset at;         ///< on that course
    bool must_stop = false;  ///< even where nothing takes time: origin, destination, reversal
    bool timing_point = false;
    std::vector<Activity> activities;
    std::vector<TechnicalStops> technical;  ///< that may halt the train here: those of the section it came along (and of the last section of all)
    std::vector<RunningHours> running{};    ///< all of which must allow it to go on
    std::optional<Instant> not_before{};    ///< it does not go on before that
};

/// How one step of the path is worked.
struct Pace {
    std::size_t law;       ///< index into Model::speed_laws
    double section_noise;  ///< standard deviation of ln(speed)
    DrawKey noise;
    std::size_t traction = 0;     ///< index into Model::tractions
    Uncertain<double> intensity;  ///< share of the ruling gradient that the grades between its ends reach
    DrawKey gradient;
};

/// What one country's practice draws once for the journey.
struct CountryWorking {
    std::string name;
    PaceSheet pace;
    DrawKey speed;
    Uncertain<double> track_resistance;
    DrawKey resistance;
};

/// Operating speeds of one law; all laws of a country share one uniform number, so a line worked fast means that all are.
struct SpeedLaw {
    Uncertain<Speed> speed;
    std::size_t country;  ///< index into Model::countries
};

/// At one time.
struct DepartAt {
    Instant at;
};
/// Around a time: triangular, at most `spread` before or after it.
struct DepartWithin {
    Instant at;
    Millis spread;
};
/// Any time between two, equally likely.
struct DepartBetween {
    Instant earliest, latest;
};
using Departure = std::variant<DepartAt, DepartWithin, DepartBetween>;
/// The quantile `u` of `departure`: at 0 the earliest time, at 1 the latest.
Instant draw_departure(const Departure& departure, double u);

/// A number that the result rests on and that is weakly known.
struct WeakInput {
    std::string what, source;
    Confidence confidence;
};

/// How a train of the convoy keeps to the main train: it sets out so long before or after the main train leaves the same station.
struct ConvoyGap {
    bool ahead;
    Uncertain<Duration> gap;
    DrawKey key;
};

/// When a train is wanted at a visit: it comes no earlier.
struct PlannedArrival {
    std::size_t visit;
    Departure when;
    std::optional<Uncertain<Duration>> later;  ///< by how much the railway's plan is later than `when`; nothing: it is that
    std::vector<std::size_t> hold_at;          ///< visits before it where an early train stands
    std::string why;
    DrawKey key, later_key;
};

/// One train's way: its path laid out, how fast and by what it is worked, what is done where it stands.
struct Itinerary {
    std::string name;  ///< of the train: "main"
    Path path;
    std::vector<Stage> stages;
    std::vector<Visit> visits;  ///< origin first, destination last; visit i is the beginning of step i
    TrainSheet train;
    DrawKey cars_key, mass_key, resistance_key, pace_key, departure_key;
    std::vector<CountryWorking> countries;
    std::vector<Traction> tractions;
    std::vector<SpeedLaw> speed_laws;
    std::vector<Pace> paces;  ///< by step of the path
    Departure departure;
    std::string rung;
    std::size_t first = 0;              ///< the visit of the main train where this one's way begins
    std::optional<ConvoyGap> convoy{};  ///< of all trains but the main one
    std::vector<PlannedArrival> plans{};
    Disruptions disruptions{};
};

/// Where the cars of several trains may have to wait for each other: so many trains at once.
struct Facility {
    StationId station;
    int lifts = 1;
};

/// One of the journeys that the scenario leaves open.
struct Alternative {
    std::string name;  ///< what was chosen; empty where there is no choice
    double probability;
    std::vector<Itinerary> trains;      ///< the main train first; one that has no way of its own here has no visits
    std::vector<std::size_t> convoy{};  ///< trains from the foremost to the last
    Millis headway{};                   ///< between two trains of the convoy at every station
    std::vector<Facility> facilities{};
    std::vector<SharedStretch> shared{};  ///< where ordinary trains run, in the order of the way
    /// The main train.
    const Itinerary& main() const { return trains.front(); }
};

/// A station where times are wanted, over all alternatives.
struct TimingPoint {
    StationId station;
    std::size_t train;                              ///< index into Alternative::trains
    std::vector<std::optional<std::size_t>> visit;  ///< by alternative: the visit of its itinerary, if it comes there
};

/// A claim with its stations found on the route.
struct Claim {
    std::string says, source;
    std::size_t from, to;  ///< timing points
    std::optional<Duration> at_least, at_most;
};

/// What is run. Made by `build`; any number of threads may use one at the same time.
struct Model {
    std::string name, question, scenario_file;
    std::vector<std::string> notes;
    Network network;
    std::vector<Alternative> alternatives;   ///< at least one; the probabilities add up to 1
    std::vector<TimingPoint> timing_points;  ///< in the order of the route, train by train; the origin first
    std::vector<Claim> claims;
    std::vector<WeakInput> weak_inputs;
    std::vector<std::string> changes{};  ///< in how far it differs from its scenario's file
    std::vector<Observation> observations{};
    std::vector<PressForecast> press{};
    std::vector<LineId> shared_lines{};  ///< lines with ordinary traffic, of all alternatives

    /// The main train of the first alternative: the whole journey where nothing is left open.
    const Itinerary& main() const { return alternatives.front().main(); }
};

/// The visit at a timing point, in `alternative` or else in the next one that comes there.
const Visit& visit_at(const Model& model, const TimingPoint& point, std::size_t alternative = 0);

/// The alternative of a run. Whatever their order, any 2^k consecutive runs share the alternatives out by their probabilities as
/// evenly as 2^k allows; the median run takes the likeliest.
/// Source: radical inverse in base 2 (van der Corput 1935), shifted by the seed.
std::size_t alternative_of(const Model& model, Noise noise);

enum class TimingPoints { main, all };

/// What a model is built for.
struct BuildOptions {
    TimingPoints timing_points = TimingPoints::main;
    std::optional<Path> path{};  ///< the way of every alternative, of the same network; nothing: the one that `journey` names
};

/// The model of `scenario`. The last place where input can be found wrong.
/// Throws: InputError when a name is unknown, a time does not exist, a country has no practice, or the corridor is not named;
/// Infeasible when there is no way.
Model build(const Scenario& scenario, const BuildOptions& options = {});

}  // namespace railwindow
