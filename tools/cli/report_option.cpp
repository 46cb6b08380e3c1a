#include "report_option.hpp"

#include "output.hpp"

#include <railwindow/core/error.hpp>
#include <railwindow/core/version.hpp>

namespace cli {

using namespace railwindow;

std::string a_file_name(const std::string& name) { return name == "-" || name.empty() ? "name a file: standard output holds the result" : ""; }

void add_report(CLI::App* app, std::string& report) {
    app->add_option("--report", report, "Also writes a page to look at: one HTML file that needs no network")
        ->check(a_file_name)
        ->type_name("FILE.html");
}

void check_results_writable(const std::vector<std::string>& files) {
    for (std::size_t i = 0; i < files.size(); ++i) {
        check_writable(files[i]);
        for (std::size_t j = 0; j < i; ++j)  // the second would leave nothing of the first
            if (!files[i].empty() && files[i] != "-" && files[i] == files[j])
                throw InputError{Finding{{}, "output", files[i] + " is named for two results", "give each a file of its own", Severity::error}};
    }
}

void write_page(const std::string& report, const std::function<void(std::ostream&, const ReportStyle&)>& write) {
    if (!report.empty()) write_output(report, [&](std::ostream& out) { write(out, {std::string{version()}, Units::metric}); });
}

}  // namespace cli
