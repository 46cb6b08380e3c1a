#include <railwindow/estimate/ranked.hpp>

#include <railwindow/core/bytes.hpp>
#include <railwindow/estimate/sort_times.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <deque>
#include <span>
#include <thread>

namespace railwindow {
namespace {

using Values = std::vector<std::int64_t>;

// More readers would need more memory than they gain time.
constexpr unsigned most_readers = 16;
// Measures that are read in one pass: their cells fit into a few megabytes for each reader.
constexpr std::size_t measures_at_once = 64;
constexpr std::size_t most_cells = 1u << 14, fewest_cells = 64;

// Reads all rows with a `State` for each reader, and gives the states.
template <class State, class Read>
std::deque<State> read_with(const RunSource& runs, unsigned threads, const State& begin, Read read) {
    std::deque<State> states;
    const unsigned wanted = threads > 0 ? threads : std::max(1u, std::thread::hardware_concurrency());
    runs.read(std::min(wanted, most_readers), [&]() -> RowReader {
        State& state = states.emplace_back(begin);
        return [&state, &read](const RunRows& rows) { read(state, rows); };
    });
    return states;
}

struct Extent {
    std::uint64_t count = 0;
    std::int64_t low = INT64_MAX, high = INT64_MIN;

    void add(const Extent& other) { count += other.count, low = std::min(low, other.low), high = std::max(high, other.high); }
    void add(const Values& values) {
        count += values.size();
        for (const std::int64_t value : values) low = std::min(low, value), high = std::max(high, value);
    }
};

// Values `low` to `high`, of which some are looked for. Cells of 2^shift values.
struct Interval {
    std::int64_t low, high;
    std::uint64_t below;                // how many values are less than `low`
    std::vector<std::uint64_t> places;  // ascending, of values within
    unsigned shift = 0;
    std::size_t first = 0;  // its first counter

    std::uint64_t span() const { return static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low); }
    std::size_t cells() const { return static_cast<std::size_t>(span() >> shift) + 1; }
};

// One measure on its way to the values at its places.
struct RankSearch {
    const Measure* measure = nullptr;
    Extent extent;
    std::vector<Interval> open;  // ascending and apart
    std::size_t counters = 0;
    std::size_t cells = 0;  // at most so many in an interval
    // From the second pass on: by cell of the first one, the first interval in it; most values are in none.
    static constexpr std::uint32_t none = UINT32_MAX;
    std::vector<std::uint32_t> first_of;
    unsigned shift = 0;  // of these cells
    Ranked found;

    void open_all(const std::vector<std::uint64_t>& places) {
        found.count = extent.count;
        cells = std::clamp(std::bit_ceil(static_cast<std::size_t>(std::min<std::uint64_t>(extent.count, most_cells))), fewest_cells, most_cells);
        std::vector<std::uint64_t> wanted = places;
        std::sort(wanted.begin(), wanted.end());
        wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
        if (!wanted.empty()) look_into({extent.low, extent.high, 0, std::move(wanted)});
    }

    // Cells are laid out for the next pass; where all values within are one the search ends.
    void look_into(Interval interval) {
        if (interval.low == interval.high) {
            for (const std::uint64_t place : interval.places) found.value[place] = interval.low;
            return;
        }
        while ((interval.span() >> interval.shift) >= cells) ++interval.shift;
        interval.first = counters;
        counters += interval.cells();
        open.push_back(std::move(interval));
    }

    void count(const Values& values, std::span<std::uint64_t> counts) const {
        if (first_of.empty()) {
            const Interval& all = open.front();
            for (const std::int64_t value : values) ++counts[static_cast<std::size_t>(static_cast<std::uint64_t>(value - all.low) >> all.shift)];
            return;
        }
        for (const std::int64_t value : values) {
            if (value < extent.low || value > extent.high) continue;  // as no value was before
            for (std::size_t i = first_of[static_cast<std::size_t>(static_cast<std::uint64_t>(value - extent.low) >> shift)]; i < open.size(); ++i) {
                const Interval& at = open[i];
                if (value < at.low) break;
                if (value > at.high) continue;
                ++counts[at.first + static_cast<std::size_t>(static_cast<std::uint64_t>(value - at.low) >> at.shift)];
                break;
            }
        }
    }

