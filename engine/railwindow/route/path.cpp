#include <railwindow/route/path.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace railwindow {

StationId begin_of(const Network& network, const PathStep& step) {
    const Section& section = network.sections()[step.section];
    return step.direction == Direction::up_chainage ? section.from : section.to;
}

StationId end_of(const Network& network, const PathStep& step) {
    const Section& section = network.sections()[step.section];
    return step.direction == Direction::up_chainage ? section.to : section.from;
}

StationId station_at(const Network& network, const Path& path, std::size_t index) {
    return index < path.steps.size() ? begin_of(network, path.steps[index]) : end_of(network, path.steps.back());
}

bool is_reversal(const Network& network, const PathStep& in, const PathStep& out) {
    constexpr double sharpest_through_turn = 120 * std::numbers::pi / 180;
    if (in.section == out.section) return in.direction != out.direction;
    const auto position = [&](StationId id) { return network.stations()[id].position; };
    const double before = bearing(position(begin_of(network, in)), position(end_of(network, in)));
    const double after = bearing(position(begin_of(network, out)), position(end_of(network, out)));
    return std::abs(std::remainder(after - before, 2 * std::numbers::pi)) > sharpest_through_turn;
}

std::string summary(const Network& network, const Path& path) {
    std::string text = network.stations()[station_at(network, path, 0)].name;
    const auto add = [&](std::size_t index) { text += " - " + network.stations()[station_at(network, path, index)].name; };
    for (std::size_t i = 1; i < path.steps.size(); ++i) {
        const bool other_line = network.sections()[path.steps[i].section].line != network.sections()[path.steps[i - 1].section].line;
        const bool reversal = std::find(path.reversals.begin(), path.reversals.end(), i) != path.reversals.end();
        if (other_line || reversal) add(i);
    }
    add(path.steps.size());
    return text;
}

}  // namespace railwindow
