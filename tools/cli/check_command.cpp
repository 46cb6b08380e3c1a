#include "commands.hpp"
#include "output.hpp"
#include "results.hpp"
#include "whole_number.hpp"

#include <railwindow/core/text.hpp>
#include <railwindow/io/check_file.hpp>
#include <railwindow/io/schema.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

namespace cli {
namespace {

using namespace railwindow;

struct CheckOptions {
    std::vector<std::string> files;
    std::string schema, output;
    bool reference = false, force = false;
    YamlLimits limits;
};

ExitStatus check(const CheckOptions& options) {
    const std::vector<Result> results{{"--output", options.output}};
    check_results(results, options.force);
    keep_apart(results, options.files);
    if (options.reference) return write_output(options.output, write_reference), ExitStatus::done;
    if (!options.schema.empty())
        return write_output(options.output, [&](std::ostream& out) { write_json_schema(out, options.schema); }), ExitStatus::done;
    std::string report;
    std::size_t errors = 0;
    for (const FileReport& found : check_files(options.files, options.limits)) {
        keep_apart(results, found.reads);
        for (const Finding& finding : found.findings) report += to_string(finding) + '\n';
        const auto wrong = static_cast<std::size_t>(
            std::count_if(found.findings.begin(), found.findings.end(), [](const Finding& f) { return f.severity == Severity::error; }));
        errors += wrong;
        report += wrong == 0 ? fmt::format("{}: ok: {}\n", found.file, found.summary)
                             : fmt::format("{}: {} {}\n", found.file, wrong, wrong == 1 ? "error" : "errors");
        for (const std::string& detail : found.details) report += "  " + detail + '\n';
    }
    write_output(options.output, [&](std::ostream& out) { out << visible(report); });
    return errors == 0 ? ExitStatus::done : ExitStatus::wrong_input;
}

}  // namespace

Command add_check(CLI::App& app) {
    auto options = std::make_shared<CheckOptions>();
    CLI::App* check_app = app.add_subcommand("check", "Validates scenarios, networks, practice and train files; reports every finding at once");
    CLI::Option* files = check_app->add_option("files", options->files, "Files to check")->type_name("FILE...");
    CLI::Option* schema =
        check_app
            ->add_option("--schema", options->schema,
                         "Prints the JSON Schema of one kind of file instead: scenario, network, practice, train, rolling-stock or grid")
            ->check(CLI::IsMember({"scenario", "network", "practice", "train", "rolling-stock", "grid"}).description(""))
            ->type_name("KIND")
            ->excludes(files);
    CLI::Option* reference = check_app->add_flag("--reference", options->reference, "Prints the reference of all files (Markdown) instead")
                                 ->excludes(files)
                                 ->excludes(schema);
    add_result(check_app, options->output, options->force);
    check_app->add_option("--max-file-size", options->limits.bytes, "Largest input file in bytes")
        ->check(whole_number(1ull << 40))
        ->capture_default_str()
        ->type_name("BYTES");
    check_app->callback([=] {
        if (options->files.empty() && schema->empty() && reference->empty()) throw CLI::RequiredError("files, --schema or --reference");
    });
    return [options] { return check(*options); };
}

}  // namespace cli
