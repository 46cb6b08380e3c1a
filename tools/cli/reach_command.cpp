#include "choice.hpp"
#include "commands.hpp"
#include "output.hpp"
#include "scenario_path.hpp"
#include "terminal.hpp"
#include "what_if_options.hpp"

#include <railwindow/estimate/reach.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/write_reach.hpp>

#include <CLI/CLI.hpp>

#include <sstream>

namespace cli {
namespace {

using namespace railwindow;

enum class ReachFormat { table, json, csv, geojson };

struct ReachCommandOptions {
    std::string scenario, within, time, arrive_at, samples;
    Report report;
    Units units = Units::metric;
    WhatIf what_if;
    ReachOptions question;
    OutputOptions out;
    ReachFormat format = ReachFormat::table;
    bool details = false;
};

ExitStatus write_result(const ReachCommandOptions& options, const auto& result) {
    if (result.stopped_early) return ExitStatus::interrupted;
    const int width = options.out.output.empty() || options.out.output == "-" ? output_width() : 80;
    write_output(options.out.output, [&](std::ostream& out) {
        switch (options.format) {
            case ReachFormat::table:
                return write_visible(out, [&](std::ostream& text) { write_table(text, result, {width, options.units, options.details}); });
            case ReachFormat::json:
                return write_json(out, result);
            case ReachFormat::csv:
                return write_csv(out, result);
            case ReachFormat::geojson:
                return write_geojson(out, result);
        }
    });
    return ExitStatus::done;
}

ExitStatus find_reach(ReachCommandOptions options) {
    const std::vector<Result> results{{"--output", options.out.output}, {"--samples", options.samples}, {"--report", options.report.file}};
    if (is_npz(options.samples)) throw WrongUsage{"--samples of reach are written as CSV; name a file such as samples.csv"};
    check_results(results, options.out.force);
    options.question.progress = progress_bar(options.out.quiet ? ShowBar::never : ShowBar::on_a_terminal);
    const Scenario scenario = load_scenario(scenario_path(options.scenario), options.what_if, options.out.limits);
    keep_apart(results, scenario.files);
    std::ostringstream samples;
    write_reach_samples_head(samples);
    if (!options.samples.empty())
        options.question.each = [&](const Station& station, std::uint64_t run, Instant depart, Instant arrive) {
            write_reach_sample(samples, station, run, depart, arrive);
        };
    const auto asked = [&] {
        if (!options.arrive_at.empty())
            return write_result(
                options, reach_back(scenario, {options.arrive_at, {"--arrive-at", 0, 0}}, given_time(options.time, "--time"), options.question));
        const Moment moment =
            options.within.empty() ? Moment{given_time(options.time, "--time")} : Moment{given_duration(options.within, "--within")};
        const Reach result = reach(scenario, moment, options.question);
        const ExitStatus status = write_result(options, result);
        if (status == ExitStatus::done)
            write_page(
                options.report, {options.scenario},
                [&](std::ostream& text) {
                    write_table(text, result, {80, options.units});
                },
                [&](std::ostream& out, ReportStyle style) {
                    style.units = options.units;
                    write_report(out, result, style);
                });
        return status;
    };
    const ExitStatus status = asked();
    if (status == ExitStatus::done && !options.samples.empty()) write_output(options.samples, [&](std::ostream& out) { out << samples.str(); });
    return status;
}

}  // namespace

Command add_reach(CLI::App& app) {
    auto options = std::make_shared<ReachCommandOptions>();
    CLI::App* reach_app = app.add_subcommand("reach", "Where the train can be by a time, or where it can have come from");
    reach_app->add_option("scenario", options->scenario, "Scenario file, or the name of an installed scenario")->required()->type_name("SCENARIO");
    CLI::Option* within = reach_app->add_option("--within", options->within, "So long after its departure, such as 24 h")->type_name("DURATION");
    CLI::Option* time = reach_app->add_option("--time", options->time, "At this time, local to its origin (with --arrive-at: to that station)")
                            ->type_name("TIME")
                            ->excludes(within);
    reach_app->add_option("--arrive-at", options->arrive_at, "The other way round: when did a train leave each station that is here at --time?")
        ->type_name("STATION")
        ->excludes(within)
        ->needs(time);
    add_voluntary_waits(reach_app, options->question);
    add_what_if(reach_app, options->what_if);
    add_sampling(reach_app, options->question);
    add_quantiles(reach_app, options->question.quantiles);
    add_choice<ReachFormat>(
        reach_app, "--format", options->format,
        {{"table", ReachFormat::table}, {"json", ReachFormat::json}, {"csv", ReachFormat::csv}, {"geojson", ReachFormat::geojson}}, "table",
        "How the result is written: table, json, csv or geojson");
    reach_app->add_flag("--details", options->details, "All stations, also those that are reached almost surely or hardly at all");
    add_samples(reach_app, options->samples, "Also writes every run that gets there, one row per station and run (CSV)");
    add_report(reach_app, options->report);
    add_units(reach_app, options->units, "imperial shows miles in the table");
    add_output(reach_app, options->out);
    reach_app->callback([=] {
        if (within->empty() && time->empty()) throw CLI::RequiredError{"--within or --time"};
        if (!options->arrive_at.empty() && !options->report.empty()) throw CLI::ValidationError("--report", "does not go with --arrive-at");
    });
    return [options] { return find_reach(*options); };
}

}  // namespace cli
