#include <railwindow/io/write_backtest.hpp>

#include <railwindow/io/json_numbers.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

std::string percent(double share) { return fmt::format("{:.10g}", 100 * share); }

Json observed_json(const Target& target) {
    const Observation& seen = target.observed;
    return {{"low", seen.low ? Json(iso_time(*seen.low, target.zone)) : Json()},
            {"high", seen.high ? Json(iso_time(*seen.high, target.zone)) : Json()},
            {"source", seen.source}};
}

Json full_json(const FullScore& score, const Pit& pit, const TimeZone& zone) {
    Json json{{"elapsed_seconds", to_duration(to_millis(score.elapsed)) / s},
              {"relative_crps", rounded(score.crps)},
              {"log_score", rounded(score.log_score)}};
    for (const LevelScore& level : score.levels)
        json["windows"][percent(level.level)] = {{"low", iso_time(Instant{level.window.low}, zone)},
                                                 {"high", iso_time(Instant{level.window.high}, zone)},
                                                 {"inside", rounded(level.inside)},
                                                 {"relative_winkler", rounded(level.winkler)},
                                                 {"relative_width", rounded(level.width)}};
    for (const PinballScore& pinball : score.pinball) json["relative_pinball"][quantile_name(pinball.p)] = rounded(pinball.loss);
    json["pit"] = {rounded(pit.low), rounded(pit.high)};
    json["baselines"] = {
        {"sixty_km_h", {{"relative_crps", rounded(score.sixty_crps)}}},
        {"country_lognormal", {{"relative_crps", rounded(score.lognormal_crps)}, {"log_score", rounded(score.lognormal_log_score)}}}};
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
              {"known_to_priors", score.known},
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
        json["scores"] = full_json(*score.full, score.pit, target.zone);
    else
        json["consistent"] = score.consistent;
    json["pit"] = {rounded(score.pit.low), rounded(score.pit.high)};
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

Json mean_json(const Mean& mean) { return {{"mean", rounded(mean.value)}, {"error", mean.error ? Json(rounded(*mean.error)) : Json()}}; }

Json test_json(const PitTest& test) { return {{"statistic", rounded(test.statistic)}, {"p", test.p}}; }

const char* fault_name(ForecastFault fault) {
    switch (fault) {
        case ForecastFault::too_narrow:
            return "too narrow";
        case ForecastFault::too_wide:
            return "too wide";
        case ForecastFault::too_early:
            return "too early";
        case ForecastFault::too_late:
            return "too late";
        case ForecastFault::uneven:
            break;
    }
    return "uneven";
}

Json journeys_json(const ScoreGroup& group) {
    Json journeys = Json::array();
    for (const JourneyScore& journey : group.journeys)
        journeys.push_back({{"scenario", journey.scenario},
                            {"observations", journey.observations},
                            {"relative_crps", {{"model", rounded(journey.crps)}, {"country_lognormal", rounded(journey.lognormal_crps)}}},
                            {"log_score", {{"model", rounded(journey.log_score)}, {"country_lognormal", rounded(journey.lognormal_log)}}},
                            {"final", {{"station", journey.station}, {"pit", {rounded(journey.pit.low), rounded(journey.pit.high)}}}}});
    return journeys;
}

Json group_json(const ScoreGroup& group) {
    Json json;
    json["coverage"] = Json::object();
    for (const Coverage& coverage : group.coverage)
        json["coverage"][percent(coverage.level)] = {{"covered", std::round(100 * coverage.covered) / 100},
                                                     {"of", coverage.of},
                                                     {"low", std::round(100 * coverage.low) / 100},
                                                     {"high", std::round(100 * coverage.high) / 100}};
    json["summary"] = summary_json(group.all);
    json["by_country"] = Json::object();
    for (const CountrySummary& country : group.by_country) json["by_country"][country.country] = summary_json(country.summary);
    json["press"] = {{"forecasts", group.press.forecasts},
                     {"relative_crps", {{"press", rounded(group.press.press_crps)}, {"model", rounded(group.press.model_crps)}}}};
    json["pit"] = Json::array();
    for (const double bin : group.pit) json["pit"].push_back(rounded(bin));
    json["journeys"] = journeys_json(group);
    json["means"] = {{"relative_crps", mean_json(group.crps)},
                     {"log_score", mean_json(group.log_score)},
                     {"relative_crps_gain_on_lognormal", mean_json(group.crps_gain)}};
    json["uncounted"] = {{"observations", group.uncounted}, {"consistent", group.consistent}};
    json["verdict"] = {{"words", verdict(group.tests)}, {"faults", Json::array()}};
    for (const ForecastFault fault : group.tests.faults) json["verdict"]["faults"].push_back(fault_name(fault));
    json["tests"] = {{"journeys", group.tests.journeys}, {"beyond", Json::object()}};
    for (const TailTest& tail : group.tests.tails)
        json["tests"]["beyond"][percent(tail.level)] = {{"count", tail.count}, {"of", tail.of}, {"p", tail.p}};
    json["tests"]["kolmogorov_smirnov"] = test_json(group.tests.kolmogorov_smirnov);
    json["tests"]["anderson_darling"] = test_json(group.tests.anderson_darling);
    json["tests"]["spread"] = test_json(group.tests.spread);
    json["tests"]["shift"] = test_json(group.tests.shift);
    return json;
}

// The keys of those that the numbers knew stand by themselves; the others are apart.
Json backtest_json(const Backtest& result) {
    Json json = group_json(result.known);
    json["unseen"] = group_json(result.unseen);
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

void write_json(std::ostream& out, const Scores& scores) {
    const Backtest& result = scores.result;
    const Calibration* fit = scores.fit;
    Json json{{"schema", "railwindow.backtest/1"}, {"runs", result.runs}, {"seed", result.seed}, {"remark", prior_remark}};
    json.update(backtest_json(result));
    json["times"] = Json::array();
    for (const TargetScore& score : result.targets) json["times"].push_back(target_json(score));
    json["calibrating"] = Json::array();
    for (const TargetScore& score : result.calibrating) json["calibrating"].push_back(target_json(score));
    if (scores.left_out) json["leave_one_journey_out"] = group_json(scores.left_out->unseen);
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
