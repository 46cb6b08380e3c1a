#include <railwindow/score/rolling.hpp>

#include <railwindow/core/error.hpp>

#include <algorithm>

namespace railwindow {
namespace {

RollingStep step_of(const std::vector<RolledForecast>& all, std::size_t known) {
    RollingStep step{known, 0, {}, {}, 0};
    for (const RolledForecast& one : all) {
        if (one.forecast.known != known) continue;
        ++step.targets;
        step.crps += one.forecast.crps;
        step.inside += one.forecast.inside;
        for (const RolledForecast& first : all)
            if (first.journey == one.journey && first.forecast.observation == one.forecast.observation && first.forecast.known == 0)
                step.crps_before += first.forecast.crps;
    }
    const double count = static_cast<double>(std::max<std::size_t>(1, step.targets));
    step.crps = step.crps / count, step.crps_before = step.crps_before / count, step.inside /= count;
    return step;
}

}  // namespace

Rolling rolling(const std::vector<Scenario>& scenarios, const InferOptions& options) {
    Rolling result{options.runs, options.seed, options.quantiles, {}, {}, {}};
    std::size_t most = 0;
    for (const Scenario& scenario : scenarios)
        for (const Forecast& start : forecasts_of(scenario)) {
            if (start.record != Record::special_train || start.targets.empty()) continue;
            const Model& model = *start.model;
            const std::string journey = start.scenario + " from " + start.from;
            try {
                for (RollingForecast& one : roll(model, options)) {
                    const Observation& seen = model.observations[one.observation];
                    const Station& station = model.network.stations()[seen.station];
                    most = std::max(most, one.known);
                    result.forecasts.push_back({journey, station.name, station.zone, *seen.low, *seen.high, std::move(one)});
                }
            } catch (const Infeasible& reason) {
                result.unfit.push_back(journey + ": " + reason.what());
            }
        }
    for (std::size_t known = 0; known <= most && !result.forecasts.empty(); ++known) result.steps.push_back(step_of(result.forecasts, known));
    return result;
}

}  // namespace railwindow
