#include "choice.hpp"
#include "commands.hpp"
#include "output.hpp"
#include "part_option.hpp"
#include "report_option.hpp"
#include "results.hpp"
#include "scenario_path.hpp"
#include "terminal.hpp"
#include "whole_number.hpp"

#include <railwindow/io/ledger_file.hpp>
#include <railwindow/io/priors_file.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/write_backtest.hpp>
#include <railwindow/io/write_ledger_scores.hpp>
#include <railwindow/io/yaml_tree.hpp>

#include <CLI/CLI.hpp>

#include <set>

namespace cli {
namespace {

using namespace railwindow;

enum class BacktestFormat { table, json, hub, hub_oracle };

struct BacktestCall {
    std::vector<std::string> scenarios;
    std::string output, ledger, outcomes;
    Report report;
    CalibrationOptions options;
    BacktestFormat format = BacktestFormat::table;
    bool fit = false, rolling = false, leave_one_out = false, quiet = false, force = false;
    std::shared_ptr<PartOption> part;
};

std::vector<const Scenario*> listed(const std::vector<Scenario>& scenarios, const std::vector<Scenario>& redone) {
    std::vector<const Scenario*> all;
    for (const auto* some : {&scenarios, &redone})
        for (const Scenario& scenario : *some) all.push_back(&scenario);
    return all;
}

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

std::vector<std::string> files_of(const std::vector<Scenario>& scenarios) {
    std::vector<std::string> files;
    for (const Scenario& scenario : scenarios) files.insert(files.end(), scenario.files.begin(), scenario.files.end());
    return files;
}

// Each journey by the laws as they would be had it not been known; those that have none such are left out.
std::vector<Scenario> unknowing(const std::vector<std::string>& paths) {
    std::vector<Scenario> scenarios;
    for (const std::string& path : paths) {
        const auto priors = load_priors(scenario_path(path));
        if (priors && (priors->redone || !priors->knew)) scenarios.push_back(load_unknowing(scenario_path(path)));
    }
    return scenarios;
}

std::set<std::string> names_of(const std::vector<Scenario>& scenarios) {
    std::set<std::string> names;
    for (const Scenario& scenario : scenarios) names.insert(scenario.name);
    return names;
}

// The names of those journeys that the numbers did not know.
std::set<std::string> unseen(const std::vector<std::string>& paths, const std::vector<Scenario>& scenarios) {
    std::set<std::string> names;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const auto priors = load_priors(scenario_path(paths[i]));
        if (priors && !priors->knew) names.insert(scenarios[i].name);
    }
    return names;
}

// What a ledger's forecasts were worth: nothing is run.
ExitStatus score_forecasts(const BacktestCall& call) {
    const std::vector<Result> results{{"--output", call.output}};
    check_results(results, call.force);
    keep_apart(results, {call.ledger, call.outcomes});
    constexpr YamlLimits large{.bytes = 1ull << 32};
    const std::vector<LedgerForecast> forecasts = load_ledger(call.ledger, large);
    std::vector<LedgerObservation> observations;
    const std::vector<Scenario> scenarios = loaded(call.scenarios);
    keep_apart(results, files_of(scenarios));
    for (const Scenario& scenario : scenarios)
        for (LedgerObservation& row : outcomes_of(scenario)) observations.push_back(std::move(row));
    if (!call.outcomes.empty())
        for (LedgerObservation& row : read_outcomes(read_text_file(call.outcomes), call.outcomes)) observations.push_back(std::move(row));
    const LedgerScores scores = score_ledger(forecasts, observations);
    const ScoredLedger ledger{forecasts, observations, scores};
    const int width = call.output.empty() || call.output == "-" ? output_width() : 80;
    write_output(call.output, [&](std::ostream& out) {
        switch (call.format) {
            case BacktestFormat::table:
                return write_visible(out, [&](std::ostream& text) { write_table(text, ledger, {width}); });
            case BacktestFormat::json:
                return write_json(out, ledger);
            case BacktestFormat::hub:
                return write_hub(out, forecasts);
            case BacktestFormat::hub_oracle:
                return write_hub_oracle(out, ledger);
        }
    });
    return ExitStatus::done;
}

// After each report of each journey, what would have been said of the rest.
ExitStatus roll_scenarios(const BacktestCall& call, const std::vector<Scenario>& scenarios) {
    InferOptions options;
    options.runs = call.options.score.runs;
    options.seed = call.options.score.seed;
    options.threads = call.options.score.threads;
    const Rolling result = rolling(scenarios, options);
    const int width = call.output.empty() || call.output == "-" ? output_width() : 80;
    write_output(call.output, [&](std::ostream& out) {
        if (call.format == BacktestFormat::json) return write_json(out, result);
        write_visible(out, [&](std::ostream& text) { write_table(text, result, {width}); });
    });
    return ExitStatus::done;
}

ExitStatus backtest_scenarios(BacktestCall call) {
    const bool is_part = call.part->is_part();
    if (is_part) call.output = call.part->file(call.output, "backtest");
    const std::vector<Result> results{{"--output", call.output}, {"--report", call.report.file}};
    check_results(results, call.force);
    const std::vector<Scenario> scenarios = loaded(call.scenarios);
    keep_apart(results, files_of(scenarios));
    if (call.rolling) return roll_scenarios(call, scenarios);
    const std::vector<Scenario> redone = call.leave_one_out ? unknowing(call.scenarios) : std::vector<Scenario>{};
    call.part->tell();
    call.part->check(listed(scenarios, redone));
    call.options.score.work = call.part->work();
    call.options.score.progress = progress_bar(call.quiet ? ShowBar::never : ShowBar::on_a_terminal);
    call.options.score.unseen = unseen(call.scenarios, scenarios);
    const Backtest result = backtest(scenarios, call.options.score);
    if (result.stopped_early) return ExitStatus::interrupted;
    std::optional<Calibration> fit;
    if (call.fit && !is_part) {  // where a fit looks next hangs on what it has seen: who merges does it
        CalibrationOptions here = call.options;
        here.score.work = nullptr;
        fit = calibrate(scenarios, here);
    }
    if (fit && fit->stopped_early) return ExitStatus::interrupted;
    std::optional<Backtest> left_out;
    if (call.leave_one_out) {
        BacktestOptions options = call.options.score;
        options.unseen = names_of(redone);
        left_out = backtest(redone, options);
    }
    if (left_out && left_out->stopped_early) return ExitStatus::interrupted;
    if (is_part) return call.part->write(call.output, listed(scenarios, redone)), ExitStatus::done;
    const Scores scores{result, fit ? &*fit : nullptr, left_out ? &*left_out : nullptr};
    const int width = call.output.empty() || call.output == "-" ? output_width() : 80;
    write_output(call.output, [&](std::ostream& out) {
        if (call.format == BacktestFormat::json) return write_json(out, scores);
        write_visible(out, [&](std::ostream& text) { write_table(text, scores, {width}); });
    });
    // The texts of all journeys would be most of the page.
    write_page(
        call.report, {}, [&](std::ostream& text) { write_table(text, scores, {80}); },
        [&](std::ostream& out, const ReportStyle& style) { write_report(out, scores, style); });
    return ExitStatus::done;
}

constexpr std::uint64_t most_runs = 1'000'000'000, most_seed = UINT64_MAX, most_threads = 1024;

}  // namespace

