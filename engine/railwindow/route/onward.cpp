#include <railwindow/route/onward.hpp>

#include <algorithm>

namespace railwindow {
namespace {

// Where a way has passed the first `count` stations of `via`, in their order.
std::size_t passed(const Network& network, const Path& path, const std::vector<StationId>& via, std::size_t count) {
    std::size_t behind = 0, index = 0;
    if (via.front() == station_at(network, path, 0)) ++behind;
    while (behind < count) {
        ++index;
        if (station_at(network, path, index) == via[behind]) ++behind;
    }
    return index;
}

}  // namespace

std::optional<OnwardWay> best_way_onward(const Network& network, const RouteRequest& request, StationId onward) {
    std::optional<OnwardWay> best;
    const auto named = std::find(request.via.begin(), request.via.end(), request.to);
    for (std::size_t i = 0; i <= request.via.size(); ++i) {
        if (named != request.via.end() && request.via[std::min(i, request.via.size() - 1)] != request.to) continue;
        OnwardWay way{request, {}, 0};
        way.request.to = onward;
        if (named == request.via.end()) way.request.via.insert(way.request.via.begin() + static_cast<std::ptrdiff_t>(i), request.to);
        auto path = best_path(network, way.request);
        if (!path || (best && path->running + path->standing >= best->whole.running + best->whole.standing)) continue;
        way.whole = std::move(*path);
        way.arrives = passed(network, way.whole, way.request.via, i + 1);
        best = std::move(way);
    }
    return best;
}

Path beginning_of(const Network& network, const ExpectedTimes& times, const Path& path, std::size_t steps) {
    Path part = part_of(network, path, 0, steps);
    const WayCosts costs{network, times};
    for (std::size_t i = 0; i < steps; ++i) {
        part.running += costs.running(part.steps[i].section);
        if (i == 0) continue;
        const bool reverses = std::find(part.reversals.begin(), part.reversals.end(), i) != part.reversals.end();
        part.standing += costs.standing(station_at(network, part, i), part.steps[i - 1], part.steps[i], reverses);
    }
    return part;
}

std::optional<Path> regauged_before_the_end(const Network& network, const RouteRequest& request, const Path& path) {
    for (const Gauge gauge : request.gauges) {
        RouteRequest other = request;
        other.arrives_on = gauge;
        auto found = best_path(network, other);
        if (found && !found->gauge_changes.empty() && same_way(*found, path)) return found;
    }
    return {};
}

}  // namespace railwindow
