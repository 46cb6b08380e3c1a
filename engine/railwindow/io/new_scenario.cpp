#include <railwindow/core/error.hpp>
#include <railwindow/io/network_file.hpp>
#include <railwindow/io/new_files.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/slug.hpp>
#include <railwindow/io/yaml_tree.hpp>
#include <railwindow/io/yaml_writer.hpp>
#include <railwindow/route/told_apart.hpp>
#include <railwindow/simulation/route_request.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace railwindow {
namespace {

bool has(const auto& list, const auto& value) { return std::find(list.begin(), list.end(), value) != list.end(); }

std::vector<NetworkSheet> sheets_of(const std::vector<std::string>& files, const YamlLimits& limits) {
    std::vector<NetworkSheet> sheets;
    for (const std::string& file : files) sheets.push_back(read_network(read_text_file(file, limits), file, limits));
    return sheets;
}

// One practice file of every country: the first.
std::vector<std::string> one_of_each_country(const std::vector<std::string>& files, std::vector<std::string>& countries, const YamlLimits& limits) {
    std::vector<std::string> first;
    for (const std::string& file : files) {
        const std::string country = read_practice(read_text_file(file, limits), file, limits).country.value;
        if (has(countries, country)) continue;
        countries.push_back(country);
        first.push_back(file);
    }
    return first;
}

// The stations that a sheet speaks of.
std::set<std::string> named_in(const NetworkSheet& sheet) {
    std::set<std::string> names;
    for (const LineSheet& line : sheet.lines)
        for (const auto& [name, at] : line.chainage) names.insert(name.value);
    for (const BorderSheet& border : sheet.borders)
        for (const Name& name : border.between) names.insert(name.value);
    for (const GaugeChangeSheet& change : sheet.gauge_changes) names.insert(change.at.value);
    for (const TurnSheet& turn : sheet.turns) {
        names.insert(turn.at.value);
        for (const Name& name : turn.between) names.insert(name.value);
    }
    return names;
}

// The sheets that hold the lines, borders and changes of gauge of `path`, and the stations that these sheets speak of.
std::vector<NetworkSheet> needed(const std::vector<NetworkSheet>& sheets, const Network& network, const Path& path) {
    std::set<std::string> files;
    std::vector<StationId> on_way;
    for (std::size_t i = 0; i <= path.steps.size(); ++i) on_way.push_back(station_at(network, path, i));
    for (const PathStep& step : path.steps) files.insert(network.lines()[network.sections()[step.section].line].file);
    for (const Border& border : network.borders())
        if (has(on_way, border.a) && has(on_way, border.b)) files.insert(border.file);
    for (const std::size_t step : path.gauge_changes)
        if (const GaugeChange* change = network.gauge_change_at(station_at(network, path, step))) files.insert(change->file);
    for (std::size_t before = 0; before != files.size();) {
        before = files.size();
        for (const NetworkSheet& sheet : sheets) {
            if (!files.contains(sheet.file)) continue;
            const std::set<std::string> names = named_in(sheet);
            for (const NetworkSheet& other : sheets)
                if (std::any_of(other.stations.begin(), other.stations.end(),
                                [&](const StationSheet& station) { return names.contains(station.id.value); }))
                    files.insert(other.file);
        }
    }
    std::vector<NetworkSheet> kept;
    for (const NetworkSheet& sheet : sheets)
        if (files.contains(sheet.file)) kept.push_back(sheet);
    return kept;
}

// Where the gauge may be changed on `path`, the place that the search chose first.
std::vector<StationId> places_of_regauging(const Network& network, const Path& path) {
    std::vector<StationId> places;
    for (const std::size_t step : path.gauge_changes) places.push_back(station_at(network, path, step));
    for (std::size_t i = 0; i <= path.steps.size() && !path.gauge_changes.empty(); ++i)
        if (const StationId here = station_at(network, path, i); network.gauge_change_at(here) && !has(places, here)) places.push_back(here);
    return places;
}

std::string ids(const Network& network, const std::vector<StationId>& stations) {
    std::vector<std::string> texts;
    for (const StationId station : stations) texts.push_back(network.stations()[station].id);
    return yaml_line(yaml_texts(texts));
}

}  // namespace

