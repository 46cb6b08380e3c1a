#include <railwindow/core/error.hpp>
#include <railwindow/io/ledger_file.hpp>
#include <railwindow/io/write_ledger_scores.hpp>

#include <doctest/doctest.h>

#include <sstream>

namespace io_ledger_file_test {

using namespace railwindow;

namespace {

Instant at(std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }

LedgerForecast whole() {
    LedgerForecast one;
    one.command = "run";
    one.made = one.as_of = at(1'700'000'000);
    one.version = "0.1.0";
    one.model = std::string(64, 'a');
    one.seed = 18'446'744'073'709'551'615u;
    one.runs = 65'536;
    one.scenario = "journey";
    one.question = "When, \"if at all\", is it there?";
    one.changes = {"edits.train.cars: 26"};
    one.start = at(1'700'100'000);
    one.levels = {0.05, 0.5, 0.95};
    one.routes = {{"route-1", 0.75}, {"route-2", 0.25}};
    one.targets = {{"khasan", "Khasan", "arrive", "Asia/Vladivostok", 0.99, {at(1'700'103'600), at(1'700'107'200), at(1'700'118'000)}}};
    return one;
}

// The first finding, as `line: subject: what`.
std::string refusal(const std::string& text) {
    try {
        read_ledger(text, "ledger.jsonl");
    } catch (const InputError& error) {
        return to_string(error.findings().front());
    }
    return "";
}

std::string replaced(std::string text, const std::string& old, const std::string& by) {
    const std::size_t found = text.find(old);
    REQUIRE(found != std::string::npos);
    return text.replace(found, old.size(), by);
}

}  // namespace

TEST_CASE("law: what a line of a ledger says is read as it was written") {
    LedgerForecast departing = whole();
    departing.targets.clear();
    departing.deadline = LedgerDeadline{"pyongyang",       "Asia/Pyongyang",           "khasan", "Asia/Vladivostok", at(1'700'200'000), 0.95,
                                        at(1'700'100'000), {{at(1'700'100'000), 0.96}}};
    const std::string text = ledger_line(whole()) + ledger_line(departing);
    CHECK(text.starts_with(ledger_line_begin));
    const std::vector<LedgerForecast> read = read_ledger(text, "ledger.jsonl");
    REQUIRE(read.size() == 2);
    CHECK(ledger_line(read[0]) + ledger_line(read[1]) == text);
    CHECK(read[0].seed == whole().seed);
    CHECK(read[0].targets[0].quantiles[2] == at(1'700'118'000));
    CHECK(read[1].deadline->trials[0].in_time == 0.96);
    CHECK(read[1].place.line == 2);
}

TEST_CASE("law: a line that was never finished is no line of the ledger") {
    const std::string line = ledger_line(whole());
    for (const std::size_t cut : {std::size_t{1}, line.size() / 2, line.size() - 1}) CHECK(read_ledger(line + line.substr(0, cut), "").size() == 1);
    CHECK(read_ledger("", "").empty());
}

TEST_CASE("law: broken lines and those of other files are refused by file and line") {
    const std::string line = ledger_line(whole());
    CHECK(refusal(line + line.substr(0, line.size() / 2) + "\n").find("ledger.jsonl:2:1: this line is no JSON") == 0);
    CHECK(refusal(line + "{\"schema\":\"other/1\"}\n").find("ledger.jsonl:2:1: this is no forecast of a ledger") == 0);
    CHECK(refusal("\n" + line).find("ledger.jsonl:1:1: ") == 0);
    CHECK(refusal(line + replaced(line, "\"seed\":", "\"sed\":")).find("ledger.jsonl:2:1: seed: is missing") == 0);
    CHECK(refusal(replaced(line, "0.95]", "0.45]")).find("levels: are not rising") != std::string::npos);
    CHECK(refusal(replaced(line, "[3600,7200,", "[7200,3600,")).find("khasan: has quantiles that go backwards") != std::string::npos);
    CHECK(refusal(replaced(line, "[3600,7200,", "[3600,")).find("khasan: has 2 times for 3 levels") != std::string::npos);
    CHECK(refusal(replaced(line, "\"probability\":0.99", "\"probability\":1.99")).find("probability: is 1.99, which is no probability") !=
          std::string::npos);
    CHECK(refusal(replaced(line, "Asia/Vladivostok", "Asia/Nowhere")).find("time_zone: is 'Asia/Nowhere'") != std::string::npos);
    CHECK(refusal(replaced(line, "\"made\":\"2023", "\"made\":\"Tuesday 2023")).find("made: ") != std::string::npos);
    CHECK(refusal(replaced(line, "\"runs\":65536", "\"runs\":\"many\"")).find("runs: has the wrong type") != std::string::npos);
}

TEST_CASE("law: outcomes are read from CSV, with offsets or local to the place, and refused by file and line") {
    const std::string head = "journey,station,event,low,high,source\n";
    const auto rows = read_outcomes(head +
                                        "a,khasan,arrive,2019-04-24 10:30,2019-04-24 10:40,\"TASS, \"\"about\"\"\"\r\n\n"
                                        "a,ussuriysk,pass,2019-04-24T14:00+10:00,2019-04-24T14:00+10:00,RIA\n",
                                    "o.csv");
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].source == "TASS, \"about\"");
    CHECK(rows[0].local_low->local.hour == 10);
    CHECK_FALSE(rows[0].low);
    CHECK(*rows[1].low == Instant{std::chrono::seconds{1'556'078'400}});
    CHECK(rows[1].place.line == 4);
    const auto refused = [&](const std::string& text) {
        try {
            read_outcomes(text, "o.csv");
        } catch (const InputError& error) {
            return to_string(error.findings().front());
        }
        return std::string{};
    };
    CHECK(refused("journey,station\n").find("o.csv:1:1: the first line does not name the columns") == 0);
    CHECK(refused(head + "a,khasan,arrive,2019-04-24 10:30\n").find("o.csv:2:1: 4 cells for 6 columns") == 0);
    CHECK(refused(head + "a,khasan,arrives,2019-04-24 10:30,2019-04-24 10:40,x\n").find("did you mean 'arrive'") != std::string::npos);
    CHECK(refused(head + "a,khasan,arrive,10:30,2019-04-24 10:40,x\n").find("o.csv:2:1: low: ") == 0);
    CHECK(refused(head + "a,khasan,arrive,2019-04-24T10:50Z,2019-04-24T10:40Z,x\n").find("is later than high") != std::string::npos);
    CHECK(refused(head + "a,khasan,arrive,2019-04-24T10:30Z,2019-04-24 10:40,x\n").find("one bound has an offset") != std::string::npos);
}

TEST_CASE("exact: a forecast hub gets hours since the time origin by quantile, and probabilities") {
    std::ostringstream out;
    write_hub(out, {whole()});
    const std::string csv = out.str();
    CHECK(csv.starts_with("model_id,origin_time,journey,location,target,time_origin,output_type,output_type_id,value\n"));
    const std::string task = "railwindow-0.1.0-aaaaaaaa,2023-11-14T22:13:20Z,journey,khasan,";
    CHECK(csv.find(task + "arrive hours,2023-11-16T02:00:00Z,quantile,0.05,1.000000\n") != std::string::npos);
    CHECK(csv.find(task + "arrive hours,2023-11-16T02:00:00Z,quantile,0.95,5.000000\n") != std::string::npos);
    CHECK(csv.find(task + "reached,2023-11-16T02:00:00Z,pmf,yes,0.99\n") != std::string::npos);
    const std::vector<LedgerForecast> forecasts{whole()};
    const std::vector<LedgerObservation> known{{"journey", "khasan", "arrive", at(1'700'107'200), at(1'700'110'800), {}, {}, "drawn", {}}};
    const LedgerScores scores = score_ledger(forecasts, known);
    std::ostringstream oracle;
    write_hub_oracle(oracle, {forecasts, known, scores});
    CHECK(oracle.str() ==
          "origin_time,journey,location,target,time_origin,output_type,output_type_id,oracle_value\n"
          "2023-11-14T22:13:20Z,journey,khasan,arrive hours,2023-11-16T02:00:00Z,quantile,NA,2.500000\n");
}

}  // namespace io_ledger_file_test
