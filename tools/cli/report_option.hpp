#pragma once
// `--report`: a page beside the result, of whatever command.

#include <railwindow/io/write_report.hpp>

#include <CLI/CLI.hpp>

#include <functional>
#include <string>
#include <vector>

namespace cli {

/// What is wrong with the name of a file beside the result; empty where nothing is.
std::string a_file_name(const std::string& name);

void add_report(CLI::App* app, std::string& report);

/// Throws: CannotWrite when one of the files could not be made; InputError when one is named for two results. Called before the work begins.
void check_results_writable(const std::vector<std::string>& files);

/// Writes the page to the file `report`, unless that is empty.
void write_page(const std::string& report, const std::function<void(std::ostream&, const railwindow::ReportStyle&)>& write);

}  // namespace cli
