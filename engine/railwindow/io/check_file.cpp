#include <railwindow/io/check_file.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/network_file.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/model.hpp>

#include <fmt/format.h>

namespace railwindow {
namespace {

std::string checked_scenario(const std::string& path, const YamlLimits& limits) {
    const Model model = build(load_scenario(path, limits));
    return fmt::format("scenario, {:.1f} km: {}", model.path.length / km, summary(model.network, model.path));
}

// A network by itself: its stations may be defined in files beside it, so only what it says itself can be wrong.
std::string checked_network(const std::string& text, const std::string& path, const YamlLimits& limits) {
    const NetworkSheet sheet = read_network(text, path, limits);
    Length total{};
    for (const LineSheet& line : sheet.lines)
        if (!line.chainage.empty()) total += line.chainage.back().second.value - line.chainage.front().second.value;
    return fmt::format("network, {} stations, {} lines, {:.1f} km", sheet.stations.size(), sheet.lines.size(), total / km);
}

std::string checked(const std::string& path, const YamlLimits& limits) {
    const std::string text = read_text_file(path, limits);
    const YamlNode root = parse_yaml(text, path, limits);
    const YamlNode* schema = root.find("schema");
    const Place place{path, schema ? schema->line : root.line, schema ? schema->column : root.column};
    if (!schema) throw InputError{Finding{place, "schema", "the file does not say what it is", "begin with a line such as `schema: railwindow.scenario/1`", Severity::error}};
    if (schema->text == "railwindow.scenario/1") return checked_scenario(path, limits);
    if (schema->text == "railwindow.network/1") return checked_network(text, path, limits);
    if (schema->text == "railwindow.practice/1") return fmt::format("practice of {}", read_practice(text, path, limits).country.value);
    if (schema->text == "railwindow.train/1") return "train, " + read_train(text, path, limits).name;
    if (schema->text == "railwindow.rolling-stock/1") return fmt::format("rolling stock, {} locomotives", read_rolling_stock(text, path, limits).locomotives.size());
    throw InputError{Finding{place, "schema", fmt::format("there is no kind of file {}", described(*schema)), suggestion(schema->text, {"railwindow.scenario/1", "railwindow.network/1", "railwindow.practice/1", "railwindow.train/1", "railwindow.rolling-stock/1"}), Severity::error}};
}

}  // namespace

FileReport check_file(const std::string& path, const YamlLimits& limits) {
    try {
        return {{}, checked(path, limits)};
    } catch (const InputError& error) {
        return {error.findings(), {}};
    } catch (const Infeasible& error) {
        return {{Finding{{path, 0, 0}, "journey", error.what(), {}, Severity::error}}, {}};
    }
}

}  // namespace railwindow
