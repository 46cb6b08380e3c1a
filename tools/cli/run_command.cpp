#include "choice.hpp"
#include "commands.hpp"
#include "ledger_option.hpp"
#include "output.hpp"
#include "part_option.hpp"
#include "report_option.hpp"
#include "results.hpp"
#include "scenario_path.hpp"
#include "terminal.hpp"
#include "what_if_options.hpp"
#include "whole_number.hpp"

#include <railwindow/core/error.hpp>
#include <railwindow/core/text.hpp>
#include <railwindow/estimate/precision.hpp>
#include <railwindow/estimate/runs_in_parts.hpp>
#include <railwindow/estimate/time_parts.hpp>
#include <railwindow/io/answered_run.hpp>
#include <railwindow/io/interactive_page.hpp>
#include <railwindow/io/priors_file.hpp>
#include <railwindow/io/quantity_text.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/write_estimate.hpp>
#include <railwindow/io/write_npz.hpp>
#include <railwindow/io/write_plot.hpp>
#include <railwindow/io/write_samples.hpp>
#include <railwindow/io/write_trace.hpp>
#include <railwindow/simulation/simulate.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <sstream>

namespace cli {
namespace {

using namespace railwindow;

enum class RunFormat { table, json, csv, geojson };

struct RunOptions {
    std::string scenario, output, samples, ledger;
    Report report;
    Units units = Units::metric;
    ColorWhen color = ColorWhen::automatic;
    EstimateOptions estimate;
    BuildOptions build;
    WhatIf what_if;
    YamlLimits limits;
    RunFormat format = RunFormat::table;
    std::optional<Millis> error;        // --precision
    std::optional<std::uint64_t> runs;  // --runs
    std::optional<std::uint64_t> most_runs;
    std::string trace;  // --trace: a run's number, or a quantile such as p95
    bool quiet = false, plot = false, details = false, force = false;
    std::shared_ptr<PartOption> part;
};

void write_table_and_plot(std::ostream& out, const RunOptions& options, const Model& model, const Estimate& result) {
    const bool to_terminal = options.output.empty() || options.output == "-";
    const int width = to_terminal ? output_width() : 80;
    std::ostringstream text;
    write_table(text, model, result, {width, options.units, options.details});
    if (options.plot) {
        text << '\n';
        write_plot(text, model, result, {width, shows_unicode() ? Letters::unicode : Letters::ascii});
    }
    const std::string table = visible(text.str()), shown = to_terminal && !shows_unicode() ? as_ascii(table) : table;
    out << (in_color(options.color, to_terminal) ? colored(shown) : shown);
}

void write(std::ostream& out, const RunOptions& options, const Model& model, const Estimate& result) {
    switch (options.format) {
        case RunFormat::table:
            return write_table_and_plot(out, options, model, result);
        case RunFormat::json:
            return write_json(out, model, result, options.units);
        case RunFormat::csv:
            return write_csv(out, model, result, options.units);
        case RunFormat::geojson:
            return write_geojson(out, model, result, options.units);
    }
}

// The run that --trace asks for.
std::uint64_t traced_run(const RunOptions& options, const Model& model, const RunSource& runs) {
    if (std::tolower(options.trace.front()) != 'p') return std::stoull(options.trace);
    return *run_at_quantile(model, runs, std::stod(options.trace.substr(1)) / 100);
}

void write_traced(std::ostream& out, const RunOptions& options, const Model& model, const RunSource& runs) {
    const Noise noise{options.estimate.seed, traced_run(options, model, runs)};
    const LoggedRun run{noise, simulate(model, noise, Logging::on)};
    if (options.format == RunFormat::json) return write_trace_json(out, model, run);
    if (options.format == RunFormat::csv) return write_trace_csv(out, model, run);
    const bool to_terminal = options.output.empty() || options.output == "-";
    std::ostringstream text;
    write_trace(text, model, run, to_terminal ? output_width() : 80);
    const std::string table = visible(text.str());
    out << (to_terminal && !shows_unicode() ? as_ascii(table) : table);
}

constexpr std::uint64_t most_by_default = 1u << 18, most_for_precision = 1u << 20;

// Exactly --runs; or, with --precision or without --runs, as many as it takes.
void decide_runs(RunOptions& options) {
    if (options.runs && !options.error) {
        if (options.most_runs) throw CLI::ValidationError("--max-runs", "needs --precision, or no --runs");
        options.estimate.runs = *options.runs;
        return;
    }
    const std::uint64_t most = options.most_runs.value_or(options.error ? most_for_precision : most_by_default);
    if (options.runs && *options.runs > most) throw CLI::ValidationError("--max-runs", fmt::format("is less than --runs {}", *options.runs));
    options.estimate.runs = std::min(most, options.runs.value_or(options.estimate.runs));
    options.estimate.precision = Precision{.most_runs = most, .error = options.error};
}

// A run's number among those asked for, or a quantile of the final arrival.
void check_trace(const RunOptions& options) {
    if (options.trace.empty()) return;
    const bool is_quantile = options.trace.front() == 'p' || options.trace.front() == 'P';
    const std::string number = is_quantile ? options.trace.substr(1) : options.trace;
    std::size_t read = 0;
    double value = -1;
    try {
        value = std::stod(number, &read);
    } catch (const std::exception&) {
        read = 0;
    }
    const bool plain = read == number.size() && number.find_first_not_of("0123456789.") == std::string::npos;
    if (is_quantile && (!plain || !(value > 0 && value < 100)))
        throw CLI::ValidationError("--trace", "'" + options.trace + "' is no quantile; write p95, or the number of a run");
    if (!is_quantile && (!plain || number.find('.') != std::string::npos))
        throw CLI::ValidationError("--trace",
                                   "'" + options.trace + "' is no run; write its number, such as 0, or a quantile of the final arrival, such as p95");
    if (!is_quantile && value >= static_cast<double>(options.estimate.runs))
        throw CLI::ValidationError("--trace",
                                   fmt::format("run {} is not among the {} runs, which count from 0", options.trace, options.estimate.runs));
    if (options.format == RunFormat::geojson) throw CLI::ValidationError("--trace", "is written as table, json or csv");
}

void read_precision(const std::string& text, std::optional<Millis>& error) {
    const auto duration = parse_quantity(text, quantity_kind<Duration>());
    if (const auto* wrong = std::get_if<QuantityError>(&duration)) throw CLI::ValidationError("--precision", wrong->what + "; " + wrong->remedy);
    error = to_millis(std::get<double>(duration) * s);
    if (*error <= Millis{0}) throw CLI::ValidationError("--precision", "'" + text + "' can never be reached; write a time such as 2min");
}

// Runs that take more memory than this are read from the files of their parts, again and again.
constexpr double most_in_memory = 1e9;

// All runs of the question: in memory or, where so many parts are merged and their runs are not needed side by side, in the files of these.
class AskedRuns {
public:
    // `all` shows what the page needs, `shown` no more than what is asked for.
    AskedRuns(const Model& all, const Model& shown, const RunOptions& options) {
        const bool side_by_side = !options.report.empty() || is_npz(options.samples) || options.estimate.precision;
        const bool large = bytes_per_run(all) * static_cast<double>(options.estimate.runs) > most_in_memory;
        if (large && !side_by_side && RunsInParts::hold(options.estimate)) {
            source_ = std::make_unique<RunsInParts>(all, shown, options.estimate);
            return;
        }
        all_ = sample_until_precise(all, options.estimate);
        if (!all_.complete) return;
        if (&all != &shown) shown_ = samples_at(shown, all, all_);
        source_ = std::make_unique<RunsInMemory>(&all == &shown ? all_ : shown_);
        at_points_ = &all == &shown ? &all_ : &shown_;
    }
    AskedRuns(const AskedRuns&) = delete;
    AskedRuns& operator=(const AskedRuns&) = delete;

