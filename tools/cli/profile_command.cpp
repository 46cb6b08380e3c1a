#include "choice.hpp"
#include "commands.hpp"
#include "output.hpp"
#include "results.hpp"
#include "scenario_path.hpp"
#include "what_if_options.hpp"
#include "whole_number.hpp"

#include <railwindow/core/error.hpp>
#include <railwindow/io/quantity_text.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/write_profile.hpp>

#include <CLI/CLI.hpp>

namespace cli {
namespace {

using namespace railwindow;

enum class ProfileFormat { table, json, csv };

struct ProfileOptions {
    std::string scenario, output, step;
    Report report;
    std::uint64_t run = Noise::median_run, seed = 1;
    YamlLimits limits;
    WhatIf what_if;
    ProfileFormat format = ProfileFormat::table;
    bool force = false;
};

constexpr Length page_step = 100 * km;

// `100 m` or `1 s`.
ProfileStep parse_step(const std::string& text) {
    if (text.empty()) return {};
    const auto length = parse_quantity(text, quantity_kind<Length>());
    if (const double* metres = std::get_if<double>(&length); metres && *metres > 0) return *metres * m;
    const auto duration = parse_quantity(text, quantity_kind<Duration>());
    if (const double* seconds = std::get_if<double>(&duration); seconds && *seconds > 0) return *seconds * s;
    throw InputError{
        Finding{{}, "--step", "'" + text + "' is neither a length nor a duration greater than zero", "write it like 100 m or 1 s", Severity::error}};
}

ExitStatus profile(const ProfileOptions& options) {
    const std::vector<Result> results{{"--output", options.output}, {"--report", options.report.file}};
    check_results(results, options.force);
    const ProfileStep step = parse_step(options.step);
    const Scenario scenario = load_scenario(scenario_path(options.scenario), options.what_if, options.limits);
    keep_apart(results, scenario.files);
    const Model model = build(scenario);
    const ProfiledRun run = simulate_profiled(model, {options.seed, options.run});
    check_rows(run, step);
    write_output(options.output, [&](std::ostream& out) {
        switch (options.format) {
            case ProfileFormat::table:
                return write_visible(out, [&](std::ostream& text) { write_profile_table(text, model, run, step); });
            case ProfileFormat::json:
                return write_profile_json(out, model, run, step);
            case ProfileFormat::csv:
                return write_profile_csv(out, model, run, step);
        }
    });
    // Every breakpoint would make the longest table of all.
    write_page(
        options.report, {options.scenario}, [&](std::ostream& text) { write_profile_table(text, model, run, ProfileStep{page_step}); },
        [&](std::ostream& out, const ReportStyle& style) {
            write_report(out, model, run, options.run == Noise::median_run ? std::nullopt : std::optional{options.run}, style);
        });
    return ExitStatus::done;
}

}  // namespace

Command add_profile(CLI::App& app) {
    auto options = std::make_shared<ProfileOptions>();
    CLI::App* profile_app = app.add_subcommand("profile", "One run as speed over distance: where each limit binds, forces, energy");
    profile_app->add_option("scenario", options->scenario, "Scenario file, or the name of an installed scenario")->required()->type_name("SCENARIO");
    add_what_if(profile_app, options->what_if);
    profile_app->add_option("--step", options->step, "Constant steps instead of every breakpoint, such as '100 m' or '1 s'")->type_name("STEP");
    profile_app->add_option("--run", options->run, "The run to show as it was counted; without it every draw is its median")
        ->check(whole_number(UINT64_MAX))
        ->type_name("R");
    profile_app->add_option("--seed", options->seed, "Seed of that run")->check(whole_number(UINT64_MAX))->capture_default_str()->type_name("N");
    add_choice<ProfileFormat>(profile_app, "--format", options->format,
                              {{"table", ProfileFormat::table}, {"json", ProfileFormat::json}, {"csv", ProfileFormat::csv}}, "table",
                              "How the result is written: table, json or csv");
    add_result(profile_app, options->output, options->force);
    add_report(profile_app, options->report);
    profile_app->add_option("--max-file-size", options->limits.bytes, "Largest input file in bytes")
        ->check(whole_number(1ull << 40))
        ->capture_default_str()
        ->type_name("BYTES");
    return [options] { return profile(*options); };
}

}  // namespace cli
