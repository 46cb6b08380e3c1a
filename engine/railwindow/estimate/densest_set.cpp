#include <railwindow/estimate/densest_set.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace railwindow {
namespace {

constexpr std::size_t cells = 96;
constexpr std::size_t fewest_runs = 50 * cells;  // below, chance makes groups of its own

std::array<double, cells> smoothed_histogram(const std::vector<Millis>& sorted, Millis low, Millis high) {
    std::array<double, cells> counts{}, smooth{};
    for (const Millis time : sorted)
        if (time >= low && time < high)
            ++counts[static_cast<std::size_t>((time - low).count() * static_cast<std::int64_t>(cells) / (high - low).count())];
    for (std::size_t i = 0; i < cells; ++i) smooth[i] = (counts[i == 0 ? 0 : i - 1] + 2 * counts[i] + counts[std::min(i + 1, cells - 1)]) / 4;
    return smooth;
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

}  // namespace

std::vector<TimeSpan> densest_set(const std::vector<Millis>& sorted, double mass) {
    const Millis low = quantile_of(sorted, 0.005).value, high = quantile_of(sorted, 0.995).value;
    const TimeSpan central{quantile_of(sorted, (1 - mass) / 2).value, quantile_of(sorted, (1 + mass) / 2).value};
    if (sorted.size() < fewest_runs || high - low < Millis{cells}) return {central};
    const std::array<double, cells> density = smoothed_histogram(sorted, low, high);
    std::array<std::size_t, cells> order{};
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return density[a] > density[b]; });
    std::array<bool, cells> taken{};
    double held = 0, edge = 0;
    for (const std::size_t cell : order) {
        if (held >= mass * static_cast<double>(sorted.size())) break;
        taken[cell] = true;
        held += density[cell];
        edge = density[cell];
    }
    const auto bound = [&](std::size_t cell) { return low + (high - low) * static_cast<std::int64_t>(cell) / static_cast<std::int64_t>(cells); };
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
    if (spans.size() < 2) return {central};
    std::vector<Group> groups;
    const auto first_at = [&](Millis time) {
        return static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), time) - sorted.begin());
    };
    for (const TimeSpan& span : spans) groups.push_back({first_at(span.low), first_at(span.high)});
    std::erase_if(groups, [](Group g) { return g.begin == g.end; });
    fit(groups, sorted, static_cast<std::size_t>(std::ceil(mass * static_cast<double>(sorted.size()))));
    spans.clear();
    for (const Group g : groups) spans.push_back({sorted[g.begin], sorted[g.end - 1]});
    return spans;
}

}  // namespace railwindow
