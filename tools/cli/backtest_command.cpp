#include "choice.hpp"
#include "commands.hpp"
#include "output.hpp"
#include "report_option.hpp"
#include "scenario_path.hpp"
#include "terminal.hpp"
#include "whole_number.hpp"

#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/write_backtest.hpp>

#include <CLI/CLI.hpp>

#include <set>

namespace cli {
namespace {

using namespace railwindow;

enum class Format { table, json };

struct BacktestCall {
    std::vector<std::string> scenarios;
    std::string output, report;
    CalibrationOptions options;
    Format format = Format::table;
    bool fit = false, quiet = false;
};

std::vector<Scenario> loaded(const std::vector<std::string>& paths) {
    std::vector<Scenario> scenarios;
    std::set<std::string> names;
    Findings findings;
    for (const std::string& path : paths) {
        try {
            scenarios.push_back(load_scenario(scenario_path(path)));
        } catch (const InputError& error) {
            for (const Finding& finding : error.findings()) findings.add(finding);
            continue;
        }
        if (!names.insert(scenarios.back().name).second)
            findings.add({{path, 0, 0}, "", "a journey called " + scenarios.back().name + " is named twice", "keep one of them", Severity::error});
    }
    findings.throw_if_errors();
    return scenarios;
}

ExitStatus backtest_scenarios(BacktestCall call) {
    check_results_writable({call.output, call.report});
    const std::vector<Scenario> scenarios = loaded(call.scenarios);
    call.options.score.progress = progress_bar(call.quiet ? ShowBar::never : ShowBar::on_a_terminal);
    const Backtest result = backtest(scenarios, call.options.score);
    if (result.stopped_early) return ExitStatus::interrupted;
    std::optional<Calibration> fit;
    if (call.fit) fit = calibrate(scenarios, call.options);
    if (fit && fit->stopped_early) return ExitStatus::interrupted;
    const Calibration* known_fit = fit ? &*fit : nullptr;
    const int width = call.output.empty() || call.output == "-" ? output_width() : 80;
    write_output(call.output, [&](std::ostream& out) {
        call.format == Format::json ? write_json(out, result, known_fit) : write_table(out, result, known_fit, {width});
    });
    write_page(call.report, [&](std::ostream& out, const ReportStyle& style) { write_report(out, result, known_fit, style); });
    return ExitStatus::done;
}

constexpr std::uint64_t most_runs = 1'000'000'000, most_seed = UINT64_MAX, most_threads = 1024;

}  // namespace

Command add_backtest(CLI::App& app) {
    auto call = std::make_shared<BacktestCall>();
    CLI::App* backtest_app = app.add_subcommand("backtest", "Scores: what the model would have said of recorded journeys, against what was observed");
    backtest_app->add_option("scenarios", call->scenarios, "Scenario files with `observed` times")->required()->type_name("SCENARIO...");
    backtest_app->add_option("--runs", call->options.score.runs, "How many runs of each journey")
        ->check(whole_number(most_runs))
        ->capture_default_str()
        ->type_name("N");
    backtest_app->add_option("--seed", call->options.score.seed, "Seed of the draws")
        ->check(whole_number(most_seed))
        ->capture_default_str()
        ->type_name("N");
    backtest_app->add_option("--threads", call->options.score.threads, "How many threads; 0 means one per core")
        ->check(whole_number(most_threads))
        ->capture_default_str()
        ->type_name("N");
    CLI::Option* fit =
        backtest_app->add_flag("--fit", call->fit,
                           "Also fit the pace of three countries and the spread; shown with and without, each journey left out once");
    backtest_app->add_option("--fit-runs", call->options.runs, "How many runs of each journey at each point of the fit")
        ->needs(fit)
        ->check(whole_number(most_runs))
        ->capture_default_str()
        ->type_name("N");
    add_choice<Format>(backtest_app, "--format", call->format, {{"table", Format::table}, {"json", Format::json}}, "table",
                       "How the result is written: table or json");
    backtest_app->add_option("--output", call->output, "File to write; - is standard output")->type_name("FILE");
    add_report(backtest_app, call->report);
    backtest_app->add_flag("--quiet", call->quiet, "No progress bar");
    return [call] { return backtest_scenarios(*call); };
}

}  // namespace cli