Command add_backtest(CLI::App& app, MergedParts* merged) {
    auto call = std::make_shared<BacktestCall>();
    call->part = std::make_shared<PartOption>(merged);
    CLI::App* backtest_app = app.add_subcommand("backtest", "Scores: what the model would have said of recorded journeys, against what was observed");
    backtest_app->add_option("scenarios", call->scenarios, "Scenario files with `observed` times")->type_name("SCENARIO...");
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
    CLI::Option* fit = backtest_app->add_flag(
        "--fit", call->fit, "Also fit the pace of three countries and the spread; shown with and without, each journey left out once");
    backtest_app->add_option("--fit-runs", call->options.runs, "How many runs of each journey at each point of the fit")
        ->needs(fit)
        ->check(whole_number(most_runs))
        ->capture_default_str()
        ->type_name("N");
    backtest_app->add_flag("--rolling", call->rolling, "After each report of a journey, the forecast of the rest of it, as infer gives it")
        ->excludes(fit);
    backtest_app->add_flag("--leave-one-out", call->leave_one_out,
                           "Also score each known journey by the laws as they would be without it (`priors.without`), beside those never known");
    backtest_app
        ->add_option("--ledger", call->ledger,
                     "Score the forecasts that run and depart-by have added to this file, by the `observed` times of the scenarios and by "
                     "--outcomes; nothing is run")
        ->type_name("FILE.jsonl");
    backtest_app
        ->add_option("--outcomes", call->outcomes, "What became known, with --ledger: CSV with the columns journey,station,event,low,high,source")
        ->type_name("FILE.csv");
    add_choice<BacktestFormat>(
        backtest_app, "--format", call->format,
        {{"table", BacktestFormat::table}, {"json", BacktestFormat::json}, {"hub", BacktestFormat::hub}, {"hub-oracle", BacktestFormat::hub_oracle}},
        "table", "How the result is written: table or json; of a ledger also hub and hub-oracle (CSV for forecast hubs)");
    add_result(backtest_app, call->output, call->force);
    add_report(backtest_app, call->report);
    backtest_app->add_flag("--quiet", call->quiet, "No progress bar");
    call->part->add(backtest_app, {"--format", "--report", "--ledger", "--outcomes"});
    backtest_app->final_callback([call] {
        const bool ledger = !call->ledger.empty();
        if (call->part->is_part() && call->rolling) throw CLI::ValidationError("--part", "is not of --rolling, whose forecasts stand on each other");
        if (!ledger && call->scenarios.empty()) throw CLI::RequiredError("SCENARIO... or --ledger");
        if (ledger && (call->fit || call->leave_one_out || !call->report.empty()))
            throw CLI::ValidationError("--ledger", "runs nothing, so --fit, --leave-one-out and --report do not go with it");
        if (!ledger && !call->outcomes.empty()) throw CLI::ValidationError("--outcomes", "goes with --ledger");
        if (!ledger && (call->format == BacktestFormat::hub || call->format == BacktestFormat::hub_oracle))
            throw CLI::ValidationError("--format", "hub and hub-oracle are of a ledger; name one with --ledger");
    });
    return [call] { return call->ledger.empty() ? backtest_scenarios(*call) : score_forecasts(*call); };
}

}  // namespace cli
