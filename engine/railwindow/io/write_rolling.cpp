#include <railwindow/io/table_text.hpp>
#include <railwindow/io/write_backtest.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace railwindow {

void write_table(std::ostream& out, const Rolling& rolling, const TableStyle& style) {
    const int width = std::max(style.width, 60);
    write_wrapped(
        out,
        fmt::format(
            "Forecasts of recorded journeys as the reports came in: {} runs of each, seed {}. CRPS in hours, of all targets that were still ahead; "
            "`before` is that of the same targets before any report.",
            grouped(rolling.runs), rolling.seed),
        width, 2);
    out << "\nreports known  targets   CRPS h  before h  in the window\n";
    for (const RollingStep& step : rolling.steps)
        if (step.targets > 0)
            out << fmt::format("{:>13} {:>8} {:>8.2f} {:>9.2f} {:>13.0f} %\n", step.known, step.targets, step.crps / h, step.crps_before / h,
                               100 * step.inside);
    const auto time = [](Millis at, const TimeZone& zone) { return short_time(Instant{at}, zone).substr(5); };
    std::string journey;
    for (const RolledForecast& one : rolling.forecasts) {
        if (one.journey != journey) out << '\n', write_wrapped(out, journey = one.journey, width, 2);
        const std::vector<Quantile>& window = one.forecast.window;
        out << fmt::format("  {} known  {} {} {} {}  CRPS {:>6.2f} h  in {:>3.0f} %\n", one.forecast.known, fitted(one.target, 16),
                           time(window.front().value, one.zone), time(window.back().value, one.zone), time(one.low.time_since_epoch(), one.zone),
                           one.forecast.crps / h, 100 * one.forecast.inside);
    }
    if (!rolling.forecasts.empty()) out << "  Columns: window from and to, observed from.\n";
    for (const std::string& reason : rolling.unfit) out << '\n', write_wrapped(out, "Not counted: " + reason, width, 2);
}

void write_json(std::ostream& out, const Rolling& rolling) {
    using Json = nlohmann::ordered_json;
    Json json{
        {"schema", "railwindow.rolling/1"}, {"runs", rolling.runs}, {"seed", rolling.seed}, {"steps", Json::array()}, {"forecasts", Json::array()}};
    for (const RollingStep& step : rolling.steps)
        json["steps"].push_back({{"reports_known", step.known},
                                 {"targets", step.targets},
                                 {"crps_hours", step.crps / h},
                                 {"crps_before_hours", step.crps_before / h},
                                 {"inside", step.inside}});
    for (const RolledForecast& one : rolling.forecasts) {
        Json window = Json::object();
        for (const Quantile& quantile : one.forecast.window) window[quantile_name(quantile.p)] = iso_time(Instant{quantile.value}, one.zone);
        json["forecasts"].push_back({{"journey", one.journey},
                                     {"station", one.target},
                                     {"reports_known", one.forecast.known},
                                     {"observed", {iso_time(one.low, one.zone), iso_time(one.high, one.zone)}},
                                     {"time", std::move(window)},
                                     {"crps_hours", one.forecast.crps / h},
                                     {"inside", one.forecast.inside}});
    }
    json["not_counted"] = rolling.unfit;
    out << json.dump(2) << '\n';
}

}  // namespace railwindow
