#pragma once
// Where a run stands: a value that can be copied, so a run can be forked at any instant. It belongs to one model, which every
// function that works on it is given; nothing in it points into another state.

#include <railwindow/core/noise.hpp>
#include <railwindow/simulation/agenda.hpp>
#include <railwindow/simulation/disruptions.hpp>
#include <railwindow/simulation/ordinary_traffic.hpp>
#include <railwindow/simulation/trace.hpp>
#include <railwindow/train/consist.hpp>
#include <railwindow/train/course.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace railwindow {

struct LongStand;  // model.hpp

/// The train behind the locomotives that one rule of traction puts in front, and the share of their power that is there.
struct PulledTrain {
    Consist consist;
    std::size_t choice = 0;  ///< of Traction::choices
    double power = 1;
    bool electric = false;
};

/// One visit: what was drawn for it, and how its stop unfolds.
struct StopState {
    bool halts = false;
    Instant enters, released;           ///< not before these does ordinary traffic let it in, and out
    Millis technical{};                 ///< the technical halts of its section, one after the other
    std::vector<Millis> takes;          ///< by activity
    std::vector<Instant> ready, began;  ///< by activity: when it could begin, when it did
    std::vector<std::size_t> awaits;    ///< by activity: how many it still comes after
    std::size_t unfinished = 0;
};

/// The long stand of one country that was decided for the run.
struct LongStandDraw {
    std::size_t visit;    ///< where
    Millis takes;         ///< how long, unless it is a night
    const LongStand* of;  ///< of the itinerary
};

/// A place between stations where the train is brought to a stand, and for how long.
struct Stand {
    std::size_t stage;
    CourseOffset at;
    Millis lasts;
    TimePart part;
    std::string_view why;  ///< text of the model, or one that outlives it
};

/// What the wire gives an electric train.
struct Supply {
    bool dead = false;
    double power = 1;  ///< share
    friend bool operator==(const Supply&, const Supply&) = default;
};

/// One movement, from where the train started to the next place where it stands.
struct Leg {
    std::size_t from = 0;    ///< the last visit before it, or the one where it begins
    std::size_t to = 0;      ///< the visit where it ends, or would but for the stand
    bool to_stand = false;   ///< it ends at the train's next stand, before `to`
    bool powerless = false;  ///< it ends, or the train stands, where there is no power
    CourseOffset begin, end;
    Speed initial{};
    Instant began;
    std::vector<Millis> reach;  ///< since then, by visit behind `from`, the end last; as far as the train gets
    Millis held{};              ///< what it was slowed down by since then
    std::variant<std::monostate, Stall, BeyondHorizon> ends_early;
};

/// What keeps a train from entering or leaving a visit.
struct Wait {
    Instant since;
    std::size_t visit;
    bool entering;  ///< else leaving
    TimePart part;
    std::string_view why;
    Instant cause_since;  ///< of `part` and `why`
};

enum class Doing : std::uint8_t { outside, running, standing, over };

/// One train of the run.
struct TrainState {
    // Drawn before it sets out.
    std::vector<Speed> caps;                             ///< by step of the path
    std::vector<double> hourly_paces;                    ///< by Itinerary::hourly_paces: factor on caps
    std::vector<double> intensity;                       ///< of the grades, by step
    std::vector<double> worked;                          ///< by country: the uniform number that says how fast its lines are worked
    std::vector<double> resistance;                      ///< by country
    double formulas = 1;                                 ///< factor on the resistance formulas
    std::vector<PulledTrain> pulled;                     ///< by traction
    std::vector<std::size_t> pulled_by;                  ///< traction, by the visit that is left
    std::vector<Course> courses;                         ///< by stage, with this run's gradients
    std::vector<StopState> stops;                        ///< by visit
    std::vector<Stand> stands;                           ///< between stations, in the order of the way
    std::vector<Spells> outages, low_voltage, closures;  ///< as far as looked at, by Disruptions::wires and closures
    std::vector<Instant> planned;                        ///< by plan of its itinerary: when it is wanted; not of receptions
    std::vector<LongStandDraw> long_stands;              ///< those of the run
    std::vector<std::optional<Millis>> passages;         ///< by Itinerary::passages: how long after the hours begin, if it keeps to them

    // As it goes.
    Doing doing = Doing::outside;
    std::size_t left = 0;          ///< how many visits it has left behind
    std::uint32_t plan = 0;        ///< of its next movement; events of older plans are void
    std::size_t next_stand = 0;    ///< of `stands`
    std::size_t next_stretch = 0;  ///< of Alternative::shared: where it will first meet ordinary trains
    Leg leg;
    std::vector<Speed> timed_caps;  ///< `caps` at the hours of the leg; empty: the same at all hours
    Supply supply;                  ///< that it runs on
    Millis moving{};                ///< up to the beginning of the leg
    std::optional<Wait> wait;
};

/// Who uses a facility and who waits for it.
struct FacilityState {
    struct Request {
        std::size_t train, visit, activity;
    };
    int busy = 0;                  ///< lifts at work
    std::vector<Request> waiting;  ///< first come, first served
};

/// What trains are told when they are to go round a closed place.
struct DiversionOrder {
    std::size_t diversion;  ///< of Model::diversions
    Instant closed_until;   ///< what was to be heard of the closure
};

/// One run of a model so far.
struct State {
    Noise noise;
    Logging logging = Logging::off;
    std::vector<TrainState> trains;         ///< as Alternative::trains
    std::vector<FacilityState> facilities;  ///< as Alternative::facilities
    std::vector<StretchState> lines;        ///< as Alternative::shared
    Agenda agenda;
    Instant now{};                          ///< of the latest event
    std::optional<DiversionOrder> order{};  ///< to go another way
    Trace trace;
};

}  // namespace railwindow
