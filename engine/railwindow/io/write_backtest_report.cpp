#include <railwindow/io/page_text.hpp>
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
    write_page(out, page_text("Forecasts and recorded journeys", "how far the windows can be trusted", style, {}), json.dump());
}

}  // namespace railwindow