    // What was counted tells in which cells the places lie.
    void narrow(const std::vector<std::uint64_t>& counts) {
        if (open.empty()) return;
        const std::vector<Interval> before = std::exchange(open, {});
        if (first_of.empty()) shift = before.front().shift;
        counters = 0;
        for (const Interval& interval : before) {
            std::uint64_t below = interval.below;
            auto place = interval.places.begin();
            for (std::size_t cell = 0; place != interval.places.end(); ++cell) {
                if (cell == interval.cells()) throw BrokenBytes{"runs are not the same when they are read again"};
                const std::uint64_t behind = below + counts[interval.first + cell];
                const auto last = std::lower_bound(place, interval.places.end(), behind);
                if (last != place) {
                    const std::int64_t low = interval.low + static_cast<std::int64_t>(static_cast<std::uint64_t>(cell) << interval.shift);
                    const std::int64_t high = std::min(interval.high, low + static_cast<std::int64_t>((std::uint64_t{1} << interval.shift) - 1));
                    look_into({low, high, below, {place, last}});
                }
                place = last;
                below = behind;
            }
        }
        first_of.assign(static_cast<std::size_t>((static_cast<std::uint64_t>(extent.high) - static_cast<std::uint64_t>(extent.low)) >> shift) + 1,
                        none);
        for (std::size_t i = open.size(); i-- > 0;)
            first_of[static_cast<std::size_t>(static_cast<std::uint64_t>(open[i].low - extent.low) >> shift)] = static_cast<std::uint32_t>(i);
    }
};

void find_extents(const RunSource& runs, std::span<RankSearch> searches, unsigned threads) {
    struct State {
        std::vector<Extent> extents;
        Values values;
    };
    const auto read = [&](State& state, const RunRows& rows) {
        for (std::size_t i = 0; i < searches.size(); ++i) {
            state.values.clear();
            (*searches[i].measure)(rows, state.values);
            state.extents[i].add(state.values);
        }
    };
    for (const State& state : read_with(runs, threads, State{std::vector<Extent>(searches.size()), {}}, read))
        for (std::size_t i = 0; i < searches.size(); ++i) searches[i].extent.add(state.extents[i]);
}

void count_cells(const RunSource& runs, std::span<RankSearch> searches, unsigned threads) {
    std::vector<std::size_t> first;  // counter of each search
    std::size_t counters = 0;
    for (const RankSearch& search : searches) first.push_back(counters), counters += search.counters;
    struct State {
        std::vector<std::uint64_t> counts;
        Values values;
    };
    const auto read = [&](State& state, const RunRows& rows) {
        for (std::size_t i = 0; i < searches.size(); ++i) {
            if (searches[i].open.empty()) continue;
            state.values.clear();
            (*searches[i].measure)(rows, state.values);
            searches[i].count(state.values, std::span{state.counts}.subspan(first[i], searches[i].counters));
        }
    };
    std::vector<std::uint64_t> counts(counters);
    for (const State& state : read_with(runs, threads, State{std::vector<std::uint64_t>(counters), {}}, read))
        std::transform(counts.begin(), counts.end(), state.counts.begin(), counts.begin(), std::plus<>{});
    for (std::size_t i = 0; i < searches.size(); ++i)
        searches[i].narrow(
            {counts.begin() + static_cast<std::ptrdiff_t>(first[i]), counts.begin() + static_cast<std::ptrdiff_t>(first[i] + searches[i].counters)});
}

// Ranks from 1 of the quantile p of n values, and of those one standard error below and above; these may lie outside 1 to n.
struct Ranks {
    double at, low, high;
    Ranks(double n, double p) {
        const double spread = std::sqrt(n * p * (1 - p));
        at = n * p - 1e-9, low = n * p - spread, high = n * p + spread;  // 1e-9: n p may come out just above a whole number
    }
};
std::uint64_t place_of_rank(double rank, double n) { return static_cast<std::uint64_t>(std::clamp(std::ceil(rank), 1.0, n)) - 1; }

// With its error, where `value_at(place)` is known.
template <class ValueAt>
Quantile quantile_from(std::uint64_t count, double p, ValueAt value_at) {
    const double n = static_cast<double>(count);
    const Ranks ranks{n, p};
    Quantile quantile{p, value_at(place_of_rank(ranks.at, n)), {}};
    if (ranks.low >= 1 && ranks.high <= n) quantile.error = (value_at(place_of_rank(ranks.high, n)) - value_at(place_of_rank(ranks.low, n))) / 2;
    return quantile;
}

}  // namespace

