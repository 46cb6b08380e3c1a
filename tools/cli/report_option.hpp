#pragma once
// `--report`: a page beside the result, of whatever command.

#include <railwindow/io/write_report.hpp>

#include <CLI/CLI.hpp>

#include <functional>
#include <string>

namespace cli {

/// What is wrong with the name of a file beside the result; empty where nothing is.
std::string a_file_name(const std::string& name);

void add_report(CLI::App* app, std::string& report);

/// Writes the page to the file `report`, unless that is empty.
void write_page(const std::string& report, const std::function<void(std::ostream&, const railwindow::ReportStyle&)>& write);

}  // namespace cli
