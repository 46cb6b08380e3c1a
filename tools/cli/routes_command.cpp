#include "choice.hpp"
#include "commands.hpp"
#include "output.hpp"
#include "report_option.hpp"
#include "results.hpp"
#include "scenario_path.hpp"
#include "terminal.hpp"
#include "what_if_options.hpp"
#include "whole_number.hpp"

#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/write_routes.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

namespace cli {
namespace {

using namespace railwindow;

enum class RouteFormat { table, json, csv, geojson };

struct RoutesOptions {
    std::string scenario, from, to, output;
    Report report;
    ScenarioParts parts;
    std::vector<std::string> via, avoid;
    std::vector<std::string> traction_words;
    bool ignore_via = false, freight_lines = false, force = false;
    Alternatives wanted;
    YamlLimits limits;
    WhatIf what_if;
    RouteFormat format = RouteFormat::table;
    Units units = Units::metric;
};

// What `--traction` may name: a diesel, or what a wire carries, as files write it; `dc` and `ac` are 3 kV DC and 25 kV AC.
std::optional<MotivePower> traction_called(const std::string& word) {
    if (word == "diesel") return MotivePower::diesel;
    if (word == "dc") return MotivePower::dc_3kv;
    if (word == "ac") return MotivePower::ac_25kv;
    for (const ElectricSupply& supply : main_line_supplies)
        if (supply.name() == word) return MotivePower{supply};
    if (word.starts_with("other ") && word.size() - 6 <= ElectricSupply::longest_name) return MotivePower{ElectricSupply{word.substr(6)}};
    return {};
}

constexpr std::uint64_t most_ways = 1000, most_route_bytes = 1ull << 40;

Name given(const std::string& text, const char* option) { return {text, Place{option, 0, 0}}; }

// The scenario with what the options say about its journey.
Scenario question(const RoutesOptions& options) {
    Scenario scenario = options.scenario.empty() ? load_parts(options.parts, options.limits)
                                                 : load_scenario(scenario_path(options.scenario), options.what_if, options.limits);
    JourneySheet& journey = scenario.journey;
    if (!options.from.empty()) journey.from = given(options.from, "--from");
    if (!options.to.empty()) journey.to = given(options.to, "--to");
    if (options.ignore_via || !options.via.empty()) journey.via.clear();
    for (const std::string& via : options.via) journey.via.push_back(given(via, "--via"));
    for (const std::string& avoid : options.avoid) journey.avoid.push_back(given(avoid, "--avoid"));
    if (options.freight_lines) journey.freight_lines = true;
    return scenario;
}

ExitStatus routes(const RoutesOptions& options) {
    const std::vector<Result> results{{"--output", options.output}, {"--report", options.report.file}};
    check_results(results, options.force);
    std::vector<MotivePower> tractions;
    for (const std::string& word : options.traction_words) tractions.push_back(*traction_called(word));
    const Scenario scenario = question(options);
    keep_apart(results, scenario.files);
    const Routes found = find_routes(scenario, options.wanted, tractions);
    const int width = options.output.empty() || options.output == "-" ? output_width() : 80;
    write_output(options.output, [&](std::ostream& out) {
        switch (options.format) {
            case RouteFormat::table:
                return write_visible(out, [&](std::ostream& text) { write_table(text, found, {width, options.units}); });
            case RouteFormat::json:
                return write_json(out, found);
            case RouteFormat::csv:
                return write_csv(out, found);
            case RouteFormat::geojson:
                return write_geojson(out, found);
        }
    });
    write_page(
        options.report, options.scenario.empty() ? std::vector<std::string>{} : std::vector{options.scenario},
        [&](std::ostream& text) {
            write_table(text, found, {80, options.units});
        },
        [&](std::ostream& out, const ReportStyle& style) { write_report(out, found, style); });
    return ExitStatus::done;
}

void add_question(CLI::App& app, RoutesOptions& options) {
    CLI::Option* scenario =
        app.add_option("scenario", options.scenario, "Scenario file; or name the files and both ends below")->type_name("SCENARIO");
    CLI::Option* networks = app.add_option("--networks", options.parts.networks, "Network files")->type_name("FILE...")->excludes(scenario);
    CLI::Option* train = app.add_option("--train", options.parts.train, "Train file")->type_name("FILE")->excludes(scenario);
    app.add_option("--practice", options.parts.practice, "Practice files: expected times of locomotive changes and reversals")
        ->type_name("FILE...")
        ->excludes(scenario);
    CLI::Option* from = app.add_option("--from", options.from, "Origin, instead of the scenario's")->type_name("STATION");
    CLI::Option* to = app.add_option("--to", options.to, "Destination, instead of the scenario's")->type_name("STATION");
    CLI::Option* via =
        app.add_option("--via", options.via, "Stations to pass, in order, instead of the scenario's")->delimiter(',')->type_name("STATION,...");
    app.add_option("--set", options.what_if.sets, "A what-if: sets one value of the scenario, path as in the file; may be repeated")
        ->allow_extra_args(false)
        ->type_name("PATH=VALUE")
        ->needs(scenario);
    app.add_option("--variant", options.what_if.variant, "One of the scenario's variants")->type_name("NAME")->needs(scenario);
    app.add_flag("--ignore-via", options.ignore_via, "Leaves out the scenario's via")->excludes(via);
    app.callback([=] {
        if (!scenario->empty()) return;
        for (CLI::Option* option : {networks, train, from, to})
            if (option->empty()) throw CLI::RequiredError{"a scenario, or " + option->get_name()};
    });
}

}  // namespace

Command add_routes(CLI::App& app) {
    auto options = std::make_shared<RoutesOptions>();
    CLI::App* routes_app =
        app.add_subcommand("routes", "Ways between origin and destination: length, changes of gauge and traction, reversals, expected time");
    add_question(*routes_app, *options);
    routes_app->add_option("--avoid", options->avoid, "Stations, lines, borders, countries to keep away from")->delimiter(',')->type_name("NAME,...");
    routes_app->add_flag("--freight-lines", options->freight_lines, "May run where otherwise only freight trains do");
    routes_app
        ->add_option("--traction", options->traction_words,
                     "What may pull it: diesel, dc (3 kV), ac (25 kV), or a supply as networks write it, such as '15 kV 16.7 Hz'; without it, all")
        ->delimiter(',')
        ->check(
            [](const std::string& word) {
                if (traction_called(word)) return std::string{};
                std::string known = "diesel, dc, ac";
                for (const ElectricSupply& supply : main_line_supplies) known.append(", ").append(supply.name());
                return fmt::format("'{}' is none of {}, or other and a name", word, known);
            },
            "")
        ->type_name("diesel,dc,ac");
    routes_app->add_option("--count", options->wanted.count, "How many ways at most")
        ->check(whole_number(most_ways))
        ->check([](const std::string& text) { return text.find_first_not_of('0') == std::string::npos ? "at least one way" : ""; }, "")
        ->capture_default_str()
        ->type_name("N");
    add_choice<RouteFormat>(
        routes_app, "--format", options->format,
        {{"table", RouteFormat::table}, {"json", RouteFormat::json}, {"csv", RouteFormat::csv}, {"geojson", RouteFormat::geojson}}, "table",
        "How the ways are written: table, json, csv or geojson");
    add_units(routes_app, options->units, "imperial shows miles in the table");
    add_result(routes_app, options->output, options->force);
    add_report(routes_app, options->report);
    routes_app->add_option("--max-file-size", options->limits.bytes, "Largest input file in bytes")
        ->check(whole_number(most_route_bytes))
        ->capture_default_str()
        ->type_name("BYTES");
    return [options] { return routes(*options); };
}

}  // namespace cli
