#include <railwindow/route/ways_around.hpp>

#include <railwindow/route/state_space.hpp>

#include <algorithm>

namespace railwindow {
namespace {

Duration time_of(const Path& path) { return path.running + path.standing; }

bool same(const PathStep& a, const PathStep& b) { return a.section == b.section && a.direction == b.direction; }

class Around {
public:
    Around(const Network& network, const RouteRequest& request, const Path& path, Duration longest)
        : network_{network},
          path_{path},
          freely_{request},
          space_{network, request},
          free_space_{network, without_via(freely_)},
          limit_{time_of(path) + longest} {
        for (std::size_t i = 0; i < path.steps.size(); ++i)
            if (i == 0 || network.sections_at(station_at(network, path, i)).size() != 2) junctions_.push_back(i);
    }

    void add_ways(std::vector<WayAround>& found, const std::vector<bool>& may_close) {
        for (std::size_t i = 0; i < junctions_.size(); ++i) {
            const std::size_t first = junctions_[i], last = i + 1 < junctions_.size() ? junctions_[i + 1] : path_.steps.size();
            const auto begin = may_close.begin() + static_cast<std::ptrdiff_t>(first), end = may_close.begin() + static_cast<std::ptrdiff_t>(last);
            if (std::find(begin, end, true) != end) go_round(i, found);
        }
    }

private:
    // From the last junction before stretch `i` back to the origin, as long as that makes the way shorter.
    void go_round(std::size_t i, std::vector<WayAround>& found) {
        const SectionId closed = path_.steps[junctions_[i]].section;
        const auto best = best_without(free_space_, {closed});
        if (!best) return;
        Duration known = limit_;
        for (std::size_t leaves = i + 1; leaves-- > 0 && known > time_of(*best);) {
            const auto other = leaving_at(junctions_[leaves], closed);
            if (!other || time_of(*other) > known) continue;
            known = time_of(*other);
            const bool is_known = std::any_of(found.begin(), found.end(), [&](const WayAround& way) { return same_way(way.path, *other); });
            if (!is_known && !begins(*other)) found.push_back(way_around(*other));
        }
    }

    // The best way over the first `steps` steps of the path that avoids `closed`.
    std::optional<Path> leaving_at(std::size_t steps, SectionId closed) {
        std::vector<SectionId> banned{closed};
        for (std::size_t i = 0; i < steps; ++i)
            for (const SectionId section : network_.sections_at(station_at(network_, path_, i)))
                if (section != path_.steps[i].section && (i == 0 || section != path_.steps[i - 1].section)) banned.push_back(section);
        auto other = best_without(space_, banned);
        return other && time_of(*other) <= limit_ ? other : best_without(free_space_, banned);
    }

    // Whether the path begins with all of `other`: its destination lies on it once before its end, behind no `via`.
    bool begins(const Path& other) const {
        return other.steps.size() < path_.steps.size() && std::equal(other.steps.begin(), other.steps.end(), path_.steps.begin(), same);
    }

    WayAround way_around(const Path& other) const {
        WayAround way{other, 0, {}, {}, time_of(other) - time_of(path_)};
        while (same(other.steps[way.leaves], path_.steps[way.leaves])) ++way.leaves;
        way.avoided = steps_not_in(other, path_, way.leaves);
        way.instead = steps_not_in(path_, other, way.leaves);
        return way;
    }

    static std::vector<std::size_t> steps_not_in(const Path& other, const Path& path, std::size_t from) {
        std::vector<std::size_t> steps;
        for (std::size_t i = from; i < path.steps.size(); ++i) {
            const auto runs_over = [&](const PathStep& step) { return step.section == path.steps[i].section; };
            if (std::none_of(other.steps.begin(), other.steps.end(), runs_over)) steps.push_back(i);
        }
        return steps;
    }

    static const RouteRequest& without_via(RouteRequest& request) {
        request.via.clear();
        return request;
    }

    const Network& network_;
    const Path& path_;
    RouteRequest freely_;  // without `via`
    StateSpace space_, free_space_;
    Duration limit_;
    std::vector<std::size_t> junctions_;
};

}  // namespace

std::vector<WayAround> ways_around(const Network& network, const RouteRequest& request, const Path& path, const std::vector<bool>& may_close,
                                   Duration longest) {
    std::vector<WayAround> found;
    Around{network, request, path, longest}.add_ways(found, may_close);
    return found;
}

}  // namespace railwindow
