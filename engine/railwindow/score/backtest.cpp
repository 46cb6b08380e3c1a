#include <railwindow/score/backtest.hpp>

#include <railwindow/estimate/shared_work.hpp>
#include <railwindow/score/baselines.hpp>
#include <railwindow/score/log_score.hpp>
#include <railwindow/score/score_groups.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace railwindow {
namespace {

constexpr std::size_t joint_draws = 10'000;

struct Scored {
    Forecast forecast;
    ForecastRuns runs;
};

// From the middle of the known departure, as the baselines count.
Duration from_start(const Forecast& forecast, const ObservedInterval& observed) {
    return to_duration(observed.middle() - forecast.start.time_since_epoch());
}

ObservedInterval interval_of(const Observation& observed) { return {observed.low->time_since_epoch(), observed.high->time_since_epoch()}; }

// What the lognormal baseline learns from: the counted observations of special trains.
std::vector<ElapsedExample> examples_of(const std::vector<Scored>& all) {
    std::vector<ElapsedExample> examples;
    for (const Scored& one : all)
        for (const Target& target : one.forecast.targets)
            if (one.forecast.record == Record::special_train && counts(target.observed))
                examples.push_back({one.forecast.scenario, target.by_country, from_start(one.forecast, interval_of(target.observed))});
    return examples;
}

// An open side is 0 or 1.
Pit pit_of(const std::vector<Millis>& sorted, const Observation& observed) {
    const double low = observed.low ? share_before(sorted, observed.low->time_since_epoch() - Millis{1}) : 0;
    return pit_between(low, observed.high ? share_before(sorted, observed.high->time_since_epoch()) : 1, sorted.size());
}

double agreeing_share(const std::vector<Millis>& sorted, const Observation& observed) {
    const double before = observed.low ? share_before(sorted, observed.low->time_since_epoch() - Millis{1}) : 0;
    return (observed.high ? share_before(sorted, observed.high->time_since_epoch()) : 1) - before;
}

bool is_consistent(const std::vector<Millis>& sorted, const Observation& observed) {
    const Window window = central_window(sorted, consistent_level);
    const bool too_early = observed.high && observed.high->time_since_epoch() < window.low;
    const bool too_late = observed.low && observed.low->time_since_epoch() > window.high;
    return !too_early && !too_late;
}

class Judge {
public:
    Judge(const BacktestOptions& options, std::vector<ElapsedExample> examples) : options_{options}, examples_{std::move(examples)} {}

    TargetScore score(const Scored& one, std::size_t index) const {
        const Target& target = one.forecast.targets[index];
        const std::vector<Millis>& sorted = one.runs.sorted[index];
        TargetScore result{one.forecast.scenario,
                           options_.unseen.count(one.forecast.scenario) == 0,
                           one.forecast.from,
                           one.forecast.start,
                           target,
                           0,
                           {},
                           agreeing_share(sorted, target.observed),
                           pit_of(sorted, target.observed),
                           is_consistent(sorted, target.observed),
                           {}};
        result.probability = static_cast<double>(sorted.size()) / static_cast<double>(options_.runs);
        for (const double p : {0.05, 0.5, 0.95}) result.time.push_back(quantile_of(sorted, p));
        if (counts(target.observed)) result.full = full_score(one, target, sorted);
        return result;
    }

private:
    FullScore full_score(const Scored& one, const Target& target, const std::vector<Millis>& sorted) const {
        const ObservedInterval observed = interval_of(target.observed);
        const Duration elapsed = to_duration(observed.middle() - one.forecast.earliest.time_since_epoch());
        const Millis start = one.forecast.start.time_since_epoch();
        FullScore score{observed, elapsed, fair_crps(sorted, observed) / elapsed, log_score(sorted, observed), {}, {}, 0, 0, 0, {}};
        for (const double level : options_.levels) {
            const Window window = central_window(sorted, level);
            score.levels.push_back({level, window, share_inside(window.low, window.high, observed),
                                    winkler(window.low, window.high, level, observed) / elapsed, to_duration(window.high - window.low) / elapsed});
        }
        for (const double p : {0.05, 0.5, 0.95}) score.pinball.push_back({p, pinball(quantile_of(sorted, p).value, p, observed) / elapsed});
        score.sixty_crps = absolute_error(start + to_millis(sixty_km_h(target)), observed) / elapsed;
        std::vector<Millis> lognormal = country_speeds(examples_, one.forecast.scenario).times(target.by_country);
        for (Millis& time : lognormal) time += start;
        score.lognormal_crps = fair_crps(lognormal, observed) / elapsed;
        score.lognormal_log_score = log_score(lognormal, observed);
        for (const PressForecast& press : one.forecast.model->press)
            if (press.station == target.observed.station && press.event == target.observed.event && press.visits == target.observed.visits)
                score.press.push_back({press, press_crps(press, observed) / elapsed});
        return score;
    }

    // The press's interval as equally likely times.
    static Duration press_crps(const PressForecast& press, const ObservedInterval& observed) {
        constexpr int cells = 241;
        if (press.low == press.high) return absolute_error(press.low.time_since_epoch(), observed);
        std::vector<Millis> times;
        for (int i = 0; i < cells; ++i) times.push_back(press.low.time_since_epoch() + (press.high - press.low) * (2 * i + 1) / (2 * cells));
        return fair_crps(times, observed);
    }

