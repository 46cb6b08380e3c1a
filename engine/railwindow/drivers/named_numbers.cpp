#include <railwindow/drivers/named_numbers.hpp>

#include <railwindow/drivers/draw_groups.hpp>
#include <railwindow/drivers/frozen_runs.hpp>
#include <railwindow/estimate/parallel.hpp>
#include <railwindow/simulation/simulate.hpp>

#include <algorithm>
#include <cmath>
#include <memory>

namespace railwindow {
namespace {

constexpr double low_quantile = 0.05, high_quantile = 0.95;
constexpr std::size_t shift_batches = 16;
constexpr std::uint64_t runs_per_job = 256, runs_of_number_census = 64;

// Whether the first runs draw a number.
class NumbersDrawn final : public DrawSource {
public:
    explicit NumbersDrawn(const std::vector<DrawnNumber>& numbers) : numbers_{numbers}, drawn_(numbers.size()) {}
    std::uint64_t run_of(const DrawKey& key, std::uint64_t run) const override {
        for (std::size_t i = 0; i < numbers_.size(); ++i)
            if (numbers_[i].is(key)) drawn_[i] = true;
        return run;
    }
    bool drawn(std::size_t number) const { return drawn_[number]; }

private:
    const std::vector<DrawnNumber>& numbers_;
    mutable std::vector<char> drawn_;
};

// One number is at a quantile, wherever it is drawn.
class AtQuantile final : public DrawSource {
public:
    AtQuantile(const DrawnNumber& number, double p) : number_{number}, p_{p} {}
    std::uint64_t run_of(const DrawKey&, std::uint64_t run) const override { return run; }
    std::optional<double> given(const DrawKey& key) const override { return number_.is(key) ? std::optional{p_} : std::nullopt; }

private:
    const DrawnNumber& number_;
    double p_;
};

std::array<double, 3> three_quantiles(std::span<const double> values) {
    std::vector<double> sorted;
    for (const double value : values)
        if (!std::isnan(value)) sorted.push_back(value);
    std::sort(sorted.begin(), sorted.end());
    std::array<double, 3> result{NAN, NAN, NAN};
    for (std::size_t i = 0; i < 3 && !sorted.empty(); ++i) result[i] = quantile_between(sorted, std::array{0.05, 0.5, 0.95}[i]);
    return result;
}

ArrivalShift shift_of(std::span<const double> before, std::span<const double> after) {
    ArrivalShift shift{{}, {}};
    const std::array<double, 3> was = three_quantiles(before), is = three_quantiles(after);
    const std::uint64_t size = before.size() / shift_batches;
    std::array<std::array<double, 3>, shift_batches> batches;
    for (std::size_t batch = 0; batch < shift_batches; ++batch) {
        const auto a = three_quantiles(before.subspan(batch * size, size)), b = three_quantiles(after.subspan(batch * size, size));
        for (std::size_t i = 0; i < 3; ++i) batches[batch][i] = b[i] - a[i];
    }
    for (std::size_t i = 0; i < 3; ++i) {
        shift.seconds[i] = is[i] - was[i];
        double mean = 0, squares = 0;
        for (const auto& batch : batches) mean += batch[i] / shift_batches;
        for (const auto& batch : batches) squares += (batch[i] - mean) * (batch[i] - mean);
        shift.error[i] = std::sqrt(squares / (shift_batches * (shift_batches - 1)));
    }
    return shift;
}

std::vector<DrawnNumber> numbers_drawn(const Model& model, std::uint64_t seed) {
    const std::vector<DrawnNumber> all = DrawGroups{model}.numbers();
    const NumbersDrawn census{all};
    Simulator simulator{model};
    for (std::size_t i = 0; i < model.alternatives.size(); ++i)
        for (std::uint64_t run = 0; model.alternatives[i].probability > 0 && run < runs_of_number_census; ++run)
            simulator.run_as(i, {seed, run, &census});
    std::vector<DrawnNumber> drawn;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (census.drawn(i)) drawn.push_back(all[i]);
    return drawn;
}

}  // namespace

double NumberEffect::largest() const { return std::max(std::abs(low.seconds[1]), std::abs(high.seconds[1])); }

std::vector<NumberEffect> number_effects(const Model& model, std::span<const double> plain, const EffectOptions& options) {
    const std::vector<DrawnNumber> numbers = numbers_drawn(model, options.seed);
    const std::uint64_t runs = options.pairs, blocks = (runs + runs_per_job - 1) / runs_per_job;
    std::vector<std::vector<double>> arrivals(2 * numbers.size(), std::vector<double>(runs));
    const auto make_worker = [&] {
        return [&, simulator = std::make_shared<Simulator>(model)](std::uint64_t job) {
            const std::size_t column = job / blocks;
            const AtQuantile source{numbers[column / 2], column % 2 == 0 ? low_quantile : high_quantile};
            const std::uint64_t begin = job % blocks * runs_per_job, end = std::min(runs, begin + runs_per_job);
            for (std::uint64_t run = begin; run < end; ++run) arrivals[column][run] = arrival_seconds(simulator->run({options.seed, run, &source}));
        };
    };
    const std::uint64_t jobs = arrivals.size() * blocks;
    const auto report = [&](std::uint64_t done) { return !options.progress || options.progress(done, jobs); };
    if (!in_parallel(jobs, options.threads, make_worker, report)) return {};
    std::vector<NumberEffect> result;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        result.push_back(
            {numbers[i].name, numbers[i].country, shift_of(plain.first(runs), arrivals[2 * i]), shift_of(plain.first(runs), arrivals[2 * i + 1])});
    const auto still = [](const NumberEffect& one) {
        return one.low.seconds == std::array<double, 3>{} && one.high.seconds == std::array<double, 3>{};
    };
    result.erase(std::remove_if(result.begin(), result.end(), still), result.end());
    std::stable_sort(result.begin(), result.end(), [](const NumberEffect& a, const NumberEffect& b) { return a.largest() > b.largest(); });
    return result;
}

}  // namespace railwindow
