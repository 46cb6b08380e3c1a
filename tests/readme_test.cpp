// The blocks of README between `BEGIN OUTPUT: COMMAND` and `END OUTPUT` hold what the command prints. `tools/renew` writes them anew.

#include <support/files.hpp>
#include <support/process.hpp>
#include <support/renewal.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <glob.h>

#include <sstream>

namespace readme_test {

using namespace railwindow;

namespace {

const std::string begin_mark = "<!-- BEGIN OUTPUT: ", end_mark = "<!-- END OUTPUT -->", goes_on = "    ...\n";

// The words of `tools/run ...` as `railwindow` gets them in the source tree.
std::vector<std::string> arguments_of(const std::string& command) {
    std::istringstream in{command};
    std::vector<std::string> words;
    std::string word;
    in >> word;
    REQUIRE(word == "tools/run");
    while (in >> word) {
        if (words.empty() && word.ends_with(".yaml")) words.push_back("run");
        if (word.find('*') == std::string::npos) {
            words.push_back(word);
            continue;
        }
        glob_t found{};
        REQUIRE(::glob(source(word).c_str(), 0, nullptr, &found) == 0);
        for (std::size_t i = 0; i < found.gl_pathc; ++i) words.emplace_back(found.gl_pathv[i]);
        ::globfree(&found);
    }
    return words;
}

std::string indented(const std::string& text) {
    std::istringstream in{text};
    std::string shown;
    for (std::string line; std::getline(in, line);) shown += line.empty() ? "\n" : "    " + line + '\n';
    return shown;
}

// What the block is to hold: all that is printed, or the part up to the empty line before which the block breaks off with `...`.
std::string expected_block(const std::string& shown, const std::string& printed) {
    const std::string all = indented(printed);
    if (!shown.ends_with(goes_on)) return all;
    const auto paragraphs = [](const std::string& text, std::size_t from = 0) {
        std::size_t count = 0;
        for (std::size_t at = from; (at = text.find("\n\n", at)) != std::string::npos; at += 2) ++count;
        return count;
    };
    std::size_t end = 0;
    for (std::size_t kept = paragraphs(shown.substr(0, shown.size() - goes_on.size())); kept > 0; --kept) end = all.find("\n\n", end) + 2;
    return all.substr(0, end) + goes_on;
}

}  // namespace

TEST_CASE("golden: README shows what its commands print" * doctest::test_suite("slow")) {
    const std::string path = source("README.md");
    std::string readme = contents(path);
    std::size_t blocks = 0;
    for (std::size_t at = 0; (at = readme.find(begin_mark, at)) != std::string::npos; ++blocks) {
        const std::size_t command = at + begin_mark.size(), begin = readme.find("-->\n\n", command) + 5, end = readme.find("\n" + end_mark, begin);
        REQUIRE(end != std::string::npos);
        const std::string called = readme.substr(command, begin - command - 6);
        CAPTURE(called);
        const Outcome outcome =
            railwindow_tool(arguments_of(called), {.folder = source(""), .environment = {"LC_ALL=C.UTF-8"}, .limit_ms = 1'200'000});
        INFO(outcome.err);
        REQUIRE(outcome.status == 0);
        const std::string shown = readme.substr(begin, end - begin), expected = expected_block(shown, outcome.out);
        if (renewing())
            readme.replace(begin, end - begin, expected);
        else
            CHECK(shown == expected);
        at = begin;
    }
    CHECK(blocks >= 1);
    if (renewing()) write_file(path, readme);
}

namespace {

// The indented lines behind the line `mark`.
std::vector<std::string> lines_behind(const std::string& mark) {
    std::istringstream in{contents(source("README.md"))};
    std::vector<std::string> lines;
    bool open = false;
    for (std::string line; std::getline(in, line);) {
        if (open && line.rfind("    ", 0) != 0) break;
        if (open) lines.push_back(line.substr(4));
        open = open || line == mark;
    }
    return lines;
}

// Words of a command, quoted ones whole.
std::vector<std::string> words_of(const std::string& command) {
    std::vector<std::string> words(1);
    bool quoted = false;
    for (const char c : command) {
        if (c == '\'')
            quoted = !quoted;
        else if (c == ' ' && !quoted)
            words.emplace_back();
        else
            words.back() += c;
    }
    words.erase(words.begin());  // tools/run
    if (words.front().ends_with(".yaml")) words.insert(words.begin(), "run");
    return words;
}

}  // namespace

TEST_CASE("cli: README's commands about the ledger run one after the other") {
    const OwnFolder folder;
    folder.copy_committed();
    std::string outcomes;
    for (const std::string& line : lines_behind("<!-- FILE outcomes.csv -->")) outcomes += line + '\n';
    write_file(folder / "outcomes.csv", outcomes);
    const std::vector<std::string> commands = lines_behind("<!-- RUN -->");
    REQUIRE(commands.size() == 5);
    std::string scored;
    for (const std::string& command : commands) {
        std::vector<std::string> words = words_of(command);
        if (words.front() != "backtest") words.insert(words.end(), {"--runs", "300", "--quiet"});
        const Outcome outcome = railwindow_tool(words, {.folder = folder.path().string(), .limit_ms = 120'000});
        INFO(command << "\n" << outcome.err);
        REQUIRE(outcome.status == 0);
        if (words.front() == "backtest") scored += outcome.out;
    }
    CHECK(scored.find("Made afterwards") != std::string::npos);
    CHECK(scored.find("Not forecast in this ledger") == std::string::npos);
    CHECK(contents(folder / "model-output.csv").find(",quantile,0.5,") != std::string::npos);
    CHECK(contents(folder / "oracle-output.csv").find(",quantile,NA,") != std::string::npos);
}

}  // namespace readme_test
