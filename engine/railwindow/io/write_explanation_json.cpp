#include <railwindow/io/json_numbers.hpp>
#include <railwindow/io/table_text.hpp>
#include <railwindow/io/write_explanation.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cmath>

namespace railwindow {
namespace {

using ExplanationJson = nlohmann::ordered_json;

ExplanationJson finite(double value, double per_unit) { return std::isfinite(value) ? ExplanationJson(rounded(value, per_unit)) : ExplanationJson(); }
ExplanationJson effect_json(const Share& share) { return {{"value", finite(share.value, 1e6)}, {"error", finite(share.error, 1e6)}}; }

ExplanationJson local_times(const std::vector<Quantile>& quantiles, const TimeZone& zone) {
    ExplanationJson json = ExplanationJson::object();
    for (const Quantile& quantile : quantiles) json[quantile_name(quantile.p)] = iso_time(Instant{quantile.value}, zone);
    return json;
}

ExplanationJson group_json(const GroupEffect& group) {
    ExplanationJson json{{"name", group.name},
                         {"country", group.country.empty() ? ExplanationJson() : ExplanationJson(group.country)},
                         {"total", effect_json(group.effect.total)},
                         {"first", effect_json(group.effect.first)},
                         {"conclusive", rounded(group.effect.conclusive)},
                         {"pairs", group.effect.pairs}};
    json["width_if_known_seconds"] = group.width ? finite(group.width->value, 1e3) : ExplanationJson();
    json["width_if_known_error_seconds"] = group.width ? finite(group.width->error, 1e3) : ExplanationJson();
    if (group.shapley) json["shapley"] = effect_json(*group.shapley);
    return json;
}

ExplanationJson shift_json(const ArrivalShift& shift) {
    ExplanationJson seconds = ExplanationJson::object(), errors = ExplanationJson::object();
    for (std::size_t i = 0; i < shift.seconds.size(); ++i) {
        constexpr std::array names{"p5", "p50", "p95"};
        seconds[names[i]] = finite(shift.seconds[i], 1e3);
        errors[names[i]] = finite(shift.error[i], 1e3);
    }
    return {{"shift_seconds", seconds}, {"shift_error_seconds", errors}};
}

ExplanationJson number_json(const NumberEffect& number) {
    ExplanationJson json{{"name", number.name}, {"country", number.country.empty() ? ExplanationJson() : ExplanationJson(number.country)}};
    json["step"] = number.step > 0 ? ExplanationJson(number.step) : ExplanationJson();
    json["low"] = shift_json(number.low);
    json["high"] = shift_json(number.high);
    if (const auto& effect = number.among_others)
        json["among_others"] = {{"mean_seconds", finite(effect->mean, 1e3)}, {"spread_seconds", finite(effect->spread, 1e3)}};
    return json;
}

ExplanationJson place_report_json(const Model& model, const Explanation& explanation, const PlaceReport& report) {
    const Station& place = model.network.stations()[model.timing_points[report.point].station];
    ExplanationJson json{
        {"station", place.id},
        {"event", event_name(report.event)},
        {"time_zone", place.zone.name()},
        {"probability", report.probability},
        {"time", local_times(report.when, place.zone)},
        {"ahead_seconds", seconds(report.ahead)},
        {"not_by_p50", {{"width_seconds", finite(report.unseen.value, 1e3)}, {"width_error_seconds", finite(report.unseen.error, 1e3)}}},
        {"known_to", ExplanationJson::array()}};
    for (std::size_t i = 0; i < explanation.off.size(); ++i) {
        ExplanationJson one{{"off_seconds", seconds(explanation.off[i])},
                            {"width_seconds", finite(report.width[i].value, 1e3)},
                            {"width_error_seconds", finite(report.width[i].error, 1e3)}};
        if (!report.right.empty()) one["named_right"] = effect_json(report.right[i]);
        json["known_to"].push_back(std::move(one));
    }
    return json;
}

std::string csv_number(double value) { return std::isfinite(value) ? fmt::format("{}", rounded(value)) : ""; }

}  // namespace

void write_json(std::ostream& out, const Model& model, const Explanation& explanation) {
    const Station& to = model.network.stations()[explanation.destinations.front().station];
    ExplanationJson json{{"schema", "railwindow.explanation/1"},
                         {"scenario", model.name},
                         {"question", model.question},
                         {"seed", explanation.seed},
                         {"runs", explanation.runs},
                         {"pairs", explanation.pairs}};
    if (!model.changes.empty()) json["changes"] = model.changes;
    if (!model.doubts.empty()) json["doubts"] = model.doubts;
    json["destination"] = to.id;
    json["time_zone"] = to.zone.name();
    json["destinations"] = ExplanationJson::array();
    for (const PossibleDestination& one : explanation.destinations)
        json["destinations"].push_back({{"station", model.network.stations()[one.station].id}, {"probability", one.probability}});
    json["arrives"] = explanation.arrives;
    json["arrival"] = local_times(explanation.arrival, to.zone);
    json["width_seconds"] = seconds(explanation.width());
    json["groups"] = ExplanationJson::array();
    for (const GroupEffect& group : explanation.groups) json["groups"].push_back(group_json(group));
    if (!explanation.numbers.empty()) json["numbers"] = ExplanationJson::array();
    for (const NumberEffect& number : explanation.numbers) json["numbers"].push_back(number_json(number));
    if (explanation.right) json["named_right"] = effect_json(*explanation.right);
    json["reports"] = ExplanationJson::array();
    for (const PlaceReport& report : explanation.reports) json["reports"].push_back(place_report_json(model, explanation, report));
    const PlaceReport* best = best_early_report(explanation);
    json["best_early_report"] = best ? ExplanationJson(best - explanation.reports.data()) : ExplanationJson();
    out << json.dump(2) << '\n';
}

void write_csv(std::ostream& out, const Model& model, const Explanation& explanation) {
    out << "kind,name,event,total,total_error,first,first_error,from,until,off_seconds,width_seconds,width_error_seconds,named_right,p5_shift_"
           "seconds,"
           "p50_shift_seconds,p95_shift_seconds,shapley,shapley_error,step,among_others_seconds\n";
    for (const GroupEffect& group : explanation.groups)
        out << fmt::format("group,{},,{},{},{},{},,,,{},{},,,,,{},{},,\n", csv_field(group.name), csv_number(group.effect.total.value),
                           csv_number(group.effect.total.error), csv_number(group.effect.first.value), csv_number(group.effect.first.error),
                           group.width ? csv_number(group.width->value) : "", group.width ? csv_number(group.width->error) : "",
                           group.shapley ? csv_number(group.shapley->value) : "", group.shapley ? csv_number(group.shapley->error) : "");
    for (const NumberEffect& number : explanation.numbers)
        for (const auto& [end, shift] : {std::pair{"low", &number.low}, std::pair{"high", &number.high}})
            out << fmt::format("number,{},{},,,,,,,,,,,{},{},{},,,{},{}\n", csv_field(number.name), end, csv_number(shift->seconds[0]),
                               csv_number(shift->seconds[1]), csv_number(shift->seconds[2]), number.step > 0 ? csv_number(number.step) : "",
                               number.among_others ? csv_number(number.among_others->mean) : "");
    for (const PlaceReport& report : explanation.reports) {
        const Station& place = model.network.stations()[model.timing_points[report.point].station];
        out << fmt::format("unseen,{},{},,,,,,{},,{},{},,,,,,,,\n", csv_field(place.id), event_name(report.event),
                           iso_time(Instant{report.when[1].value}, place.zone), csv_number(report.unseen.value), csv_number(report.unseen.error));
        for (std::size_t i = 0; i < explanation.off.size(); ++i)
            out << fmt::format("report,{},{},,,,,{},{},{},{},{},{},,,,,,,\n", csv_field(place.id), event_name(report.event),
                               iso_time(Instant{report.when.front().value}, place.zone), iso_time(Instant{report.when.back().value}, place.zone),
                               seconds(explanation.off[i]), csv_number(report.width[i].value), csv_number(report.width[i].error),
                               report.right.empty() ? "" : csv_number(report.right[i].value));
    }
}

}  // namespace railwindow
