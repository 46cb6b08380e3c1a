#include <railwindow/io/ledger_file.hpp>

#include <railwindow/io/write_backtest.hpp>
#include <railwindow/io/yaml_tree.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* remedy = "keep other files apart; lines are written by --ledger and never changed";

// What is wrong with a line, before it has a place.
struct Broken {
    std::string subject, what;
};

const TimeZone& utc() {
    static const TimeZone zone = *TimeZone::find("UTC");
    return zone;
}

std::string utc_time(Instant instant) { return iso_time(instant, utc()).substr(0, 19) + "Z"; }

std::int64_t seconds_from(Instant start, Instant at) { return std::llround(static_cast<double>((at - start).count()) / 1000); }

template <class T>
T value_of(const Json& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end()) throw Broken{key, "is missing"};
    try {
        return found->get<T>();
    } catch (const Json::exception&) {
        throw Broken{key, "has the wrong type"};
    }
}

Instant time_of(const Json& json, const char* key) {
    const auto time = parse_time(value_of<std::string>(json, key));
    if (const auto* error = std::get_if<TimeError>(&time)) throw Broken{key, error->what};
    const auto instant = instant_of(std::get<WrittenTime>(time), utc());
    if (const auto* error = std::get_if<TimeError>(&instant)) throw Broken{key, error->what};
    return std::get<Instant>(instant);
}

double share_of(const Json& json, const char* key) {
    const double share = value_of<double>(json, key);
    if (!(share >= 0 && share <= 1)) throw Broken{key, fmt::format("is {}, which is no probability", share)};
    return share;
}

std::string zone_of(const Json& json) {
    const auto zone = value_of<std::string>(json, "time_zone");
    if (!TimeZone::find(zone)) throw Broken{"time_zone", "is '" + zone + "', which this system does not know"};
    return zone;
}

LedgerTarget target_of(const Json& json, const LedgerForecast& forecast) {
    LedgerTarget target{value_of<std::string>(json, "station"), value_of<std::string>(json, "name"),
                        value_of<std::string>(json, "event"),   zone_of(json),
                        share_of(json, "probability"),          {}};
    for (const std::int64_t second : value_of<std::vector<std::int64_t>>(json, "seconds"))
        target.quantiles.push_back(forecast.start + std::chrono::seconds{second});
    if (target.quantiles.size() != forecast.levels.size())
        throw Broken{target.station, fmt::format("has {} times for {} levels", target.quantiles.size(), forecast.levels.size())};
    if (!std::is_sorted(target.quantiles.begin(), target.quantiles.end())) throw Broken{target.station, "has quantiles that go backwards"};
    return target;
}

LedgerDeadline deadline_of(const Json& json) {
    LedgerDeadline said{value_of<std::string>(json, "from"),
                        value_of<std::string>(json, "from_time_zone"),
                        value_of<std::string>(json, "station"),
                        zone_of(json),
                        time_of(json, "deadline"),
                        share_of(json, "confidence"),
                        time_of(json, "latest"),
                        {}};
    for (const Json& trial : value_of<Json>(json, "trials")) said.trials.push_back({time_of(trial, "depart"), share_of(trial, "in_time")});
    if (said.trials.empty()) throw Broken{"trials", "is empty"};
    return said;
}

LedgerForecast forecast_of(const Json& json) {
    if (!json.is_object() || !json.contains("schema") || json["schema"] != "railwindow.forecast/1")
        throw Broken{"", "this is no forecast of a ledger (schema railwindow.forecast/1)"};
    LedgerForecast forecast;
    forecast.command = value_of<std::string>(json, "command");
    forecast.made = time_of(json, "made");
    forecast.as_of = time_of(json, "as_of");
    forecast.version = value_of<std::string>(json, "version");
    forecast.model = value_of<std::string>(json, "model");
    forecast.seed = value_of<std::uint64_t>(json, "seed");
    forecast.runs = value_of<std::uint64_t>(json, "runs");
    forecast.scenario = value_of<std::string>(json, "scenario");
    forecast.question = value_of<std::string>(json, "question");
    forecast.changes = value_of<std::vector<std::string>>(json, "changes");
    forecast.start = time_of(json, "start");
    forecast.levels = value_of<std::vector<double>>(json, "levels");
    const auto rising = [](double a, double b) { return a >= b; };
    const bool in_order = std::adjacent_find(forecast.levels.begin(), forecast.levels.end(), rising) == forecast.levels.end();
    if (!in_order || (!forecast.levels.empty() && !(forecast.levels.front() > 0 && forecast.levels.back() < 1)))
        throw Broken{"levels", "are not rising between 0 and 1"};
    for (const Json& target : value_of<Json>(json, "targets")) forecast.targets.push_back(target_of(target, forecast));
    const Json routes = value_of<Json>(json, "routes");
    for (const auto& [id, probability] : routes.items()) forecast.routes.emplace_back(id, probability.get<double>());
    if (json.contains("deadline")) forecast.deadline = deadline_of(json["deadline"]);
    if (!forecast.targets.empty() && forecast.levels.empty()) throw Broken{"levels", "are missing"};
    return forecast;
}

}  // namespace

