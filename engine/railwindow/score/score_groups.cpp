#include <railwindow/score/score_groups.hpp>

#include <algorithm>
#include <cmath>
#include <map>

namespace railwindow {
namespace {

constexpr std::size_t pit_bins = 10;

Summary summary_of(const std::vector<const TargetScore*>& targets) {
    std::map<std::string, double> seen;
    for (const TargetScore* target : targets) ++seen[target->scenario];
    Summary sum{seen.size(), targets.size(), 0, 0, 0, {}, {}};
    for (const TargetScore* target : targets) {
        const FullScore& score = *target->full;
        const double weight = 1 / (seen[target->scenario] * static_cast<double>(seen.size()));
        sum.crps += weight * score.crps;
        sum.sixty_crps += weight * score.sixty_crps;
        sum.lognormal_crps += weight * score.lognormal_crps;
        sum.levels.resize(score.levels.size());
        sum.pinball.resize(score.pinball.size());
        for (std::size_t i = 0; i < score.levels.size(); ++i) {
            sum.levels[i].level = score.levels[i].level;
            sum.levels[i].inside += weight * score.levels[i].inside;
            sum.levels[i].winkler += weight * score.levels[i].winkler;
            sum.levels[i].width += weight * score.levels[i].width;
        }
        for (std::size_t i = 0; i < score.pinball.size(); ++i) {
            sum.pinball[i].p = score.pinball[i].p;
            sum.pinball[i].loss += weight * score.pinball[i].loss;
        }
    }
    return sum;
}

std::vector<double> tenths_of(const std::vector<const TargetScore*>& targets) {
    std::vector<double> bins(pit_bins);
    for (const TargetScore* target : targets) {
        const double low = target->pit.low, high = std::max(target->pit.high, low + 1e-9);
        for (std::size_t bin = 0; bin < pit_bins; ++bin) {
            const double from = static_cast<double>(bin) / pit_bins, to = static_cast<double>(bin + 1) / pit_bins;
            bins[bin] += std::max(0.0, std::min(to, high) - std::max(from, low)) / (high - low);
        }
    }
    return bins;
}

// The targets of each journey that count, in the order of the journeys.
std::vector<std::vector<const TargetScore*>> by_journey(const std::vector<const TargetScore*>& targets) {
    std::vector<std::vector<const TargetScore*>> journeys;
    for (const TargetScore* target : targets) {
        const auto same = [&](const auto& journey) { return journey.front()->scenario == target->scenario; };
        const auto found = std::find_if(journeys.begin(), journeys.end(), same);
        found == journeys.end() ? journeys.push_back({target}) : found->push_back(target);
    }
    return journeys;
}

JourneyScore journey_score(const std::vector<const TargetScore*>& targets) {
    const auto last =
        std::max_element(targets.begin(), targets.end(), [](auto a, auto b) { return a->full->observed.middle() < b->full->observed.middle(); });
    const double n = static_cast<double>(targets.size());
    JourneyScore score{targets.front()->scenario, targets.size(), 0, 0, 0, 0, (*last)->target.station, (*last)->pit};
    for (const TargetScore* target : targets) {
        score.crps += target->full->crps / n;
        score.lognormal_crps += target->full->lognormal_crps / n;
        score.log_score += target->full->log_score / n;
        score.lognormal_log += target->full->lognormal_log_score / n;
    }
    return score;
}

template <class Value>
Mean mean_of(const std::vector<JourneyScore>& journeys, Value value) {
    std::vector<double> values;
    for (const JourneyScore& journey : journeys) values.push_back(value(journey));
    return mean_with_error(values);
}

}  // namespace

Mean mean_with_error(const std::vector<double>& values) {
    Mean mean;
    const double n = static_cast<double>(values.size());
    for (const double value : values) mean.value += value / n;
    if (values.size() < 2) return mean;
    double squares = 0;
    for (const double value : values) squares += (value - mean.value) * (value - mean.value);
    mean.error = std::sqrt(squares / (n - 1) / n);
    return mean;
}

ScoreGroup score_group(const std::vector<TargetScore>& targets, bool known) {
    ScoreGroup group;
    std::vector<const TargetScore*> counted;
    std::map<std::string, std::vector<const TargetScore*>> countries;
    for (const TargetScore& target : targets) {
        if (target.known != known) continue;
        if (!target.full) {
            ++group.uncounted;
            group.consistent += target.consistent ? 1 : 0;
            continue;
        }
        counted.push_back(&target);
        countries[target.target.country].push_back(&target);
        for (const PressScore& press : target.full->press) {
            ++group.press.forecasts;
            group.press.press_crps += press.crps;
            group.press.model_crps += target.full->crps;
        }
    }
    if (group.press.forecasts > 0) {
        group.press.press_crps /= static_cast<double>(group.press.forecasts);
        group.press.model_crps /= static_cast<double>(group.press.forecasts);
    }
    group.all = summary_of(counted);
    for (const auto& [country, of_it] : countries) group.by_country.push_back({country, summary_of(of_it)});
    group.pit = tenths_of(counted);
    std::vector<Pit> finals;
    for (const auto& journey : by_journey(counted)) {
        group.journeys.push_back(journey_score(journey));
        finals.push_back(group.journeys.back().pit);
    }
    group.crps = mean_of(group.journeys, [](const JourneyScore& journey) { return journey.crps; });
    group.log_score = mean_of(group.journeys, [](const JourneyScore& journey) { return journey.log_score; });
    group.crps_gain = mean_of(group.journeys, [](const JourneyScore& journey) { return journey.lognormal_crps - journey.crps; });
    group.tests = pit_tests(finals);
    return group;
}

}  // namespace railwindow
