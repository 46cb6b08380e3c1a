// The blocks of README.md and docs/ between `BEGIN OUTPUT: COMMAND` and `END OUTPUT` hold what the command prints. `tools/renew` writes them anew.

#include <support/files.hpp>
#include <support/process.hpp>
#include <support/renewal.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <glob.h>

#include <filesystem>
#include <sstream>

namespace documents_test {

using namespace railwindow;

namespace {

const std::string begin_mark = "<!-- BEGIN OUTPUT: ", end_mark = "<!-- END OUTPUT -->", goes_on = "    ...\n";

// Words of a command behind `tools/run` or `railwindow`, quoted ones whole; those with a star as the files of `folder` that they name.
std::vector<std::string> words_of(const std::string& command, const std::string& folder) {
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
    REQUIRE((words.front() == "tools/run" || words.front() == "railwindow"));
    words.erase(words.begin());
    if (words.front().ends_with(".yaml")) words.insert(words.begin(), "run");
    std::vector<std::string> all;
    for (const std::string& word : words) {
        if (word.find('*') == std::string::npos) {
            all.push_back(word);
            continue;
        }
        glob_t found{};
        REQUIRE(::glob((folder + "/" + word).c_str(), 0, nullptr, &found) == 0);
        for (std::size_t i = 0; i < found.gl_pathc; ++i) all.emplace_back(found.gl_pathv[i]);
        ::globfree(&found);
    }
    return all;
}

// README.md and all that is below docs/.
std::vector<std::string> documents() {
    std::vector<std::string> paths{source("README.md")};
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source("docs")))
        if (entry.path().extension() == ".md") paths.push_back(entry.path().string());
    std::sort(paths.begin(), paths.end());
    return paths;
}

// The indented lines behind the line `mark` of a text, with or without an empty line between them.
std::vector<std::string> lines_behind(const std::string& text, const std::string& mark) {
    std::istringstream in{text};
    std::vector<std::string> lines;
    bool open = false;
    for (std::string line; std::getline(in, line);) {
        if (open && line.empty() && lines.empty()) continue;
        if (open && line.rfind("    ", 0) != 0) break;
        if (open) lines.push_back(line.substr(4));
        open = open || line == mark;
    }
    return lines;
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

TEST_CASE("golden: documents show what their commands print" * doctest::test_suite("slow")) {
    const std::vector<std::string> environment{"LC_ALL=C.UTF-8", "RAILWINDOW_DATA=" + source("")};
    std::size_t blocks = 0, in_readme = 0;
    for (const std::string& path : documents()) {
        CAPTURE(path);
        std::string text = contents(path);
        if (text.find(begin_mark) == std::string::npos) continue;
        const OwnFolder folder;  // with what a clone has, and what the commands of the document make before the first block
        for (const char* part : {"networks", "scenarios"}) std::filesystem::create_directory_symlink(source(part), folder / part);
        for (const std::string& command : lines_behind(text, "<!-- RUN FIRST -->")) {
            const Outcome outcome =
                railwindow_tool(words_of(command, folder.path().string()), {.folder = folder.path().string(), .environment = environment});
            INFO(command << "\n" << outcome.err);
            REQUIRE(outcome.status == 0);
        }
        for (std::size_t at = 0; (at = text.find(begin_mark, at)) != std::string::npos; ++blocks) {
            const std::size_t command = at + begin_mark.size(), begin = text.find("-->\n\n", command) + 5, end = text.find("\n" + end_mark, begin);
            REQUIRE(end != std::string::npos);
            const std::string called = text.substr(command, begin - command - 6);
            CAPTURE(called);
            const Outcome outcome = railwindow_tool(words_of(called, folder.path().string()),
                                                    {.folder = folder.path().string(), .environment = environment, .limit_ms = 1'200'000});
            INFO(outcome.err);
            REQUIRE(outcome.status == 0);
            const std::string shown = text.substr(begin, end - begin), expected = expected_block(shown, outcome.out);
            if (renewing())
                text.replace(begin, end - begin, expected);
            else
                CHECK(shown == expected);
            at = begin;
            in_readme += path == source("README.md") ? 1 : 0;
        }
        if (renewing()) write_file(path, text);
    }
    CHECK(blocks >= 6);
    CHECK(in_readme == 1);
}

TEST_CASE("cli: the commands about the ledger run one after the other, as docs/how-to.md shows them") {
    const std::string text = contents(source("docs/how-to.md"));
    const OwnFolder folder;
    folder.copy_committed();
    std::string outcomes;
    for (const std::string& line : lines_behind(text, "<!-- FILE outcomes.csv -->")) outcomes += line + '\n';
    write_file(folder / "outcomes.csv", outcomes);
    const std::vector<std::string> commands = lines_behind(text, "<!-- RUN -->");
    REQUIRE(commands.size() == 5);
    std::string scored;
    for (const std::string& command : commands) {
        std::vector<std::string> words = words_of(command, folder.path().string());
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

}  // namespace documents_test
