#include <railwindow/route/told_apart.hpp>

#include <algorithm>

namespace railwindow {
namespace {

bool passes(const std::vector<StationId>& stations, StationId station) {
    return std::find(stations.begin(), stations.end(), station) != stations.end();
}

std::vector<StationId> stations_along(const Network& network, const Path& path) {
    std::vector<StationId> stations;
    for (std::size_t i = 0; i <= path.steps.size(); ++i) stations.push_back(station_at(network, path, i));
    return stations;
}

bool changes_line(const Network& network, const Path& path, std::size_t step) {
    return network.sections()[path.steps[step].section].line != network.sections()[path.steps[step - 1].section].line;
}

}  // namespace

std::vector<StationId> told_apart_by(const Network& network, const std::vector<Path>& ways, std::size_t which) {
    std::vector<std::vector<StationId>> rivals;
    for (std::size_t i = 0; i < ways.size(); ++i)
        if (i != which) rivals.push_back(stations_along(network, ways[i]));
    const std::vector<StationId> own = stations_along(network, ways[which]);
    std::vector<std::size_t> chosen;
    while (!rivals.empty()) {
        std::size_t best = 0;
        std::pair<std::size_t, bool> most{0, false};  // rivals that do not pass it; whether lines meet there
        for (std::size_t i = 1; i + 1 < own.size(); ++i) {
            const auto without = std::count_if(rivals.begin(), rivals.end(), [&](const auto& rival) { return !passes(rival, own[i]); });
            const std::pair value{static_cast<std::size_t>(without), changes_line(network, ways[which], i)};
            if (value > most) best = i, most = value;
        }
        if (most.first == 0) break;
        chosen.push_back(best);
        std::erase_if(rivals, [&](const auto& rival) { return !passes(rival, own[best]); });
    }
    std::sort(chosen.begin(), chosen.end());
    std::vector<StationId> stations;
    for (const std::size_t i : chosen) stations.push_back(own[i]);
    return stations;
}

std::string name_of_way(const Network& network, const std::vector<Path>& ways, std::size_t which) {
    const std::vector<StationId> stations = told_apart_by(network, ways, which);
    if (stations.empty()) return summary(network, ways[which]);
    std::string name = "by ";
    for (std::size_t i = 0; i < stations.size(); ++i)
        name += (i == 0 ? "" : i + 1 == stations.size() ? " and " : ", ") + network.stations()[stations[i]].name;
    return name;
}

}  // namespace railwindow
