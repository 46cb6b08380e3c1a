#pragma once
// What disturbs trains, as a country's practice writes it: rates, and laws of what it then costs.

#include <railwindow/network/sheet.hpp>

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace railwindow {

/// What there is of disruptions.
enum class DisruptionKind { restrictions, signal_holds, failures, security_holds, power_outages, low_voltage, closures };
inline constexpr std::size_t disruption_kinds = 7;  ///< how many kinds there are
/// As files name it: "restrictions", "signal_holds", ...
std::string_view name(DisruptionKind kind);

/// Factors on a rate, January first.
struct MonthFactors {
    std::array<double, 12> factor{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};  ///< by month
};

/// What every rule says.
struct DisruptionRule {
    std::vector<Name> lines;  ///< ids; empty: every other line of the country
    MonthFactors months;      ///< how the rate goes with the season
    double by_default = 1;    ///< factor on the rate where the scenario says nothing
    Provenance provenance;    ///< where its numbers come from
};

/// Stretches that have to be run slowly for some weeks.
struct RestrictionSheet {
    Length every{};            ///< mean spacing along the line
    Uncertain<Length> length;  ///< of one restriction
    Uncertain<Speed> speed;    ///< that it allows
    DisruptionRule rule;       ///< where it holds, and how often
};

/// What brings a train to a stand between stations: a signal, its locomotive, security.
struct HoldSheet {
    Length every{};             ///< mean spacing along the line
    Uncertain<Duration> lasts;  ///< how long one stand lasts
    DisruptionRule rule;        ///< where it holds, and how often
};

/// The wire of a whole line has no power.
struct OutageSheet {
    Duration every{};                           ///< mean interval
    Uncertain<Duration> lasts;                  ///< until the power is back
    std::optional<Uncertain<Duration>> rescue;  ///< until a diesel has brought a train to the next station, or stands before it at one
    DisruptionRule rule;                        ///< where it holds, and how often
};

/// The wire of a whole line has less than it should.
struct LowVoltageSheet {
    Duration every{};           ///< mean interval
    Uncertain<Duration> lasts;  ///< until the voltage is back
    Uncertain<double> power;    ///< share that is left, of what the journey's traction has
    DisruptionRule rule;        ///< where it holds, and how often
};

/// A place on the line cannot be passed: flood, landslide.
struct ClosureSheet {
    Duration every{};           ///< mean interval ...
    Length per{};               ///< ... on so much line
    Uncertain<Duration> lasts;  ///< until the line is open
    DisruptionRule rule;        ///< where it holds, and how often
};

/// The disruptions of one country. Of each kind the rule that names the line holds, else the one that names none.
struct DisruptionsSheet {
    std::vector<RestrictionSheet> restrictions;                     ///< stretches run slowly
    std::vector<HoldSheet> signal_holds, failures, security_holds;  ///< stands between stations: at signals, for the locomotive, for security
    std::vector<OutageSheet> power_outages;                         ///< wires without power
    std::vector<LowVoltageSheet> low_voltage;                       ///< wires with less than they should have
    std::vector<ClosureSheet> closures;                             ///< lines that cannot be passed
};

/// Factor on a rate that is written; 0 switches off.
struct RateFactor {
    double value = 1;  ///< 0 or more
};

/// What a scenario makes of the rates; where it says nothing the rule's own `by_default` holds.
struct DisruptionFactors {
    std::optional<RateFactor> restrictions, signal_holds, failures, security_holds, power_outages, low_voltage, closures;  ///< empty: nothing is said
    std::optional<bool> diversions{};  ///< whether trains go round what is closed; empty: they do

    const std::optional<RateFactor>& operator[](DisruptionKind kind) const;
};

}  // namespace railwindow
