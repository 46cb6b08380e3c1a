#include "choice.hpp"
#include "commands.hpp"
#include "output.hpp"
#include "results.hpp"
#include "whole_number.hpp"

#include <railwindow/core/text.hpp>
#include <railwindow/io/export_network.hpp>
#include <railwindow/io/network_file.hpp>
#include <railwindow/io/yaml_tree.hpp>

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <CLI/CLI.hpp>

namespace cli {
namespace {

using namespace railwindow;

enum class ExportFormat { geojson, railtoolkit };

struct ExportOptions {
    std::vector<std::string> files, lines;
    ExportFormat format = ExportFormat::geojson;
    std::string output;
    bool force = false;
    YamlLimits limits;
};

std::vector<LineId> chosen_lines(const Network& network, const std::vector<std::string>& names) {
    std::vector<LineId> chosen;
    std::vector<std::string_view> known;
    for (std::uint32_t i = 0; i < network.lines().size(); ++i) {
        known.push_back(network.lines()[LineId{i}].id);
        if (names.empty()) chosen.push_back(LineId{i});
    }
    for (const std::string& name : names) {
        const auto line = network.find_line(name);
        if (!line)
            throw InputError{Finding{{}, "--line", fmt::format("no loaded network has a line '{}'", name), suggestion(name, known), Severity::error}};
        chosen.push_back(*line);
    }
    return chosen;
}

ExitStatus export_network(const ExportOptions& options) {
    const std::vector<Result> results{{"--output", options.output}};
    check_results(results, options.force);
    keep_apart(results, options.files);
    std::vector<NetworkSheet> sheets;
    Findings findings;
    for (const std::string& file : options.files) try {
            sheets.push_back(read_network(read_text_file(file, options.limits), file, options.limits));
        } catch (const InputError& error) {
            for (const Finding& finding : error.findings()) findings.add(finding);
        }
    findings.throw_if_errors();
    const Network network{sheets};
    if (options.format == ExportFormat::geojson)
        return write_output(options.output, [&](std::ostream& out) { write_network_geojson(out, network); }), ExitStatus::done;
    const std::vector<LineId> lines = chosen_lines(network, options.lines);
    if (lines.empty())
        throw InputError{Finding{{options.files.front(), 1, 1}, "lines", "the network has no line", "name one that has", Severity::error}};
    for (const LineId line : lines)
        if (const Length unknown = without_gradients(network, line); unknown > 0 * m)
            spdlog::warn("lines.{}: the gradients of {:.1f} km are not known; railtoolkit files must have some, and 0 is written",
                         network.lines()[line].id, unknown / km);
    write_output(options.output, [&](std::ostream& out) { write_railtoolkit_paths(out, network, lines); });
    return ExitStatus::done;
}

}  // namespace

Command add_export(CLI::App& app) {
    auto options = std::make_shared<ExportOptions>();
    CLI::App* export_app = app.add_subcommand("export", "Networks as maps and paths for other programs");
    export_app->add_option("files", options->files, "Network files; those that name each other's stations together")
        ->required()
        ->type_name("FILE...");
    add_choice(export_app, "--format", options->format, {{"geojson", ExportFormat::geojson}, {"railtoolkit", ExportFormat::railtoolkit}}, "geojson",
               "A map (GeoJSON), or each line as a path (railtoolkit schema 2022.05)");
    export_app->add_option("--line", options->lines, "With railtoolkit: only this line, by its id; may be repeated")
        ->allow_extra_args(false)
        ->type_name("ID");
    add_result(export_app, options->output, options->force);
    export_app->add_option("--max-file-size", options->limits.bytes, "Largest input file in bytes")
        ->check(whole_number(1ull << 40))
        ->capture_default_str()
        ->type_name("BYTES");
    export_app->callback([options] {
        if (!options->lines.empty() && options->format != ExportFormat::railtoolkit)
            throw CLI::ValidationError("--line", "goes with --format railtoolkit");
    });
    return [options] { return export_network(*options); };
}

}  // namespace cli
