#include <railwindow/drivers/named_numbers.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/drivers/draw_groups.hpp>
#include <railwindow/drivers/frozen_runs.hpp>
#include <railwindow/estimate/parallel.hpp>
#include <railwindow/simulation/simulate.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
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

// Every number is at one end or the other, wherever it is drawn.
class AtEnds final : public DrawSource {
public:
    AtEnds(const std::vector<DrawnNumber>& numbers, const std::vector<char>& high) : numbers_{numbers}, high_{high} {
        for (std::size_t i = 0; i < numbers.size(); ++i) of_purpose_.emplace_back(numbers[i].purpose, i);
        std::sort(of_purpose_.begin(), of_purpose_.end());
    }
    std::uint64_t run_of(const DrawKey&, std::uint64_t run) const override { return run; }
    std::optional<double> given(const DrawKey& key) const override {
        const auto first = std::lower_bound(of_purpose_.begin(), of_purpose_.end(), std::pair{key.purpose(), std::size_t{0}});
        for (auto one = first; one != of_purpose_.end() && one->first == key.purpose(); ++one)
            if (numbers_[one->second].is(key)) return high_[one->second] ? high_quantile : low_quantile;
        return {};
    }

private:
    const std::vector<DrawnNumber>& numbers_;
    const std::vector<char>& high_;
    std::vector<std::pair<std::uint32_t, std::size_t>> of_purpose_;
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

// Laws, numbers without one, and all among each other: each counts as a third of the whole.
std::function<bool(std::uint64_t)> part_of(const Progress& progress, std::uint64_t part, std::uint64_t jobs) {
    constexpr std::uint64_t parts = 3;
    return [&progress, part, jobs](std::uint64_t done) { return !progress || progress(part * jobs + done, parts * jobs); };
}

// Nothing where the model cannot be built with them.
std::optional<Model> built(const WrittenNumbers& written, const std::vector<double>& factors) {
    try {
        return written.with(factors);
    } catch (const InputError&) {
        return {};
    } catch (const Infeasible&) {
        return {};
    }
}

// The arrivals of every run with each written number less and more: two columns for each. False where it was stopped.
bool move_written(const WrittenNumbers& written, std::vector<std::vector<double>>& arrivals, const EffectOptions& options) {
    const auto make_worker = [&] {
        return [&](std::uint64_t column) {
            std::vector<double> factors(written.all.size(), 1.0);
            factors[column / 2] += (column % 2 == 0 ? -1 : 1) * written.all[column / 2].step;
            const std::optional<Model> model = built(written, factors);
            if (!model) return std::fill(arrivals[column].begin(), arrivals[column].end(), NAN);
            Simulator simulator{*model};
            for (std::uint64_t run = 0; run < options.pairs; ++run) arrivals[column][run] = arrival_seconds(simulator.run({options.seed, run}));
        };
    };
    return in_parallel(arrivals.size(), options.threads, make_worker, part_of(options.progress, 1, arrivals.size()));
}

constexpr std::size_t trajectories = 8;
constexpr std::uint64_t runs_of_step = 64;

// One way through all ends: from ends by chance each number goes to its other one, in an order of chance. Shifts of the median from low to high.
std::vector<double> trajectory(const Model& model, const std::vector<DrawnNumber>& drawn, const WrittenNumbers& written, std::uint64_t number,
                               std::uint64_t seed) {
    const std::size_t all = drawn.size() + written.all.size();
    const Noise noise{seed, number};
    std::vector<char> high(all);
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t i = 0; i < all; ++i) {
        high[i] = noise.uniform(DrawKey{"end-of-number", "", ""}.at(i)) > 0.5;
        order.emplace_back(noise.uniform(DrawKey{"order-of-numbers", "", ""}.at(i)), i);
    }
    std::sort(order.begin(), order.end());
    std::optional<Model> changed;
    std::optional<Simulator> simulator;
    const auto rebuild = [&] {
        std::vector<double> factors;
        for (std::size_t i = 0; i < written.all.size(); ++i) factors.push_back(1 + (high[drawn.size() + i] ? 1 : -1) * written.all[i].step);
        simulator.reset();
        if (!written.all.empty()) changed = built(written, factors);
        if (written.all.empty()) simulator.emplace(model);
        if (changed) simulator.emplace(*changed);
    };
    const auto median = [&] {
        if (!simulator) return static_cast<double>(NAN);
        const AtEnds source{drawn, high};
        std::vector<double> arrivals;
        for (std::uint64_t run = number * runs_of_step; run < (number + 1) * runs_of_step; ++run)
            arrivals.push_back(arrival_seconds(simulator->run({seed, run, &source})));
        return three_quantiles(arrivals)[1];
    };
    rebuild();
    std::vector<double> shifts(all);
    double before = median();
    for (const auto& [rank, i] : order) {
        high[i] = !high[i];
        if (i >= drawn.size()) rebuild();
        const double after = median();
        shifts[i] = high[i] ? after - before : before - after;
        before = after;
    }
    return shifts;
}

