#include <railwindow/io/report_page.hpp>
#include <railwindow/io/write_backtest.hpp>

#include <nlohmann/json.hpp>

#include <sstream>

namespace railwindow {

void write_report(std::ostream& out, const Scores& scores, const ReportStyle& style) {
    using Json = nlohmann::ordered_json;
    std::stringstream text;
    write_json(text, scores);
    Json json = Json::parse(document_head("backtest", style));
    json["backtest"] = Json::parse(text);
    write_page(out, "Forecasts and recorded journeys", json.dump());
}

}  // namespace railwindow