    bool complete() const { return all_.complete; }
    const RunSource& source() const { return *source_; }
    const Samples& in_memory() const { return *at_points_; }  // at what is shown; of a page or arrays
    const Samples& at_all_points() const { return all_; }     // of a page

private:
    Samples all_, shown_;
    const Samples* at_points_ = nullptr;
    std::unique_ptr<RunSource> source_;
};

// Its share of the runs, for `merge`.
ExitStatus run_part(RunOptions options) {
    const Scenario scenario = load_scenario(scenario_path(options.scenario), options.what_if, options.limits);
    const std::vector<Result> results{{"--output", options.part->file(options.output, scenario.name)}};
    check_results(results, options.force);
    keep_apart(results, scenario.files);
    options.part->tell();
    const Model model = build(scenario, {options.part->with_page() ? TimingPoints::all : options.build.timing_points});
    options.estimate.progress = progress_bar(options.quiet ? ShowBar::never : ShowBar::on_a_terminal);
    options.estimate.work = options.part->work();
    if (!sample(model, options.estimate).complete) return ExitStatus::interrupted;
    options.part->write(results.front().file, {&scenario});
    return ExitStatus::done;
}

ExitStatus run(RunOptions options) {
    if (options.part->is_part()) return run_part(std::move(options));
    const std::vector<Result> results{{"--output", options.output},
                                      {"--report", options.report.file},
                                      {"--samples", options.samples},
                                      {"--ledger", options.ledger, Result::Way::added_to}};
    check_results(results, options.force);
    check_ledger(options.ledger);
    const Scenario scenario = load_scenario(scenario_path(options.scenario), options.what_if, options.limits);
    keep_apart(results, scenario.files);
    options.part->check({&scenario}, !options.report.empty());
    options.estimate.work = options.part->work();
    Model model = build(scenario, options.build);
    const auto load_as = [&](const WhatIf& what_if) { return load_scenario(scenario_path(options.scenario), what_if, options.limits); };
    add_doubts(model, scenario, options.what_if.sets.empty() ? std::nullopt : built_without_sets(options.what_if, load_as), options.estimate.seed);
    // The page shows every station; the runs are the same whichever stations are looked at.
    std::optional<Model> all_stations;
    if (!options.report.empty() || options.part->with_page()) all_stations = build(scenario, {TimingPoints::all});
    if (!options.trace.empty() && std::tolower(options.trace.front()) != 'p' && options.report.empty() && options.samples.empty() &&
        options.ledger.empty()) {
        const Samples none;
        write_output(options.output, [&](std::ostream& out) { write_traced(out, options, model, RunsInMemory{none}); });
        return ExitStatus::done;
    }
    options.estimate.progress = progress_bar(options.quiet ? ShowBar::never : ShowBar::on_a_terminal);
    const AskedRuns runs{all_stations ? *all_stations : model, model, options};
    if (!runs.complete()) return ExitStatus::interrupted;
    Estimate result = summarize(model, runs.source(), options.estimate);
    if (options.trace.empty() && (options.format == RunFormat::table || options.format == RunFormat::json || !options.report.empty())) {
        EstimateOptions unseen = options.estimate;
        unseen.progress = progress_bar(ShowBar::never);
        std::vector<Model*> weighed{&model};
        if (all_stations) weighed.push_back(&*all_stations);
        if (!add_drivers(result, weighed, unseen)) return ExitStatus::interrupted;
    }
    write_output(options.output, [&](std::ostream& out) {
        options.trace.empty() ? write(out, options, model, result) : write_traced(out, options, model, runs.source());
    });
    write_page(
        options.report, {options.scenario}, [](std::ostream&) {},
        [&](std::ostream& out, ReportStyle style) {
            style.units = options.units;
            const ReportedJourney journey{model, *all_stations, runs.at_all_points(), options.estimate};
            if (!options.report.interactive) return write_report(out, {journey}, style);
            write_interactive_report(out, journey, style, {scenario, model, options.what_if, load_as, options.estimate.seed});
        });
    if (!options.samples.empty())
        write_output(options.samples, [&](std::ostream& out) {
            is_npz(options.samples) ? write_npz(out, model, runs.in_memory()) : write_samples(out, model, runs.source());
        });
    if (!options.ledger.empty()) {
        EstimateOptions kept = options.estimate;
        kept.quantiles = ledger_levels();
        add_to_ledger(options.ledger, ledger_forecast(model, summarize(model, runs.source(), kept)),
                      {scenario, digest_of(scenario_path(options.scenario), options.what_if, options.limits)});
    }
    return ExitStatus::done;
}

constexpr std::uint64_t most_runs = 1'000'000'000'000, most_seed = UINT64_MAX, most_threads = 1024, most_bytes = 1ull << 40;

}  // namespace

Command add_run(CLI::App& app, MergedParts* merged) {
    auto options = std::make_shared<RunOptions>();
    options->part = std::make_shared<PartOption>(merged);
    CLI::App* run_app = app.add_subcommand("run", "Arrival windows: when the train is at each timing point, as quantiles of local time");
    run_app->add_option("scenario", options->scenario, "Scenario file, or the name of an installed scenario")->required()->type_name("SCENARIO");
    run_app
        ->add_option(
            "--runs", options->runs,
            "How many runs; without it at least 65536, and more until P5 and P95 of the final arrival are precise to 0.5 % of their distance")
        ->check(whole_number(most_runs))
        ->type_name("N");
    run_app
        ->add_option_function<std::string>(
            "--precision", [options](const std::string& text) { read_precision(text, options->error); },
            "Go on until the standard errors of P5 and P95 of the final arrival are at most this, such as 2min")
        ->type_name("DURATION");
    run_app->add_option("--max-runs", options->most_runs, "Most runs to that end: 1048576 with --precision, 262144 without")
        ->check(whole_number(most_runs))
        ->type_name("N");
    run_app->add_option("--seed", options->estimate.seed, "Seed of the draws; the same seed gives the same bits")
        ->check(whole_number(most_seed))
        ->capture_default_str()
        ->type_name("N");
    run_app->add_option("--threads", options->estimate.threads, "How many threads; 0 means one per core")
        ->check(whole_number(most_threads))
        ->capture_default_str()
        ->type_name("N");
    run_app->add_option("--quantiles", options->estimate.quantiles, "Which quantiles, separated by commas")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->default_str("0.05,0.5,0.95")
        ->type_name("P,P,...");
    add_what_if(run_app, options->what_if);
    add_choice<TimingPoints>(run_app, "--timing-points", options->build.timing_points, {{"main", TimingPoints::main}, {"all", TimingPoints::all}},
                             "main", "Which stations: main or all");
    add_choice<RunFormat>(run_app, "--format", options->format,
                          {{"table", RunFormat::table}, {"json", RunFormat::json}, {"csv", RunFormat::csv}, {"geojson", RunFormat::geojson}}, "table",
                          "How the result is written");
    add_result(run_app, options->output, options->force);
    add_report(run_app, options->report);
    add_interactive(run_app, options->report.interactive);
    add_samples(run_app, options->samples, "Also writes every run's times: CSV, a row for each run and timing point, or arrays of numpy (.npz)");
    add_ledger(run_app, options->ledger);
    add_units(run_app, options->units, "imperial adds miles and mph");
    run_app->add_flag("--details", options->details, "All that is known beside the answer: routes, standard errors, legs, where the time went");
    run_app->add_flag("--plot", options->plot, "Draws the windows as text below the table");
    add_choice<ColorWhen>(run_app, "--color", options->color,
                          {{"auto", ColorWhen::automatic}, {"always", ColorWhen::always}, {"never", ColorWhen::never}}, "auto",
                          "Emphasis in the table: auto means on a terminal");
    run_app->add_option("--max-file-size", options->limits.bytes, "Largest input file in bytes")
        ->check(whole_number(most_bytes))
        ->capture_default_str()
        ->type_name("BYTES");
    run_app->add_flag("--quiet", options->quiet, "No progress bar");
    run_app
        ->add_option(
            "--trace", options->trace,
            "Instead of the windows, all that happens in one run: its number, or p95 for the run that makes that quantile of the final arrival")
        ->check([](const std::string& text) { return std::string{text.empty() ? "write the number of a run, or p95" : ""}; })
        ->type_name("RUN|pN");
    options->part->add(run_app,
                       {"--format", "--report", "--interactive", "--samples", "--ledger", "--units", "--details", "--plot", "--color", "--trace"});
    options->part->add_with_page(run_app);
    run_app->final_callback([options] {
        decide_runs(*options);
        options->part->check_options();
        check_trace(*options);
        check_interactive(options->report);
    });
    return [options] { return run(*options); };
}

}  // namespace cli
