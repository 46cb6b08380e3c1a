#pragma once
// What a way costs in time, as plain expected numbers: the search compares ways by them, the simulation draws the real ones.

#include <railwindow/route/path.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace railwindow {

/// Expected times beyond what the network itself says. Everything left empty costs nothing.
struct ExpectedTimes {
    std::optional<Speed> train_limit;                             ///< the train's own limit; empty: it has none
    std::vector<std::pair<std::string, Speed>> operating_speeds;  ///< by country, instead of what its lines say
    std::vector<std::pair<StationId, Duration>> stops;            ///< what is done whenever a train passes: locomotive changes above all
    std::vector<std::pair<std::string, Duration>> reversals;      ///< by country
    std::optional<double> cars;                                   ///< whose gauge is changed in batches; without it that takes no time
};

/// What the ways of one network cost. Looks every number up once.
class WayCosts {
public:
    /// `network` must outlive it.
    WayCosts(const Network& network, const ExpectedTimes& times);

    /// Free running over a section: its length at the least of mean operating speed, limit and the train's own limit.
    Duration running(SectionId section) const;
    /// The border that a section crosses, or nullptr.
    const Border* border(SectionId section) const { return borders_.empty() ? nullptr : borders_[section.value]; }
    /// Standing at `here` between step `in` and step `out`. What is done there runs side by side, except that the locomotive comes
    /// after the change of gauge.   Accuracy: the longest of the expected times, which is at most the expected longest.
    Duration standing(StationId here, const PathStep& in, const PathStep& out, bool reverses) const;

private:
    Duration formalities(StationId here, SectionId section) const;
    Duration stop_at(StationId here) const;

    const Network& network_;
    std::optional<Speed> train_limit_;
    std::optional<double> cars_;
    std::vector<std::pair<std::string, Speed>> speeds_;
    std::vector<std::pair<std::string, Duration>> reversals_;
    std::vector<std::pair<StationId, Duration>> stops_;  // in order of ids
    std::vector<const Border*> borders_;                 // by section; empty when there are none
};

}  // namespace railwindow
