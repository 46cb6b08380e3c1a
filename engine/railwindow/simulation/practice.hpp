#pragma once
// How a country works a special train over its lines, as written.

#include <railwindow/core/hours.hpp>
#include <railwindow/network/sheet.hpp>
#include <railwindow/simulation/disruption_sheet.hpp>
#include <railwindow/simulation/traffic_sheet.hpp>
#include <railwindow/simulation/wait_sheet.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

/// Halts that nobody announces. Their spacing along a line is triangular on [every - jitter, every + jitter].
struct TechnicalStopSheet {
    std::vector<Name> lines;    ///< ids; empty: every other line of the country
    Length every{}, jitter{};   ///< mean spacing along the line, and how far it may differ
    Uncertain<Duration> dwell;  ///< how long a halt lasts
    Provenance provenance;      ///< where its numbers come from
};

/// What is done at a named station. A change of locomotives is done where others take over; the rest differ in name only.
enum class StopActivity { locomotive_change, crew_change, water, fuel, inspection, waiting, other };
/// As files and logs name it: "locomotive change".
std::string_view name(StopActivity activity);

/// Something done at a named station, beside what else is done there.
struct PracticeStopSheet {
    Name at;                                     ///< station
    StopActivity activity;                       ///< what is done
    Uncertain<Duration> takes;                   ///< how long once it has begun
    Provenance provenance;                       ///< where its numbers come from
    std::optional<Written<DailyHours>> hours{};  ///< when it can begin; empty: any time
};

/// Locomotives that may pull, with the weight of this choice and how much of their power is there.
struct LocomotivesSheet {
    double weight = 1;                                ///< how likely the choice is, against the others
    std::vector<Name> units;                          ///< classes of locomotive, coupled together
    std::optional<Sourced<Uncertain<double>>> power;  ///< share of the rated power: catenary voltage, state of the engine
};

/// What pulls the train. The first rule of a country that fits a section holds.
struct TractionSheet {
    std::vector<Name> lines;                    ///< ids; empty: every line
    std::optional<Electrification> wire;        ///< empty: any
    std::vector<LocomotivesSheet> locomotives;  ///< to choose from by weight
    Provenance provenance;                      ///< where its numbers come from
};

/// What lies between the known heights of a section's ends: alternating grades up to the ruling one, with no net error of height.
struct GradientPriorSheet {
    Length wave{};                ///< one rise and one fall
    Uncertain<double> intensity;  ///< share of the ruling gradient that is reached, drawn for every section
    Provenance provenance;        ///< where its numbers come from
};

/// How the pace of a country's lines stands against what the lines say, and what was known of it beforehand.
struct PaceSheet {
    double median = 1;        ///< factor on all operating speeds
    double spread = 1;        ///< factor on all spreads of the pace: between journeys, of the operating speeds, between sections
    double median_prior = 0;  ///< standard deviation of ln(median) about 0 before any fit
    double spread_prior = 0;  ///< the same of ln(spread)
    Provenance provenance;    ///< where its numbers come from
};

/// Hours at which lines are worked faster or slower than at others.
struct HourlyPaceSheet {
    Written<DailyHours> between;  ///< by the clock or the sun of the station where a section is entered
    std::vector<Name> lines;      ///< ids; empty: every line of the country
    Uncertain<double> pace;       ///< factor on operating speeds, drawn once for a journey
    Provenance provenance;        ///< where its numbers come from
};

/// What reports of the special train are worth in one country.
struct ReportsSheet {
    double high = 1, medium = 1, low = 1;  ///< by confidence: the share that is about the train that is meant
    Duration span{};                       ///< over which the times of the others are spread
    Provenance provenance;                 ///< where its numbers come from
};

/// One practice file.
struct PracticeSheet {
    std::string file;                                               ///< where it was read; empty: none
    Name country;                                                   ///< ISO 3166 code
    std::optional<Sourced<Uncertain<Speed>>> operating_speed;       ///< instead of what the lines say
    std::optional<PaceSheet> pace;                                  ///< empty: as the lines say
    std::vector<HourlyPaceSheet> time_of_day;                       ///< empty: the same at all hours
    Sourced<double> section_noise;                                  ///< standard deviation of ln(speed) from section to section
    std::optional<SpeedSpreadSheet> speed_spread;                   ///< empty: as the lines say, timed or not
    std::vector<TechnicalStopSheet> technical_stops;                ///< empty: none
    std::optional<ReceptionsSheet> receptions;                      ///< when hosts receive; empty: whenever the train comes
    std::vector<LongStandSheet> long_stands;                        ///< the first that fits the journey; empty: none
    std::vector<PassageSheet> passages;                             ///< places passed at certain hours; empty: none
    std::vector<PracticeStopSheet> stops;                           ///< beside those of the journey
    std::optional<Sourced<Uncertain<Duration>>> reversal;           ///< how long a change of direction takes; empty: no train may reverse
    std::vector<TractionSheet> traction;                            ///< what pulls, the first rule that fits; empty: what the train's file says
    std::optional<Sourced<Uncertain<Duration>>> locomotive_change;  ///< where a stop says nothing of its own
    std::optional<Sourced<Uncertain<double>>> track_resistance;     ///< factor on the resistance formulas: poor track
    std::optional<GradientPriorSheet> gradient_prior;               ///< empty: the heights of the ends alone
    std::optional<Sourced<Uncertain<Duration>>> announced_times;    ///< by how much the railway's own plan is later than an announced time
    std::optional<DisruptionsSheet> disruptions;                    ///< empty: none
    std::vector<TrafficRuleSheet> traffic;                          ///< ordinary trains, line by line
    std::optional<ReportsSheet> reports;                            ///< what sightings there are worth; empty: not known
    Provenance provenance;                                          ///< where its numbers come from
};

}  // namespace railwindow
