// The ways between two places, and one run as speed over distance: routes and profile for Python.

#include "bindings.hpp"

#include <railwindow/core/text.hpp>

#include <algorithm>

using namespace railwindow;

namespace railwindow_python {
namespace {

// A diesel, or what a wire carries, as files write it; `dc` and `ac` are 3 kV DC and 25 kV AC.
MotivePower traction_called(const std::string& word) {
    if (word == "diesel") return MotivePower::diesel;
    if (word == "dc") return MotivePower::dc_3kv;
    if (word == "ac") return MotivePower::ac_25kv;
    std::vector<std::string> known{"diesel", "dc", "ac"};
    for (const ElectricSupply& supply : main_line_supplies) {
        if (supply.name() == word) return MotivePower{supply};
        known.emplace_back(supply.name());
    }
    refuse("traction", "'" + word + "' is no traction", "known: " + listed({known.begin(), known.end()}));
}

Routes routes_of(const std::shared_ptr<ReadScenario>& scenario, std::size_t count, const std::vector<std::string>& traction) {
    const FreeInterpreter others_may_run;
    if (count == 0 || count > 1000) refuse("count", "so many ways cannot be looked for", "ask for 1 to 1000");
    std::vector<MotivePower> tractions;
    for (const std::string& word : traction) tractions.push_back(traction_called(word));
    return find_routes(*scenario, {.count = count}, tractions);
}

py::dict table_of_routes(const Routes& routes) {
    const auto ids = [&](const Path& path, const std::vector<std::size_t>& steps) {
        std::vector<std::string> stations;
        for (const std::size_t step : steps) stations.push_back(routes.network.stations()[station_at(routes.network, path, step)].id);
        return stations;
    };
    Table table{routes.paths};
    table.add("summary", [&](const auto& path) { return summary(routes.network, path); });
    table.add("length_km", [](const auto& path) { return path.length / km; });
    table.add("weakly_known_km", [&](const auto& path) { return weakly_known_length(routes.network, path) / km; });
    table.duration("running", [](const auto& path) { return millis_of(path.running); });
    table.duration("expected", [](const auto& path) { return millis_of(path.running + path.standing); });
    table.add("gauge_changes", [&](const auto& path) { return ids(path, path.gauge_changes); });
    table.add("reversals", [&](const auto& path) { return ids(path, path.reversals); });
    table.add("traction_changes", [&](const auto& path) { return ids(path, path.traction_changes); });
    return table.add("countries", [&](const auto& path) { return countries(routes.network, path); }).take();
}

std::vector<std::string> stations_on(const Routes& routes, std::size_t way) {
    if (way >= routes.paths.size()) throw py::index_error("there are " + std::to_string(routes.paths.size()) + " ways, counted from 0");
    std::vector<std::string> stations;
    for (std::size_t i = 0; i <= routes.paths[way].steps.size(); ++i)
        stations.push_back(routes.network.stations()[station_at(routes.network, routes.paths[way], i)].id);
    return stations;
}

// One run with the model that it is of, and the step at which it is shown.
struct Profiled {
    SharedModel model;
    std::uint64_t seed;
    std::optional<std::uint64_t> number;
    ProfileStep step;
    ProfiledRun run;
};

ProfileStep step_of(const std::optional<double>& metres, const std::optional<double>& seconds) {
    if (metres && seconds) refuse("profile", "both `metres` and `seconds` are given", "give one of them, or none for every breakpoint");
    const std::optional<double>& size = metres ? metres : seconds;
    if (size && !(*size > 0 && *size < 1e9)) refuse(metres ? "metres" : "seconds", "a step must be greater than zero", "say such as 100");
    if (metres) return *metres * m;
    if (seconds) return *seconds * s;
    return {};
}

Profiled profiled(const SharedModel& model, std::optional<std::uint64_t> run, std::uint64_t seed, const std::optional<double>& metres,
                  const std::optional<double>& seconds) {
    const FreeInterpreter others_may_run;
    const ProfileStep step = step_of(metres, seconds);
    Profiled result{model, seed, run, step, simulate_profiled(*model, {.seed = seed, .run = run.value_or(Noise::median_run)})};
    check_rows(result.run, step);
    return result;
}

// Only rungs that compute with forces know them; the others have "constant" in their names.
bool knows_forces(const SpeedProfile& profile) { return profile.rung.find("constant") == std::string_view::npos; }

struct Row {
    std::size_t movement;
    Length distance;
    Instant at;
    bool forces;
    Breakpoint point;
};

std::vector<Row> rows_of(const Profiled& profile) {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < profile.run.movements.size(); ++i) {
        const ProfiledMovement& movement = profile.run.movements[i];
        for (const Breakpoint& point : stepped(movement.profile, profile.step).breakpoints)
            rows.push_back(
                {i, movement.distance + (point.at - movement.begin), movement.depart + to_millis(point.time), knows_forces(movement.profile), point});
    }
    return rows;
}

py::dict table_of_profile(const Profiled& profile) {
    const std::vector<Row> rows = rows_of(profile);
    const auto forces = [](auto value) { return [value](const Row& row) { return or_nan(row.forces ? std::optional{value(row)} : std::nullopt); }; };
    Table table{rows};
    table.add("movement", [](const Row& row) { return row.movement; }).add("distance_km", [](const Row& row) { return row.distance / km; });
    table.utc("time", [](const Row& row) { return since_epoch(row.at); });
    table.add("speed_kmh", [](const Row& row) { return row.point.speed / (km / h); });
    table.add("limit_kmh", [](const Row& row) { return row.point.limit / (km / h); });
    table.add("mode", [](const Row& row) { return std::string{name(row.point.mode)}; });
    table.add("bound_by", [](const Row& row) { return std::string{name(row.point.binding)}; });
    table.add("gradient_permille", [](const Row& row) { return row.point.gradient / permille; });
    table.add("traction_kn", forces([](const Row& row) { return row.point.traction / kN; }));
    table.add("braking_kn", forces([](const Row& row) { return row.point.braking / kN; }));
    table.add("resistance_kn", forces([](const Row& row) { return row.point.resistance / kN; }));
    return table.add("energy_kwh", forces([](const Row& row) { return row.point.energy / kWh; })).take();
}

py::dict table_of_movements(const Profiled& profile) {
    const auto& visits = way_of(*profile.model, profile.run.trace).main().visits;
    const auto here = [&](std::size_t visit) -> const Station& { return profile.model->network.stations()[visits[visit].station]; };
    Table table{profile.run.movements};
    table.add("from", [&](const auto& movement) { return here(movement.from).id; }).add("to", [&](const auto& movement) {
        return here(movement.to).id;
    });
    table.add("time_zone", [&](const auto& movement) { return here(movement.from).zone.name(); });
    table.utc("depart", [](const auto& movement) { return since_epoch(movement.depart); });
    table.duration("running", [](const auto& movement) { return millis_of(movement.profile.running_time()); });
    table.add("energy_kwh", [](const auto& movement) {
        return or_nan(knows_forces(movement.profile) ? std::optional{movement.profile.energy() / kWh} : std::nullopt);
    });
    return table.add("stalls", [](const auto& movement) { return movement.profile.stall.has_value(); }).take();
}

template <void (*write)(std::ostream&, const Model&, const ProfiledRun&, const ProfileStep&)>
std::string written(const Profiled& profile) {
    return text_of([&](std::ostream& out) { write(out, *profile.model, profile.run, profile.step); });
}

void add_profile(py::module_& module) {
    py::class_<Profiled>(module, "Profile", "One run as speed over distance: where each limit binds, forces, energy.")
        .def_property_readonly(
            "model", [](const Profiled& p) { return std::const_pointer_cast<BuiltModel>(p.model); }, "The model whose run this is.")
        .def_property_readonly(
            "run", [](const Profiled& p) { return p.number; }, "The number of the run; None: every draw is its median.")
        .def_property_readonly(
            "seed", [](const Profiled& p) { return p.seed; }, "The seed of the draws.")
        .def_property_readonly(
            "cars", [](const Profiled& p) { return p.run.trace.main().cars; }, "How many cars the train has in this run.")
        .def("table", &table_of_profile,
             "Columns by name, a row for each breakpoint or step: movement (from 0), distance_km from the origin, time_utc (datetime64[ms]),\n"
             "speed_kmh, limit_kmh, mode, bound_by, gradient_permille (uphill positive), traction_kn, braking_kn, resistance_kn (at the rail),\n"
             "energy_kwh since the movement's beginning; NaN where the model of motion knows no forces.")
        .def("movements", &table_of_movements,
             "Columns by name, a row from each stop to the next: from, to, time_zone, depart_utc (datetime64[ms]), running (timedelta64[ms]),\n"
             "energy_kwh, stalls.")
        .def("json", &written<&write_profile_json>, "The document that `railwindow profile --format json` writes.")
        .def("csv", &written<&write_profile_csv>, "The text that `railwindow profile --format csv` writes.")
        .def("__str__", &written<&write_profile_table>);
    module.def("profile", &profiled, py::arg("model"), py::kw_only(), py::arg("run") = py::none(), py::arg("seed") = 1,
               py::arg("metres") = py::none(), py::arg("seconds") = py::none(),
               "The run `run` of `model` (None: every draw is its median) as speed over distance, at every breakpoint or at steps of so many\n"
               "`metres` or `seconds`. Raises InputError for a step that makes more than a million rows.");
}

}  // namespace