std::optional<ElementaryEffect> elementary(const std::vector<std::vector<double>>& shifts, std::size_t number) {
    double sum = 0, absolute = 0, squares = 0, n = 0;
    for (const std::vector<double>& one : shifts) {
        if (std::isnan(one[number])) continue;
        sum += one[number], absolute += std::abs(one[number]), squares += one[number] * one[number], ++n;
    }
    if (n < 2) return {};
    return ElementaryEffect{absolute / n, std::sqrt(std::max(0.0, (squares - sum * sum / n) / (n - 1)))};
}

}  // namespace

double NumberEffect::largest() const { return std::fmax(std::abs(low.seconds[1]), std::abs(high.seconds[1])); }

std::vector<NumberEffect> number_effects(const Model& model, std::span<const double> plain, const EffectOptions& options,
                                         const WrittenNumbers& written) {
    const std::vector<DrawnNumber> numbers = numbers_drawn(model, options.seed);
    const std::uint64_t runs = options.pairs, blocks = (runs + runs_per_job - 1) / runs_per_job;
    std::vector<std::vector<double>> arrivals(2 * numbers.size(), std::vector<double>(runs));
    std::vector<std::vector<double>> moved(2 * written.all.size(), std::vector<double>(runs));
    const auto make_worker = [&] {
        return [&, simulator = std::make_shared<Simulator>(model)](std::uint64_t job) {
            const std::size_t column = job / blocks;
            const AtQuantile source{numbers[column / 2], column % 2 == 0 ? low_quantile : high_quantile};
            const std::uint64_t begin = job % blocks * runs_per_job, end = std::min(runs, begin + runs_per_job);
            for (std::uint64_t run = begin; run < end; ++run) arrivals[column][run] = arrival_seconds(simulator->run({options.seed, run, &source}));
        };
    };
    const std::uint64_t jobs = arrivals.size() * blocks;
    if (!in_parallel(jobs, options.threads, make_worker, part_of(options.progress, 0, jobs))) return {};
    if (!move_written(written, moved, options)) return {};
    std::vector<std::vector<double>> shifts(trajectories);
    const auto make_walker = [&] {
        return [&](std::uint64_t number) { shifts[number] = trajectory(model, numbers, written, number, options.seed); };
    };
    if (!in_parallel(trajectories, options.threads, make_walker, part_of(options.progress, 2, trajectories))) return {};

    std::vector<NumberEffect> result;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        result.push_back({numbers[i].name, numbers[i].country, shift_of(plain.first(runs), arrivals[2 * i]),
                          shift_of(plain.first(runs), arrivals[2 * i + 1]), 0, elementary(shifts, i)});
    for (std::size_t i = 0; i < written.all.size(); ++i)
        result.push_back({written.all[i].what, "", shift_of(plain.first(runs), moved[2 * i]), shift_of(plain.first(runs), moved[2 * i + 1]),
                          written.all[i].step, elementary(shifts, numbers.size() + i)});
    const auto still = [](const NumberEffect& one) {
        return one.low.seconds == std::array<double, 3>{} && one.high.seconds == std::array<double, 3>{};
    };
    result.erase(std::remove_if(result.begin(), result.end(), still), result.end());
    const auto by_effect = [](const NumberEffect& a, const NumberEffect& b) {
        const bool a_known = !std::isnan(a.largest()), b_known = !std::isnan(b.largest());
        return a_known != b_known ? a_known : a_known && a.largest() > b.largest();
    };
    std::stable_sort(result.begin(), result.end(), by_effect);
    return result;
}

}  // namespace railwindow
