#include <railwindow/io/write_backtest.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

double seconds(Millis time) { return static_cast<double>(time.count()) / 1000.0; }
double rounded(double share) { return std::round(share * 1e6) / 1e6; }
std::string percent(double share) { return fmt::format("{:.10g}", 100 * share); }

Json observed_json(const Target& target) {
    const Observation& seen = target.observed;
    return {{"low", seen.low ? Json(iso_time(*seen.low, target.zone)) : Json()},
            {"high", seen.high ? Json(iso_time(*seen.high, target.zone)) : Json()},
            {"source", seen.source}};
}

Json full_json(const FullScore& score, const TimeZone& zone) {
    Json json{{"elapsed_seconds", to_duration(to_millis(score.elapsed)) / s}, {"relative_crps", rounded(score.crps)}};
    for (const LevelScore& level : score.levels)
        json["windows"][percent(level.level)] = {{"low", iso_time(Instant{level.window.low}, zone)},
                                                 {"high", iso_time(Instant{level.window.high}, zone)},
                                                 {"inside", rounded(level.inside)},
                                                 {"relative_winkler", rounded(level.winkler)},
                                                 {"relative_width", rounded(level.width)}};
    for (const PinballScore& pinball : score.pinball) json["relative_pinball"][quantile_name(pinball.p)] = rounded(pinball.loss);
    json["pit"] = {rounded(score.pit_low), rounded(score.pit_high)};
    json["baselines"] = {{"sixty_km_h", {{"relative_crps", rounded(score.sixty_crps)}}},
                         {"country_lognormal", {{"relative_crps", rounded(score.lognormal_crps)}}}};
    json["baselines"]["press"] = Json::array();
    for (const PressScore& press : score.press)
        json["baselines"]["press"].push_back({{"low", iso_time(press.forecast.low, zone)},
                                              {"high", iso_time(press.forecast.high, zone)},
                                              {"relative_crps", rounded(press.crps)},
                                              {"source", press.forecast.source}});
    return json;
}

Json target_json(const TargetScore& score) {
    const Target& target = score.target;
    Json json{{"scenario", score.scenario},
              {"from", score.from},
              {"station", target.station_id},
              {"name", target.station},
              {"country", target.country},
              {"event", event_name(target.observed.event)},
              {"distance_km", std::round(target.distance / m) / 1000},
              {"observed", observed_json(target)},
              {"counts", score.full.has_value()},
              {"probability", rounded(score.probability)},
              {"agreeing", rounded(score.agreeing)}};
    for (const Quantile& quantile : score.time) {
        json["time"][quantile_name(quantile.p)] = iso_time(Instant{quantile.value}, target.zone);
        json["error_seconds"][quantile_name(quantile.p)] = quantile.error ? Json(seconds(*quantile.error)) : Json();
    }
    if (score.full)
        json["scores"] = full_json(*score.full, target.zone);
    else
        json["consistent"] = score.consistent;
    return json;
}

Json summary_json(const Summary& summary) {
    Json json{
        {"journeys", summary.journeys},
        {"observations", summary.observations},
        {"relative_crps",
         {{"model", rounded(summary.crps)}, {"sixty_km_h", rounded(summary.sixty_crps)}, {"country_lognormal", rounded(summary.lognormal_crps)}}}};
    for (const LevelScore& level : summary.levels) {
        json["relative_winkler"][percent(level.level)] = rounded(level.winkler);
        json["relative_width"][percent(level.level)] = rounded(level.width);
        json["inside"][percent(level.level)] = rounded(level.inside);
    }
    for (const PinballScore& pinball : summary.pinball) json["relative_pinball"][quantile_name(pinball.p)] = rounded(pinball.loss);
    return json;
}

Json backtest_json(const Backtest& result) {
    Json json;
    json["coverage"] = Json::object();
    for (const Coverage& coverage : result.coverage)
        json["coverage"][percent(coverage.level)] = {{"covered", std::round(100 * coverage.covered) / 100},
                                                     {"of", coverage.of},
                                                     {"low", std::round(100 * coverage.low) / 100},
                                                     {"high", std::round(100 * coverage.high) / 100}};
    json["summary"] = summary_json(result.all);
    json["by_country"] = Json::object();
    for (const CountrySummary& country : result.by_country) json["by_country"][country.country] = summary_json(country.summary);
    json["press"] = {{"forecasts", result.press.forecasts},
                     {"relative_crps", {{"press", rounded(result.press.press_crps)}, {"model", rounded(result.press.model_crps)}}}};
    json["pit"] = Json::array();
    for (const double bin : result.pit) json["pit"].push_back(rounded(bin));
    return json;
}

}  // namespace

std::string_view event_name(ObservedEvent event) {
    switch (event) {
        case ObservedEvent::arrive:
            return "arrive";
        case ObservedEvent::depart:
            return "depart";
        case ObservedEvent::pass:
            return "pass";
        case ObservedEvent::seen:
            break;
    }
    return "seen";
}

void write_json(std::ostream& out, const Backtest& result, const Calibration* fit) {
    Json json{{"schema", "railwindow.backtest/1"}, {"runs", result.runs}, {"seed", result.seed}, {"remark", prior_remark}};
    json.update(backtest_json(result));
    json["times"] = Json::array();
    for (const TargetScore& score : result.targets) json["times"].push_back(target_json(score));
    json["calibrating"] = Json::array();
    for (const TargetScore& score : result.calibrating) json["calibrating"].push_back(target_json(score));
    if (fit) {
        json["fit"] = {{"used", fit->improves}, {"numbers", Json::array()}};
        for (const Fitted& one : fit->fitted)
            json["fit"]["numbers"].push_back({{"name", one.name},
                                              {"prior_deviation", one.prior_deviation},
                                              {"factor", rounded(one.factor)},
                                              {"deviation", rounded(one.deviation)},
                                              {"left_out", {rounded(one.lowest), rounded(one.highest)}}});
        json["fit"]["without"] = backtest_json(fit->plain);
        json["fit"]["leave_one_journey_out"] = backtest_json(fit->left_out);
    }
    out << json.dump(2) << '\n';
}

}  // namespace railwindow
