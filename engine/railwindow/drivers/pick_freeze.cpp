#include <railwindow/drivers/pick_freeze.hpp>

#include <railwindow/core/noise.hpp>
#include <railwindow/estimate/share_out.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
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

// What `value` is for rows `begin` to `end` of the columns that are listed, in parallel, into values[column][row]. False where it was stopped.
bool fill_values(std::vector<std::vector<double>>& values, const std::vector<std::size_t>& columns, std::uint64_t begin, std::uint64_t end,
                 const MakeFrozenValue& make_value, unsigned threads, const Progress& progress,
                 const std::function<double(const FrozenValue&, std::size_t, std::uint64_t)>& of) {
    const std::uint64_t blocks = (end - begin + pairs_per_block - 1) / pairs_per_block, jobs = columns.size() * blocks;
    for (const std::size_t column : columns) values[column].resize(end);
    const auto make_worker = [&] {
        return [&, value = make_value()](std::uint64_t job) {
            const std::size_t column = columns[job / blocks];
            const std::uint64_t first = begin + job % blocks * pairs_per_block, last = std::min(end, first + pairs_per_block);
            for (std::uint64_t row = first; row < last; ++row) values[column][row] = of(value, column, row);
        };
    };
    return in_parallel(jobs, threads, make_worker, [&](std::uint64_t finished) { return !progress || progress(finished, jobs); });
}

std::vector<std::size_t> numbers_below(std::size_t end) {
    std::vector<std::size_t> all(end);
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
}

// What pairs of runs say of a group. `mixed` are the values of its first pairs.
Effect effect_of(std::span<const double> plain, const std::vector<std::uint64_t>& partner, const std::vector<double>& mixed, double mean) {
    std::array<EffectSums, effect_batches> batches;
    const std::uint64_t pairs = mixed.size();
    std::uint64_t known = 0;
    for (std::uint64_t run = 0; run < pairs; ++run) {
        const double a = plain[run] - mean, b = plain[partner[run]] - mean, m = mixed[run] - mean;
        if (std::isnan(a) || std::isnan(b) || std::isnan(m)) continue;
        EffectSums& batch = batches[run * effect_batches / pairs];
        batch.total += (a - m) * (a - m) / 2;
        batch.first += b * (m - a);
        batch.variance += (a * a + b * b) / 2;
        ++known;
    }
    return {ratio(batches, &EffectSums::total), ratio(batches, &EffectSums::first), static_cast<double>(known) / static_cast<double>(pairs), pairs};
}

double largest_error(const Effect& effect) { return std::max(effect.total.error, effect.first.error); }

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
    const double mean = mean_of(plain.first(2 * pairs));
    std::vector<std::vector<double>> mixed(groups);
    std::vector<Effect> result(groups);
    std::vector<std::size_t> going_on = numbers_below(groups);
    std::uint64_t run = 0;  // pairs of all groups
    for (std::uint64_t begin = 0, end = options.at_first; begin < pairs && !going_on.empty(); begin = end, end *= 2) {
        end = end == 0 || end > pairs ? pairs : std::max<std::uint64_t>(effect_batches, end / effect_batches * effect_batches);
        // What groups that stop early do not need counts as done at the end.
        const auto share_of_all = [&](std::uint64_t done, std::uint64_t of) {
            return !options.progress || options.progress(run + done * (end - begin) * going_on.size() / of, groups * pairs);
        };
        const bool done =
            fill_values(mixed, going_on, begin, end, make_value, options.threads, share_of_all,
                        [&](const FrozenValue& value, std::size_t group, std::uint64_t row) { return value(row, group, partner[row]); });
        if (!done) return {};
        run += (end - begin) * going_on.size();
        double largest = 0;
        for (const std::size_t group : going_on) {
            result[group] = effect_of(plain, partner, mixed[group], mean);
            largest = std::max(largest, largest_error(result[group]));
        }
        // The group with the largest error of all always goes on, and nobody needs to be better known than it will be.
        const double in_the_end = largest * std::sqrt(static_cast<double>(end) / static_cast<double>(pairs));
        std::erase_if(going_on, [&](std::size_t group) { return largest_error(result[group]) <= in_the_end; });
    }
    return result;
}

