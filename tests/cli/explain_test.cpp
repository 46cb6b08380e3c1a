// `explain` as users meet it: what the table says first, JSON, CSV, and questions that make no sense.

#include <support/files.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

namespace cli_explain_test {

using namespace railwindow;

namespace {

const std::string vladivostok = committed("scenarios/pyongyang-vladivostok-2019.yaml");

Outcome explained(std::vector<std::string> more, const ProcessOptions& options = {}) {
    std::vector<std::string> all{"explain", vladivostok, "--runs", "1024", "--pairs", "64"};
    all.insert(all.end(), more.begin(), more.end());
    return railwindow_tool(all, options);
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("cli: explain begins with the answer, and keeps to the width of the terminal") {
    for (const char* columns : {"60", "80", "200"}) {
        ProcessOptions options;
        options.environment = {std::string{"COLUMNS="} + columns};
        const Outcome outcome = explained({"--numbers", "--shapley"}, options);
        CAPTURE(columns);
        CHECK(outcome.status == 0);
        CHECK(outcome.err.empty());
        std::istringstream lines{outcome.out};
        std::string text;
        for (std::string line; std::getline(lines, line);) {
            CHECK(line.size() <= static_cast<std::size_t>(std::stoi(columns)));
            text += (text.empty() ? "" : " ") + line.substr(std::min(line.find_first_not_of(' '), line.size()));
        }
        CHECK(holds(text, "Vladivostok: the window of the arrival is "));
        CHECK(text.find("the window of the arrival is ") < text.find("It is so wide above all because of "));
        CHECK(text.find("It is so wide above all because of ") < text.find("What is drawn "));
        CHECK(text.find("What is drawn ") < text.find("A number that is "));
        CHECK(text.find("A number that is ") < text.find("A report from "));
        CHECK(holds(text, "; look there between "));
        CHECK(holds(text, "1,024 simulated journeys, and 16 to 64 pairs of them"));
    }
}

TEST_CASE("cli: explain as JSON has effects, widths and reports in seconds") {
    const Outcome outcome = explained({"--format", "json", "--report-error", "10 min", "--numbers", "--shapley"});
    REQUIRE(outcome.status == 0);
    const auto json = nlohmann::json::parse(outcome.out);
    CHECK(json["schema"] == "railwindow.explanation/1");
    CHECK(json["destination"] == "vladivostok");
    CHECK(json["width_seconds"].get<double>() > 3600);
    REQUIRE(json["groups"].size() > 5);
    double before = 2;
    for (const auto& group : json["groups"]) {
        const double total = group["total"]["value"];
        CHECK(total <= before);
        CHECK(total >= 0);
        before = total;
    }
    double shares = 0;
    for (const auto& group : json["groups"]) shares += group["shapley"]["value"].get<double>();
    CHECK(std::abs(shares - 1) < 0.02);  // what is seldom drawn is not listed
    REQUIRE(json["numbers"].size() > 5);
    CHECK(std::any_of(json["numbers"].begin(), json["numbers"].end(), [](const auto& number) { return number["step"].is_number(); }));
    CHECK(json["numbers"][0]["among_others"]["mean_seconds"].template get<double>() > 0);
    for (const auto& number : json["numbers"]) CHECK(number["low"]["shift_seconds"].contains("p50"));
    CHECK_FALSE(nlohmann::json::parse(explained({"--format", "json"}).out).contains("numbers"));
    REQUIRE(json["reports"].size() > 3);
    for (const auto& report : json["reports"]) {
        REQUIRE(report["known_to"].size() == 1);
        CHECK(report["known_to"][0]["off_seconds"] == 600);
        CHECK(report["time"].contains("p5"));
        CHECK(report["not_by_p50"]["width_seconds"].get<double>() > 0);
    }
}

TEST_CASE("cli: explain as CSV has a row for each group, and for each place and error") {
    const Outcome outcome = explained({"--format", "csv", "--numbers"});
    REQUIRE(outcome.status == 0);
    std::istringstream lines{outcome.out};
    std::string line;
    std::getline(lines, line);
    const auto commas = std::count(line.begin(), line.end(), ',');
    int groups = 0, reports = 0, numbers = 0;
    while (std::getline(lines, line)) {
        groups += line.starts_with("group,");
        numbers += line.starts_with("number,");
        reports += line.starts_with("report,");
        if (!holds(line, "\"")) CHECK(std::count(line.begin(), line.end(), ',') == commas);
    }
    CHECK(groups > 5);
    CHECK(reports > 5);
    CHECK(reports % 2 == 0);
    CHECK(numbers > 10);
}

TEST_CASE("cli: explain takes what-ifs and destinations, and refuses what makes no sense") {
    const Outcome changed = explained({"--set", "journey.regauging=tumangang", "--set", "journey.reception=false"});
    CHECK(changed.status == 0);
    CHECK(holds(changed.out, "journey.regauging"));
    CHECK_FALSE(holds(changed.out, "place of regauging"));
    const Outcome several = railwindow_tool({"explain", committed("scenarios/destinations-2023.yaml"), "--runs", "256", "--pairs", "16"});
    CHECK(several.status != 70);

    struct Wrong {
        std::vector<std::string> more;
        int status;
        std::string_view says;
    };
    for (const Wrong& one : {Wrong{{"--to", "khasan"}, 2, "does not end at khasan"},
                             {{"--to", "vladivostock"}, 2, "vladivostok"},
                             {{"--report-error", "soon"}, 2, "--report-error"},
                             {{"--report-error", "-5 min"}, 2, "negative"},
                             {{"--runs", "8"}, 2, "too few"},
                             {{"--pairs", "0"}, 2, "too few"},
                             {{"--pairs", "-1"}, 64, "-1"},
                             {{"--format", "geojson"}, 64, "geojson"}}) {
        std::vector<std::string> all{"explain", vladivostok};
        all.insert(all.end(), one.more.begin(), one.more.end());
        const Outcome outcome = railwindow_tool(all);
        INFO(one.more[0], " ", one.more[1], "\n", outcome.err);
        CHECK(outcome.status == one.status);
        CHECK(outcome.out.empty());
        CHECK(holds(outcome.err, one.says));
    }
}

}  // namespace cli_explain_test
