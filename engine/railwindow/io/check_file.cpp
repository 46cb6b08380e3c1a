#include <railwindow/io/check_file.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/network_file.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/network/check.hpp>
#include <railwindow/simulation/model.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow {
namespace {

std::string counted(std::size_t count, std::string_view what) { return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s"); }

std::string checked_scenario(const std::string& path, const YamlLimits& limits) {
    const Model model = build(load_scenario(path, limits));
    const Path& way = model.main().path;
    const std::size_t others = model.alternatives.size() - 1;
    return fmt::format("scenario, {:.1f} km: {}{}", way.length / km, summary(model.network, way),
                       others > 0 ? fmt::format(", and {} more", counted(others, "alternative")) : "");
}

Length length_of(const LineSheet& line) {
    return line.chainage.empty() ? Length{} : line.chainage.back().second.value - line.chainage.front().second.value;
}

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

std::string checked(const std::string& path, const YamlLimits& limits, FileReport& report, std::vector<NetworkSheet>& networks) {
    const std::string text = read_text_file(path, limits);
    const YamlNode root = parse_yaml(text, path, limits);
    const YamlNode* schema = root.find("schema");
    const Place place{path, schema ? schema->line : root.line, schema ? schema->column : root.column};
    if (!schema)
        throw InputError{Finding{place, "schema", "the file does not say what it is", "begin with a line such as `schema: railwindow.scenario/1`",
                                 Severity::error}};
    if (schema->text == "railwindow.scenario/1") return checked_scenario(path, limits);
    if (schema->text == "railwindow.network/1") return checked_network(read_network(text, path, limits), report, networks);
    if (schema->text == "railwindow.practice/1") return fmt::format("practice of {}", read_practice(text, path, limits).country.value);
    if (schema->text == "railwindow.train/1") return "train, " + read_train(text, path, limits).name;
    if (schema->text == "railwindow.rolling-stock/1")
        return fmt::format("rolling stock, {} locomotives", read_rolling_stock(text, path, limits).locomotives.size());
    throw InputError{Finding{place, "schema", fmt::format("there is no kind of file {}", described(*schema)),
                             suggestion(schema->text, {"railwindow.scenario/1", "railwindow.network/1", "railwindow.practice/1", "railwindow.train/1",
                                                       "railwindow.rolling-stock/1"}),
                             Severity::error}};
}

FileReport checked(const std::string& path, const YamlLimits& limits, std::vector<NetworkSheet>& networks) {
    FileReport report{path, {}, {}, {}};
    try {
        report.summary = checked(path, limits, report, networks);
    } catch (const InputError& error) {
        report.findings = error.findings();
    } catch (const Infeasible& error) {
        report.findings = {Finding{{path, 0, 0}, "journey", error.what(), {}, Severity::error}};
    }
    return report;
}

std::vector<Finding> found_together(const std::vector<NetworkSheet>& networks) {
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

}  // namespace

std::vector<FileReport> check_files(const std::vector<std::string>& paths, const YamlLimits& limits) {
    std::vector<FileReport> reports;
    std::vector<NetworkSheet> networks;
    for (const std::string& path : paths) reports.push_back(checked(path, limits, networks));
    const bool all_read = std::none_of(reports.begin(), reports.end(), [](const FileReport& report) { return report.summary.empty(); });
    for (const Finding& finding : all_read ? found_together(networks) : std::vector<Finding>{})
        for (FileReport& report : reports)
            if (report.file == finding.place.file) report.findings.push_back(finding);
    return reports;
}

}  // namespace railwindow
