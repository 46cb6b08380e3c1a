// Where the train can be by a time, or have come from: reach and reach_back for Python.

#include "bindings.hpp"

using namespace railwindow;

namespace railwindow_python {
namespace {

struct Reached {
    std::string scenario;
    std::vector<double> quantiles;
    Reach answer;
};
struct ReachedBack {
    std::string scenario;
    std::vector<double> quantiles;
    ReachBack answer;
};

ReachOptions options_of(std::vector<double> quantiles, bool voluntary_waits, std::uint64_t runs, std::uint64_t seed, unsigned threads,
                        const py::object& progress) {
    return {.quantiles = std::move(quantiles),
            .runs = runs,
            .seed = seed,
            .threads = threads,
            .progress = watching(progress),
            .voluntary_waits = voluntary_waits};
}

Reached reached(const std::shared_ptr<ReadScenario>& scenario, std::optional<double> within, const std::string& time, std::vector<double> quantiles,
                bool voluntary_waits, std::uint64_t runs, std::uint64_t seed, unsigned threads, const py::object& progress) {
    if (within.has_value() == !time.empty())
        refuse("reach", within ? "both `within` and `time` are given" : "neither `within` nor `time` is given", "give one of them");
    if (within && !(*within >= 0 && *within < 1e9)) refuse("within", "a duration must be some number of seconds, not negative", "say such as 86400");
    const Moment moment = within ? Moment{*within * s} : Moment{written_time(time, "time")};
    const ReachOptions options = options_of(quantiles, voluntary_waits, runs, seed, threads, progress);
    const FreeInterpreter others_may_run;
    return {scenario->name, std::move(quantiles), reach(*scenario, moment, options)};
}

ReachedBack reached_back(const std::shared_ptr<ReadScenario>& scenario, const std::string& arrived_at, const std::string& time,
                         std::vector<double> quantiles, bool voluntary_waits, std::uint64_t runs, std::uint64_t seed, unsigned threads,
                         const py::object& progress) {
    const Written<WrittenTime> at = written_time(time, "time");
    const ReachOptions options = options_of(quantiles, voluntary_waits, runs, seed, threads, progress);
    const FreeInterpreter others_may_run;
    return {scenario->name, std::move(quantiles), reach_back(*scenario, Name{arrived_at, {}}, at, options)};
}

// The columns that say which station a row speaks of.
template <class List>
Table<List>& add_station(Table<List>& table, const Network& network) {
    const auto here = [&network](const auto& row) -> const Station& { return network.stations()[row.station]; };
    table.add("station", [=](const auto& row) { return here(row).id; }).add("name", [=](const auto& row) { return here(row).name; });
    return table.add("country", [=](const auto& row) { return here(row).country; }).add("time_zone", [=](const auto& row) {
        return here(row).zone.name();
    });
}

py::dict table_of_reach(const Reached& reached) {
    Table table{reached.answer.stations};
    add_station(table, reached.answer.network);
    table.add("distance_km", [](const auto& row) { return row.distance / km; }).add("on_own_way", [](const auto& row) { return row.on_own_way; });
    table.add("in_time", [](const auto& row) { return row.in_time.value; }).add("in_time_error", [](const auto& row) { return row.in_time.error; });
    table.add("overall", [](const auto& row) { return or_nan(row.overall ? std::optional{row.overall->value} : std::nullopt); });
    for (std::size_t q = 0; q < reached.quantiles.size(); ++q) {
        const std::string p = quantile_name(reached.quantiles[q]);
        table.utc(p, [q](const auto& row) { return value_of(row.time, q); });
        table.duration(p + "_elapsed", [q](const auto& row) { return value_of(row.elapsed, q); });
    }
    return table.take();
}

std::string kind_name(Whereabouts::Kind kind) {
    switch (kind) {
        case Whereabouts::Kind::not_departed:
            return "not departed";
        case Whereabouts::Kind::standing:
            return "standing";
        case Whereabouts::Kind::between:
            return "between";
        case Whereabouts::Kind::arrived:
            break;
    }
    return "arrived";
}

py::dict table_of_whereabouts(const Reached& reached) {
    const auto id = [&](StationId station) { return reached.answer.network.stations()[station].id; };
    Table table{reached.answer.whereabouts};
    table.add("doing", [](const auto& place) { return kind_name(place.kind); }).add("at", [&](const auto& place) { return id(place.from); });
    table.add("next", [&](const auto& place) { return id(place.to); }).add("probability", [](const auto& place) { return place.share.value; });
    return table.add("probability_error", [](const auto& place) { return place.share.error; }).take();
}

template <class Answer>
py::dict table_of_unreachable(const Answer& answer) {
    Table table{answer.answer.unreachable};
    return add_station(table, answer.answer.network).add("why", [](const auto& row) { return row.why; }).take();
}

py::dict table_of_reach_back(const ReachedBack& reached) {
    Table table{reached.answer.stations};
    add_station(table, reached.answer.network);
    table.add("distance_km", [](const auto& row) { return row.distance / km; }).add("probability", [](const auto& row) { return row.probability; });
    for (std::size_t q = 0; q < reached.quantiles.size(); ++q)
        table.utc(quantile_name(reached.quantiles[q]), [q](const auto& row) { return value_of(row.left, q); });
    return table.take();
}

// What both results have.
template <class Answer>
py::class_<Answer> result_class(py::module_& module, const char* name, const char* doc) {
    py::class_<Answer> result{module, name, doc};
    result
        .def_property_readonly(
            "scenario", [](const Answer& r) { return r.scenario; }, "The scenario's name.")
        .def_property_readonly(
            "runs", [](const Answer& r) { return r.answer.runs; }, "How many runs of each way.")
        .def_property_readonly(
            "seed", [](const Answer& r) { return r.answer.seed; }, "The seed of the draws.")
        .def_property_readonly(
            "stopped_early", [](const Answer& r) { return r.answer.stopped_early; }, "True when the progress callback said so.")
        .def("unreachable", &table_of_unreachable<Answer>,
             "Columns by name, a row for each station without a way: station, name, country, time_zone, why.")
        .def(
            "json", [](const Answer& r) { return text_of([&](std::ostream& out) { write_json(out, r.answer); }); },
            "The document that `railwindow reach --format json` writes.")
        .def(
            "csv", [](const Answer& r) { return text_of([&](std::ostream& out) { write_csv(out, r.answer); }); },
            "The text that `railwindow reach --format csv` writes.")
        .def(
            "geojson", [](const Answer& r) { return text_of([&](std::ostream& out) { write_geojson(out, r.answer); }); },
            "The document that `railwindow reach --format geojson` writes.")
        .def("__str__", [](const Answer& r) {
            return r.answer.stopped_early ? std::string{"stopped early\n"} : text_of([&](std::ostream& out) { write_table(out, r.answer); });
        });
    return result;
}

}  // namespace

void add_reach(py::module_& module) {
    result_class<Reached>(module, "Reach", "Where the train can be by a time.")
        .def_property_readonly(
            "origin", [](const Reached& r) { return r.answer.network.stations()[r.answer.origin].id; }, "The station where it begins.")
        .def("table", &table_of_reach,
             "Columns by name, a row for each station, the likeliest first: station, name, country, time_zone, distance_km, on_own_way, in_time\n"
             "(share of the runs in which a train bound for it is there by then) and its error, overall (of the scenario's own journey; NaN where\n"
             "it does not come there), and for each quantile of the arrival p50_utc (datetime64[ms]) and p50_elapsed (timedelta64[ms]).")
        .def("whereabouts", &table_of_whereabouts,
             "Columns by name, a row for each place where the scenario's own train may be then: doing (not departed, standing, between, arrived),\n"
             "at, next, probability and its error.");
    result_class<ReachedBack>(module, "ReachBack", "When a train must have left each station to be somewhere at a time.")
        .def_property_readonly(
            "arrived_at", [](const ReachedBack& r) { return r.answer.network.stations()[r.answer.arrived_at].id; }, "The station where it is.")
        .def("table", &table_of_reach_back,
             "Columns by name, a row for each station, the nearest first: station, name, country, time_zone, distance_km, probability (share of\n"
             "the runs that get there), and for each quantile of the departure p50_utc (datetime64[ms]).");
    module.def("reach", &reached, py::arg("scenario"), py::kw_only(), py::arg("within") = py::none(), py::arg("time") = "",
               py::arg("quantiles") = std::vector<double>{0.05, 0.5, 0.95}, py::arg("voluntary_waits") = false, py::arg("runs") = 2000,
               py::arg("seed") = 1, py::arg("threads") = 0, py::arg("progress") = py::none(),
               "Where the train of `scenario` can be: `within` so many seconds after its departure, or at `time`, local to its origin. It waits for\n"
               "no reception and makes no long stand, unless `voluntary_waits`. Raises InputError.");
    module.def("reach_back", &reached_back, py::arg("scenario"), py::arg("arrived_at"), py::arg("time"), py::kw_only(),
               py::arg("quantiles") = std::vector<double>{0.05, 0.5, 0.95}, py::arg("voluntary_waits") = false, py::arg("runs") = 2000,
               py::arg("seed") = 1, py::arg("threads") = 0, py::arg("progress") = py::none(),
               "When a train left each station that is at the station `arrived_at` at `time`, local to it. Raises InputError, Infeasible.");
}

}  // namespace railwindow_python
