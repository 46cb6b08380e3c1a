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
/// What an activity is for.
enum class ActivityKind { call, formalities, gauge_change, locomotive_change, reversal, technical_stop, other };

/// Something done at a stop. Activities run side by side, unless one comes `after` others.
struct Activity {
    std::string what;                       ///< for logs and results
    ActivityKind kind;                      ///< decides which part of the time it counts as
    Uncertain<Duration> takes;              ///< how long once it has begun
    DrawKey key;                            ///< what is drawn for it
    int cars_per_batch = 0;                 ///< 0: done once; else once for each batch of so many cars
    std::vector<std::size_t> after;         ///< indices of earlier activities of the same visit
    std::optional<std::size_t> occupies{};  ///< facility of the alternative that it needs to begin
    std::optional<std::size_t> frees{};     ///< facility that others may have when it ends
    std::optional<LocalHours> hours{};      ///< when it can begin; nothing: at any time
};

/// Halts that may fall on one section: cells of `every`, shifted by a phase drawn once per line.
struct TechnicalStops {
    Length begin, end;            ///< chainage of the section on its line
    Length every, jitter;         ///< mean spacing of the halts, and how far it may differ
    Uncertain<Duration> dwell;    ///< how long a halt lasts
    DrawKey phase, cell, length;  ///< what is drawn: the phase of the line, the place of a halt in its cell, how long it lasts
};

/// Hours at which trains leave or pass a station.
struct RunningHours {
    LocalHours hours;                      ///< at that station
    std::string why;                       ///< for logs
    std::optional<std::size_t> passage{};  ///< of Itinerary::passages, by which they hold in some runs only; nothing: in all
};

/// Whether a train waits for the hours at which a place is passed.
struct Passage {
    double probability;         ///< that it does
    DrawKey key;                ///< what is drawn for that
    Millis at_most;             ///< who would wait longer does not
    Uncertain<Duration> later;  ///< after the hours begin
    DrawKey later_key;          ///< what is drawn for it
    std::size_t wait;           ///< of Model::waits
};

/// When hosts receive at a place: from a time within one of the windows to the end of the hours, every day alike, or whenever the train comes.
struct Reception {
    LocalHours hours;                                    ///< at which they receive at all
    double probability;                                  ///< that they keep to hours
    std::vector<std::pair<LocalHours, double>> windows;  ///< within the hours, in their order, with the share of all windows up to each
    DrawKey decision, window, minute;                    ///< what is drawn: whether they do, in which window they begin, and when in it
    std::size_t wait;                                    ///< of Model::waits
};
/// When the train is received that could be there at `could_be`: then, or later on. Never earlier for who comes later.
Instant received_at(const Reception& reception, Noise noise, Instant could_be);

/// A long stand in one country, decided once for the journey.
struct LongStand {
    double probability;                                      ///< of the stand
    std::vector<std::pair<std::size_t, double>> places;      ///< visits where it may be, with the share of all up to each
    Uncertain<Duration> takes;                               ///< how long
    std::optional<std::pair<LocalHours, LocalHours>> night;  ///< who comes in the first hours stands until a minute of the next of the second
    DrawKey decision, place, length, morning;                ///< what is drawn for it
    std::string why;                                         ///< for logs
    std::size_t wait;                                        ///< of Model::waits
};

/// Something that a run may wait for by decision, and no mishap.
struct Waiting {
    std::string what;  ///< as results name it: "reception at Khasan"
    bool voluntary;    ///< who wants to be in time does not
};

/// The train at one station of its route, stopping or passing.
struct Visit {
    StationId station;                      ///< of the network
    Length distance;                        ///< from the origin of the main train
    std::size_t stage = 0;                  ///< on whose course it is reached
    CourseOffset at;                        ///< on that course
    bool must_stop = false;                 ///< even where nothing takes time: origin, destination, reversal
    bool timing_point = false;              ///< whether its times are wanted in results
    std::vector<Activity> activities;       ///< done where it stops; empty: none
    std::vector<TechnicalStops> technical;  ///< that may halt the train here: those of the section it came along (and of the last section of all)
    std::vector<RunningHours> running{};    ///< all of which must allow it to go on
    std::optional<Instant> not_before{};    ///< it does not go on before that
    std::vector<std::size_t> diversions{};  ///< of Model::diversions: those that leave the way here, by how much longer they are
    Turn turn = Turn::none;                 ///< whether the train turns here, and how
};

