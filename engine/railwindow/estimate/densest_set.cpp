#include <railwindow/estimate/densest_set.hpp>

#include <algorithm>
#include <array>
#include <numeric>

namespace railwindow {
namespace {

constexpr std::size_t cells = 96;
constexpr std::size_t fewest_runs = 50 * cells;  // below, chance makes groups of its own

std::array<double, cells> smoothed_histogram(const std::vector<Millis>& sorted, Millis low, Millis high) {
    std::array<double, cells> counts{}, smooth{};
    for (const Millis time : sorted)
        if (time >= low && time < high) ++counts[static_cast<std::size_t>((time - low).count() * static_cast<std::int64_t>(cells) / (high - low).count())];
    for (std::size_t i = 0; i < cells; ++i)
        smooth[i] = (counts[i == 0 ? 0 : i - 1] + 2 * counts[i] + counts[std::min(i + 1, cells - 1)]) / 4;
    return smooth;
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
    return spans.size() > 1 ? spans : std::vector<TimeSpan>{central};
}

}  // namespace railwindow
