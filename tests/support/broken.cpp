#include <support/broken.hpp>

#include <railwindow/core/text.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

namespace railwindow {
namespace {

constexpr std::string_view mark = "§";
constexpr int longest_wait_ms = 10'000;  // then it hangs, and is killed

// Takes the mark out of `text`; returns `:line:col` of where it stood, or nothing.
std::string take_mark(std::string& text) {
    const std::size_t at = text.find(mark);
    if (at == std::string::npos) return {};
    text.erase(at, mark.size());
    const std::string before = text.substr(0, at);
    const std::size_t start = before.rfind('\n') == std::string::npos ? 0 : before.rfind('\n') + 1;
    return ':' + std::to_string(std::count(before.begin(), before.end(), '\n') + 1) + ':' + std::to_string(characters(before.substr(start)) + 1);
}

// The first line of `text` that begins with `front`; nothing when there is none.
std::string line_beginning(const std::string& text, const std::string& front) {
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(front)) return line;
    return {};
}

void check_outcome(const OwnFolder& folder, const std::string& scenario, const std::string& front, const Broken& broken) {
    const Outcome outcome =
        railwindow_tool({"run", scenario, "--runs", "10", "--format", "json", "--output", folder / "out/result.json"}, {.limit_ms = longest_wait_ms});
    INFO(broken.what, "\n", outcome.err);
    CHECK(outcome.status == broken.status);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.find("bug") == std::string::npos);
    const std::string line = line_beginning(outcome.err, front + ": ");
    INFO("expected at ", front);
    CHECK_FALSE(line.empty());
    CHECK(line.find(broken.says) != std::string::npos);
    CHECK(folder.count("out") == 0);
    std::filesystem::remove(folder / "out/result.json");  // one failure is enough
}

}  // namespace

void check_refused(const std::vector<Broken>& cases, std::string_view scenario) {
    const OwnFolder folder;
    folder.copy_committed();
    std::filesystem::create_directory(folder / "out");
    for (const Broken& broken : cases) {
        const std::string path = folder / broken.file, before = contents(path);
        const std::size_t at = before.find(broken.part);
        INFO(broken.what);
        REQUIRE(at != std::string::npos);
        std::string after = before;
        after.replace(at, broken.part.size(), broken.into);
        const std::string place = take_mark(after);
        write_file(path, after);
        check_outcome(folder, folder / scenario, broken.status == 3 ? "no answer" : path + place, broken);
        write_file(path, before);
    }
}

void check_refused_text(std::string_view what, std::string_view text, std::string_view place, std::string_view says) {
    const OwnFolder folder;
    std::filesystem::create_directory(folder / "out");
    const std::string path = folder / "broken.yaml";
    write_file(path, text);
    check_outcome(folder, path, path + std::string{place}, {what, {}, {}, {}, says});
}

}  // namespace railwindow