std::string new_scenario(const NewScenario& asked, const YamlLimits& limits) {
    const std::vector<NetworkSheet> sheets = sheets_of(asked.networks, limits);
    std::vector<std::string> countries_known;
    Scenario scenario = load_parts({asked.networks, one_of_each_country(asked.practice, countries_known, limits), asked.train}, limits);
    const bool ends_named = !asked.from.empty() || !asked.to.empty();
    if (!ends_named && (sheets.empty() || sheets.front().lines.empty()))
        throw InputError{Finding{{asked.networks.empty() ? "--networks" : asked.networks.front(), 0, 0},
                                 {},
                                 "there is no line in it to go along",
                                 "name the ends with --from and --to",
                                 Severity::error}};
    const auto end = [&](const std::string& name, const char* option, const std::string& fallback) {
        return Name{ends_named ? name : fallback, {option, 0, 0}};
    };
    const auto& stations_along = ends_named ? decltype(sheets.front().lines.front().chainage){} : sheets.front().lines.front().chainage;
    scenario.journey.from = end(asked.from, "--from", ends_named ? "" : stations_along.front().first.value);
    scenario.journey.to = end(asked.to, "--to", ends_named ? "" : stations_along.back().first.value);
    const Alternatives rivals{.count = 8, .longest = 1.5};  // as where a scenario is built: what takes half as long again is no rival
    const Routes all = find_routes(scenario, rivals);
    const std::vector<NetworkSheet> kept = needed(sheets, all.network, all.paths.front());
    scenario.networks = kept;
    const Routes found = find_routes(scenario, rivals);
    const Path& way = found.paths.front();
    const auto& stations = found.network.stations();
    const Station &from = stations[station_at(found.network, way, 0)], &to = stations[station_at(found.network, way, way.steps.size())];

    std::vector<std::string> networks, practice;
    for (const NetworkSheet& sheet : kept) networks.push_back(path_from(asked.folder, sheet.file));
    for (const std::string& country : countries(found.network, way)) {
        const auto sheet =
            std::find_if(scenario.practice.begin(), scenario.practice.end(), [&](const PracticeSheet& one) { return one.country.value == country; });
        if (sheet == scenario.practice.end())
            throw InputError{Finding{{"--practice", 0, 0},
                                     {},
                                     fmt::format("no practice file is about {}, which the way runs through", country),
                                     fmt::format("`railwindow new practice --country {}` writes one to fill in", country),
                                     Severity::error}};
        if (const std::string file = path_from(asked.folder, sheet->file); !has(practice, file)) practice.push_back(file);
    }
    std::string text = schema_line(asked.schema);
    text +=
        fmt::format("# When does the train that leaves {} reach {}?\nschema: railwindow.scenario/1\n", on_one_line(from.name), on_one_line(to.name));
    text += fmt::format("networks: {}\n# how each country on the way works its lines\npractice: {}\n", yaml_line(yaml_texts(networks)),
                        yaml_line(yaml_texts(practice)));
    if (scenario.train.dynamics.full_curves) {
        std::vector<std::string> stock;
        for (const std::string& file : asked.rolling_stock) stock.push_back(path_from(asked.folder, file));
        text += fmt::format("rolling_stock: {}\n", yaml_line(yaml_texts(stock)));
    }
    text +=
        fmt::format("train: {}\n\njourney:\n  from: {}\n  to: {}\n", yaml_line(yaml_scalar(path_from(asked.folder, asked.train))), from.id, to.id);
    if (const std::vector<StationId> via = told_apart_by(found.network, found.paths, 0); !via.empty())
        text += fmt::format("  # {} ways are known; `railwindow routes` lists them. This is the quickest\n  via: {}\n", found.paths.size(),
                            ids(found.network, via));
    text += fmt::format("  # {:.0f} km: {}\n", way.length / km, summary(found.network, way));
    text += fmt::format("  # local to the origin; or `{{at: ..., spread: 1 h}}`, or `{{between: [..., ...]}}`\n  depart: {}\n", asked.depart);
    const std::vector<StationId> regauging = places_of_regauging(found.network, way);
    if (way.gauge_changes.size() == 1)
        text += fmt::format("  # where the gauge is changed: one of {}, or `prepared` where that costs no time\n  regauging: {}\n",
                            ids(found.network, regauging), stations[regauging.front()].id);
    text +=
        "  # stops that the journey is made for:\n  # calls:\n  #   - {at: STATION, dwell: {triangular: [30 min, 1 h, 2 h]}, why: reception}\n"
        "  # when it is to be where, if that was told:\n  # plans:\n  #   - {at: STATION, arrive: TIME, announced: true}\n\n"
        "# what others said about it, held against every run:\n# claims:\n#   - {says: ..., from: STATION, to: STATION, at_least: 20 h, source: "
        "...}\n\n"
        "# where it was seen; `railwindow infer` learns from it:\n# observed:\n"
        "#   - {at: STATION, event: arrive, between: [TIME, TIME], source: ..., confidence: medium}\n";
    return text;
}

}  // namespace railwindow
