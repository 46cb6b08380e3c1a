// The manual page, for man(1).

#include "commands.hpp"
#include "output.hpp"

#include <railwindow/core/version.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <utility>

namespace cli {
namespace {

// As roff reads it literally.
std::string roff(std::string_view text) {
    std::string safe;
    for (const char c : text) safe += c == '\\' ? std::string{"\\e"} : c == '-' ? std::string{"\\-"} : std::string{c};
    return safe.starts_with('.') || safe.starts_with('\'') ? "\\&" + safe : safe;
}

void write_options(std::ostream& out, const CLI::App& command) {
    for (const CLI::Option* option : command.get_options()) {
        const std::string type = option->get_expected_max() == 0 ? "" : option->get_type_name();
        const std::string name = option->get_lnames().empty() ? "" : "--" + option->get_lnames().front();
        out << ".TP\n" << (name.empty() ? ".I " : ".BR ") << roff(name.empty() ? type : name);
        if (!name.empty() && !type.empty()) out << " \" " << roff(type) << '"';
        out << '\n' << roff(option->get_description());
        if (const std::string standard = option->get_default_str(); !standard.empty()) out << " (default: " << roff(standard) << ')';
        out << '\n';
    }
}

constexpr std::pair<const char*, const char*> examples[] = {
    {"railwindow scenarios", "What came with the tool, with the question that each file asks."},
    {"railwindow run pyongyang-vladivostok-2019", "When does it arrive, and how sure is that?"},
    {"railwindow infer seen-2023 --seen 'razdolnaya-bridge pass 2023-09-12 12:10..12:25'", "It was seen: where is it going, and when is it there?"},
    {"railwindow compare pyongyang-vladivostok-2019 --sweep 'journey.calls[0].dwell=0 min..3 h/1 h'", "What if it stays longer?"},
    {"railwindow depart-by pyongyang-vladivostok-2023 --arrive-by '2023-09-12 23:59'", "When must it leave?"},
    {"railwindow new scenario --from pyongyang --to beijing --output trip.yaml", "A file to start from."}};

constexpr std::pair<const char*, const char*> files[] = {
    {"share/railwindow/scenarios/*.yaml", "Scenarios that may be named without folder and ending; history/ holds recorded journeys."},
    {"share/railwindow/networks/*.yaml", "Lines and borders; practice/ says how each country works its lines, rolling-stock/ what trains are like."},
    {"share/railwindow/scenarios/schema/*.json", "JSON Schema of each kind of file, for editors."}};

void write_manual(std::ostream& out, CLI::App& app) {
    out << ".TH RAILWINDOW 1 \"\" \"railwindow " << railwindow::version()
        << "\" \"User Commands\"\n.SH NAME\nrailwindow \\- arrival windows of heavy special "
           "trains over partly known track\n.SH SYNOPSIS\n.B railwindow\n.I COMMAND\n[\\fIOPTION\\fR]...\n.SH DESCRIPTION\n";
    out << roff(app.get_description())
        << "\nEach command answers one question about the scenario that a file describes. Data goes to standard output, messages and "
           "progress to standard error.\n";
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
        out << ".SH " << roff(command->get_name()) << '\n' << roff(command->get_description()) << ".\n";
        write_options(out, *command);
        for (const CLI::App* below : command->get_subcommands([](const CLI::App*) { return true; })) {
            out << ".SS " << roff(command->get_name() + " " + below->get_name()) << '\n' << roff(below->get_description()) << ".\n";
            write_options(out, *below);
        }
    }
    out << ".SH EXAMPLES\n";
    for (const auto& [command, what] : examples) out << ".TP\n.B " << roff(command) << '\n' << roff(what) << '\n';
    out << ".SH FILES\n";
    for (const auto& [file, what] : files) out << ".TP\n.I " << roff(file) << '\n' << roff(what) << '\n';
    out << ".SH EXIT STATUS\n0 done; 2 the input is wrong; 3 the question has no answer; 64 wrong usage; 70 a bug; 74 the output could not be "
           "written; 130 and 143 interrupted.\n.SH ENVIRONMENT\n.TP\n.B RAILWINDOW_DATA\nFolder with scenarios and networks, instead of those that "
           "were "
           "installed with the tool.\n.TP\n.B COLUMNS\nWidth of tables.\n.TP\n.B NO_COLOR\nNo emphasis, unless "
           "\\-\\-color always.\n.TP\n.BR LC_ALL \", \" LC_CTYPE \", \" LANG\nWithout UTF\\-8 in them tables are ASCII.\n"
           ".SH SEE ALSO\nREADME.md, docs/ and scenarios/REFERENCE.md of the package: what is modelled, how to ask, and every key of every file. "
           "osrd, TrainRuns.jl: running times of trains on known track.\n";
}

}  // namespace

Command add_manual(CLI::App& app) {
    app.add_subcommand("manual", "This manual, for man: railwindow manual | man -l -");
    return [&app] {
        write_output("-", [&](std::ostream& out) { write_manual(out, app); });
        return ExitStatus::done;
    };
}

}  // namespace cli
