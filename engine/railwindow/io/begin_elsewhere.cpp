#include <railwindow/io/begin_elsewhere.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/simulation/part_ahead.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow {
namespace {

bool same_names(const std::vector<Name>& a, const std::vector<Name>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Name& x, const Name& y) { return x.value == y.value; });
}

bool same_origin(const StationChoice& a, const StationChoice& b) {
    return std::equal(a.options.begin(), a.options.end(), b.options.begin(), b.options.end(),
                      [](const WeightedStation& x, const WeightedStation& y) { return x.station.value == y.station.value; });
}

bool same_corridors(const JourneySheet& a, const JourneySheet& b) {
    return same_names(a.via, b.via) && std::equal(a.routes.begin(), a.routes.end(), b.routes.begin(), b.routes.end(),
                                                  [](const CorridorSheet& x, const CorridorSheet& y) { return same_names(x.via, y.via); });
}

// The journey as it would be from the file's origin; nothing where that has no way.
std::optional<Model> from_origin_of(const JourneySheet& of_file, Scenario scenario) {
    scenario.journey.from = of_file.from;
    try {
        return build(scenario);
    } catch (const Infeasible&) {
    } catch (const InputError&) {  // what is wrong is found where the scenario itself is built
    }
    return {};
}

std::string name_of(const Network& network, const Name& station) {
    const auto found = network.find_station(station.value);
    return found ? network.stations()[*found].name : station.value;
}

}  // namespace

void begin_elsewhere(Scenario& scenario, const JourneySheet& of_file) {
    const StationChoice& from = scenario.journey.from;
    if (from.options.size() != 1 || same_origin(from, of_file.from)) return;
    const auto whole = same_corridors(scenario.journey, of_file) ? from_origin_of(of_file, scenario) : std::nullopt;
    const Network network = whole ? whole->network : Network{scenario.networks};
    std::string change =
        fmt::format("the origin {} instead of {}", name_of(network, taken_apart({from.one()}).at), name_of(network, of_file.from.one()));
    if (whole) {
        auto part = part_ahead(scenario, *whole, {from.one()}, "journey.from");
        if (part) {
            change += ", on the way from there";
            const std::vector<std::string_view> left_out{part->left_out.begin(), part->left_out.end()};
            if (!left_out.empty()) change += "; left out, as it lies behind: " + listed(left_out);
            scenario = std::move(part->scenario);
        }
    }
    scenario.changes.push_back(std::move(change));
}

}  // namespace railwindow
