#include "choice.hpp"
#include "commands.hpp"
#include "output.hpp"
#include "part_option.hpp"
#include "report_option.hpp"
#include "scenario_path.hpp"
#include "terminal.hpp"
#include "what_if_options.hpp"

#include <railwindow/drivers/explain.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/write_explanation.hpp>

#include <CLI/CLI.hpp>

namespace cli {
namespace {

using namespace railwindow;

enum class ExplanationFormat { table, json, csv };

struct ExplainCommandOptions {
    std::string scenario;
    Report report;
    std::vector<std::string> off;
    WhatIf what_if;
    ExplainOptions question;
    BuildOptions build;
    OutputOptions out;
    ExplanationFormat format = ExplanationFormat::table;
    std::shared_ptr<PartOption> part;
};

ExitStatus explain_window(ExplainCommandOptions options) {
    const bool is_part = options.part->is_part();
    if (is_part) options.out.output = options.part->file(options.out.output, "explanation");
    const std::vector<Result> results{{"--output", options.out.output}, {"--report", options.report.file}};
    check_results(results, options.out.force);
    if (!options.off.empty()) options.question.off.clear();
    for (const std::string& off : options.off) options.question.off.push_back(to_millis(given_duration(off, "--report-error")));
    options.question.progress = progress_bar(options.out.quiet ? ShowBar::never : ShowBar::on_a_terminal);
    const Scenario scenario = load_scenario(scenario_path(options.scenario), options.what_if, options.out.limits);
    keep_apart(results, scenario.files);
    options.part->tell();
    options.part->check({&scenario});
    options.question.work = options.part->work();
    Model model = build(scenario, options.build);
    if (options.question.numbers) options.question.written = written_numbers(scenario, model, options.build);
    const Explanation result = explain(model, options.question);
    if (result.stopped_early) return ExitStatus::interrupted;
    if (is_part) return options.part->write(options.out.output, {&scenario}), ExitStatus::done;
    weigh_weak_inputs(model, result.groups);
    const int width = options.out.output.empty() || options.out.output == "-" ? output_width() : 80;
    write_output(options.out.output, [&](std::ostream& out) {
        switch (options.format) {
            case ExplanationFormat::table:
                return write_visible(out, [&](std::ostream& text) { write_table(text, model, result, {width}); });
            case ExplanationFormat::json:
                return write_json(out, model, result);
            case ExplanationFormat::csv:
                return write_csv(out, model, result);
        }
    });
    write_page(
        options.report, {options.scenario}, [&](std::ostream& text) { write_table(text, model, result, {80}); },
        [&](std::ostream& out, const ReportStyle& style) { write_report(out, model, result, style); });
    return ExitStatus::done;
}

}  // namespace

Command add_explain(CLI::App& app, MergedParts* merged) {
    auto options = std::make_shared<ExplainCommandOptions>();
    options->part = std::make_shared<PartOption>(merged);
    CLI::App* explain_app = app.add_subcommand("explain", "What makes the window so wide, and which report of the train would narrow it most");
    explain_app->add_option("scenario", options->scenario, "Scenario file, or the name of an installed scenario")->required()->type_name("SCENARIO");
    explain_app
        ->add_option("--to", options->question.to.value, "Which destination, where the scenario leaves several open; without it, the likeliest")
        ->type_name("STATION");
    explain_app
        ->add_option("--report-error", options->off, "By how much reports of the train may be off, separated by commas; the last one ranks them")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->default_str("5 min,30 min")
        ->type_name("DURATION,...");
    explain_app->add_option("--pairs", options->question.pairs, "How many pairs of runs at most for a group of draws")
        ->check(whole_number(1'000'000'000))
        ->capture_default_str()
        ->type_name("N");
    add_choice<TimingPoints>(explain_app, "--timing-points", options->build.timing_points, {{"main", TimingPoints::main}, {"all", TimingPoints::all}},
                             "main", "Which places reports may come from: main or all");
    explain_app->add_flag("--shapley", options->question.shapley,
                          "Also shares that add up to 100 %: what groups do only together is shared out among them (Shapley effects)");
    explain_app->add_flag("--numbers", options->question.numbers,
                          "Moves each number that files give as a law to its 5 % and 95 % quantiles, and weakly known ones without a law by a tenth");
    add_what_if(explain_app, options->what_if);
    add_sampling(explain_app, options->question);
    add_choice<ExplanationFormat>(explain_app, "--format", options->format,
                                  {{"table", ExplanationFormat::table}, {"json", ExplanationFormat::json}, {"csv", ExplanationFormat::csv}}, "table",
                                  "How the result is written: table, json or csv");
    add_report(explain_app, options->report);
    add_output(explain_app, options->out);
    options->part->add(explain_app, {"--format", "--report"});
    return [options] { return explain_window(*options); };
}

}  // namespace cli