/// A pace that holds at some hours of the day.
struct HourlyPace {
    Uncertain<double> pace;  ///< factor on operating speeds
    DrawKey key;             ///< what is drawn for it
};

/// Hours at which a section is entered, and the pace that it then has.
struct HoursOfPace {
    LocalHours hours;  ///< where the section begins
    std::size_t pace;  ///< index into Itinerary::hourly_paces
};

/// How one step of the path is worked.
struct Pace {
    std::size_t law;                   ///< index into Model::speed_laws
    double section_noise;              ///< standard deviation of ln(speed)
    DrawKey noise;                     ///< what is drawn for the pace of the step
    std::size_t traction = 0;          ///< index into Model::tractions
    Uncertain<double> intensity;       ///< share of the ruling gradient that the grades between its ends reach
    DrawKey gradient;                  ///< what is drawn for the gradients of the step
    std::vector<HoursOfPace> hours{};  ///< at which it is worked at another pace; the first that fit hold
};

/// What one country's practice draws once for the journey.
struct CountryWorking {
    std::string name;                    ///< ISO 3166 code
    PaceSheet pace;                      ///< factors on speeds and their spreads
    DrawKey speed;                       ///< what is drawn for all its operating speeds
    Uncertain<double> track_resistance;  ///< factor on the resistance formulas
    DrawKey resistance;                  ///< what is drawn for it
};

/// Operating speeds of one law; all laws of a country share one uniform number, so a line worked fast means that all are.
struct SpeedLaw {
    Uncertain<Speed> speed;  ///< operating speed of the sections that it holds for
    std::size_t country;     ///< index into Model::countries
    double spread = 1;       ///< factor on the spread of ln(speed) about the median
};

/// At one time.
struct DepartAt {
    Instant at;  ///< the departure
};
/// Around a time: triangular, at most `spread` before or after it.
struct DepartWithin {
    Instant at;     ///< the likeliest time
    Millis spread;  ///< largest distance from it
};
/// Any time between two, equally likely.
struct DepartBetween {
    Instant earliest, latest;  ///< the bounds
};
using Departure = std::variant<DepartAt, DepartWithin, DepartBetween>;  ///< When a train leaves: a time or a law of times.
/// The quantile `u` of `departure`: at 0 the earliest time, at 1 the latest.
Instant draw_departure(const Departure& departure, double u);

/// A number that a file gives as such, without a law: no draw stands for it.
struct ExactNumber {
    /// Which one it is; those of lines stand for all that the line says of the kind.
    enum class Kind { limits, operating_speeds, kilometres, heights, ruling_gradients, braking, brake_build_up };
    Kind kind;         ///< what is given
    std::string line;  ///< its id; of a practice's operating speed its country; empty: of the train
};

/// A number that draws are made from.
struct DrawnFrom {
    DrawKey draw;      ///< one of them
    double part{1.0};  ///< of the way on which they are felt, by kilometres, where this number holds
    /// What is drawn by `key` is made from it, on the share of the way where it holds.
    DrawnFrom(DrawKey key, double share = 1) : draw{key}, part{share} {}  // NOLINT: mostly it holds everywhere
};

/// What a weakly known number does in a run: nothing that could be told, or draws are made from it, or it is used as written.
using UseOfNumber = std::variant<std::monostate, DrawnFrom, ExactNumber>;

/// A number that the result rests on and that is weakly known: of low confidence, or from nobody knows where.
struct WeakInput {
    std::string what, source;  ///< for reports: what it is, and where it comes from; no source: nothing says so
    Confidence confidence;     ///< how well it is known, as stated; low where nothing is
    UseOfNumber use{};         ///< what runs do with it
    std::optional<double>
        spread{};  ///< share of the spread of the arrival that is left when all but what is drawn from it is known; empty: not asked
};

/// How a train of the convoy keeps to the main train: it sets out so long before or after the main train leaves the same station.
struct ConvoyGap {
    bool ahead;               ///< whether it runs before the main train
    Uncertain<Duration> gap;  ///< between the two departures
    DrawKey key;              ///< what is drawn for it
};