    const BacktestOptions& options_;
    std::vector<ElapsedExample> examples_;
};

// One journey of the model's own: a run that reaches all its targets, whichever is drawn.
std::optional<std::uint64_t> drawn_run(const Scored& one, double u) {
    const auto runs = static_cast<std::uint64_t>(one.runs.by_target.front().size());
    const auto first = static_cast<std::uint64_t>(u * static_cast<double>(runs));
    for (std::uint64_t i = 0; i < runs; ++i) {
        const std::uint64_t run = (first + i) % runs;
        if (std::all_of(one.runs.by_target.begin(), one.runs.by_target.end(), [&](const auto& times) { return times[run] != ForecastRuns::never; }))
            return run;
    }
    return {};
}

// How many would lie in their windows if the model were right: the same journeys, observed as precisely, drawn from its own runs.
class JointDraws {
public:
    JointDraws(const std::vector<Scored>& all, bool known, const BacktestOptions& options) : all_{all}, known_{known}, options_{options} {}

    Coverage coverage(double level) const {
        std::vector<double> counts;
        Coverage result{level, 0, 0, 0, 0};
        for (std::uint64_t draw = 0; draw < joint_draws; ++draw) counts.push_back(count(level, Noise{options_.seed, draw}));
        std::sort(counts.begin(), counts.end());
        result.low = counts[static_cast<std::size_t>(0.025 * joint_draws)];
        result.high = counts[static_cast<std::size_t>(0.975 * joint_draws) - 1];
        return result;
    }

private:
    double count(double level, Noise noise) const {
        double inside = 0;
        for (const Scored& one : all_) {
            if (one.forecast.record != Record::special_train || options_.unseen.count(one.forecast.scenario) == (known_ ? 1 : 0)) continue;
            const auto run = drawn_run(one, noise.uniform(DrawKey{"coverage-run", "", one.forecast.scenario}));
            for (std::size_t i = 0; run && i < one.forecast.targets.size(); ++i) {
                const Target& target = one.forecast.targets[i];
                if (!railwindow::counts(target.observed)) continue;
                const Millis width = *target.observed.high - *target.observed.low;
                const double u = noise.uniform(DrawKey{"coverage-place", one.forecast.scenario, target.station_id}.at(i));
                const Millis low = one.runs.by_target[i][*run] - Millis{std::llround(u * static_cast<double>(width.count()))};
                const Window window = window_of(one, i, level);
                inside += share_inside(window.low, window.high, {low, low + width});
            }
        }
        return inside;
    }

    static Window window_of(const Scored& one, std::size_t target, double level) { return central_window(one.runs.sorted[target], level); }

    const std::vector<Scored>& all_;
    bool known_;
    const BacktestOptions& options_;
};

std::vector<Coverage> coverage_of(const std::vector<Scored>& all, const std::vector<TargetScore>& targets, bool known,
                                  const BacktestOptions& options) {
    std::vector<Coverage> all_levels;
    for (const double level : options.levels) {
        Coverage coverage = JointDraws{all, known, options}.coverage(level);
        for (const TargetScore& target : targets)
            if (target.full && target.known == known) {
                ++coverage.of;
                for (const LevelScore& score : target.full->levels)
                    if (score.level == level) coverage.covered += score.inside;
            }
        all_levels.push_back(coverage);
    }
    return all_levels;
}

}  // namespace

bool counts(const Observation& observed) {
    return observed.counts == Counting::fully && observed.low && observed.high && *observed.high - *observed.low <= widest_scored;
}

Backtest backtest(const std::vector<Scenario>& scenarios, const BacktestOptions& options, const std::map<std::string, PaceTrial>& trials) {
    if (options.runs == 0) throw InputError{Finding{{}, "runs", "0 runs give no answer", "ask for at least 1", Severity::error}};
    Backtest result{options.runs, options.seed, false, {}, {}, {}, {}};
    std::vector<Scored> all;
    for (const Scenario& scenario : scenarios)
        for (Forecast& forecast : forecasts_of(scenario)) {
            const auto trial = trials.find(scenario.name);
            all.push_back({trial == trials.end() ? std::move(forecast) : with_pace(std::move(forecast), trial->second), {}});
        }
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Progress progress = [&](std::uint64_t done, std::uint64_t) {
            return !options.progress || options.progress(i * options.runs + done, all.size() * options.runs);
        };
        all[i].runs = run_forecast(all[i].forecast, {options.runs, options.seed, options.threads, {}, progress, {}, options.work});
        if (!all[i].runs.complete) return result.stopped_early = true, result;
    }
    if (options.work && options.work->is_part()) return result;
    const Judge judge{options, examples_of(all)};
    for (const Scored& one : all)
        for (std::size_t i = 0; i < one.forecast.targets.size(); ++i)
            (one.forecast.record == Record::special_train ? result.targets : result.calibrating).push_back(judge.score(one, i));
    for (const bool known : {true, false}) {
        ScoreGroup& group = known ? result.known : result.unseen;
        group = score_group(result.targets, known);
        group.coverage = coverage_of(all, result.targets, known, options);
    }
    return result;
}

}  // namespace railwindow
