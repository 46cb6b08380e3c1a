#include <railwindow/io/page_profile.hpp>
#include <railwindow/io/page_text.hpp>
#include <railwindow/io/report_page.hpp>
#include <railwindow/io/write_profile.hpp>

#include <nlohmann/json.hpp>

#include <sstream>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

// From where to where, when, how long and with how much energy; without the points, which the figure has at its own steps.
Json movements_json(const Model& model, const ProfiledRun& run) {
    constexpr Length farther_than_any = 1e6 * km;
    std::stringstream text;
    write_profile_json(text, model, run, farther_than_any);
    Json movements = Json::parse(text)["movements"];
    for (Json& movement : movements) movement.erase("points");
    return movements;
}

}  // namespace

void write_report(std::ostream& out, const Model& model, const ProfiledRun& run, std::optional<std::uint64_t> number, const ReportStyle& style) {
    Json json = Json::parse(document_head("profile", style));
    json["scenario"] = model.name;
    json["question"] = model.question;
    json["changes"] = model.changes;
    json["run"] = number ? Json(*number) : Json();
    json["profile"] = Json::parse(page_profile_json(model, run));
    json["movements"] = movements_json(model, run);
    const Path& path = way_of(model, run.trace).main().path;
    PageWays ways;
    ways.add(model.network, path);
    json["map"] = Json::parse(ways.json());
    json["other_lines"] = Json::parse(other_lines_json({{&model.network, &path}}));
    json["notes"] = model.notes;
    json["weak_inputs"] = Json::parse(weak_inputs_json({&model}));
    write_page(out, page_text(model.name, "one run along the line", style, {{&model.network, &path}}),
               json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace railwindow