MakeFrozenValue shared_values(SharedWork& work, std::size_t groups, const MakeFrozenValue& make_value, const EffectOptions& options) {
    using Values = std::vector<double>;  // by group within a pair
    const std::string name = work.next("pairs");
    if (!work.is_part() && !work.find(name)) return make_value;
    const std::uint64_t pairs = options.pairs / effect_batches * effect_batches, blocks = (pairs + pairs_per_block - 1) / pairs_per_block;
    const std::vector<std::uint64_t> partner = partners(pairs, options.seed);
    const auto known = std::make_shared<Values>(work.is_part() ? 0 : pairs * groups);
    const auto size_of = [&](std::uint64_t block) { return groups * std::min(pairs_per_block, pairs - block * pairs_per_block); };
    const auto make_worker = [&] {
        return [&, value = make_value()](std::uint64_t block) {
            Values values(size_of(block));
            for (std::size_t i = 0; i < values.size(); ++i) {
                const std::uint64_t row = block * pairs_per_block + i / groups;
                values[i] = value(row, i % groups, partner[row]);
            }
            return values;
        };
    };
    const auto take = [&](std::uint64_t block, const Values& values) {
        std::copy(values.begin(), values.end(), known->begin() + static_cast<std::ptrdiff_t>(block * pairs_per_block * groups));
    };
    const BlockCodec<Values> codec{[](const Values& values) {
                                       ByteWriter out;
                                       out.put(values);
                                       return out.take();
                                   },
                                   [&](std::uint64_t block, std::string_view bytes) {
                                       ByteReader in{bytes};
                                       Values values = in.list<double>(size_of(block));
                                       in.end();
                                       return values;
                                   }};
    const auto report = [&](std::uint64_t done) { return !options.progress || options.progress(done, blocks); };
    share_out(&work, {name, blocks, options.threads}, codec, make_worker, take, report);
    if (work.is_part()) return {};
    return
        [known, groups] { return [known, groups](std::uint64_t run, std::size_t group, std::uint64_t) { return (*known)[run * groups + group]; }; };
}

namespace {

// An order of the groups, by chance, for each pair.
std::vector<std::size_t> order_of_groups(std::size_t groups, std::uint64_t pair, std::uint64_t seed) {
    std::vector<double> rank(groups);
    const DrawKey key{"order-of-groups", "", ""};
    for (std::size_t group = 0; group < groups; ++group) rank[group] = Noise{seed, pair}.uniform(key.at(group));
    std::vector<std::size_t> order = numbers_below(groups);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rank[a] < rank[b]; });
    return order;
}

}  // namespace

std::vector<Share> shapley_effects(std::size_t groups, std::span<const double> plain, const MakeMixedValue& make_value,
                                   const EffectOptions& options) {
    const std::uint64_t pairs = options.pairs / effect_batches * effect_batches, size = pairs / effect_batches;
    const std::vector<std::uint64_t> partner = partners(pairs, options.seed);
    const double mean = mean_of(plain.first(2 * pairs));
    std::vector<std::array<EffectSums, effect_batches>> sums(groups);
    const auto make_worker = [&] {
        return [&, value = make_value()](std::uint64_t batch) {
            std::vector<double> step(groups);
            std::vector<char> taken;
            for (std::uint64_t run = batch * size; run < (batch + 1) * size; ++run) {
                const double a = plain[run] - mean, b = plain[partner[run]] - mean;
                if (std::isnan(a) || std::isnan(b)) continue;
                const std::vector<std::size_t> order = order_of_groups(groups, run, options.seed);
                taken.assign(groups, 0);
                double before = a;
                for (std::size_t i = 0; i < groups; ++i) {
                    taken[order[i]] = 1;
                    const double after = i + 1 == groups ? b : value(run, taken, partner[run]) - mean;
                    step[order[i]] = (before - after) * (a - (before + after) / 2);
                    before = after;
                }
                if (std::any_of(step.begin(), step.end(), [](double part) { return std::isnan(part); })) continue;
                for (std::size_t group = 0; group < groups; ++group) {
                    sums[group][batch].total += step[group];
                    sums[group][batch].variance += (a - b) * (a - b) / 2;
                }
            }
        };
    };
    const auto report = [&](std::uint64_t done) { return !options.progress || options.progress(done, effect_batches); };
    if (!in_parallel(effect_batches, options.threads, make_worker, report)) return {};
    std::vector<Share> result;
    for (const auto& batches : sums) result.push_back(ratio(batches, &EffectSums::total));
    return result;
}

