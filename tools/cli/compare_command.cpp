#include "choice.hpp"
#include "commands.hpp"
#include "output.hpp"
#include "part_option.hpp"
#include "report_option.hpp"
#include "scenario_path.hpp"
#include "terminal.hpp"
#include "what_if_options.hpp"

#include <railwindow/compare/compare.hpp>
#include <railwindow/io/load_variants.hpp>
#include <railwindow/io/sweep.hpp>
#include <railwindow/io/write_comparison.hpp>
#include <railwindow/io/write_npz.hpp>
#include <railwindow/io/write_samples.hpp>

#include <CLI/CLI.hpp>

#include <sstream>

namespace cli {
namespace {

using namespace railwindow;

enum class ComparisonFormat { table, json, csv };

struct CompareCommandOptions {
    std::vector<std::string> scenarios, variants, sweeps;
    std::uint64_t routes = 0;
    WhatIf what_if;
    CompareOptions compare;
    OutputOptions out;
    std::string samples;
    Report report;
    Units units = Units::metric;
    ComparisonFormat format = ComparisonFormat::table;
    std::shared_ptr<PartOption> part;
};

std::vector<const Scenario*> scenarios_of(const std::vector<Variant>& variants) {
    std::vector<const Scenario*> scenarios;
    for (const Variant& variant : variants) scenarios.push_back(&variant.scenario);
    return scenarios;
}

std::vector<Variant> asked_variants(CompareCommandOptions options) {
    for (std::string& scenario : options.scenarios) scenario = scenario_path(scenario);
    const auto only_file = [&](const char* option) {
        if (options.scenarios.size() > 1)
            throw InputError{Finding{{option, 0, 0}, {}, "it takes one scenario, and there are several", "name one", Severity::error}};
        return options.scenarios.front();
    };
    if (options.routes > 0) return by_routes(load_scenario(only_file("--routes"), options.what_if, options.out.limits), options.routes);
    if (!options.sweeps.empty()) {
        std::vector<Sweep> sweeps;
        for (const std::string& sweep : options.sweeps) sweeps.push_back(parse_sweep(sweep));
        return load_grid(only_file("--sweep"), options.what_if, sweeps, options.out.limits);
    }
    return load_variants(options.scenarios, options.variants, options.what_if.sets, options.out.limits);
}

ExitStatus compare_variants(CompareCommandOptions options) {
    const bool is_part = options.part->is_part();
    if (is_part) options.out.output = options.part->file(options.out.output, "comparison");
    const std::vector<Result> results{{"--output", options.out.output}, {"--report", options.report.file}, {"--samples", options.samples}};
    check_results(results, options.out.force);
    const std::vector<Variant> variants = asked_variants(options);
    for (const Variant& variant : variants) keep_apart(results, variant.scenario.files);
    options.part->tell();
    options.part->check(scenarios_of(variants));
    options.compare.estimate.work = options.part->work();
    options.compare.estimate.progress = progress_bar(options.out.quiet ? ShowBar::never : ShowBar::on_a_terminal);
    const std::vector<double> asked_for = options.compare.estimate.quantiles;
    check_quantiles(asked_for);
    if (!options.report.empty()) options.compare.estimate.quantiles = comparison_page_quantiles(asked_for);
    std::ostringstream samples;
    NpzWriter npz{samples};
    if (is_npz(options.samples)) npz.begin();
    if (!options.samples.empty())
        options.compare.each = [&](const std::string& variant, const Model& model, const Samples& runs) {
            if (is_npz(options.samples))
                add_samples(npz, npz_name(variant) + '/', model, runs);
            else
                write_variant_samples(samples, samples.tellp() == std::streampos{0}, variant, model, runs);
        };
    const Comparison drawn = compare(variants, options.compare);
    if (drawn.stopped_early) return ExitStatus::interrupted;
    if (is_part) return options.part->write(options.out.output, scenarios_of(variants)), ExitStatus::done;
    const Comparison result = with_quantiles(drawn, asked_for);
    const int width = options.out.output.empty() || options.out.output == "-" ? output_width() : 80;
    write_output(options.out.output, [&](std::ostream& out) {
        switch (options.format) {
            case ComparisonFormat::table:
                return write_visible(out, [&](std::ostream& text) { write_table(text, result, {width, options.units}); });
            case ComparisonFormat::json:
                return write_json(out, result);
            case ComparisonFormat::csv:
                return write_csv(out, result);
        }
    });
    write_page(
        options.report, options.scenarios,
        [&](std::ostream& text) {
            write_table(text, result, {80, options.units});
        },
        [&](std::ostream& out, const ReportStyle& style) { write_report(out, drawn, style); });
    if (is_npz(options.samples)) npz.finish();
    if (!options.samples.empty()) write_output(options.samples, [&](std::ostream& out) { out << samples.str(); });
    return ExitStatus::done;
}

}  // namespace

Command add_compare(CLI::App& app, MergedParts* merged) {
    auto options = std::make_shared<CompareCommandOptions>();
    options->part = std::make_shared<PartOption>(merged);
    CLI::App* compare_app =
        app.add_subcommand("compare", "What if: variants of a scenario, several files, ways or a grid of values, on the same draws");
    compare_app
        ->add_option("scenarios", options->scenarios, "Scenario files, or names of installed scenarios; the first one as it stands is the base")
        ->required()
        ->type_name("SCENARIO...");
    CLI::Option* variants = compare_app->add_option("--variants", options->variants, "Only these variants, separated by commas")
                                ->delimiter(',')
                                ->allow_extra_args(false)
                                ->type_name("NAME,...");
    CLI::Option* routes =
        compare_app->add_option("--routes", options->routes, "Compares the ways that the networks offer instead, at most so many")
            ->check(whole_number(1000))
            ->check([](const std::string& text) { return text.find_first_not_of('0') == std::string::npos ? "at least one way" : ""; }, "")
            ->type_name("K")
            ->excludes(variants);
    compare_app->add_option("--sweep", options->sweeps, "Compares a grid of values instead: a,b,c or a..b/step; may be repeated")
        ->allow_extra_args(false)
        ->type_name("PATH=VALUES")
        ->excludes(variants)
        ->excludes(routes);
    add_sets(compare_app, options->what_if);
    compare_app->add_option("--at", options->compare.at.value, "Compares arrivals at this station instead of the destination")->type_name("STATION");
    add_sampling(compare_app, options->compare.estimate);
    add_quantiles(compare_app, options->compare.estimate.quantiles);
    add_choice<ComparisonFormat>(compare_app, "--format", options->format,
                                 {{"table", ComparisonFormat::table}, {"json", ComparisonFormat::json}, {"csv", ComparisonFormat::csv}}, "table",
                                 "How the result is written: table, json or csv");
    add_report(compare_app, options->report);
    add_samples(compare_app, options->samples,
                "Also writes every run's times: CSV, a row for each variant, run and timing point, or arrays of numpy, variant/name (.npz)");
    add_units(compare_app, options->units, "imperial shows miles in the table");
    add_output(compare_app, options->out);
    options->part->add(compare_app, {"--format", "--report", "--samples", "--units"});
    return [options] { return compare_variants(*options); };
}

}  // namespace cli
