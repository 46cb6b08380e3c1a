#include <railwindow/io/page_text.hpp>
#include <railwindow/io/report_page.hpp>
#include <railwindow/io/write_comparison.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <sstream>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

// Fifty equally likely differences: quantiles 1 %, 3 %, ... 99 %.
double dot(int i) { return (2 * i + 1) / 100.0; }

// Schema `railwindow.comparison/1`. The quantiles of the fifty dots stay where they are drawn, in the differences.
Json comparison_json(const Comparison& comparison) {
    std::stringstream text;
    write_json(text, comparison);
    Json json = Json::parse(text);
    std::set<std::string> only_dots;
    for (int i = 0; i < 50; ++i)
        if (std::find(page_bands.begin(), page_bands.end(), dot(i)) == page_bands.end()) only_dots.insert(quantile_name(dot(i)));
    const auto narrow = [&](Json& of, const char* key) {
        if (!of.contains(key)) return;
        for (const std::string& name : only_dots) of[key].erase(name);
    };
    for (Json& variant : json["variants"]) {
        for (const char* key : {"time", "error_seconds", "elapsed_seconds"}) narrow(variant, key);
        if (!variant.contains("against_base")) continue;
        for (const char* key : {"difference_error_seconds", "shift_seconds", "shift_error_seconds"}) narrow(variant["against_base"], key);
    }
    return json;
}

std::vector<std::string> notes_of(const std::vector<const Model*>& models) {
    std::vector<std::string> notes;
    for (const Model* model : models)
        for (const std::string& note : model->notes)
            if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
    return notes;
}

}  // namespace

std::vector<double> comparison_page_quantiles(std::vector<double> asked_for) {
    for (int i = 0; i < 50; ++i) asked_for.push_back(dot(i));
    return united(std::move(asked_for), page_bands);
}

void write_report(std::ostream& out, const Comparison& comparison, const ReportStyle& style) {
    Json json = Json::parse(document_head("compare", style));
    json["comparison"] = comparison_json(comparison);
    PageWays ways;
    std::vector<const Model*> models;
    std::vector<DrawnPath> paths;
    json["ways_of_variant"] = Json::array();
    for (const VariantOutcome& variant : comparison.variants) {
        Json& own = json["ways_of_variant"].emplace_back(Json::array());
        if (!variant.model) continue;
        models.push_back(&*variant.model);
        for (const Alternative& alternative : variant.model->alternatives) {
            own.push_back(ways.add(variant.model->network, alternative.main().path));
            paths.push_back({&variant.model->network, &alternative.main().path});
        }
    }
    json["map"] = Json::parse(ways.json());
    json["other_lines"] = Json::parse(other_lines_json(paths));
    json["rung"] = models.front()->main().rung;
    json["notes"] = notes_of(models);
    json["weak_inputs"] = Json::parse(weak_inputs_json(models));
    write_page(out, page_text(models.front()->name, "what if", style, paths), json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace railwindow