void add_ways(py::module_& module) {
    py::class_<Routes>(module, "Routes", "The ways between origin and destination.")
        .def_property_readonly(
            "scenario", [](const Routes& r) { return r.scenario; }, "The scenario's name.")
        .def_property_readonly(
            "origin", [](const Routes& r) { return r.network.stations()[r.request.from].id; }, "The station where they begin.")
        .def_property_readonly(
            "destination", [](const Routes& r) { return r.network.stations()[r.request.to].id; }, "The station where they end.")
        .def("__len__", [](const Routes& r) { return r.paths.size(); })
        .def("stations", &stations_on, py::arg("way") = 0, "The ids of all stations on one way, counted from 0. Raises IndexError.")
        .def("table", &table_of_routes,
             "Columns by name, a row for each way, the quickest first: summary, length_km, weakly_known_km, running and expected (timedelta64[ms];\n"
             "with expected stands), gauge_changes, reversals and traction_changes (lists of stations), countries (list of ISO 3166 codes).")
        .def(
            "json", [](const Routes& r) { return text_of([&](std::ostream& out) { write_json(out, r); }); },
            "The document that `railwindow routes --format json` writes.")
        .def(
            "csv", [](const Routes& r) { return text_of([&](std::ostream& out) { write_csv(out, r); }); },
            "The text that `railwindow routes --format csv` writes.")
        .def(
            "geojson", [](const Routes& r) { return text_of([&](std::ostream& out) { write_geojson(out, r); }); },
            "The document that `railwindow routes --format geojson` writes.")
        .def("__str__", [](const Routes& r) { return text_of([&](std::ostream& out) { write_table(out, r); }); });
    module.def(
        "routes", &routes_of, py::arg("scenario"), py::kw_only(), py::arg("count") = 5, py::arg("traction") = std::vector<std::string>{},
        "At most `count` ways of `scenario`, the quickest first, behind one of `traction` ('diesel', 'dc', 'ac' or a supply as networks write\n"
        "it; empty: any). Raises InputError; Infeasible when there is no way.");
    add_profile(module);
}

}  // namespace railwindow_python
