#include "report_option.hpp"

#include "output.hpp"
#include "scenario_path.hpp"

#include <railwindow/core/text.hpp>
#include <railwindow/core/version.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace cli {

using namespace railwindow;

namespace {

// What changes no number of the page.
constexpr std::array<std::string_view, 18> beside{"--output", "--report", "--samples",       "--ledger",  "--threads",   "--quiet",
                                                  "--color",  "--force",  "--format",        "--plot",    "--details",   "--trace",
                                                  "--help",   "--part",   "--max-file-size", "--version", "--with-page", "--interactive"};

std::string for_shell(const std::string& word) {
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=,+@%-";
    if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
    std::string quoted = "'";
    for (const char c : word) quoted += c == '\'' ? std::string{"'\\''"} : std::string{c};
    return quoted + "'";
}

std::string without_folder(const std::string& word) {
    std::error_code error;
    return word.find('/') != std::string::npos && std::filesystem::exists(word, error) ? std::filesystem::path{word}.filename().string() : word;
}

// A pipe has been read, and has nothing to say again.
std::string text_of_file(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return {};
    std::ostringstream text;
    text << std::ifstream{path, std::ios::binary}.rdbuf();
    return text.str();
}

}  // namespace

std::string a_file_name(const std::string& name) { return name == "-" || name.empty() ? "name a file: standard output holds the result" : ""; }

void add_report(CLI::App* app, Report& report) {
    report.command = app;
    add_report(app, report.file);
}

void add_report(CLI::App* app, std::string& file) {
    app->add_option("--report", file, "Also writes a page to look at: one HTML file that needs no network")
        ->check(a_file_name)
        ->type_name("FILE.html");
}

void add_interactive(CLI::App* app, bool& interactive) {
    app->add_flag("--interactive", interactive,
                  "With --report: the page answers. The engine is in it, some 1.5 MB, and asks the question again with other times, stays, trains "
                  "and sightings");
}

void check_interactive(const Report& report) {
    if (report.interactive && report.empty()) throw CLI::ValidationError("--interactive", "needs --report FILE.html, the page that is to answer");
}

std::string command_line(const CLI::App& command) {
    std::string named, places;
    for (const CLI::Option* option : command.get_options()) {
        const std::string name = option->get_positional() ? "" : "--" + option->get_single_name();
        if (std::find(beside.begin(), beside.end(), name) != beside.end()) continue;
        if (option->count() == 0 && name == "--seed") named += " --seed " + for_shell(option->get_default_str());
        if (option->count() == 0) continue;
        if (option->get_expected_max() == 0) {
            named += ' ' + name;
            continue;
        }
        std::string together;
        for (const std::string& word : option->results()) {
            const std::string shown = for_shell(without_folder(word));
            if (name.empty())
                places += ' ' + shown;
            else if (option->get_delimiter() != '\0')
                together += (together.empty() ? " " + name + ' ' : std::string{option->get_delimiter()}) + shown;
            else
                named += ' ' + name + ' ' + shown;
        }
        named += together;
    }
    return "railwindow " + command.get_name() + places + named;
}

void write_page(const Report& report, const std::vector<std::string>& scenarios, const std::function<void(std::ostream&)>& printed,
                const std::function<void(std::ostream&, const ReportStyle&)>& write) {
    if (report.empty()) return;
    ReportStyle style{std::string{version()}, Units::metric, command_line(*report.command), {}, {}};
    for (const std::string& scenario : scenarios) {
        const std::string path = scenario_path(scenario);
        if (std::string text = text_of_file(path); !text.empty())
            style.scenarios.emplace_back(std::filesystem::path{path}.filename().string(), std::move(text));
    }
    std::ostringstream text;
    printed(text);
    style.printed = visible(text.str());
    write_output(report.file, [&](std::ostream& out) { write(out, style); });
}

}  // namespace cli
