#include <railwindow/io/check_file.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/core/unicode.hpp>
#include <railwindow/io/grid_file.hpp>
#include <railwindow/io/network_file.hpp>
#include <railwindow/io/priors_file.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/yaml_tree.hpp>
#include <railwindow/network/check.hpp>
#include <railwindow/score/forecast.hpp>
#include <railwindow/simulation/model.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace railwindow {
namespace {

std::string counted(std::size_t count, std::string_view what) { return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s"); }

Length length_of(const LineSheet& line) {
    return line.chainage.empty() ? Length{} : line.chainage.back().second.value - line.chainage.front().second.value;
}

std::string checked_variant(const std::string& path, const std::string& name, const YamlLimits& limits) {
    try {
        const Model model = build(load_scenario(path, WhatIf{name, {}}, limits));
        return fmt::format("{:>9.1f} km  variant {}: {}", model.main().path.length / km, name, summary(model.network, model.main().path));
    } catch (const Infeasible& error) {  // compare lists it as that
        return fmt::format("{:>12}  variant {}: not possible: {}", "", name, error.what());
    }
}

std::string checked_scenario(const std::string& path, FileReport& report, const YamlLimits& limits) {
    const Scenario scenario = load_scenario(path, limits);
    const Model model = build(scenario);
    if (const auto priors = load_priors(path, limits); priors && priors->redone) build(load_unknowing(path, limits));
    if (!scenario.observed.empty()) forecasts_of(scenario);  // what `backtest` refuses is wrong here too
    for (const Finding& finding : doubts(scenario.networks))
        if (finding.severity == Severity::error) report.findings.push_back(finding);
    for (const NamedChange& variant : scenario.variants) report.details.push_back(checked_variant(path, variant.name, limits));
    const Path& way = model.main().path;
    const std::size_t others = model.alternatives.size() - 1;
    return fmt::format("scenario, {:.1f} km: {}{}", way.length / km, summary(model.network, way),
                       others > 0 ? fmt::format(", and {} more", counted(others, "alternative")) : "");
}

// What is named in one call and so can be held against each other.
struct Together {
    std::vector<NetworkSheet> networks;
    std::vector<PracticeSheet> practice;
};

std::string checked_network(NetworkSheet sheet, FileReport& report, std::vector<NetworkSheet>& networks) {
    Length total{};
    for (const LineSheet& line : sheet.lines) {
        total += length_of(line);
        report.details.push_back(fmt::format("{:>9.1f} km  {}, {}", length_of(line) / km, line.name,
                                             counted(line.chainage.empty() ? 0 : line.chainage.size() - 1, "section")));
    }
    networks.push_back(std::move(sheet));
    return fmt::format("network, {}, {}, {:.1f} km", counted(networks.back().stations.size(), "station"),
                       counted(networks.back().lines.size(), "line"), total / km);
}

// The paths under the keys of a scenario, or of a variant of one, that name files.
void add_named(const YamlNode& node, const std::filesystem::path& folder, std::vector<std::string>& paths) {
    for (const std::string_view key : {"networks", "practice", "rolling_stock", "train"})
        if (const YamlNode* named = node.find(key)) {
            if (named->kind == YamlNode::Kind::scalar) paths.push_back((folder / named->text).string());
            for (const YamlNode& item : named->items)
                if (item.kind == YamlNode::Kind::scalar) paths.push_back((folder / item.text).string());
        }
}

// Of a scenario that cannot be loaded too.
std::vector<std::string> named_in(const YamlNode& root, const std::string& path) {
    std::vector<std::string> paths;
    const std::filesystem::path folder = std::filesystem::path{path}.parent_path();
    add_named(root, folder, paths);
    if (const YamlNode* variants = root.find("variants"))
        for (const auto& [name, variant] : variants->entries) add_named(variant, folder, paths);
    return paths;
}

std::string checked(const std::string& path, const YamlLimits& limits, FileReport& report, Together& together) {
    const std::string text = read_text_file(path, limits);
    const YamlNode root = parse_yaml(text, path, limits);
    const YamlNode* schema = root.find("schema");
    const Place place{path, schema ? schema->line : root.line, schema ? schema->column : root.column};
    if (!schema)
        throw InputError{Finding{place, "schema", "the file does not say what it is", "begin with a line such as `schema: railwindow.scenario/1`",
                                 Severity::error}};
    report.reads = named_in(root, path);
    if (schema->text == "railwindow.scenario/1") return checked_scenario(path, report, limits);
    if (schema->text == "railwindow.network/1") return checked_network(read_network(text, path, limits), report, together.networks);
    if (schema->text == "railwindow.practice/1") {
        together.practice.push_back(read_practice(text, path, limits));
        return fmt::format("practice of {}", together.practice.back().country.value);
    }
    if (schema->text == "railwindow.train/1") return "train, " + read_train(text, path, limits).name;
    if (schema->text == "railwindow.rolling-stock/1")
        return fmt::format("rolling stock, {} locomotives", read_rolling_stock(text, path, limits).locomotives.size());
    if (schema->text == "railwindow.grid/1") {
        const GridWork work = grid_work(read_grid(text, path, limits));
        return fmt::format("grid, {} command line{}{}", work.tasks.size(), work.tasks.size() == 1 ? "" : "s",
                           work.merges.empty() ? "" : fmt::format(" and {} merge{}", work.merges.size(), work.merges.size() == 1 ? "" : "s"));
    }
    throw InputError{Finding{place, "schema", fmt::format("there is no kind of file {}", described(*schema)),
                             suggestion(schema->text, {"railwindow.scenario/1", "railwindow.network/1", "railwindow.practice/1", "railwindow.train/1",
                                                       "railwindow.rolling-stock/1", "railwindow.grid/1"}),
                             Severity::error}};
}

FileReport checked(const std::string& path, const YamlLimits& limits, Together& together) {
    FileReport report{path, {}, {}, {}, {}};
    try {
        report.summary = checked(path, limits, report, together);
    } catch (const InputError& error) {
        report.findings = error.findings();
    } catch (const Infeasible& error) {
        report.findings = {Finding{{path, 0, 0}, "journey", error.what(), {}, Severity::error}};
    }
    return report;
}

// True when one letter more, less or other makes `a` of `b`.
bool one_letter_apart(std::string_view a, std::string_view b) {
    const std::size_t shorter = std::min(a.size(), b.size()), longer = std::max(a.size(), b.size());
    std::size_t front = 0, back = 0;
    while (front < shorter && a[front] == b[front]) ++front;
    while (back < shorter - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
    return longer > 0 && front + back == longer - 1;
}

// A practice file speaks of the stations and lines of a whole country, of which the networks named may hold a part; so a name that
// they do not have is no mistake, unless it is a letter away from one that they have.
std::vector<Finding> strangers(const Together& together) {
    std::vector<Finding> findings;
    std::vector<std::string_view> stations, lines;
    for (const NetworkSheet& sheet : together.networks) {
        for (const StationSheet& station : sheet.stations) stations.push_back(station.id.value);
        for (const LineSheet& line : sheet.lines) lines.push_back(line.id.value);
    }
    const auto look_up = [&](const Name& name, const std::vector<std::string_view>& known, const char* subject, const char* what) {
        if (std::find(known.begin(), known.end(), name.value) != known.end()) return;
        const auto meant = std::find_if(known.begin(), known.end(), [&](std::string_view word) {
            return one_letter_apart(word, name.value) || folded(word) == folded(name.value);
        });
        if (meant != known.end())
            findings.push_back({name.place, subject, fmt::format("no network named here has a {} '{}'", what, name.value),
                                fmt::format("did you mean '{}'?", *meant), Severity::warning});
    };
    for (const NetworkSheet& sheet : together.networks)
        for (const LineSheet& line : sheet.lines)
            for (const auto& [name, at] : line.chainage) look_up(name, stations, "lines.chainage", "station");
    for (const PracticeSheet& practice : together.practice) {
        for (const PracticeStopSheet& stop : practice.stops) look_up(stop.at, stations, "stops.at", "station");
        for (const TechnicalStopSheet& rule : practice.technical_stops)
            for (const Name& line : rule.lines) look_up(line, lines, "technical_stops.lines", "line");
        for (const TractionSheet& rule : practice.traction)
            for (const Name& line : rule.lines) look_up(line, lines, "traction.lines", "line");
    }
    return findings;
}

std::vector<Finding> found_in_networks(const std::vector<NetworkSheet>& networks) {
    try {
        if (networks.empty()) return {};
        if (networks.size() > 1) return doubts(networks);
        std::vector<Finding> findings = doubts({self_contained(networks.front())});
        const bool whole = self_contained(networks.front()).lines.size() == networks.front().lines.size();
        if (!whole)
            std::erase_if(findings, [](const Finding& finding) { return finding.what.rfind("no line", 0) == 0; });  // the others' lines may serve it
        return findings;
    } catch (const InputError& error) {
        return error.findings();
    }
}

std::vector<Finding> found_together(const Together& together) {
    std::vector<Finding> findings = found_in_networks(together.networks);
    if (together.networks.empty()) return findings;
    for (Finding& finding : strangers(together)) findings.push_back(std::move(finding));
    return findings;
}

}  // namespace

std::vector<FileReport> check_files(const std::vector<std::string>& paths, const YamlLimits& limits) {
    std::vector<FileReport> reports;
    Together together;
    for (const std::string& path : paths) reports.push_back(checked(path, limits, together));
    const bool all_read = std::none_of(reports.begin(), reports.end(), [](const FileReport& report) { return report.summary.empty(); });
    for (const Finding& finding : all_read ? found_together(together) : std::vector<Finding>{})
        for (FileReport& report : reports)
            if (report.file == finding.place.file) report.findings.push_back(finding);
    return reports;
}

}  // namespace railwindow
