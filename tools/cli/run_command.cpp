#include "choice.hpp"
#include "commands.hpp"
#include "output.hpp"
#include "terminal.hpp"
#include "whole_number.hpp"

#include <railwindow/estimate/samples.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/write_estimate.hpp>
#include <railwindow/io/write_report.hpp>
#include <railwindow/simulation/model.hpp>

#include <CLI/CLI.hpp>

namespace cli {
namespace {

using namespace railwindow;

enum class Format { table, json, csv };

struct RunOptions {
    std::string scenario, output, report;
    EstimateOptions estimate;
    BuildOptions build;
    YamlLimits limits;
    Format format = Format::table;
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

ExitStatus run(RunOptions options) {
    check_writable(options.output);
    check_writable(options.report);
    const Scenario scenario = load_scenario(options.scenario, options.limits);
    const Model model = build(scenario, options.build);
    // The page shows every station; the runs are the same whichever stations are looked at.
    const Model all_stations = options.report.empty() ? model : build(scenario, {TimingPoints::all});
    options.estimate.progress = progress_bar(options.quiet ? ShowBar::never : ShowBar::on_a_terminal);
    const Samples samples = sample(all_stations, options.estimate);
    if (!samples.complete) return ExitStatus::interrupted;
    const Estimate result = summarize(model, samples_at(model, all_stations, samples), options.estimate);
    const int width = options.output.empty() || options.output == "-" ? output_width() : 80;
    write_output(options.output, [&](std::ostream& out) { write(out, options.format, model, result, width); });
    if (!options.report.empty())
        write_output(options.report, [&](std::ostream& out) {
            write_report(out, {{model, all_stations, samples, options.estimate}}, {RAILWINDOW_VERSION});
        });
    return ExitStatus::done;
}

constexpr std::uint64_t most_runs = 1'000'000'000'000, most_seed = UINT64_MAX, most_threads = 1024, most_bytes = 1ull << 40;

// Standard output is taken by the result.
std::string a_file_name(const std::string& name) { return name == "-" || name.empty() ? "name a file: standard output holds the table" : ""; }

}  // namespace

Command add_run(CLI::App& app) {
    auto options = std::make_shared<RunOptions>();
    CLI::App* run_app = app.add_subcommand("run", "Arrival windows: when the train is at each timing point, as quantiles of local time");
    run_app->add_option("scenario", options->scenario, "Scenario file")->required()->type_name("SCENARIO");
    run_app->add_option("--runs", options->estimate.runs, "How many runs")->check(whole_number(most_runs))->capture_default_str()->type_name("N");
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
    run_app->add_option("--report", options->report, "Also writes a page to look at: one HTML file that needs no network")
        ->check(a_file_name)
        ->type_name("FILE.html");
    run_app->add_option("--max-file-size", options->limits.bytes, "Largest input file in bytes")
        ->check(whole_number(most_bytes))
        ->capture_default_str()
        ->type_name("BYTES");
    run_app->add_flag("--quiet", options->quiet, "No progress bar");
    return [options] { return run(*options); };
}

}  // namespace cli
