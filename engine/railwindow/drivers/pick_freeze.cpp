#include <railwindow/drivers/pick_freeze.hpp>

#include <railwindow/core/noise.hpp>
#include <railwindow/estimate/parallel.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace railwindow {
namespace {

constexpr std::size_t effect_batches = 16;
constexpr std::uint64_t pairs_per_block = 256;

// The run of the second half that each of the first half is paired with.
// Source: Fisher and Yates; each number of them is a draw with a name of its own.
std::vector<std::uint64_t> partners(std::uint64_t pairs, std::uint64_t seed) {
    std::vector<std::uint64_t> order(pairs);
    std::iota(order.begin(), order.end(), pairs);
    const Noise noise{seed, 0};
    const DrawKey key{"partner", "", ""};
    for (std::uint64_t i = pairs; i > 1; --i)
        std::swap(order[i - 1], order[static_cast<std::uint64_t>(noise.uniform(key.at(i)) * static_cast<double>(i))]);
    return order;
}

// Sums of one batch: what is compared, and the variance it is compared with.
struct EffectSums {
    double total = 0, first = 0, variance = 0;
    std::uint64_t pairs = 0;
};

// sum(part) / sum(variance), with the standard error of a ratio.
// Source: Cochran (1977), Sampling Techniques, 3rd ed., section 6.3.
Share ratio(const std::array<EffectSums, effect_batches>& batches, double EffectSums::*part) {
    double parts = 0, all = 0, squares = 0;
    for (const EffectSums& batch : batches) parts += batch.*part, all += batch.variance;
    if (!(all > 0)) return {};
    const double value = parts / all;
    for (const EffectSums& batch : batches) squares += std::pow(batch.*part - value * batch.variance, 2);
    constexpr double n = effect_batches;
    return {value, std::sqrt(n / (n - 1) * squares) / all};
}

double mean_of(std::span<const double> values) {
    double sum = 0, count = 0;
    for (const double value : values)
        if (!std::isnan(value)) sum += value, ++count;
    return count > 0 ? sum / count : 0;
}

// What `value` is for all rows of all columns, in parallel: result[column][row]. Empty where it was stopped.
std::vector<std::vector<double>> all_values(std::size_t columns, std::uint64_t rows, const MakeFrozenValue& make_value, const EffectOptions& options,
                                            const std::function<double(const FrozenValue&, std::size_t, std::uint64_t)>& of) {
    std::vector<std::vector<double>> values(columns, std::vector<double>(rows));
    const std::uint64_t blocks = (rows + pairs_per_block - 1) / pairs_per_block;
    const auto make_worker = [&] {
        return [&, value = make_value()](std::uint64_t job) {
            const std::size_t column = job / blocks;
            const std::uint64_t begin = job % blocks * pairs_per_block, end = std::min(rows, begin + pairs_per_block);
            for (std::uint64_t row = begin; row < end; ++row) values[column][row] = of(value, column, row);
        };
    };
    const std::uint64_t jobs = columns * blocks;
    const bool done = in_parallel(jobs, options.threads, make_worker,
                                  [&](std::uint64_t finished) { return !options.progress || options.progress(finished, jobs); });
    if (!done) values.clear();
    return values;
}

}  // namespace

double quantile_between(const std::vector<double>& sorted, double p) {
    const double n = static_cast<double>(sorted.size()), rank = std::clamp(p * (n + 1), 1.0, n);
    const auto below = static_cast<std::size_t>(rank);
    const double share = rank - static_cast<double>(below);
    return below == sorted.size() ? sorted.back() : sorted[below - 1] + share * (sorted[below] - sorted[below - 1]);
}

double width_of(std::vector<double>& values) {
    if (values.size() < 2) return NAN;
    std::sort(values.begin(), values.end());
    return quantile_between(values, 0.95) - quantile_between(values, 0.05);
}

std::vector<Effect> effects(std::size_t groups, std::span<const double> plain, const MakeFrozenValue& make_value, const EffectOptions& options) {
    const std::uint64_t pairs = options.pairs / effect_batches * effect_batches;
    const std::vector<std::uint64_t> partner = partners(pairs, options.seed);
    const auto frozen = all_values(groups, pairs, make_value, options,
                                   [&](const FrozenValue& value, std::size_t group, std::uint64_t run) { return value(run, group, partner[run]); });
    const double mean = mean_of(plain.first(2 * pairs));
    std::vector<Effect> result;
    for (const std::vector<double>& column : frozen) {
        std::array<EffectSums, effect_batches> batches;
        std::uint64_t known = 0;
        for (std::uint64_t run = 0; run < pairs; ++run) {
            const double a = plain[run] - mean, b = plain[partner[run]] - mean, mixed = column[run] - mean;
            if (std::isnan(a) || std::isnan(b) || std::isnan(mixed)) continue;
            EffectSums& batch = batches[run * effect_batches / pairs];
            batch.total += (a - mixed) * (a - mixed) / 2;
            batch.first += b * (mixed - a);
            batch.variance += (a * a + b * b) / 2;
            ++known;
        }
        result.push_back(
            {ratio(batches, &EffectSums::total), ratio(batches, &EffectSums::first), static_cast<double>(known) / static_cast<double>(pairs)});
    }
    return result;
}

namespace {

struct MeanWidth {
    double mean = 0, squared_error = 0;
};

// The mean width of consecutive rows, `size` at a time.
MeanWidth mean_width(std::span<const double> values, std::uint64_t size) {
    std::vector<double> widths;
    for (std::uint64_t begin = 0; begin + size <= values.size(); begin += size) {
        std::vector<double> there;
        for (const double value : values.subspan(begin, size))
            if (!std::isnan(value)) there.push_back(value);
        if (const double width = width_of(there); !std::isnan(width)) widths.push_back(width);
    }
    if (widths.size() < 2) return {NAN, NAN};
    const double n = static_cast<double>(widths.size()), mean = std::accumulate(widths.begin(), widths.end(), 0.0) / n;
    double squares = 0;
    for (const double width : widths) squares += (width - mean) * (width - mean);
    return {mean, squares / (n * (n - 1))};
}

}  // namespace

std::vector<ExpectedWidth> widths_if_known(const std::vector<std::size_t>& groups, std::span<const double> plain, const MakeFrozenValue& make_value,
                                           std::uint64_t known, std::uint64_t varied, const EffectOptions& options) {
    const auto values = all_values(
        groups.size(), known * varied, make_value, options,
        [&](const FrozenValue& value, std::size_t column, std::uint64_t row) { return value(row, groups[column], known * varied + row / varied); });
    std::vector<double> all;
    for (const double value : plain)
        if (!std::isnan(value)) all.push_back(value);
    const double width = width_of(all);
    const MeanWidth of_plain = mean_width(plain, varied);
    std::vector<ExpectedWidth> result;
    for (const std::vector<double>& column : values) {
        const MeanWidth given = mean_width(column, varied);
        const double factor = of_plain.mean > 0 ? width / of_plain.mean : 0 * of_plain.mean;
        const double share = of_plain.mean > 0 ? given.mean / of_plain.mean : 0;
        result.push_back({factor * given.mean, factor * std::sqrt(given.squared_error + share * share * of_plain.squared_error)});
    }
    return result;
}

}  // namespace railwindow
