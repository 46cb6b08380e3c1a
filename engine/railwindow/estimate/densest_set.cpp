#include <railwindow/estimate/densest_set.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

namespace railwindow {
namespace {

constexpr std::size_t cells = 96;
constexpr std::size_t fewest_runs = 50 * cells;       // below, chance makes groups of its own
constexpr std::uint64_t most_runs = 1u << 22;         // bounds of groups are known well enough then, and all times of so many are sorted in a moment
constexpr std::array<double, 2> shown{0.005, 0.995};  // between which density is looked at

std::array<double, cells> smoothed(const std::vector<std::uint64_t>& counts) {
    std::array<double, cells> smooth{};
    const auto count = [&](std::size_t i) { return static_cast<double>(counts[i]); };
    for (std::size_t i = 0; i < cells; ++i) smooth[i] = (count(i == 0 ? 0 : i - 1) + 2 * count(i) + count(std::min(i + 1, cells - 1))) / 4;
    return smooth;
}

// Intervals of cells that hold the share `mass` of `runs`, the densest first: told apart where the density between them is low.
std::vector<TimeSpan> dense_spans(const std::vector<std::uint64_t>& counts, TimeSpan within, std::uint64_t runs, double mass) {
    const std::array<double, cells> density = smoothed(counts);
    std::array<std::size_t, cells> order{};
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return density[a] > density[b]; });
    std::array<bool, cells> taken{};
    double held = 0, edge = 0;
    for (const std::size_t cell : order) {
        if (held >= mass * static_cast<double>(runs)) break;
        taken[cell] = true;
        held += density[cell];
        edge = density[cell];
    }
    const auto bound = [&](std::size_t cell) {
        return within.low + (within.high - within.low) * static_cast<std::int64_t>(cell) / static_cast<std::int64_t>(cells);
    };
    std::vector<TimeSpan> spans;
    double lowest = 0;  // density since the last interval
    for (std::size_t i = 0; i < cells; ++i) {
        lowest = std::min(lowest, density[i]);
        if (!taken[i]) continue;
        if (spans.empty() || (spans.back().high != bound(i) && lowest < edge / 2))
            spans.push_back({bound(i), bound(i + 1)});
        else
            spans.back().high = bound(i + 1);
        lowest = density[i];
    }
    return spans;
}

// Runs `begin` to `end` - 1 of the sorted ones.
struct Group {
    std::size_t begin, end;
};

// Moves the bounds until the groups hold `wanted` runs: each step where it shortens the set most or lengthens it least.
void fit(std::vector<Group>& groups, const std::vector<Millis>& sorted, std::size_t wanted) {
    std::size_t held = std::accumulate(groups.begin(), groups.end(), std::size_t{0}, [](std::size_t sum, Group g) { return sum + g.end - g.begin; });
    std::size_t stride = std::max<std::size_t>(1, (held > wanted ? held - wanted : wanted - held) / 64);
    while (held != wanted) {
        const bool trims = held > wanted;
        const std::size_t by = std::min(stride, trims ? held - wanted : wanted - held);
        std::size_t* bound = nullptr;
        std::size_t moved = 0;
        Millis best{};
        const auto offer = [&](std::size_t& of, std::size_t to) {
            const Millis change = abs(sorted[std::min(to, sorted.size() - 1)] - sorted[std::min(of, sorted.size() - 1)]);
            if (!bound || (trims ? change > best : change < best)) bound = &of, moved = to, best = change;
        };
        for (std::size_t i = 0; i < groups.size(); ++i) {
            Group& g = groups[i];
            if (trims && g.end - g.begin > by) offer(g.begin, g.begin + by), offer(g.end, g.end - by);
            if (!trims && g.begin >= (i > 0 ? groups[i - 1].end : 0) + by) offer(g.begin, g.begin - by);
            if (!trims && g.end + by <= (i + 1 < groups.size() ? groups[i + 1].begin : sorted.size())) offer(g.end, g.end + by);
        }
        if (!bound && stride == 1) return;
        if (!bound) {  // nothing can move by so much
            stride = 1;
            continue;
        }
        *bound = moved;
        held = trims ? held - by : held + by;
    }
}

// The runs within `spans`, moved so that they are the share `mass` of `sorted`.
std::vector<TimeSpan> fitted(const std::vector<TimeSpan>& spans, const std::vector<Millis>& sorted, double mass) {
    std::vector<Group> groups;
    const auto first_at = [&](Millis time) {
        return static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), time) - sorted.begin());
    };
    for (const TimeSpan& span : spans) groups.push_back({first_at(span.low), first_at(span.high)});
    std::erase_if(groups, [](Group g) { return g.begin == g.end; });
    fit(groups, sorted, static_cast<std::size_t>(std::ceil(mass * static_cast<double>(sorted.size()))));
    std::vector<TimeSpan> result;
    for (const Group g : groups) result.push_back({sorted[g.begin], sorted[g.end - 1]});
    return result;
}

// Rows of the first `most_runs` runs only.
Measure of_first_runs(Measure measure) {
    return [measure = std::move(measure)](const RunRows& rows, std::vector<std::int64_t>& values) {
        if (rows.first >= most_runs) return;
        measure({rows.samples, rows.begin, std::min(rows.end, rows.begin + most_runs - rows.first), rows.first}, values);
    };
}

// Goes on where the distribution is known at the levels of `levels_of_densest_set`.
void ask_groups(Questions& questions, const Measure& times, const Ranked& known, double mass, std::vector<TimeSpan>& set) {
    if (known.count < fewest_runs) return;
    const TimeSpan within{quantile_of(known, shown[0]).value, quantile_of(known, shown[1]).value};
    if (within.high - within.low < Millis{cells}) return;
    const auto take = [&questions, &set, times, mass, within, runs = known.count](const std::vector<std::uint64_t>& counts) {
        const std::vector<TimeSpan> spans = dense_spans(counts, within, runs, mass);
        if (spans.size() > 1)
            questions.ask(SortedRequest{times}, [&set, spans, mass](const std::vector<Millis>& sorted) { set = fitted(spans, sorted, mass); });
    };
    questions.ask(CellRequest{times, within.low.count(), within.high.count(), cells}, take);
}

}  // namespace

std::vector<double> levels_of_densest_set() { return {shown.begin(), shown.end()}; }

void ask_densest_set(Questions& questions, const Measure& times, const Ranked& known, std::uint64_t runs, double mass, std::vector<TimeSpan>& set) {
    if (runs <= most_runs) return ask_groups(questions, times, known, mass, set);
    const Measure first = of_first_runs(times);
    questions.ask(quantile_request(first, levels_of_densest_set()),
                  [&questions, &set, first, mass](const Ranked& of_first) { ask_groups(questions, first, of_first, mass, set); });
}

}  // namespace railwindow
