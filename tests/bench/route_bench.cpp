// Loading networks and finding ways: the real ones, and grids of many stations. The answer is checked first, then timed; from
// and to change with every iteration where there is a choice.

#include <railwindow/io/network_file.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/route_request.hpp>
#include <support/near.hpp>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

using namespace railwindow;

namespace {

std::string source_file(const std::string& path) { return std::string{RAILWINDOW_TEST_DIR} + "/../" + path; }

std::vector<std::string> files_of(const std::string& folder) {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(source_file(folder)))
        if (entry.path().extension() == ".yaml" && entry.path().stem() != "press") files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

Scenario from_moscow() {
    Scenario scenario = load_parts({files_of("networks"), files_of("networks/practice"), source_file("networks/rolling-stock/special-train.yaml")});
    scenario.journey.from = Name{"moscow-yaroslavsky", {}};
    scenario.journey.to = Name{"pyongyang", {}};
    return scenario;
}

// Five ways, one of them over 10,296 km by way of Khasan.
bool right(const std::vector<Path>& paths) {
    return paths.size() == 5 && std::any_of(paths.begin(), paths.end(), [](const Path& path) { return near(path.length, 10'296.5 * km, 0.1 * km); });
}

void whole_question(benchmark::State& state) {
    if (!right(find_routes(from_moscow()).paths)) return state.SkipWithError("wrong ways");
    for (auto _ : state) benchmark::DoNotOptimize(find_routes(from_moscow()).paths.size());
}
BENCHMARK(whole_question)->Name("route/load and find/moscow-pyongyang")->Unit(benchmark::kMillisecond);

void search_alone(benchmark::State& state) {
    const Routes routes = find_routes(from_moscow());
    if (!right(routes.paths)) return state.SkipWithError("wrong ways");
    RouteRequest back = routes.request;
    std::swap(back.from, back.to);
    int iteration = 0;
    for (auto _ : state) benchmark::DoNotOptimize(alternative_paths(routes.network, iteration++ % 2 ? back : routes.request).size());
}
BENCHMARK(search_alone)->Name("route/five ways/moscow-pyongyang")->Unit(benchmark::kMillisecond);

Name name_of(const std::string& text) { return {text, {}}; }

StationSheet grid_station(const std::string& id, double latitude, double longitude) {
    return {name_of(id), id, "", "XX", {latitude, longitude}, {}, name_of("UTC"), {}, {}};
}

LineSheet grid_line(const std::string& id, const std::string& from, const std::string& to, Length length, Speed speed) {
    LineSheet line;
    line.id = name_of(id);
    line.name = id;
    line.track.gauge = {Gauge{1435}};
    line.track.limit = Sourced<Speed>{speed, {}};
    line.track.operating_speed = Sourced<Uncertain<Speed>>{Uncertain<Speed>{speed}, {}};
    line.chainage = {{name_of(from), {0 * m, {}}}, {name_of(to), {length, {}}}};
    return line;
}

// `side` by `side` stations 0.1 degrees apart; every row and column is a line, and every second square has a diagonal.
NetworkSheet grid(int side) {
    NetworkSheet sheet;
    sheet.file = "grid";
    sheet.name = "grid";
    sheet.provenance = {"grid", Confidence::high};
    const auto id = [](int row, int column) { return fmt::format("station-{}-{}", row, column); };
    for (int row = 0; row < side; ++row)
        for (int column = 0; column < side; ++column) sheet.stations.push_back(grid_station(id(row, column), 20 + 0.1 * row, 80 + 0.1 * column));
    for (int i = 0; i < side; ++i) {
        LineSheet across = grid_line(fmt::format("row-{}", i), id(i, 0), id(i, 1), 12 * km, (60 + i % 50) * km / h);
        LineSheet along = grid_line(fmt::format("column-{}", i), id(0, i), id(1, i), 12 * km, (60 + i % 40) * km / h);
        for (int j = 2; j < side; ++j) {
            across.chainage.push_back({name_of(id(i, j)), {12.0 * j * km, {}}});
            along.chainage.push_back({name_of(id(j, i)), {12.0 * j * km, {}}});
        }
        sheet.lines.push_back(across);
        sheet.lines.push_back(along);
    }
    for (int row = 0; row + 1 < side; ++row)
        for (int column = row % 2; column + 1 < side; column += 2)
            sheet.lines.push_back(
                grid_line(fmt::format("diagonal-{}-{}", row, column), id(row, column), id(row + 1, column + 1), 17 * km, 80 * km / h));
    return sheet;
}

std::string yaml_of(const NetworkSheet& sheet) {
    std::string text = "schema: railwindow.network/1\nname: grid\nsource: grid\nconfidence: high\nstations:\n";
    for (const StationSheet& station : sheet.stations)
        text += fmt::format(
            "  {}: {{name: {}, local_name: {}, country: XX, position: {:.4f} N {:.4f} E, elevation: 12 m, time_zone: UTC, source: \"a point of a "
            "grid\", confidence: high}}\n",
            station.id.value, station.name, station.name, station.position.latitude, station.position.longitude);
    text += "lines:\n";
    for (const LineSheet& line : sheet.lines) {
        text += fmt::format("  {}:\n    name: {}\n    gauge: 1435 mm\n    limit: {:.0f} km/h\n    operating_speed: {:.0f} km/h\n    chainage:\n",
                            line.id.value, line.name, line.track.limit->value / (km / h), line.track.operating_speed->value.mean() / (km / h));
        for (const auto& [name, at] : line.chainage) text += fmt::format("      {}: {:.1f} km\n", name.value, at.value / km);
    }
    return text;
}

void load(benchmark::State& state) {
    const std::string text = yaml_of(grid(static_cast<int>(state.range(0))));
    const Network first{{read_network(text, "grid.yaml")}};
    state.counters["stations"] = static_cast<double>(first.stations().size());
    state.counters["sections"] = static_cast<double>(first.sections().size());
    state.counters["MB"] = static_cast<double>(text.size()) / 1e6;
    for (auto _ : state) benchmark::DoNotOptimize(Network{{read_network(text, "grid.yaml")}}.sections().size());
}
BENCHMARK(load)->Name("network/load YAML")->Arg(100)->Unit(benchmark::kMillisecond);

void build_network(benchmark::State& state) {
    const std::vector<NetworkSheet> sheets{grid(static_cast<int>(state.range(0)))};
    for (auto _ : state) {
        const Network network{sheets};
        state.counters["stations"] = static_cast<double>(network.stations().size());
        state.counters["sections"] = static_cast<double>(network.sections().size());
    }
}
BENCHMARK(build_network)->Name("network/build")->Arg(316)->Unit(benchmark::kMillisecond);

void route_across(benchmark::State& state) {
    const int side = static_cast<int>(state.range(0));
    const Network network{{grid(side)}};
    const auto at = [&](int row, int column) { return StationId{static_cast<std::uint32_t>(row * side + column)}; };
    int iteration = 0;
    for (auto _ : state) {
        const int shift = iteration++ % 10;
        const RouteRequest request{at(shift, 0), at(side - 1, side - 1 - shift), {}, {{1435}}, {}, {}};
        const auto path = best_path(network, request);
        if (!path || path->length < great_circle(network.stations()[request.from].position, network.stations()[request.to].position))
            return state.SkipWithError("no way across");
    }
}
BENCHMARK(route_across)->Name("route/across a grid")->Arg(100)->Arg(316)->Unit(benchmark::kMillisecond);

}  // namespace
