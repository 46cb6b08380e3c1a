#include <support/networks.hpp>

#include <railwindow/io/scenario_file.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

namespace railwindow {

std::vector<std::string> yaml_files(const std::string& folder) {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(source(folder)))
        if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

const Scenario& whole_railway() {
    static const Scenario scenario = [] {
        std::vector<std::string> practice = yaml_files("networks/practice");
        std::erase_if(practice, [](const std::string& file) { return file.find("press") != std::string::npos; });
        return load_parts({yaml_files("networks"), practice, source("networks/rolling-stock/special-train.yaml")});
    }();
    return scenario;
}

const Network& whole_network() {
    static const Network network{whole_railway().networks};
    return network;
}

RouteRequest asked(const std::string& from, const std::string& to, const std::vector<std::string>& via, const std::vector<std::string>& avoid) {
    Scenario scenario{.train = whole_railway().train};
    scenario.practice = whole_railway().practice;
    scenario.journey.from = Name{from, {}};
    scenario.journey.to = Name{to, {}};
    for (const std::string& name : via) scenario.journey.via.push_back({name, {}});
    for (const std::string& name : avoid) scenario.journey.avoid.push_back({name, {}});
    return route_request(whole_network(), scenario, scenario.journey);
}

Path way(const std::string& from, const std::string& to, const std::vector<std::string>& via, const std::vector<std::string>& avoid) {
    INFO(from << " to " << to);
    const auto path = best_path(whole_network(), asked(from, to, via, avoid));
    REQUIRE(path);
    return *path;
}

std::vector<std::string> stations_of(const Path& path) {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i <= path.steps.size(); ++i) ids.push_back(whole_network().stations()[station_at(whole_network(), path, i)].id);
    return ids;
}

}  // namespace railwindow
