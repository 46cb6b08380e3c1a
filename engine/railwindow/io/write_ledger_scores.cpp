#include <railwindow/io/write_ledger_scores.hpp>

#include <railwindow/io/json_numbers.hpp>
#include <railwindow/io/table_text.hpp>
#include <railwindow/io/write_backtest.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

TimeZone zone_of(const LedgerTarget& target) { return *TimeZone::find(target.time_zone); }

class LedgerTable {
public:
    LedgerTable(std::ostream& out, const ScoredLedger& ledger, int width) : out_{out}, ledger_{ledger}, width_{std::max(width, 80)} {}

    void write() {
        const LedgerScores& scores = ledger_.scores;
        write_answer("Forecasts made before it happened", scores.beforehand);
        write_answer("Made afterwards, when it could be known", scores.afterwards);
        if (scores.times.empty() && scores.deadlines.empty()) out_ << "Nothing observed belongs to a forecast of this ledger.\n";
        if (!scores.times.empty()) write_times();
        for (const DeadlineScore& one : scores.deadlines) write_deadline(one);
        write_rest();
    }

private:
    void write_answer(const char* name, const LedgerGroup& group) {
        if (group.journeys == 0) return;
        const auto counted = [](std::size_t count, const char* what) { return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s"); };
        write_wrapped(
            out_,
            fmt::format("{} ({} of {}): {}. CRPS {:.2f}% of the time taken, {:.0f} % in the 90 % windows.", name, counted(group.times, "time"),
                        counted(group.journeys, "journey"), verdict(group.tests), 100 * group.crps, 100 * group.inside),
            width_, 0);
    }

    void write_times() {
        out_ << fmt::format("\n  {:<17} {:>11} {:>11} {:>11} {:>10} {:>6} {:>6}\n", "", "P5", "observed", "P95", "made", "share", "CRPS");
        std::string journey;
        for (const LedgerScore& score : ledger_.scores.times) {
            const LedgerForecast& forecast = ledger_.forecasts[score.forecast];
            const LedgerTarget& target = forecast.targets[score.target];
            if (forecast.scenario != journey) out_ << (journey = forecast.scenario) << '\n';
            const TimeZone zone = zone_of(target);
            const auto shown = [&](Millis time) { return short_time(Instant{time}, zone).substr(5); };
            out_ << fmt::format("  {:<12} {:<4} {} {} {} {:>10} {:>6.3f} {:>5.1f}%\n", target.name.substr(0, 12), target.event.substr(0, 3),
                                shown(score.central.low), shown(score.observed.middle()), shown(score.central.high), lead_words(score.lead),
                                score.pit.middle, 100 * score.crps);
        }
        write_wrapped(out_, "made: so long before it happened. share: of the forecast's probability before what happened.", width_, 2);
    }

    static std::string lead_words(Millis lead) {
        const double hours = to_duration(lead) / h;
        if (hours < 0) return "afterwards";
        return hours < 72 ? fmt::format("{:.0f} h", hours) : fmt::format("{:.0f} d", hours / 24);
    }

    void write_deadline(const DeadlineScore& score) {
        const LedgerForecast& forecast = ledger_.forecasts[score.forecast];
        const LedgerDeadline& said = *forecast.deadline;
        write_wrapped(out_,
                      fmt::format("{}: at {} by {}: it left when {:.1f} % of the runs are in time, and was {}; Brier score {:.3f}.{}",
                                  forecast.scenario, said.station, short_time(said.deadline, *TimeZone::find(said.time_zone)), 100 * score.said,
                                  score.in_time ? "in time" : "late", score.brier, score.beforehand ? "" : " Said afterwards."),
                      width_, 0);
    }

    void write_rest() {
        if (!ledger_.scores.waiting.empty())
            write_wrapped(
                out_,
                fmt::format("{} of {} forecasts wait for what they forecast to be known.", ledger_.scores.waiting.size(), ledger_.forecasts.size()),
                width_, 0);
        for (const std::size_t i : ledger_.scores.unmatched) {
            const LedgerObservation& row = ledger_.observations[i];
            write_wrapped(out_, fmt::format("Not forecast in this ledger: {}, {} ({}).", row.journey, row.station, row.event), width_, 0);
        }
    }

    std::ostream& out_;
    const ScoredLedger& ledger_;
    int width_;
};

Json test_json(const LedgerGroup& group) {
    Json json{{"journeys", group.journeys},
              {"times", group.times},
              {"relative_crps", rounded(group.crps)},
              {"inside", {{"90", rounded(group.inside)}}},
              {"verdict", verdict(group.tests)},
              {"beyond", Json::object()},
              {"anderson_darling_p", group.tests.anderson_darling.p},
              {"kolmogorov_smirnov_p", group.tests.kolmogorov_smirnov.p}};
    for (const TailTest& tail : group.tests.tails)
        json["beyond"][fmt::format("{:.10g}", 100 * tail.level)] = {{"count", tail.count}, {"of", tail.of}, {"p", tail.p}};
    return json;
}

std::string quoted(const std::string& cell) {
    if (cell.find_first_of(",\"\n") == std::string::npos) return cell;
    std::string doubled;
    for (const char c : cell) doubled += c == '"' ? "\"\"" : std::string(1, c);
    return '"' + doubled + '"';
}

std::string utc_time(Instant instant) { return iso_time(instant, *TimeZone::find("UTC")).substr(0, 19) + "Z"; }

// origin_time, journey, location, target, time_origin: what was asked.
std::string task(const LedgerForecast& forecast, const std::string& location, const std::string& target) {
    return fmt::format("{},{},{},{},{}", utc_time(forecast.as_of), quoted(forecast.scenario), quoted(location), target, utc_time(forecast.start));
}

constexpr const char* task_columns = "origin_time,journey,location,target,time_origin";

double hours_since(const LedgerForecast& forecast, Instant at) { return to_duration(at - forecast.start) / h; }

}  // namespace

