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
inline constexpr std::size_t disruption_kinds = 7;
/// As files name it: "restrictions", "signal_holds", ...
std::string_view name(DisruptionKind kind);

/// Factors on a rate, January first.
struct MonthFactors {
    std::array<double, 12> factor{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
};

/// What every rule says.
struct DisruptionRule {
    std::vector<Name> lines;  ///< ids; empty: every other line of the country
    MonthFactors months;
    double by_default = 1;  ///< factor on the rate where the scenario says nothing
    Provenance provenance;
};

/// Stretches that have to be run slowly for some weeks.
struct RestrictionSheet {
    Length every{};  ///< mean spacing along the line
    Uncertain<Length> length;
    Uncertain<Speed> speed;
    DisruptionRule rule;
};

/// What brings a train to a stand between stations: a signal, its locomotive, security.
struct HoldSheet {
    Length every{};  ///< mean spacing along the line
    Uncertain<Duration> lasts;
    DisruptionRule rule;
};

/// The wire of a whole line has no power.
struct OutageSheet {
    Duration every{};  ///< mean interval
    Uncertain<Duration> lasts;
    std::optional<Uncertain<Duration>> rescue;  ///< until a diesel has brought a train to the next station, or stands before it at one
    DisruptionRule rule;
};

/// The wire of a whole line has less than it should.
struct LowVoltageSheet {
    Duration every{};  ///< mean interval
    Uncertain<Duration> lasts;
    Uncertain<double> power;  ///< share that is left, of what the journey's traction has
    DisruptionRule rule;
};

/// A place on the line cannot be passed: flood, landslide.
struct ClosureSheet {
    Duration every{};  ///< mean interval ...
    Length per{};      ///< ... on so much line
    Uncertain<Duration> lasts;
    DisruptionRule rule;
};

/// The disruptions of one country. Of each kind the rule that names the line holds, else the one that names none.
struct DisruptionsSheet {
    std::vector<RestrictionSheet> restrictions;
    std::vector<HoldSheet> signal_holds, failures, security_holds;
    std::vector<OutageSheet> power_outages;
    std::vector<LowVoltageSheet> low_voltage;
    std::vector<ClosureSheet> closures;
};

/// Factor on a rate that is written; 0 switches off.
struct RateFactor {
    double value = 1;
};

/// What a scenario makes of the rates; where it says nothing the rule's own `by_default` holds.
struct DisruptionFactors {
    std::optional<RateFactor> restrictions, signal_holds, failures, security_holds, power_outages, low_voltage, closures;

    const std::optional<RateFactor>& operator[](DisruptionKind kind) const;
};

}  // namespace railwindow
