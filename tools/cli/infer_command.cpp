#include "choice.hpp"
#include "commands.hpp"
#include "ledger_option.hpp"
#include "output.hpp"
#include "part_option.hpp"
#include "report_option.hpp"
#include "scenario_path.hpp"
#include "terminal.hpp"
#include "what_if_options.hpp"

#include <railwindow/inference/infer.hpp>
#include <railwindow/io/priors_file.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/seen_text.hpp>
#include <railwindow/io/write_inference.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>

namespace cli {
namespace {

using namespace railwindow;

enum class InferenceFormat { table, json, csv, geojson };

struct InferCommandOptions {
    std::string scenario, as_of, time, ledger;
    Report report;
    std::vector<std::string> seen;
    WhatIf what_if;
    InferOptions question;
    OutputOptions out;
    InferenceFormat format = InferenceFormat::table;
    std::optional<std::uint64_t> runs, most_runs;
    std::shared_ptr<PartOption> part;
};

// A time of the origin's clocks.
std::optional<Instant> moment(const Model& model, const std::string& text, const char* option) {
    if (text.empty()) return {};
    const Written<WrittenTime> time = given_time(text, option);
    const auto found = instant_of(time.value, model.network.stations()[model.main().visits.front().station].zone);
    if (const auto* error = std::get_if<TimeError>(&found)) throw InputError{Finding{time.place, {}, error->what, error->remedy, Severity::error}};
    return std::get<Instant>(found);
}

ExitStatus find_journey(InferCommandOptions options) {
    const bool is_part = options.part->is_part();
    if (is_part) options.out.output = options.part->file(options.out.output, "inference");
    const std::vector<Result> results{
        {"--output", options.out.output}, {"--ledger", options.ledger, Result::Way::added_to}, {"--report", options.report.file}};
    check_results(results, options.out.force);
    check_ledger(options.ledger);
    const Scenario scenario = with_sightings(load_scenario(scenario_path(options.scenario), options.what_if, options.out.limits), options.seen);
    keep_apart(results, scenario.files);
    options.part->tell();
    options.part->check({&scenario});
    options.question.work = options.part->work();
    const Model model = build(scenario);
    options.question.as_of = moment(model, options.as_of, "--as-of");
    options.question.moment = moment(model, options.time, "--time");
    options.question.progress = progress_bar(options.out.quiet ? ShowBar::never : ShowBar::on_a_terminal);
    if (options.runs) options.question.runs = *options.runs;
    options.question.most_runs = options.most_runs.value_or(options.runs ? std::max<std::uint64_t>(*options.runs, 1) : options.question.most_runs);
    InferOptions question = options.question;
    check_quantiles(question.quantiles);
    if (!options.report.empty()) question.quantiles = infer_page_quantiles(question.quantiles), question.timeline = true;
    if (!options.ledger.empty()) question.quantiles = united(question.quantiles, ledger_levels());
    const Inference drawn = infer(model, question);
    if (drawn.stopped_early) return ExitStatus::interrupted;
    if (is_part) return options.part->write(options.out.output, {&scenario}), ExitStatus::done;
    Inference result = with_quantiles(drawn, options.question.quantiles);
    if (!options.question.timeline) result.timeline.clear();
    const int width = options.out.output.empty() || options.out.output == "-" ? output_width() : 80;
    write_output(options.out.output, [&](std::ostream& out) {
        switch (options.format) {
            case InferenceFormat::table:
                return write_visible(out, [&](std::ostream& text) { write_table(text, model, result, options.question, {width}); });
            case InferenceFormat::json:
                return write_json(out, model, result, options.question);
            case InferenceFormat::csv:
                return write_csv(out, model, result);
            case InferenceFormat::geojson:
                return write_geojson(out, model, result, options.question);
        }
    });
    write_page(
        options.report, {options.scenario}, [&](std::ostream& text) { write_table(text, model, result, options.question, {80}); },
        [&](std::ostream& out, const ReportStyle& style) {
            write_report(out, model, with_quantiles(drawn, infer_page_quantiles(options.question.quantiles)), options.question, style);
        });
    if (!options.ledger.empty()) {
        Scenario kept = scenario;
        for (const std::string& seen : options.seen) kept.changes.push_back("--seen '" + seen + "'");
        add_to_ledger(options.ledger, ledger_forecast(model, with_quantiles(drawn, ledger_levels()), options.question),
                      {kept, digest_of(scenario_path(options.scenario), options.what_if, options.out.limits)});
    }
    return ExitStatus::done;
}

}  // namespace

Command add_infer(CLI::App& app, MergedParts* merged) {
    auto options = std::make_shared<InferCommandOptions>();
    options->part = std::make_shared<PartOption>(merged);
    CLI::App* infer_app = app.add_subcommand("infer", "What sightings of the train say: where it is going, when it is there, where it is now");
    infer_app->add_option("scenario", options->scenario, "Scenario file, or the name of an installed scenario")->required()->type_name("SCENARIO");
    infer_app
        ->add_option(
            "--seen", options->seen,
            "One more sighting: PLACE [before|behind 4 km] [visit 2] [arrive|depart|pass|seen|not-seen] TIME or TIME..TIME [towards STATION] "
            "[reliability 0.9] [noticed 0.8] [known TIME] [train NAME], as 'razdolnaya-bridge pass 2023-09-12 12:10..12:25 towards ussuriysk'; "
            "one TIME alone is read as five minutes either way; may be repeated")
        ->allow_extra_args(false)
        ->type_name("SIGHTING");
    infer_app->add_option("--as-of", options->as_of, "Only what was published by this time, local to the origin")->type_name("TIME");
    infer_app->add_option("--time", options->time, "Where the train is at this time, local to the origin")->type_name("TIME");
    infer_app->add_flag("--timeline", options->question.timeline, "The answer as it stood after each report was published");
    add_what_if(infer_app, options->what_if);
    infer_app
        ->add_option("--runs", options->runs, "How many first runs; without it 65536, and more, up to --max-runs, where the sightings leave too few")
        ->check(whole_number(1'000'000'000))
        ->type_name("N");
    add_seed_and_threads(infer_app, options->question);
    infer_app->add_option("--max-runs", options->most_runs, "Up to so many first runs: 262144, or --runs where that is given")
        ->check(whole_number(1'000'000'000))
        ->type_name("N");
    add_quantiles(infer_app, options->question.quantiles);
    add_choice<InferenceFormat>(
        infer_app, "--format", options->format,
        {{"table", InferenceFormat::table}, {"json", InferenceFormat::json}, {"csv", InferenceFormat::csv}, {"geojson", InferenceFormat::geojson}},
        "table", "How the result is written: table, json, csv or geojson");
    add_ledger(infer_app, options->ledger);
    add_report(infer_app, options->report);
    add_output(infer_app, options->out);
    options->part->add(infer_app, {"--format", "--ledger", "--report"});
    return [options] { return find_journey(*options); };
}

}  // namespace cli
