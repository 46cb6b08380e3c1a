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
    Name at;                                           ///< station
    Uncertain<Duration> dwell;                         ///< how long it stays
    std::string why;                                   ///< what for, for results
    std::optional<Uncertain<Duration>> overrun{};      ///< what a reception takes beyond its planned dwell
    std::optional<Written<WrittenTime>> not_before{};  ///< it does not leave before that
    WhichVisit which{};                                ///< of its visits of that station
    std::optional<bool> reception{};                   ///< whether hosts receive there; empty: as the practice says
};

/// A station that may be chosen, with the weight of this choice.
struct WeightedStation {
    Name station;       ///< one that may be chosen
    double weight = 1;  ///< how likely it is, against the others
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
    std::string name;                        ///< for results
    double weight = 1;                       ///< how likely it is, against the others
    std::vector<Name> via, avoid;            ///< stations or lines that it takes or leaves out
    std::optional<StationChoice> regauging;  ///< instead of the journey's
    Place place;                             ///< where it was written
};

/// A departure that may be the one, with its weight.
struct WeightedDeparture {
    WhenSheet when;     ///< from the origin
    double weight = 1;  ///< how likely it is, against the others
    std::string name;   ///< for results
};

/// From where to where, which way, when.
struct JourneySheet {
    StationChoice from, to;                       ///< origin and destination
    std::vector<Name> via;                        ///< stations or lines in the order of the way; empty: the search finds it
    std::vector<CorridorSheet> routes;            ///< instead of `via`
    WhenSheet depart;                             ///< from the origin; of no account where `departures` are given
    std::vector<CallSheet> calls;                 ///< in the order of the way
    std::vector<PlanSheet> plans{};               ///< when it is wanted where; empty: nowhere
    std::vector<RunningHoursSheet> hours{};       ///< at which hours it may run; empty: at any
    std::optional<StationChoice> regauging;       ///< station, or `prepared`: a second set of bogies waits and no time is lost
    std::vector<Name> avoid;                      ///< stations, lines, borders, countries
    bool freight_lines = false;                   ///< whether it may run where otherwise only freight trains do
    std::optional<Name> continues_to{};           ///< where the train goes on to from `to`: it comes there as on the way to this station
    std::vector<WeightedDeparture> departures{};  ///< several that are possible; empty: `depart` is the one
    std::optional<bool> reception{};              ///< whether hosts receive at the destination; empty: as the practice says
};

/// A train that runs ahead of the main train or behind it.
struct ConvoyTrainSheet {
    Name name;                                         ///< unique in the convoy
    std::optional<Uncertain<Duration>> ahead, behind;  ///< exactly one: so long before or after the main train it leaves
    std::optional<Uncertain<double>> cars;             ///< instead of those of the main train's file
    bool light_locomotive = false;                     ///< no cars: what the practice puts in front, alone
    std::vector<Name> countries;                       ///< it runs only there, beginning where the main train first comes in; empty: all the way
    Provenance provenance;                             ///< where its numbers come from
    Place place;                                       ///< where it was written
};

/// Trains that belong together and never overtake each other.
struct ConvoySheet {
    Duration headway{};                    ///< at least so long after the one ahead at every station
    std::vector<ConvoyTrainSheet> trains;  ///< beside the main train
    Provenance provenance;                 ///< where its numbers come from
};

/// What somebody said about the journey, to be printed beside the result.
struct ClaimSheet {
    std::string says;                           ///< in words
    Name from, to;                              ///< stations on the way
    std::optional<Duration> at_least, at_most;  ///< bounds on the time between; empty: none on that side
    std::string source;                         ///< who says so
    Place place;                                ///< where it was written
};

/// A variant of a scenario file.
struct NamedChange {
    std::string name, why;  ///< its name, and what it is for
};

/// One scenario file with everything it names.
struct Scenario {
    std::string file, name, question;              ///< where it was read, what it is called, what it asks
    std::vector<NetworkSheet> networks;            ///< that the journey may use
    std::vector<PracticeSheet> practice;           ///< of the countries on the way
    std::vector<RollingStockSheet> rolling_stock;  ///< classes that files name
    TrainSheet train;                              ///< its main train
    JourneySheet journey;                          ///< of the main train
    std::optional<ConvoySheet> convoy;             ///< with other trains; empty: it runs alone
    DisruptionFactors disruptions;                 ///< on the rates that the practice says
    std::optional<TrafficSheet> traffic;           ///< ordinary trains on its lines; nothing: where the practice does not close the line
    std::vector<ClaimSheet> claims;                ///< to be printed beside the result
    std::vector<std::string> notes;                ///< remarks, for reports
    Record record = Record::special_train;         ///< whose journey is observed
    std::vector<ObservedSheet> observed;           ///< what was seen; empty: nothing
    std::vector<StaySheet> stays;                  ///< departures given for the forecasts of what comes later
    std::vector<PressSheet> press;                 ///< to be scored beside the model
    std::string variant;                           ///< which variant of its file it is; empty: the file as it stands
    std::vector<std::string> changes;              ///< in how far it differs from its file, one to an entry
    std::vector<NamedChange> variants;             ///< that its file has
    std::vector<EvidenceSheet> evidence{};         ///< what was said in favour of something left open
    Place variants_place{};                        ///< where its file writes variants, or would
    std::vector<std::string> files{};              ///< all that were read for it, itself the first
    std::string digest{};                          ///< of what they say, as far as journeys and what reports make of them depend on it
};

}  // namespace railwindow
