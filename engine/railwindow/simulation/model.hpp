#pragma once
// What is run: names resolved to ids, the route found, courses laid out, every draw named. Immutable; shared by all threads.

#include <railwindow/core/noise.hpp>
#include <railwindow/route/course_of.hpp>
#include <railwindow/simulation/formation.hpp>
#include <railwindow/simulation/observation.hpp>

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
    int cars_per_batch = 0;          ///< 0: done once; else once for each batch of so many cars
    std::vector<std::size_t> after;  ///< indices of earlier activities of the same visit
};

/// Halts that may fall on one section: cells of `every`, shifted by a phase drawn once per line.
struct TechnicalStops {
    Length begin, end;  ///< chainage of the section on its line
    Length every, jitter;
    Uncertain<Duration> dwell;
    DrawKey phase, cell, length;
};

/// The train at one station of its route, stopping or passing.
struct Visit {
    StationId station;
    Length distance;         ///< from the origin
    std::size_t stage = 0;   ///< on whose course it is reached
    CourseOffset at;         ///< on that course
    bool must_stop = false;  ///< even where nothing takes time: origin, destination, reversal
    bool timing_point = false;
    std::vector<Activity> activities;
    std::vector<TechnicalStops> technical;  ///< that may halt the train here: those of the section it came along (and of the last section of all)
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

struct DepartAt {
    Instant at;
};
struct DepartWithin {
    Instant at;
    Millis spread;
};
struct DepartBetween {
    Instant earliest, latest;
};
using Departure = std::variant<DepartAt, DepartWithin, DepartBetween>;

/// A number that the result rests on and that is weakly known.
struct WeakInput {
    std::string what, source;
    Confidence confidence;
};

/// A claim with its stations found on the route.
struct Claim {
    std::string says, source;
    std::size_t from, to;  ///< visits
    std::optional<Duration> at_least, at_most;
};

struct Model {
    std::string name, question, scenario_file;
    std::vector<std::string> notes;
    Network network;
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
    std::vector<Claim> claims;
    std::vector<Observation> observations;
    std::vector<PressForecast> press;
    std::vector<WeakInput> weak_inputs;
    std::string rung;
};

enum class TimingPoints { main, all };

struct BuildOptions {
    TimingPoints timing_points = TimingPoints::main;
};

/// The model of `scenario`. The last place where input can be found wrong.
/// Throws: InputError when a name is unknown, a time does not exist, a country has no practice, or the corridor is not named;
/// Infeasible when there is no way.
Model build(const Scenario& scenario, const BuildOptions& options = {});

}  // namespace railwindow
