#include "commands.hpp"
#include "import_osm.hpp"
#include "output.hpp"
#include "results.hpp"
#include "whole_number.hpp"

#include <railwindow/io/railtoolkit_import.hpp>

#include <spdlog/spdlog.h>
#include <CLI/CLI.hpp>

#include <filesystem>

namespace cli {
namespace {

using namespace railwindow;

struct ImportOptions {
    RailtoolkitRequest request;
    std::string folder;
    bool force = false;
};

ExitStatus import_files(const ImportOptions& options) {
    const ImportedScenario imported = import_railtoolkit(options.request);
    for (const Finding& warning : imported.warnings) spdlog::warn("{}", to_string(warning));
    std::vector<Result> results;
    for (const NamedText& file : imported.files) results.push_back({"--output", (std::filesystem::path{options.folder} / file.name).string()});
    keep_apart(results, {options.request.train_file, options.request.path_file});
    write_files(options.folder, imported.files, options.force ? Existing::replaced : Existing::kept);
    write_output("-", [&](std::ostream& out) {
        for (const NamedText& file : imported.files) out << (std::filesystem::path{options.folder} / file.name).string() << '\n';
    });
    return ExitStatus::done;
}

}  // namespace

Command add_import(CLI::App& app) {
    auto options = std::make_shared<ImportOptions>();
    CLI::App* import_app = app.add_subcommand("import", "Makes a scenario and its files of other people's data");
    import_app->require_subcommand(1);
    CLI::App* railtoolkit = import_app->add_subcommand("railtoolkit", "A train on a path as TrainRuns.jl reads them (railtoolkit schema 2022.05)");
    railtoolkit->add_option("--train", options->request.train_file, "File of trains and vehicles (rolling-stock)")->required()->type_name("FILE");
    railtoolkit->add_option("--path", options->request.path_file, "File of paths (running-path)")->required()->type_name("FILE");
    railtoolkit->add_option("--output", options->folder, "Folder to write into; made where it is missing")->required()->type_name("FOLDER");
    const std::map<std::string, GradientModel> models{{"strip", GradientModel::strip}, {"point", GradientModel::point}};
    railtoolkit->add_option("--mass-model", options->request.gradient, "Where the gradient is felt: over the train (strip) or under its head (point)")
        ->transform(CLI::CheckedTransformer(models).description(""))
        ->default_str("strip")
        ->type_name("strip|point");
    railtoolkit->add_flag("--force", options->force, "Replaces files that are there already");
    railtoolkit->add_option("--max-file-size", options->request.limits.bytes, "Largest input file in bytes")
        ->check(whole_number(1ull << 40))
        ->capture_default_str()
        ->type_name("BYTES");
    const Command import_osm = add_import_osm(import_app);
    return [=] { return railtoolkit->parsed() ? import_files(*options) : import_osm(); };
}

}  // namespace cli
