#include <railwindow/io/page_profile.hpp>

#include <railwindow/io/json_numbers.hpp>
#include <railwindow/io/write_profile.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow {

std::string page_profile_json(const Model& model, const ProfiledRun& run) {
    using Json = nlohmann::ordered_json;
    const Length step = std::max(100 * m, way_of(model, run.trace).main().path.length / 1000);
    Json json{
        {"cars", run.trace.main().cars}, {"columns", {"distance_km", "speed_kmh", "limit_kmh", "gradient_permille"}}, {"movements", Json::array()}};
    std::vector<std::pair<std::string_view, Duration>> bound_by;
    for (const ProfiledMovement& movement : run.movements) {
        Json points = Json::array();
        for (const Breakpoint& point : stepped(movement.profile, step).breakpoints)
            points.push_back({rounded((movement.distance + (point.at - movement.begin)) / km, 100), rounded(point.speed / (km / h), 10),
                              rounded(point.limit / (km / h), 10), rounded(point.gradient / permille, 10)});
        json["movements"].push_back(std::move(points));
        const std::vector<Breakpoint>& breakpoints = movement.profile.breakpoints;
        for (std::size_t i = 1; i < breakpoints.size(); ++i) {
            const std::string_view by = name(breakpoints[i - 1].binding);
            auto found = std::find_if(bound_by.begin(), bound_by.end(), [&](const auto& entry) { return entry.first == by; });
            if (found == bound_by.end()) found = bound_by.insert(bound_by.end(), {by, Duration{}});
            found->second += breakpoints[i].time - breakpoints[i - 1].time;
        }
    }
    json["bound_by_seconds"] = Json::object();
    for (const auto& [by, time] : bound_by) json["bound_by_seconds"][std::string{by}] = std::round(time / s);
    return json.dump();
}

}  // namespace railwindow
