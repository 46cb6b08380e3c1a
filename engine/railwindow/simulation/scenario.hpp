#pragma once
// What the user wrote: names, quantities with units, laws, files. No ids, no defaults. `build` makes a model of it.

#include <railwindow/simulation/observation.hpp>
#include <railwindow/simulation/plan_sheet.hpp>
#include <railwindow/simulation/practice.hpp>
#include <railwindow/train/train_sheet.hpp>

#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// A stop that the journey is made for.
struct CallSheet {
    Name at;
    Uncertain<Duration> dwell;
    std::string why;
    std::optional<Uncertain<Duration>> overrun{};      ///< what a reception takes beyond its planned dwell
    std::optional<Written<WrittenTime>> not_before{};  ///< it does not leave before that
};

/// A station that may be chosen, with the weight of this choice.
struct WeightedStation {
    Name station;
    double weight = 1;
};

/// One station, or one of several by weight.
struct StationChoice {
    std::vector<WeightedStation> options;  ///< at least one

    StationChoice() = default;
    /// No choice: this station.
    StationChoice(Name one) : options{{std::move(one), 1}} {}
    /// The first option; of a journey in which everything is chosen (`choices_of`) the only one.
    const Name& one() const { return options.front().station; }
};

/// One of the corridors that a journey may take.
struct CorridorSheet {
    std::string name;
    double weight = 1;
    std::vector<Name> via, avoid;
    std::optional<StationChoice> regauging;  ///< instead of the journey's
    Place place;
};

/// From where to where, which way, when.
struct JourneySheet {
    StationChoice from, to;
    std::vector<Name> via;
    std::vector<CorridorSheet> routes;  ///< instead of `via`
    WhenSheet depart;
    std::vector<CallSheet> calls;
    std::vector<PlanSheet> plans{};
    std::vector<RunningHoursSheet> hours{};
    std::optional<StationChoice> regauging;  ///< station, or `prepared`: a second set of bogies waits and no time is lost
    std::vector<Name> avoid;                 ///< stations, lines, borders, countries
    bool freight_lines = false;              ///< whether it may run where otherwise only freight trains do
};

/// A train that runs ahead of the main train or behind it.
struct ConvoyTrainSheet {
    Name name;
    std::optional<Uncertain<Duration>> ahead, behind;  ///< exactly one: so long before or after the main train it leaves
    std::optional<Uncertain<double>> cars;             ///< instead of those of the main train's file
    bool light_locomotive = false;                     ///< no cars: what the practice puts in front, alone
    std::vector<Name> countries;                       ///< it runs only there, beginning where the main train first comes in; empty: all the way
    Provenance provenance;
    Place place;
};

/// Trains that belong together and never overtake each other.
struct ConvoySheet {
    Duration headway{};  ///< at least so long after the one ahead at every station
    std::vector<ConvoyTrainSheet> trains;
    Provenance provenance;
};

/// What somebody said about the journey, to be printed beside the result.
struct ClaimSheet {
    std::string says;
    Name from, to;
    std::optional<Duration> at_least, at_most;
    std::string source;
    Place place;
};

/// A variant of a scenario file.
struct NamedChange {
    std::string name, why;
};

/// One scenario file with everything it names.
struct Scenario {
    std::string file, name, question;
    std::vector<NetworkSheet> networks;
    std::vector<PracticeSheet> practice;
    std::vector<RollingStockSheet> rolling_stock;
    TrainSheet train;
    JourneySheet journey;
    std::optional<ConvoySheet> convoy;
    DisruptionFactors disruptions;
    std::optional<TrafficSheet> traffic;  ///< ordinary trains on its lines; nothing: where the practice does not close the line
    std::vector<ClaimSheet> claims;
    std::vector<std::string> notes;
    Record record = Record::special_train;
    std::vector<ObservedSheet> observed;
    std::vector<StaySheet> stays;
    std::vector<PressSheet> press;
    std::string variant;                ///< which variant of its file it is; empty: the file as it stands
    std::vector<std::string> changes;   ///< in how far it differs from its file, one to an entry
    std::vector<NamedChange> variants;  ///< that its file has
};

}  // namespace railwindow
