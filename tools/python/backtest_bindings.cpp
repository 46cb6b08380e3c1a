// Forecasts scored against what was observed: backtest for Python.

#include "bindings.hpp"

using namespace railwindow;

namespace railwindow_python {
namespace {

using Scenarios = std::vector<std::shared_ptr<ReadScenario>>;

// The names of those journeys whose files say that the numbers did not know them.
std::set<std::string> unseen_of(const Scenarios& scenarios) {
    std::set<std::string> names;
    for (const auto& scenario : scenarios) {
        const auto priors = scenario->texts ? std::nullopt : load_priors(scenario->file);
        if (priors && !priors->knew) names.insert(scenario->name);
    }
    return names;
}

Backtest scored(const Scenarios& scenarios, const std::optional<std::set<std::string>>& unseen, std::vector<double> levels, std::uint64_t runs,
                std::uint64_t seed, unsigned threads, const py::object& progress) {
    BacktestOptions options{
        .runs = runs, .seed = seed, .threads = threads, .levels = std::move(levels), .unseen = {}, .progress = watching(progress)};
    const FreeInterpreter others_may_run;
    if (scenarios.empty()) refuse("scenarios", "there is no journey to score", "give scenarios with `observed` times");
    std::vector<Scenario> journeys;
    std::set<std::string> names;
    for (const auto& scenario : scenarios) {
        if (!names.insert(scenario->name).second) refuse("scenarios", "a journey called " + scenario->name + " is given twice", "keep one of them");
        journeys.push_back(*scenario);
    }
    options.unseen = unseen ? *unseen : unseen_of(scenarios);
    for (const std::string& name : options.unseen)
        if (!names.contains(name)) refuse("unseen", "there is no journey called " + name, "give names of the scenarios");
    return backtest(journeys, options);
}

py::dict table_of(const std::vector<TargetScore>& targets) {
    const auto part = [](auto member) {
        return [member](const TargetScore& t) { return or_nan(t.full ? std::optional{(*t.full).*member} : std::nullopt); };
    };
    Table table{targets};
    table.add("scenario", [](const auto& t) { return t.scenario; }).add("known", [](const auto& t) { return t.known; });
    table.add("from", [](const auto& t) { return t.from; }).utc("start", [](const auto& t) { return since_epoch(t.start); });
    table.add("station", [](const auto& t) { return t.target.station_id; }).add("name", [](const auto& t) { return t.target.station; });
    table.add("country", [](const auto& t) { return t.target.country; });
    table.add("event", [](const auto& t) { return std::string{event_name(t.target.observed.event)}; });
    table.add("time_zone", [](const auto& t) { return t.target.zone.name(); });
    table.utc("observed_low", [](const auto& t) { return since_epoch(t.target.observed.low); });
    table.utc("observed_high", [](const auto& t) { return since_epoch(t.target.observed.high); });
    table.add("probability", [](const auto& t) { return t.probability; });
    constexpr std::array quantiles{"p5", "p50", "p95"};
    for (std::size_t q = 0; q < quantiles.size(); ++q) table.utc(quantiles[q], [q](const auto& t) { return value_of(t.time, q); });
    table.add("agreeing", [](const auto& t) { return t.agreeing; }).add("consistent", [](const auto& t) { return t.consistent; });
    table.add("counts", [](const auto& t) { return t.full.has_value(); }).add("crps", part(&FullScore::crps));
    table.add("sixty_crps", part(&FullScore::sixty_crps)).add("lognormal_crps", part(&FullScore::lognormal_crps));
    return table.add("log_score", part(&FullScore::log_score)).take();
}

py::dict table_of_journeys(const Backtest& backtest) {
    struct Row {
        const JourneyScore* score;
        bool known;
    };
    std::vector<Row> rows;
    for (const JourneyScore& score : backtest.known.journeys) rows.push_back({&score, true});
    for (const JourneyScore& score : backtest.unseen.journeys) rows.push_back({&score, false});
    Table table{rows};
    table.add("scenario", [](const Row& row) { return row.score->scenario; }).add("known", [](const Row& row) { return row.known; });
    table.add("observations", [](const Row& row) { return row.score->observations; }).add("crps", [](const Row& row) { return row.score->crps; });
    table.add("lognormal_crps", [](const Row& row) { return row.score->lognormal_crps; });
    table.add("log_score", [](const Row& row) { return row.score->log_score; });
    table.add("pit_low", [](const Row& row) { return row.score->pit.low; });
    return table.add("pit_high", [](const Row& row) { return row.score->pit.high; }).take();
}

py::dict table_of_coverage(const Backtest& backtest) {
    struct Row {
        Coverage coverage;
        bool known;
    };
    std::vector<Row> rows;
    for (const Coverage& coverage : backtest.known.coverage) rows.push_back({coverage, true});
    for (const Coverage& coverage : backtest.unseen.coverage) rows.push_back({coverage, false});
    Table table{rows};
    table.add("known", [](const Row& row) { return row.known; }).add("level", [](const Row& row) { return row.coverage.level; });
    table.add("covered", [](const Row& row) { return row.coverage.covered; }).add("observations", [](const Row& row) { return row.coverage.of; });
    table.add("low", [](const Row& row) { return row.coverage.low; });
    return table.add("high", [](const Row& row) { return row.coverage.high; }).take();
}

}  // namespace

void add_backtest(py::module_& module) {
    py::class_<Backtest>(module, "Backtest", "What the model would have said of recorded journeys, scored against what was observed.")
        .def_property_readonly(
            "runs", [](const Backtest& b) { return b.runs; }, "How many runs of each forecast.")
        .def_property_readonly(
            "seed", [](const Backtest& b) { return b.seed; }, "The seed of the draws.")
        .def_property_readonly(
            "stopped_early", [](const Backtest& b) { return b.stopped_early; }, "True when the progress callback said so.")
        .def(
            "targets", [](const Backtest& b) { return table_of(b.targets); },
            "Columns by name, a row for each observed time of special trains: scenario, known, from, start_utc, station, name, country, event,\n"
            "time_zone, observed_low_utc, observed_high_utc, probability, p5_utc, p50_utc, p95_utc (datetime64[ms]), agreeing, consistent, counts,\n"
            "and where it counts crps, sixty_crps, lognormal_crps (relative to the time taken) and log_score (nats); else NaN.")
        .def(
            "calibrating", [](const Backtest& b) { return table_of(b.calibrating); },
            "Columns as of `targets`, of ordinary trains, which never count.")
        .def("journeys", &table_of_journeys,
             "Columns by name, a row for each journey: scenario, known, observations, crps, lognormal_crps, log_score (means of its observations),\n"
             "pit_low and pit_high of the last one.")
        .def("coverage", &table_of_coverage,
             "Columns by name, a row for each level of known and of unseen journeys: known, level, covered, observations, and low and high, the\n"
             "central 95 % of `covered` by the model's own draws.")
        .def(
            "json", [](const Backtest& b) { return text_of([&](std::ostream& out) { write_json(out, Scores{b}); }); },
            "The document that `railwindow backtest --format json` writes.")
        .def("__str__", [](const Backtest& b) {
            return b.stopped_early ? std::string{"stopped early\n"} : text_of([&](std::ostream& out) { write_table(out, Scores{b}); });
        });
    module.def("backtest", &scored, py::arg("scenarios"), py::kw_only(), py::arg("unseen") = py::none(),
               py::arg("levels") = std::vector<double>{0.5, 0.8, 0.9}, py::arg("runs") = 16384, py::arg("seed") = 1, py::arg("threads") = 0,
               py::arg("progress") = py::none(),
               "The scores of what the model says of `scenarios`, which have `observed` times. `unseen`: names of those that the numbers did not\n"
               "know; None: as their files say. `levels`: shares of the runs that windows hold. Raises InputError, Infeasible.");
}

}  // namespace railwindow_python
