// `run --report FILE --interactive` as it is used. What the page answers is tested in a browser (tools/report/test) and in Node (tests/wasm).

#include <support/files.hpp>
#include <support/page.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace cli_interactive_test {

using namespace railwindow;
using Json = nlohmann::ordered_json;

namespace {

const std::string journey = committed("scenarios/pyongyang-vladivostok-2019.yaml");

Outcome page_of(const std::string& file, const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"run", journey, "--runs", "200", "--quiet", "--report", file, "--interactive"};
    words.insert(words.end(), more.begin(), more.end());
    return railwindow_tool(words);
}

void check_refused(const std::vector<std::string>& words, int status, std::string_view text) {
    const Outcome outcome = railwindow_tool(words);
    CAPTURE(outcome.err);
    CHECK(outcome.status == status);
    CHECK(outcome.err.find(text) != std::string::npos);
    CHECK(outcome.out.empty());
}

}  // namespace

TEST_CASE("cli: a page that answers has the engine, the files and the controls of its question, and nothing of where these lie") {
    const OwnFolder folder;
    const Outcome plain = railwindow_tool({"run", journey, "--runs", "200", "--quiet"});
    const Outcome made = page_of(folder / "page.html");
    REQUIRE(made.status == 0);
    CHECK(made.out == plain.out);
    CHECK(made.err.empty());
    const std::string page = contents(folder / "page.html");
    CHECK(page.size() < 2'000'000);
    CHECK(page.find("'wasm-unsafe-eval' blob:; style-src") != std::string::npos);
    CHECK(page.find("default-src 'none'") != std::string::npos);
    CHECK(page.find(committed("")) == std::string::npos);
    const Json question = document_of(page)["interactive"];
    CHECK(question["scenario"] == "scenarios/pyongyang-vladivostok-2019.yaml");
    CHECK(question["runs"] == 200);
    CHECK(question["seed"] == "1");
    std::vector<std::string> controls;
    for (const Json& control : question["controls"]) controls.push_back(control["id"]);
    for (const char* wanted : {"depart", "stay-0", "receptions", "regauging", "cars", "pace-KP", "pace-RU", "variant"}) {
        INFO(wanted);
        CHECK(std::count(controls.begin(), controls.end(), wanted) == 1);
    }
    CHECK(std::count(controls.begin(), controls.end(), "to") == 0);  // nothing is left open there
    CHECK(contents(folder / "page.html") == (page_of(folder / "again.html"), contents(folder / "again.html")));
}

TEST_CASE("cli: a plain page has nothing of the engine, and may not run any") {
    const OwnFolder folder;
    REQUIRE(railwindow_tool({"run", journey, "--runs", "200", "--quiet", "--report", folder / "page.html"}).status == 0);
    const std::string page = contents(folder / "page.html");
    CHECK(page.size() < 700'000);
    for (const char* word : {"wasm", "worker-src", "id=\"engine\""}) CHECK(page.find(word) == std::string::npos);
    CHECK_FALSE(document_of(page).contains("interactive"));
}

TEST_CASE("cli: what the command line changed is part of the page's question") {
    const OwnFolder folder;
    REQUIRE(
        page_of(folder / "page.html", {"--set", "edits.train.cars=24", "--variant", "turn-at-baranovsky", "--seed", "18446744073709551615"}).status ==
        0);
    const Json question = document_of(contents(folder / "page.html"))["interactive"];
    CHECK(question["sets"] == Json{"edits.train.cars=24"});
    CHECK(question["variant"] == "turn-at-baranovsky");
    CHECK(question["seed"] == "18446744073709551615");
    for (const Json& control : question["controls"])
        if (control["id"] == "cars") CHECK(control["value"] == 24);
}

TEST_CASE("cli: --interactive says where it goes") {
    const OwnFolder folder;
    check_refused({"run", journey, "--interactive"}, 64, "--interactive: needs --report FILE.html");
    check_refused({"compare", journey, "--report", folder / "page.html", "--interactive"}, 64, "only pages of `run` answer");
    check_refused({"infer", journey, "--interactive", "--report", folder / "page.html"}, 64, "run SCENARIO --report FILE.html --interactive");
    check_refused({"run", journey, "--part", "1/2", "--interactive", "--output", folder / "1.rwpart"}, 64, "--interactive");
    CHECK(folder.count(".") == 0);
}

TEST_CASE("cli: parts make the same page that answers as one process does") {
    const OwnFolder folder;
    for (const char* part : {"1", "2"})
        REQUIRE(railwindow_tool({"run", journey, "--runs", "600", "--quiet", "--with-page", "--part", std::string{part} + "/2", "--output",
                                 folder / (std::string{part} + ".rwpart")})
                    .status == 0);
    const std::vector<std::string> parts{folder / "1.rwpart", folder / "2.rwpart"};
    const Outcome merged = railwindow_tool({"merge", parts[0], parts[1], "--report", folder / "merged.html", "--interactive"});
    CAPTURE(merged.err);
    REQUIRE(merged.status == 0);
    REQUIRE(railwindow_tool({"run", journey, "--runs", "600", "--quiet", "--report", folder / "one.html", "--interactive"}).status == 0);
    CHECK(contents(folder / "merged.html") == contents(folder / "one.html"));
    check_refused({"merge", parts[0], parts[1], "--interactive"}, 64, "--interactive: needs --report FILE.html");
}

}  // namespace cli_interactive_test