namespace {

using Batches = std::vector<std::vector<double>>;

// Consecutive values, `size` at a time, each batch in order; without those that are none.
Batches sorted_batches(std::span<const double> values, std::uint64_t size) {
    Batches batches;
    for (std::uint64_t begin = 0; begin + size <= values.size(); begin += size) {
        std::vector<double>& batch = batches.emplace_back();
        for (const double value : values.subspan(begin, size))
            if (!std::isnan(value)) batch.push_back(value);
        std::sort(batch.begin(), batch.end());
    }
    return batches;
}

// The probabilities at which few values show, on average, P5 and P95 of all that they are of.
struct Ends {
    double low = 0.05, high = 0.95;
};

// The width of each batch; not a number where it has none.
std::vector<double> widths_of(const Batches& batches, Ends ends) {
    std::vector<double> widths;
    for (const std::vector<double>& batch : batches)
        widths.push_back(batch.size() < 2 ? NAN : quantile_between(batch, ends.high) - quantile_between(batch, ends.low));
    return widths;
}

// By halving: the probability between `low` and `high` at which the quantiles of the batches have `wanted` for their mean.
double probability_of(const Batches& batches, double wanted, double low, double high) {
    for (int i = 0; i < 40; ++i) {
        const double middle = (low + high) / 2;
        double sum = 0, count = 0;
        for (const std::vector<double>& batch : batches)
            if (batch.size() >= 2) sum += quantile_between(batch, middle), ++count;
        (sum < wanted * count ? low : high) = middle;
    }
    return (low + high) / 2;
}

// Sums over pairs of numbers.
struct Moments {
    double n = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0, mean_x = 0, mean_y = 0;
    void add(double a, double b) { ++n, x += a, y += b, xx += a * a, xy += a * b, yy += b * b; }
    // Of all numbers; those that are none are left out.
    static Moments of(std::span<const double> values, std::span<const double> others) {
        const double shift_x = mean_of(values), shift_y = mean_of(others);  // small numbers leave their squares exact
        Moments sums;
        for (std::size_t i = 0; i < std::min(values.size(), others.size()); ++i)
            if (!std::isnan(values[i]) && !std::isnan(others[i])) sums.add(values[i] - shift_x, others[i] - shift_y);
        sums.mean_x = sums.x / sums.n + shift_x, sums.mean_y = sums.y / sums.n + shift_y;
        return sums;
    }
    double variance_x() const { return (xx - x * x / n) / (n - 1); }
    double variance_y() const { return (yy - y * y / n) / (n - 1); }
    double covariance() const { return (xy - x * y / n) / (n - 1); }
};

// The mean of `given`, in proportion to that of `plain`; both by batch, and the first batches of both are of the same runs.
Share proportion(std::span<const double> given, std::span<const double> plain) {
    const Moments all = Moments::of(plain, plain), same = Moments::of(given, plain);
    if (same.n < 2 || !(all.mean_x > 0)) return {NAN, NAN};
    const double slope = same.variance_y() > 0 ? same.covariance() / same.variance_y() : 0;
    const double value = (same.mean_x - slope * (same.mean_y - all.mean_x)) / all.mean_x;
    // The difference of that mean and `value` times the mean of all: what the common batches and what the others add to its variance.
    const double others = all.n - same.n, common = slope - (slope - value) * same.n / all.n, rest = (slope - value) * others / all.n;
    double squares = (same.variance_x() - 2 * common * same.covariance() + common * common * same.variance_y()) / same.n;
    if (others > 0) squares += rest * rest * all.variance_x() / others;
    return {value, std::sqrt(std::max(0.0, squares)) / all.mean_x};
}

}  // namespace

std::vector<ExpectedWidth> widths_if_known(const std::vector<std::size_t>& groups, std::span<const double> plain, const MakeFrozenValue& make_value,
                                           std::uint64_t known, std::uint64_t varied, const EffectOptions& options) {
    std::vector<std::vector<double>> values(groups.size());
    const std::uint64_t rows = known * varied;
    const bool done =
        fill_values(values, numbers_below(groups.size()), 0, rows, make_value, options.threads, options.progress,
                    [&](const FrozenValue& value, std::size_t column, std::uint64_t row) { return value(row, groups[column], rows + row / varied); });
    if (!done) return {};
    std::vector<double> all;
    for (const double value : plain)
        if (!std::isnan(value)) all.push_back(value);
    const double width = width_of(all);
    const Batches of_plain = sorted_batches(plain, varied);
    Ends ends;
    if (width > 0) {
        ends.low = probability_of(of_plain, quantile_between(all, 0.05), 0, 0.5);
        ends.high = probability_of(of_plain, quantile_between(all, 0.95), 0.5, 1);
    }
    const std::vector<double> plain_widths = widths_of(of_plain, ends);
    // What is left when a group is known may have another shape: of values that are evenly spread these ends would hold too few, by so much.
    const double too_few = std::abs((ends.high - ends.low) / 0.9 - 1);
    std::vector<ExpectedWidth> result;
    for (const std::vector<double>& column : values) {
        const Share share = proportion(widths_of(sorted_batches(column, varied), ends), plain_widths);
        result.push_back({width * share.value, width * std::hypot(share.error, share.value * too_few / 2)});
    }
    return result;
}

}  // namespace railwindow
