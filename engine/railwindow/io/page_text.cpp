#include <railwindow/io/page_text.hpp>

#include <railwindow/core/clock.hpp>
#include <railwindow/io/page_map.hpp>
#include <railwindow/io/plain_words.hpp>
#include <railwindow/io/table_text.hpp>
#include <railwindow/io/write_answer.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

namespace railwindow {
namespace {

constexpr std::size_t longest_description = 300;  // bytes; what shows descriptions cuts them near there

// In one line, whole sentences where they are short enough.
std::string shortened(const std::string& text) {
    std::istringstream in{text};
    std::string line;
    for (std::string word; in >> word;) line += (line.empty() ? "" : " ") + word;
    if (line.size() <= longest_description) return line;
    const std::size_t sentence = line.rfind(". ", longest_description), space = line.rfind(' ', longest_description);
    return line.substr(0, sentence != std::string::npos && sentence > longest_description / 2 ? sentence + 1
                          : space != std::string::npos                                        ? space
                                                                                              : longest_description);
}

std::string named(const std::string& text) { return "<bdi>" + html_text(text) + "</bdi>"; }

std::string header(std::string_view kicker, const std::string& title, const std::string& more) {
    return fmt::format("<header><p class=\"kicker\">{}</p><h1>{}</h1>{}</header>", html_text(kicker), title, more);
}

constexpr std::string_view remark =
    "<p class=\"deck\">This is what there is of the page without its script, which loads nothing. All numbers are in the JSON document at the end "
    "of this file.</p>";

// Where a way begins and ends, where gauge or direction change, and both sides of a border: each once.
std::vector<const Station*> landmarks(const std::vector<DrawnPath>& paths) {
    std::vector<const Station*> list;
    std::set<std::string> known;
    for (const auto& [network, path] : paths) {
        std::set<std::size_t> places{0, path->steps.size()};
        places.insert(path->gauge_changes.begin(), path->gauge_changes.end());
        for (const std::size_t step : path->crossings) places.insert(step);
        for (const std::size_t place : places) {
            const Station& station = network->stations()[station_at(*network, *path, place)];
            if (known.insert(station.id).second) list.push_back(&station);
        }
    }
    return list;
}

// Of one train. Shares are a column where not all runs come everywhere.
std::string windows_table(const Model& model, const Estimate& estimate, std::size_t train) {
    constexpr std::string_view events[] = {"departs", "arrives", "passes"};
    std::vector<const TimingPointEstimate*> rows;
    for (const TimingPointEstimate& point : estimate.timing_points)
        if (model.timing_points[point.point].train == train && !point.time.empty()) rows.push_back(&point);
    if (rows.empty()) return {};
    const auto station_of = [&](const TimingPointEstimate& row) -> const Station& {
        return model.network.stations()[model.timing_points[row.point].station];
    };
    const bool shares = std::any_of(rows.begin(), rows.end(), [](const TimingPointEstimate* row) { return row->probability < 0.99; });
    std::string heads, body;
    for (const Quantile& quantile : rows.front()->time) {
        const auto [first, second] = quantile_words(quantile.p);
        heads += fmt::format("<th scope=\"col\">{}</th>", html_text(first + ' ' + second));
    }
    for (const TimingPointEstimate* row : rows) {
        const Station& station = station_of(*row);
        const TimingPoint& point = model.timing_points[row->point];
        std::string cells;
        for (const Quantile& quantile : row->time)
            cells += fmt::format("<td>{}</td>", html_text(weekday_time(Instant{quantile.value}, station.zone)));
        if (shares) cells += fmt::format("<td>{:.3g} %</td>", 100 * row->probability);
        body += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{:.1f}</td>{}<td>UTC{}</td></tr>\n", named(station.name),
                            events[static_cast<std::size_t>(row->event)], visit_at(model, point).distance / km, cells,
                            offset_text(station.zone.offset_at(shown_minute(Instant{middle_of(row->time).value}))));
    }
    const auto at = [&](const TimingPointEstimate& row, const Quantile& quantile) {
        return std::pair{Instant{quantile.value}, station_of(row).zone};
    };
    const std::string& name = model.alternatives.front().trains[train].name;
    return fmt::format(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Windows\"><table class=\"numbers windows\"><caption>{}Windows on local "
        "clocks, {}</caption><thead><tr><th scope=\"col\">Station</th>"
        "<th scope=\"col\"></th><th scope=\"col\">km</th>{}{}<th scope=\"col\">Clocks</th></tr></thead><tbody>\n{}</tbody></table></div>",
        train > 0 ? named(name) + ": " : "",
        html_text(months(at(*rows.front(), rows.front()->time.front()), at(*rows.back(), rows.back()->time.back()))), heads,
        shares ? "<th scope=\"col\">Runs that come there</th>" : "", body);
}

}  // namespace

PageText page_text(std::string_view name, std::string_view kind, const ReportStyle& style, const std::vector<DrawnPath>& paths) {
    PageText text{fmt::format("{} - {}", name, kind), shortened(style.printed), {}, {}};
    text.content = header(kind, named(std::string{name}), std::string{remark});
    if (!paths.empty()) text.content += map_svg(paths, landmarks(paths)), text.basemap = basemap_json(places_of(paths));
    if (!style.printed.empty())
        text.content +=
            fmt::format("<pre class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"The result\">{}</pre>", html_text(style.printed));
    return text;
}

PageText run_page_text(const Model& model, const Estimate& estimate, const std::vector<DrawnPath>& paths) {
    std::string answers, plain = model.question;
    for (const std::string& answer : answer_words(model, estimate)) {
        answers += "<p class=\"answer\">" + named(answer) + "</p>";
        plain += ' ' + answer;
    }
    const auto& stations = model.network.stations();
    std::string begins, ends;
    std::set<StationId> origins;
    for (const Alternative& alternative : model.alternatives)
        if (const StationId origin = alternative.main().visits.front().station; origins.insert(origin).second)
            begins += (begins.empty() ? "" : " or ") + named(stations[origin].name);
    for (const DestinationEstimate& to : estimate.destinations) ends += (ends.empty() ? "" : " or ") + named(stations[to.station].name);
    std::string question = model.question.empty() ? "" : "<p class=\"question\">" + named(model.question) + "</p>";
    PageText text{model.name + " - arrival windows", shortened(plain), {}, basemap_json(places_of(paths))};
    text.content = header("Arrival window", begins + " &rarr; " + ends, question + answers + std::string{remark});
    text.content += map_svg(paths, landmarks(paths));
    for (std::size_t train = 0; train < model.alternatives.front().trains.size(); ++train) text.content += windows_table(model, estimate, train);
    return text;
}

}  // namespace railwindow
