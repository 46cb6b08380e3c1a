// Names that look alike are alike, in whatever Unicode form they are written.

#include <railwindow/io/composed.hpp>
#include <railwindow/io/overlay.hpp>
#include <railwindow/io/yaml_tree.hpp>
#include <support/files.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>

namespace io_composed_test {

using namespace railwindow;

namespace {

// In forms C and D. Source: Unicode Standard Annex 15, figures 3 and 4, and the code charts of Hangul and Vietnamese letters.
const std::pair<std::string, std::string> pairs[] = {
    {"\u00C5ngstr\u00F6m", "A\u030Angstro\u0308m"},
    {"\uD3C9\uC591", "\u1111\u1167\u11BC\u110B\u1163\u11BC"},                    // Pyongyang
    {"\u0110\u1ED3ng \u0110\u0103ng", "\u0110o\u0302\u0300ng \u0110a\u0306ng"},  // Dong Dang
    {"\u0423\u0441\u0441\u0443\u0440\u0438\u0439\u0441\u043A", "\u0423\u0441\u0441\u0443\u0440\u0438\u0438\u0306\u0441\u043A"},
};

}  // namespace

TEST_CASE("exact: letters and their marks are composed, and nothing else changes") {
    for (const auto& [c, d] : pairs) {
        CAPTURE(c);
        CHECK(c != d);
        CHECK(composed(d) == c);
        CHECK(composed(c) == c);
    }
    CHECK(composed("Khasan") == "Khasan");
    CHECK(composed("") == "");
    CHECK(composed("60\u00A0km\uFB01") == "60\u00A0km\uFB01");  // no-break space and ligature stay what they are
}

TEST_CASE("found: 2026-11-29 a name in another Unicode form was another name") {
    for (const auto& [c, d] : pairs) {
        const YamlNode root = parse_yaml(d + ": " + d + "\n", "f");
        CHECK(root.entries.front().key.text == c);
        CHECK(root.entries.front().value.text == c);
        CHECK(parse_assignment("journey.to=" + d, "--set").value.text == c);
    }
    const Outcome outcome = railwindow_tool({"routes", "--networks", committed("networks/primorye.yaml"), "--train",
                                             committed("networks/rolling-stock/special-train.yaml"), "--from", "khasan", "--to", pairs[1].second});
    CHECK(outcome.status == 2);
    CHECK(outcome.err.find(pairs[1].first) != std::string::npos);
}

TEST_CASE("exact: a file is found by its name in either form") {
    const OwnFolder folder;
    write_file(folder / pairs[0].second, "in form D");
    CHECK(read_text_file(folder / pairs[0].first) == "in form D");
    write_file(folder / pairs[1].first, "in form C");
    CHECK(read_text_file(folder / pairs[1].second) == "in form C");
    write_file(folder / pairs[0].first, "of that very name");
    CHECK(read_text_file(folder / pairs[0].first) == "of that very name");
    CHECK(path_in_any_form(folder / pairs[2].first) == folder / pairs[2].first);
}

}  // namespace io_composed_test