/// When a train is wanted at a visit: it comes no earlier.
struct PlannedArrival {
    std::size_t visit;                         ///< of the itinerary
    Departure when;                            ///< wanted: a time or a law of times
    std::optional<Uncertain<Duration>> later;  ///< by how much the railway's plan is later than `when`; nothing: it is that
    std::vector<std::size_t> hold_at;          ///< visits before it where an early train stands
    std::string why;                           ///< for logs
    DrawKey key, later_key;                    ///< what is drawn: the wanted time, and by how much the plan is later
    std::optional<Reception> reception{};      ///< instead of `when`: as hosts receive
};

/// One train's way: its path laid out, how fast and by what it is worked, what is done where it stands.
struct Itinerary {
    std::string name;                                                     ///< of the train: "main"
    Path path;                                                            ///< through the network, step by step
    std::vector<Stage> stages;                                            ///< its courses, one from reversal to reversal
    std::vector<Visit> visits;                                            ///< origin first, destination last; visit i is the beginning of step i
    TrainSheet train;                                                     ///< as written
    DrawKey cars_key, mass_key, resistance_key, pace_key, departure_key;  ///< what is drawn once for a run
    std::vector<CountryWorking> countries;                                ///< whose lines it runs over
    std::vector<Traction> tractions;                                      ///< what may pull it
    std::vector<SpeedLaw> speed_laws;                                     ///< of its lines
    std::vector<Pace> paces;                                              ///< by step of the path
    Departure departure;                                                  ///< when it leaves its origin
    std::string rung;                                                     ///< of the train's dynamics: the model by which it moves
    std::size_t first = 0;                                                ///< the visit of the main train where this one's way begins
    std::optional<ConvoyGap> convoy{};                                    ///< of all trains but the main one
    std::vector<PlannedArrival> plans{};                                  ///< when it is wanted where; empty: nowhere
    Disruptions disruptions{};                                            ///< what may disturb it
    std::vector<HourlyPace> hourly_paces{};                               ///< of its lines; empty: the same at all hours
    std::optional<StationId> continues_to{};                              ///< where it goes on to; nothing: its journey ends at its last visit
    std::vector<LongStand> long_stands{};                                 ///< by country; empty: none
    std::vector<Passage> passages{};                                      ///< places passed at certain hours in some runs
};

/// Where the cars of several trains may have to wait for each other: so many trains at once.
struct Facility {
    StationId station;  ///< where it is
    int lifts = 1;      ///< trains that it serves at once; at least 1
};

/// What a journey may leave open.
enum class ChoiceKind { origin, destination, departure, corridor, plan, hours, regauging };

/// What was chosen where there was a choice.
struct ChosenOption {
    ChoiceKind kind;    ///< of what
    std::string value;  ///< as written: a station, or the name of a corridor
    std::string name;   ///< as results name it: "to vladivostok"
    friend bool operator==(const ChosenOption&, const ChosenOption&) = default;
};

/// One of the journeys that the scenario leaves open.
struct Alternative {
    std::string name;                     ///< what was chosen; empty where there is no choice
    double probability;                   ///< of a run; all alternatives add up to 1
    std::vector<Itinerary> trains;        ///< the main train first; one that has no way of its own here has no visits
    std::vector<std::size_t> convoy{};    ///< trains from the foremost to the last
    Millis headway{};                     ///< between two trains of the convoy at every station
    std::vector<Facility> facilities{};   ///< where trains may wait for each other
    std::vector<SharedStretch> shared{};  ///< where ordinary trains run, in the order of the way
    std::vector<ChosenOption> chosen{};   ///< what makes it this one of all that are left open
    /// The main train.
    const Itinerary& main() const { return trains.front(); }
};

/// A step that may be closed, and when a train that is at the junction may be expected there.
struct StepAhead {
    std::size_t step;  ///< of a path
    Duration until;    ///< expected time from the junction to its beginning
};

/// A way round places that may be closed. The trains take it when the first of them comes by where it leaves the meant way, or is to set out from
/// there, and is told of a closure ahead that would keep it for longer than the way round takes.
struct Diversion {
    Alternative way;                                ///< the whole journey that way, as if it had been meant
    std::size_t alternative;                        ///< of Model::alternatives: the meant way
    std::size_t leaves;                             ///< visit of the main train where it leaves the meant way; all before are the same on both
    std::vector<StepAhead> avoided;                 ///< of the meant way: what it does not run over
    std::vector<StepAhead> instead;                 ///< of `way`: what it runs over in their place
    Duration longer;                                ///< by how much its expected time is more
    std::vector<std::optional<std::size_t>> visit;  ///< by timing point: the visit of `way`, if it comes there
};

