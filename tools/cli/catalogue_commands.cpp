#include "choice.hpp"
#include "commands.hpp"
#include "output.hpp"
#include "results.hpp"
#include "scenario_path.hpp"
#include "terminal.hpp"

#include <railwindow/core/error.hpp>
#include <railwindow/core/unicode.hpp>
#include <railwindow/io/network_file.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/table_text.hpp>
#include <railwindow/io/write_catalogue.hpp>
#include <railwindow/io/yaml_tree.hpp>

#include <CLI/CLI.hpp>

#include <filesystem>

namespace cli {
namespace {

using namespace railwindow;

enum class CatalogueFormat { table, json, csv };

struct CatalogueOptions {
    std::string text, output;
    std::vector<std::string> networks;
    bool force = false;
    CatalogueFormat format = CatalogueFormat::table;
};

Network asked_network(const CatalogueOptions& options) {
    const std::vector<Result> results{{"--output", options.output}};
    check_results(results, options.force);
    const std::vector<std::string> files = options.networks.empty() ? installed_network_files() : options.networks;
    keep_apart(results, files);
    std::vector<NetworkSheet> sheets;
    for (const std::string& file : files) sheets.push_back(read_network(read_text_file(file), file));
    if (sheets.empty()) throw WrongUsage{"no networks came with this tool; name some with --networks FILE..."};
    return Network{sheets};
}

int table_width(const CatalogueOptions& options) { return options.output.empty() || options.output == "-" ? output_width() : 80; }

void add_catalogue(CLI::App* command, const std::shared_ptr<CatalogueOptions>& options, bool csv, const std::string& text_help) {
    command->add_option("text", options->text, text_help)->type_name("TEXT");
    command->add_option("--networks", options->networks, "Network files; without them, those that came with the tool")->type_name("FILE...");
    add_result(command, options->output, options->force);
    std::vector<std::pair<std::string, CatalogueFormat>> words{{"table", CatalogueFormat::table}, {"json", CatalogueFormat::json}};
    if (csv) words.emplace_back("csv", CatalogueFormat::csv);
    add_choice<CatalogueFormat>(command, "--format", options->format, words, "table", "How they are written");
}

struct KnownScenario {
    std::string name, question;
};

std::vector<KnownScenario> asked_scenarios(const std::string& text) {
    std::vector<KnownScenario> found;
    const std::string part = folded(text);
    for (const std::string& file : installed_scenario_files()) {
        const KnownScenario one{std::filesystem::path{file}.stem().string(), question_of(read_text_file(file))};
        if (folded(one.name).find(part) != std::string::npos || folded(one.question).find(part) != std::string::npos) found.push_back(one);
    }
    if (found.empty())
        throw Infeasible{text.empty() ? "no scenarios came with this tool; RAILWINDOW_DATA names the folder that has them"
                                      : "no scenario that came with this tool speaks of '" + text + "'"};
    return found;
}

}  // namespace

Command add_stations(CLI::App& app) {
    auto options = std::make_shared<CatalogueOptions>();
    CLI::App* command = app.add_subcommand("stations", "Stations and places on lines, by a part of their name in any script, or by coordinates");
    add_catalogue(command, options, true, "A part of an id or name, such as khas, Хасан or 평양; or coordinates, such as 43.64,131.93");
    return [options] {
        const Network network = asked_network(*options);
        write_output(options->output, [&](std::ostream& out) {
            if (options->format == CatalogueFormat::json) return write_stations_json(out, network, options->text);
            if (options->format == CatalogueFormat::csv) return write_stations_csv(out, network, options->text);
            write_visible(out, [&](std::ostream& table) { write_stations(table, network, options->text, table_width(*options)); });
        });
        return ExitStatus::done;
    };
}

Command add_lines(CLI::App& app) {
    auto options = std::make_shared<CatalogueOptions>();
    CLI::App* command = app.add_subcommand("lines", "Lines of the networks, by a part of their name or by a station on them");
    add_catalogue(command, options, false, "A part of a line's id or name, or a station on it");
    return [options] {
        const Network network = asked_network(*options);
        write_output(options->output, [&](std::ostream& out) {
            if (options->format == CatalogueFormat::json) return write_lines_json(out, network, options->text);
            write_visible(out, [&](std::ostream& table) { write_lines(table, network, options->text, table_width(*options)); });
        });
        return ExitStatus::done;
    };
}

Command add_scenarios(CLI::App& app) {
    auto options = std::make_shared<CatalogueOptions>();
    CLI::App* command = app.add_subcommand("scenarios", "Scenarios that came with the tool, with the question that each one asks");
    command->add_option("text", options->text, "A part of a name or question")->type_name("TEXT");
    add_result(command, options->output, options->force);
    return [options] {
        check_results({{"--output", options->output}}, options->force);
        const std::vector<KnownScenario> found = asked_scenarios(options->text);
        const auto write = [&](std::ostream& table) {
            table << "Scenarios: name, question\n";
            for (const KnownScenario& one : found) write_wrapped(table, one.name + ": " + one.question, table_width(*options), 4);
        };
        write_output(options->output, [&](std::ostream& out) { write_visible(out, write); });
        return ExitStatus::done;
    };
}

}  // namespace cli
