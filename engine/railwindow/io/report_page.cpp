#include <railwindow/io/report_page.hpp>

#include <railwindow/io/interactive_page.hpp>
#include <railwindow/io/json_numbers.hpp>
#include <railwindow/io/page_assets.hpp>
#include <railwindow/io/section_text.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

Json position(const Station& station) { return Json::array({rounded(station.position.longitude, 1e4), rounded(station.position.latitude, 1e4)}); }

// The points of a Markdown list, each as one line.
Json listed_points(std::string_view markdown) {
    Json list = Json::array();
    std::string point;
    std::istringstream lines{std::string{markdown}};
    for (std::string line; std::getline(lines, line);) {
        const bool begins = line.starts_with("- ");
        if (begins && !point.empty()) list.push_back(std::exchange(point, {}));
        const std::size_t text = line.find_first_not_of(' ', begins ? 2 : 0);
        if (text == std::string::npos || (!begins && point.empty())) continue;
        if (!begins) point += ' ';
        point += line.substr(text);
    }
    if (!point.empty()) list.push_back(point);
    return list;
}

// As text that may stand in a script element: only ASCII, and nothing that could end the element or begin a comment.
std::string embedded(const std::string& document) {
    std::string safe;
    for (const char c : Json::parse(document).dump(-1, ' ', true, Json::error_handler_t::replace)) switch (c) {
            case '<':
                safe += "\\u003c";
                break;
            case '>':
                safe += "\\u003e";
                break;
            case '&':
                safe += "\\u0026";
                break;
            default:
                safe += c;
        }
    return safe;
}

// Stations that a reader looks for: the ends, and where line, gauge, direction or country changes.
std::vector<std::size_t> main_stations(const Network& network, const Path& path) {
    std::set<std::size_t> main{0, path.steps.size()};
    for (std::size_t i = 1; i < path.steps.size(); ++i)
        if (network.sections()[path.steps[i].section].line != network.sections()[path.steps[i - 1].section].line) main.insert(i);
    main.insert(path.gauge_changes.begin(), path.gauge_changes.end());
    main.insert(path.reversals.begin(), path.reversals.end());
    for (const std::size_t step : path.crossings) main.insert({step, step + 1});
    return {main.begin(), main.end()};
}

}  // namespace

std::vector<double> united(std::vector<double> quantiles, const std::vector<double>& more) {
    quantiles.insert(quantiles.end(), more.begin(), more.end());
    std::sort(quantiles.begin(), quantiles.end());
    quantiles.erase(std::unique(quantiles.begin(), quantiles.end()), quantiles.end());
    return quantiles;
}

std::string html_text(std::string_view text) {
    // The JSON writer knows how to mend UTF-8.
    const std::string whole = Json::parse(Json(text).dump(-1, ' ', false, Json::error_handler_t::replace)).get<std::string>();
    std::string safe;
    for (const char c : whole) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '<')
            safe += "&lt;";
        else if (c == '>')
            safe += "&gt;";
        else if (c == '&')
            safe += "&amp;";
        else if (c == '"')
            safe += "&quot;";
        else if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f)
            safe += "\xef\xbf\xbd";
        else
            safe += c;
    }
    return safe;
}

namespace {

// Once through the page, so that a mark in what was put in stays what it is.
void write_with_marks(std::ostream& out, std::string_view rest, const std::map<std::string_view, std::string>& marks) {
    for (std::size_t at; (at = rest.find('%')) != std::string_view::npos;) {
        const std::size_t end = rest.find('%', at + 1);
        const auto mark = end == std::string_view::npos ? marks.end() : marks.find(rest.substr(at + 1, end - at - 1));
        out << rest.substr(0, at) << (mark == marks.end() ? "%" : mark->second);
        rest.remove_prefix(mark == marks.end() ? at + 1 : end + 1);
    }
    out << rest;
}

std::map<std::string_view, std::string> marks_of(const PageText& text, const std::string& document) {
    return {{"TITLE", html_text(text.title)},
            {"DESCRIPTION", html_text(text.description)},
            {"CONTENT", text.content},
            {"BASEMAP", text.basemap.empty() ? "null" : text.basemap},
            {"REPORT", embedded(document)}};
}

}  // namespace

void write_page(std::ostream& out, const PageText& text, const std::string& document) {
    write_with_marks(out, page_template(), marks_of(text, document));
}

void write_interactive_page(std::ostream& out, const PageText& text, const std::string& document) {
    std::map<std::string_view, std::string> marks = marks_of(text, document);
    marks["ENGINE"] = page_engine();
    write_with_marks(out, interactive_template(), marks);
}