/// A station where times are wanted, over all alternatives.
struct TimingPoint {
    StationId station;                              ///< of the network
    std::size_t train;                              ///< index into Alternative::trains
    std::vector<std::optional<std::size_t>> visit;  ///< by alternative: the visit of its itinerary, if it comes there
};

/// A claim with its stations found on the route.
struct Claim {
    std::string says, source;                   ///< what is claimed, and by whom
    std::size_t from, to;                       ///< timing points
    std::optional<Duration> at_least, at_most;  ///< bounds on the time between; empty: none on that side
};

/// What is run. Made by `build`; any number of threads may use one at the same time.
struct Model {
    std::string name, question, scenario_file;  ///< of the scenario: its name, what it asks, its file
    std::vector<std::string> notes;             ///< remarks of the scenario, for reports
    Network network;                            ///< with all that is known of its track
    std::vector<Alternative> alternatives;      ///< at least one; the probabilities add up to 1
    std::vector<TimingPoint> timing_points;     ///< in the order of the route, train by train; the origin first
    std::vector<Claim> claims;                  ///< to be printed beside the result
    std::vector<WeakInput> weak_inputs;         ///< what the result rests on and is not sure of
    std::vector<std::string> changes{};         ///< in how far it differs from its scenario's file
    std::vector<Observation> observations{};    ///< what was seen of the train
    std::vector<PressForecast> press{};         ///< what the press expected
    std::vector<Evidence> evidence{};           ///< what was said in favour of something left open
    std::vector<LineId> shared_lines{};         ///< lines with ordinary traffic, of all alternatives
    std::vector<Diversion> diversions{};        ///< ways round closed places, of all alternatives
    std::vector<std::string> doubts{};          ///< about the way: what hardly anybody means
    std::vector<Waiting> waits{};               ///< what runs may wait for by decision

    /// The main train of the first alternative: the whole journey where nothing is left open.
    const Itinerary& main() const { return alternatives.front().main(); }
};

/// Whether a train on this way comes to `station`, stopping or not.
bool comes_to(const Itinerary& way, StationId station);

/// The stations of a way's visits, in its order.
std::vector<StationId> stations_of(const Itinerary& way);

/// The way of the main train in `trace`, as VisitsByWay counts them.
std::size_t way_index(const Model& model, const struct Trace& trace);

/// Lets the main train of every alternative and diversion leave its origin as `departure` says.
void set_departure(Model& model, const Departure& departure);

/// From now on trains wait before closed places rather than take a way that does not come to `station`, where the meant one does.
void always_come_to(Model& model, StationId station);

/// From now on nobody waits of his own will: no receptions, no long stands.
void without_voluntary_waits(Model& model);

/// The ways of the trains of `trace`: its alternative, or the diversion that was taken.
const Alternative& way_of(const Model& model, const struct Trace& trace);

/// The visit at a timing point, in `alternative` or else in the next one that comes there.
const Visit& visit_at(const Model& model, const TimingPoint& point, std::size_t alternative = 0);

/// The alternative of a run. Whatever their order, any 2^k consecutive runs share the alternatives out by their probabilities as
/// evenly as 2^k allows; the median run takes the likeliest.
/// Source: radical inverse in base 2 (van der Corput 1935), shifted by the seed.
std::size_t alternative_of(const Model& model, Noise noise);
/// Which stations get times: those that matter to the journey (ends, stops, junctions, what it names), or every one on the way.
enum class TimingPoints { main, all };

/// What a model is built for.
struct BuildOptions {
    TimingPoints timing_points = TimingPoints::main;  ///< which stations get times
    std::optional<Path> path{};                       ///< the way of every alternative, of the same network; nothing: the one that `journey` names
};

/// The model of `scenario`. The last place where input can be found wrong.
/// Throws: InputError when a name is unknown, a time does not exist, a country has no practice, or the corridor is not named;
/// Infeasible when there is no way.
Model build(const Scenario& scenario, const BuildOptions& options = {});

}  // namespace railwindow
