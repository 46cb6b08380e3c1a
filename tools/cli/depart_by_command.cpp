#include "choice.hpp"
#include "commands.hpp"
#include "ledger_option.hpp"
#include "output.hpp"
#include "scenario_path.hpp"
#include "terminal.hpp"
#include "what_if_options.hpp"

#include <railwindow/estimate/depart_by.hpp>
#include <railwindow/io/priors_file.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/write_depart_by.hpp>

#include <CLI/CLI.hpp>

namespace cli {
namespace {

using namespace railwindow;

enum class DepartureFormat { table, json, csv };

struct DepartByCommandOptions {
    std::string scenario, arrive_by, ledger;
    Report report;
    WhatIf what_if;
    DepartByOptions question;
    OutputOptions out;
    DepartureFormat format = DepartureFormat::table;
};

ExitStatus find_departure(DepartByCommandOptions options) {
    const std::vector<Result> results{
        {"--output", options.out.output}, {"--ledger", options.ledger, Result::Way::added_to}, {"--report", options.report.file}};
    check_results(results, options.out.force);
    check_ledger(options.ledger);
    options.question.arrive_by = given_time(options.arrive_by, "--arrive-by");
    options.question.progress = progress_bar(options.out.quiet ? ShowBar::never : ShowBar::on_a_terminal);
    const bool on_the_way = !options.question.at.value.empty();
    const Scenario scenario = load_scenario(scenario_path(options.scenario), options.what_if, options.out.limits);
    keep_apart(results, scenario.files);
    const Model model = build(scenario, {on_the_way ? TimingPoints::all : TimingPoints::main, {}});
    const bool curve = options.question.curve;
    options.question.curve |= !options.report.empty();
    const DepartBy drawn = depart_by(model, options.question);
    if (drawn.stopped_early) return ExitStatus::interrupted;
    DepartBy result = drawn;
    if (!curve) result.curve.clear();
    const int width = options.out.output.empty() || options.out.output == "-" ? output_width() : 80;
    write_output(options.out.output, [&](std::ostream& out) {
        switch (options.format) {
            case DepartureFormat::table:
                return write_visible(out, [&](std::ostream& text) { write_table(text, model, result, {width}); });
            case DepartureFormat::json:
                return write_json(out, model, result);
            case DepartureFormat::csv:
                return write_csv(out, model, result);
        }
    });
    write_page(
        options.report, {options.scenario}, [&](std::ostream& text) { write_table(text, model, drawn, {80}); },
        [&](std::ostream& out, const ReportStyle& style) { write_report(out, model, drawn, style); });
    if (!options.ledger.empty())
        add_to_ledger(options.ledger, ledger_forecast(model, result),
                      {scenario, digest_of(scenario_path(options.scenario), options.what_if, options.out.limits)});
    return ExitStatus::done;
}

}  // namespace

Command add_depart_by(CLI::App& app) {
    auto options = std::make_shared<DepartByCommandOptions>();
    CLI::App* depart_app = app.add_subcommand("depart-by", "The latest departure that is in time, instead of the scenario's departure");
    depart_app->add_option("scenario", options->scenario, "Scenario file, or the name of an installed scenario")->required()->type_name("SCENARIO");
    depart_app->add_option("--arrive-by", options->arrive_by, "When it must be there: 2023-09-12 18:00, local to the station, or with its own offset")
        ->required()
        ->type_name("TIME");
    depart_app->add_option("--at", options->question.at.value, "Where it must be by then; without it, the destination")->type_name("STATION");
    depart_app->add_option("--confidence", options->question.confidence, "How sure it has to be: the lower error bound of the probability")
        ->capture_default_str()
        ->type_name("P");
    depart_app->add_flag("--curve", options->question.curve, "Shows the probability of being in time for a row of departures");
    add_voluntary_waits(depart_app, options->question);
    add_what_if(depart_app, options->what_if);
    add_sampling(depart_app, options->question);
    add_choice<DepartureFormat>(depart_app, "--format", options->format,
                                {{"table", DepartureFormat::table}, {"json", DepartureFormat::json}, {"csv", DepartureFormat::csv}}, "table",
                                "How the result is written: table, json or csv");
    add_report(depart_app, options->report);
    add_ledger(depart_app, options->ledger);
    add_output(depart_app, options->out);
    return [options] { return find_departure(*options); };
}

}  // namespace cli
