#include "choice.hpp"
#include "commands.hpp"
#include "output.hpp"
#include "scenario_path.hpp"
#include "terminal.hpp"
#include "whole_number.hpp"

#include <railwindow/estimate/estimate.hpp>
#include <railwindow/io/quantity_text.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/write_estimate.hpp>
#include <railwindow/simulation/model.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

namespace cli {
namespace {

using namespace railwindow;

enum class Format { table, json, csv };

struct RunOptions {
    std::string scenario, output;
    EstimateOptions estimate;
    BuildOptions build;
    YamlLimits limits;
    Format format = Format::table;
    std::optional<Millis> error;        // --precision
    std::optional<std::uint64_t> runs;  // --runs
    std::optional<std::uint64_t> most_runs;
    bool quiet = false;
};

void write(std::ostream& out, Format format, const Model& model, const Estimate& result, int width) {
    switch (format) {
        case Format::table:
            return write_table(out, model, result, {width});
        case Format::json:
            return write_json(out, model, result);
        case Format::csv:
            return write_csv(out, model, result);
    }
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

void read_precision(const std::string& text, std::optional<Millis>& error) {
    const auto duration = parse_quantity(text, quantity_kind<Duration>());
    if (const auto* wrong = std::get_if<QuantityError>(&duration)) throw CLI::ValidationError("--precision", wrong->what + "; " + wrong->remedy);
    error = to_millis(std::get<double>(duration) * s);
    if (*error <= Millis{0}) throw CLI::ValidationError("--precision", "'" + text + "' can never be reached; write a time such as 2min");
}

ExitStatus run(RunOptions options) {
    check_writable(options.output);
    const Model model = build(load_scenario(scenario_path(options.scenario), options.limits), options.build);
    options.estimate.progress = progress_bar(options.quiet ? ShowBar::never : ShowBar::on_a_terminal);
    const Estimate result = estimate(model, options.estimate);
    if (result.stopped_early) return ExitStatus::interrupted;
    const int width = options.output.empty() || options.output == "-" ? output_width() : 80;
    write_output(options.output, [&](std::ostream& out) { write(out, options.format, model, result, width); });
    return ExitStatus::done;
}

constexpr std::uint64_t most_runs = 1'000'000'000'000, most_seed = UINT64_MAX, most_threads = 1024, most_bytes = 1ull << 40;

}  // namespace

Command add_run(CLI::App& app) {
    auto options = std::make_shared<RunOptions>();
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
    add_choice<TimingPoints>(run_app, "--timing-points", options->build.timing_points, {{"main", TimingPoints::main}, {"all", TimingPoints::all}},
                             "main", "Which stations: main or all");
    add_choice<Format>(run_app, "--format", options->format, {{"table", Format::table}, {"json", Format::json}, {"csv", Format::csv}}, "table",
                       "How the result is written: table, json or csv");
    run_app->add_option("--output", options->output, "File to write; - is standard output")->type_name("FILE");
    run_app->add_option("--max-file-size", options->limits.bytes, "Largest input file in bytes")
        ->check(whole_number(most_bytes))
        ->capture_default_str()
        ->type_name("BYTES");
    run_app->add_flag("--quiet", options->quiet, "No progress bar");
    run_app->final_callback([options] { decide_runs(*options); });
    return [options] { return run(*options); };
}

}  // namespace cli