std::vector<Ranked> ranked(const RunSource& runs, const std::vector<RankRequest>& requests, unsigned threads) {
    std::vector<Ranked> result;
    for (std::size_t begin = 0; begin < requests.size(); begin += measures_at_once) {
        const std::size_t end = std::min(requests.size(), begin + measures_at_once);
        std::vector<RankSearch> searches(end - begin);
        for (std::size_t i = begin; i < end; ++i) searches[i - begin].measure = &requests[i].measure;
        find_extents(runs, searches, threads);
        for (std::size_t i = begin; i < end; ++i) {
            RankSearch& search = searches[i - begin];
            search.open_all(requests[i].places && search.extent.count > 0 ? requests[i].places(search.extent.count) : std::vector<std::uint64_t>{});
        }
        while (std::any_of(searches.begin(), searches.end(), [](const RankSearch& search) { return !search.open.empty(); }))
            count_cells(runs, searches, threads);
        for (RankSearch& search : searches) result.push_back(std::move(search.found));
    }
    return result;
}

std::vector<std::uint64_t> places_of(const std::vector<double>& ps, std::uint64_t count) {
    std::vector<std::uint64_t> places;
    const auto note = [&](std::uint64_t place) { return places.push_back(place), Millis{}; };
    for (const double p : ps) quantile_from(count, p, note);
    return places;
}

RankRequest quantile_request(Measure measure, std::vector<double> ps) {
    return {std::move(measure), [ps = std::move(ps)](std::uint64_t count) { return places_of(ps, count); }};
}

Quantile quantile_of(const Ranked& ranked, double p) {
    return quantile_from(ranked.count, p, [&](std::uint64_t place) { return Millis{ranked.value.at(place)}; });
}

Quantile quantile_of(const std::vector<Millis>& sorted, double p) {
    return quantile_from(sorted.size(), p, [&](std::uint64_t place) { return sorted[place]; });
}

std::vector<Quantile> quantiles_of(const Ranked& ranked, const std::vector<double>& ps) {
    std::vector<Quantile> quantiles;
    for (const double p : ps)
        if (ranked.count > 0) quantiles.push_back(quantile_of(ranked, p));
    return quantiles;
}

std::vector<std::vector<std::uint64_t>> counted(const RunSource& runs, const std::vector<CellRequest>& requests, unsigned threads) {
    struct State {
        std::vector<std::vector<std::uint64_t>> counts;
        Values values;
    };
    if (requests.empty()) return {};
    State begin;
    for (const CellRequest& request : requests) begin.counts.emplace_back(request.cells);
    const auto read = [&](State& state, const RunRows& rows) {
        for (std::size_t i = 0; i < requests.size(); ++i) {
            const CellRequest& at = requests[i];
            state.values.clear();
            at.measure(rows, state.values);
            for (const std::int64_t value : state.values)
                if (value >= at.low && value < at.high)
                    ++state.counts[i][static_cast<std::size_t>((value - at.low) * static_cast<std::int64_t>(at.cells) / (at.high - at.low))];
        }
    };
    std::vector<std::vector<std::uint64_t>> counts = begin.counts;
    for (const State& state : read_with(runs, threads, begin, read))
        for (std::size_t i = 0; i < counts.size(); ++i)
            std::transform(counts[i].begin(), counts[i].end(), state.counts[i].begin(), counts[i].begin(), std::plus<>{});
    return counts;
}

std::vector<Millis> sorted_values(const RunSource& runs, const Measure& measure, unsigned threads) {
    std::vector<Millis> all;
    for (const Values& values : read_with(runs, threads, Values{}, [&](Values&values, const RunRows&rows) { measure(rows, values); }))
        for (const std::int64_t value : values) all.emplace_back(value);
    sort_times(all);
    return all;
}

std::vector<double> summed(const RunSource& runs, const std::vector<Measure>& measures, unsigned threads) {
    constexpr unsigned low_bits = 20;  // sums of high and of low bits, as those of whole values could overflow
    struct State {
        std::vector<std::int64_t> high, low;
        Values values;
    };
    const auto read = [&](State& state, const RunRows& rows) {
        for (std::size_t i = 0; i < measures.size(); ++i) {
            state.values.clear();
            measures[i](rows, state.values);
            for (const std::int64_t value : state.values) state.high[i] += value >> low_bits, state.low[i] += value & ((1 << low_bits) - 1);
        }
    };
    const std::vector<std::int64_t> zero(measures.size());
    std::vector<std::int64_t> high = zero, low = zero;
    for (const State& state : read_with(runs, threads, State{zero, zero, {}}, read))
        for (std::size_t i = 0; i < measures.size(); ++i) high[i] += state.high[i], low[i] += state.low[i];
    std::vector<double> sums;
    for (std::size_t i = 0; i < measures.size(); ++i)
        sums.push_back(static_cast<double>(high[i]) * static_cast<double>(1 << low_bits) + static_cast<double>(low[i]));
    return sums;
}

}  // namespace railwindow
