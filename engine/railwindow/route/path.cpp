#include <railwindow/route/path.hpp>

#include <algorithm>

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
    if (const auto known = network.known_turn(begin_of(network, out), begin_of(network, in), end_of(network, out))) return *known;
    const bool along_one_line = network.sections()[in.section].line == network.sections()[out.section].line;
    if (along_one_line) return in.direction != out.direction;
    const auto place = [&](StationId id) { return sines(network.stations()[id].position); };
    const Sines here = place(begin_of(network, out));
    return turns_back(heading(here, place(begin_of(network, in))), heading(here, place(end_of(network, out))));
}

std::vector<std::string> countries(const Network& network, const Path& path) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i <= path.steps.size(); ++i) {
        const std::string& country = network.stations()[station_at(network, path, i)].country;
        if (names.empty() || names.back() != country) names.push_back(country);
    }
    return names;
}

Length weakly_known_length(const Network& network, const Path& path) {
    Length weak{};
    for (const PathStep& step : path.steps) {
        const Section& section = network.sections()[step.section];
        if (section.provenance.confidence == Confidence::low) weak += section.length;
    }
    return weak;
}

bool same_way(const Path& a, const Path& b) {
    const auto same = [](const PathStep& x, const PathStep& y) { return x.section == y.section && x.direction == y.direction; };
    return std::equal(a.steps.begin(), a.steps.end(), b.steps.begin(), b.steps.end(), same);
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

Path part_of(const Network& network, const Path& path, std::size_t first, std::size_t last) {
    Path part;
    part.steps.assign(path.steps.begin() + static_cast<std::ptrdiff_t>(first), path.steps.begin() + static_cast<std::ptrdiff_t>(last));
    const auto keep = [&](const std::vector<std::size_t>& from, std::vector<std::size_t>& to, std::size_t begin) {
        for (const std::size_t i : from)
            if (i >= begin && i < last) to.push_back(i - first);
    };
    keep(path.gauge_changes, part.gauge_changes, first + 1);
    keep(path.reversals, part.reversals, first + 1);
    keep(path.traction_changes, part.traction_changes, first + 1);
    keep(path.crossings, part.crossings, first);
    for (const PathStep& step : part.steps) part.length += network.sections()[step.section].length;
    return part;
}

}  // namespace railwindow
