#pragma once
// `--report`: a page beside the result, of whatever command.

#include <railwindow/io/write_report.hpp>

#include <CLI/CLI.hpp>

#include <functional>
#include <string>
#include <vector>

namespace cli {

/// Where the page goes, and the command whose options it names.
struct Report {
    std::string file;  ///< empty: no page is wanted
    const CLI::App* command = nullptr;
    bool interactive = false;  ///< of commands that have it: the page has the engine in it

    bool empty() const { return file.empty(); }
};

/// What is wrong with the name of a file beside the result; empty where nothing is.
std::string a_file_name(const std::string& name);

void add_report(CLI::App* app, Report& report);
/// `--interactive`, of commands whose pages can answer.
void add_interactive(CLI::App* app, bool& interactive);
/// Throws: CLI::ValidationError for --interactive without a page.
void check_interactive(const Report& report);
/// The option alone, for a command that hands it on to another.
void add_report(CLI::App* app, std::string& file);

/// The command line that asks the same, for a shell: without where results go, how they are shown and how many threads work. The seed is always said.
/// Of files only the name is: where they lie concerns nobody else.
std::string command_line(const CLI::App& command);

/// Writes the page, if it is wanted. `scenarios` are the words that name the question; their files are shown on the page. `printed` writes the table
/// for people.
void write_page(const Report& report, const std::vector<std::string>& scenarios, const std::function<void(std::ostream&)>& printed,
                const std::function<void(std::ostream&, const railwindow::ReportStyle&)>& write);

}  // namespace cli