void write_table(std::ostream& out, const ScoredLedger& ledger, const TableStyle& style) { LedgerTable{out, ledger, style.width}.write(); }

void write_json(std::ostream& out, const ScoredLedger& ledger) {
    Json json{{"schema", "railwindow.ledger-scores/1"},
              {"forecasts", ledger.forecasts.size()},
              {"beforehand", test_json(ledger.scores.beforehand)},
              {"afterwards", test_json(ledger.scores.afterwards)},
              {"times", Json::array()},
              {"deadlines", Json::array()},
              {"waiting", Json::array()},
              {"unmatched", Json::array()}};
    for (const LedgerScore& score : ledger.scores.times) {
        const LedgerForecast& forecast = ledger.forecasts[score.forecast];
        const LedgerTarget& target = forecast.targets[score.target];
        const TimeZone zone = zone_of(target);
        json["times"].push_back({{"line", forecast.place.line},
                                 {"journey", forecast.scenario},
                                 {"station", target.station},
                                 {"event", target.event},
                                 {"made", utc_time(forecast.made)},
                                 {"beforehand", score.beforehand},
                                 {"lead_seconds", to_duration(score.lead) / s},
                                 {"observed", {iso_time(Instant{score.observed.low}, zone), iso_time(Instant{score.observed.high}, zone)}},
                                 {"source", ledger.observations[score.observation].source},
                                 {"elapsed_seconds", score.elapsed / s},
                                 {"relative_crps", rounded(score.crps)},
                                 {"log_score", rounded(score.log_score)},
                                 {"pit", {rounded(score.pit.low), rounded(score.pit.high)}},
                                 {"inside", {{"90", rounded(score.inside)}}}});
    }
    for (const DeadlineScore& score : ledger.scores.deadlines)
        json["deadlines"].push_back({{"line", ledger.forecasts[score.forecast].place.line},
                                     {"journey", ledger.forecasts[score.forecast].scenario},
                                     {"beforehand", score.beforehand},
                                     {"said", rounded(score.said)},
                                     {"in_time", score.in_time},
                                     {"brier", rounded(score.brier)}});
    for (const std::size_t i : ledger.scores.waiting) json["waiting"].push_back(ledger.forecasts[i].place.line);
    for (const std::size_t i : ledger.scores.unmatched)
        json["unmatched"].push_back(
            {{"journey", ledger.observations[i].journey}, {"station", ledger.observations[i].station}, {"event", ledger.observations[i].event}});
    out << json.dump(2) << '\n';
}

void write_hub(std::ostream& out, const std::vector<LedgerForecast>& forecasts) {
    out << "model_id," << task_columns << ",output_type,output_type_id,value\n";
    for (const LedgerForecast& forecast : forecasts) {
        const std::string id = fmt::format("railwindow-{}-{}", forecast.version, forecast.model.substr(0, 8));
        for (const LedgerTarget& target : forecast.targets) {
            const std::string hours = fmt::format("{},{}", id, task(forecast, target.station, target.event + " hours"));
            for (std::size_t i = 0; i < forecast.levels.size(); ++i)
                out << fmt::format("{},quantile,{:.10g},{:.6f}\n", hours, forecast.levels[i], hours_since(forecast, target.quantiles[i]));
            const std::string reached = fmt::format("{},{}", id, task(forecast, target.station, "reached"));
            out << fmt::format("{},pmf,yes,{:.10g}\n{},pmf,no,{:.10g}\n", reached, target.probability, reached, 1 - target.probability);
        }
        if (!forecast.deadline) continue;
        const LedgerDeadline& said = *forecast.deadline;
        for (const LedgerTrial& trial : said.trials) {
            const std::string in_time = fmt::format(
                "{},{}", id, task(forecast, said.station, fmt::format("by {} leaving {}", utc_time(said.deadline), utc_time(trial.depart))));
            out << fmt::format("{},pmf,yes,{:.10g}\n{},pmf,no,{:.10g}\n", in_time, trial.in_time, in_time, 1 - trial.in_time);
        }
    }
}

void write_hub_oracle(std::ostream& out, const ScoredLedger& ledger) {
    out << task_columns << ",output_type,output_type_id,oracle_value\n";
    for (const LedgerScore& score : ledger.scores.times) {
        const LedgerForecast& forecast = ledger.forecasts[score.forecast];
        const LedgerTarget& target = forecast.targets[score.target];
        out << fmt::format("{},quantile,NA,{:.6f}\n", task(forecast, target.station, target.event + " hours"),
                           hours_since(forecast, Instant{score.observed.middle()}));
    }
}

}  // namespace railwindow
