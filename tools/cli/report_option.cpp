#include "report_option.hpp"

#include "output.hpp"

#include <railwindow/core/version.hpp>

namespace cli {

using namespace railwindow;

std::string a_file_name(const std::string& name) { return name == "-" || name.empty() ? "name a file: standard output holds the result" : ""; }

void add_report(CLI::App* app, std::string& report) {
    app->add_option("--report", report, "Also writes a page to look at: one HTML file that needs no network")
        ->check(a_file_name)
        ->type_name("FILE.html");
}

void write_page(const std::string& report, const std::function<void(std::ostream&, const ReportStyle&)>& write) {
    if (!report.empty()) write_output(report, [&](std::ostream& out) { write(out, {std::string{version()}, Units::metric}); });
}

}  // namespace cli