std::string ledger_line(const LedgerForecast& forecast) {
    Json json{
        {"schema", "railwindow.forecast/1"}, {"command", forecast.command},   {"made", utc_time(forecast.made)}, {"as_of", utc_time(forecast.as_of)},
        {"version", forecast.version},       {"model", forecast.model},       {"seed", forecast.seed},           {"runs", forecast.runs},
        {"scenario", forecast.scenario},     {"question", forecast.question}, {"changes", forecast.changes},     {"start", utc_time(forecast.start)},
        {"routes", Json::object()},          {"levels", forecast.levels},     {"targets", Json::array()}};
    for (const auto& [id, probability] : forecast.routes) json["routes"][id] = probability;
    for (const LedgerTarget& target : forecast.targets) {
        Json seconds = Json::array();
        for (const Instant quantile : target.quantiles) seconds.push_back(seconds_from(forecast.start, quantile));
        json["targets"].push_back({{"station", target.station},
                                   {"name", target.name},
                                   {"event", target.event},
                                   {"time_zone", target.time_zone},
                                   {"probability", target.probability},
                                   {"seconds", std::move(seconds)}});
    }
    if (forecast.deadline) {
        const LedgerDeadline& said = *forecast.deadline;
        Json trials = Json::array();
        for (const LedgerTrial& trial : said.trials) trials.push_back({{"depart", utc_time(trial.depart)}, {"in_time", trial.in_time}});
        json["deadline"] = {{"from", said.from},
                            {"from_time_zone", said.from_zone},
                            {"station", said.station},
                            {"time_zone", said.time_zone},
                            {"deadline", utc_time(said.deadline)},
                            {"confidence", said.confidence},
                            {"latest", utc_time(said.latest)},
                            {"trials", std::move(trials)}};
    }
    return json.dump() + '\n';
}

std::vector<LedgerForecast> read_ledger(std::string_view text, const std::string& file) {
    std::vector<LedgerForecast> forecasts;
    Findings findings;
    int line = 0;
    for (std::size_t begin = 0, end = 0; (end = text.find('\n', begin)) != std::string_view::npos; begin = end + 1) {
        const Place place{file, ++line, 1};
        try {
            const Json json = Json::parse(text.substr(begin, end - begin), nullptr, false);
            if (json.is_discarded()) throw Broken{"", "this line is no JSON: it is broken, or of another file"};
            forecasts.push_back(forecast_of(json));
            forecasts.back().place = place;
        } catch (const Broken& broken) {
            findings.add({place, broken.subject, broken.what, remedy, Severity::error});
        } catch (const Json::exception&) {
            findings.add({place, "", "a value has the wrong type", remedy, Severity::error});
        }
    }
    findings.throw_if_errors();
    return forecasts;
}

std::vector<LedgerForecast> load_ledger(const std::string& path, const YamlLimits& limits) { return read_ledger(read_text_file(path, limits), path); }

std::vector<LedgerObservation> outcomes_of(const Scenario& scenario) {
    const Model model = build(scenario);
    std::vector<LedgerObservation> outcomes;
    for (const Observation& seen : model.observations) {
        const bool elsewhere = seen.before > 0 * m || seen.behind > 0 * m;
        if (seen.event == ObservedEvent::seen || elsewhere || seen.train != "main" || !seen.low || !seen.high) continue;
        outcomes.push_back({scenario.name,
                            model.network.stations()[seen.station].id,
                            std::string{event_name(seen.event)},
                            seen.low,
                            seen.high,
                            {},
                            {},
                            seen.source,
                            seen.place});
    }
    return outcomes;
}

}  // namespace railwindow