std::string document_head(std::string_view command, const ReportStyle& style) {
    // No time of its making: the same question, seed and version give the same bytes.
    Json made{{"command", style.command}, {"scenarios", Json::array()}};
    for (const auto& [file, text] : style.scenarios) made["scenarios"].push_back({{"file", file}, {"text", text}});
    return Json{{"schema", "railwindow.report/1"}, {"command", command},
                {"version", style.version},        {"units", style.units == Units::imperial ? "imperial" : "metric"},
                {"made", std::move(made)},         {"not_modelled", listed_points(not_modelled_text())}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string station_json(const Station& station) {
    Json json{
        {"station", station.id}, {"name", station.name}, {"local_name", station.local_name}, {"country", station.country}, {"at", position(station)}};
    if (station.elevation) json["elevation_m"] = rounded(station.elevation->value / m, 10);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

namespace {

Json ends(const Network& network, SectionId id) {
    const Section& section = network.sections()[id];
    return Json::array({position(network.stations()[section.from]), position(network.stations()[section.to])});
}

}  // namespace

std::string network_lines_json(const Network& network) {
    Json list = Json::array();
    for (std::uint32_t i = 0; i < network.sections().size(); ++i) list.push_back(ends(network, SectionId{i}));
    return list.dump();
}

std::string other_lines_json(const std::vector<DrawnPath>& paths) {
    std::set<std::string> known;  // variants have networks of their own with the same sections
    std::vector<const Network*> networks;
    for (const auto& [network, path] : paths) {
        if (std::find(networks.begin(), networks.end(), network) == networks.end()) networks.push_back(network);
        for (const PathStep& step : path->steps) known.insert(ends(*network, step.section).dump());
    }
    Json list = Json::array();
    for (const Network* network : networks)
        for (std::uint32_t i = 0; i < network->sections().size(); ++i) {
            Json line = ends(*network, SectionId{i});
            if (known.insert(line.dump()).second) list.push_back(std::move(line));
        }
    return list.dump();
}

std::string sighting_json(const Network& network, const Observation& seen) {
    const Station& station = network.stations()[seen.station];
    const auto time = [&](const std::optional<Instant>& at) { return at ? Json(iso_time(*at, station.zone)) : Json(); };
    Json json{{"station", station.id},
              {"name", station.name},
              {"event", event_name(seen.event)},
              {"before_km", rounded(seen.before / km, 1000)},
              {"low", time(seen.not_seen ? seen.not_seen->from : seen.low)},
              {"high", time(seen.not_seen ? seen.not_seen->until : seen.high)},
              {"source", seen.source}};
    if (seen.behind > 0 * m) json["behind_km"] = rounded(seen.behind / km, 1000);
    if (seen.not_seen) json["noticed"] = seen.not_seen->noticed;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string weak_inputs_json(const std::vector<const Model*>& models) {
    Json list = Json::array();
    std::set<std::string> known;
    for (const Model* model : models)
        for (const WeakInput& weak : model->weak_inputs)
            if (known.insert(weak.what).second)
                list.push_back({{"what", weak.what}, {"confidence", confidence_name(weak.confidence)}, {"source", weak.source}});
    return list.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::size_t JsonPool::add(std::string text) {
    const auto [at, is_new] = index_.try_emplace(std::move(text), texts_.size());
    if (is_new) texts_.push_back(at->first);
    return at->second;
}

std::string JsonPool::json() const {
    std::string list = "[";
    for (const std::string& text : texts_) list += (list.size() > 1 ? "," : "") + text;
    return list + "]";
}

std::size_t PageWays::add(const Network& network, const Path& path) {
    Json way{{"stations", Json::array()}, {"distance_km", Json::array()}, {"sections", Json::array()}};
    Length distance{};
    for (std::size_t i = 0; i <= path.steps.size(); ++i) {
        way["stations"].push_back(stations_.add(station_json(network.stations()[station_at(network, path, i)])));
        way["distance_km"].push_back(rounded(distance / km, 1000));
        if (i == path.steps.size()) break;
        way["sections"].push_back(sections_.add(section_json(network, path.steps[i])));
        distance += network.sections()[path.steps[i].section].length;
    }
    way["main"] = main_stations(network, path);
    way["gauge_changes"] = path.gauge_changes;
    way["reversals"] = path.reversals;
    way["traction_changes"] = path.traction_changes;
    way["behind_borders"] = Json::array();
    for (const std::size_t step : path.crossings) way["behind_borders"].push_back(step + 1);
    return ways_.add(way.dump());
}

std::string PageWays::json() const {
    return R"({"stations":)" + stations_.json() + R"(,"sections":)" + sections_.json() + R"(,"ways":)" + ways_.json() + "}";
}

}  // namespace railwindow
