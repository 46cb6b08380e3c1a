#include <railwindow/core/error.hpp>
#include <railwindow/io/yaml_writer.hpp>
#include <support/properties.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace io_yaml_writer_test {

using namespace railwindow;

namespace {

bool same(const YamlNode& a, const YamlNode& b) {
    if (a.kind != b.kind || a.text != b.text || a.items.size() != b.items.size() || a.entries.size() != b.entries.size()) return false;
    for (std::size_t i = 0; i < a.items.size(); ++i)
        if (!same(a.items[i], b.items[i])) return false;
    for (std::size_t i = 0; i < a.entries.size(); ++i)
        if (a.entries[i].key.text != b.entries[i].key.text || !same(a.entries[i].value, b.entries[i].value)) return false;
    return true;
}

const std::vector<std::string> awkward{"",          " ",      "a: b",      "a #b",  "- a",   "-",    "~",    "null",  "NULL",     "true",
                                       "[a]",       "{a: b}", "'",         "\"",    "it's",  "a\nb", "a\tb", "\\n",   "%YAML",    "@a",
                                       "`a`",       "&a",     "*a",        "!!str", "| a",   "> a",  "a, b", "a]",    "a}",       "?",
                                       "? a",       ":",      "a:",        " a",    "a ",    "---",  "...",  "12 km", "-3 %",     "1e9",
                                       "0.5 m/s^2", "a\r\nb", "Đồng Đăng", "=",     "a - b", "#",    "\\",   "x\\",   "\"a\": b", "2000-01-01 00:00"};

}  // namespace

TEST_CASE("exact: maps stand in blocks, what is in a list on one line, quotes only where they are needed") {
    const YamlNode root = yaml_map(
        {{"name", yaml_scalar("A: the line")},
         {"lines",
          yaml_map(
              {{"a", yaml_map({{"gauges", yaml_texts({"1435 mm", "1520 mm"})},
                               {"limits", yaml_list(std::vector{yaml_map({{"at", yaml_scalar("0 km")}, {"limit", yaml_scalar("60 km/h")}})})}})}})},
         {"none", yaml_texts({})}});
    CHECK(yaml_text(root) ==
          "name: \"A: the line\"\n"
          "lines:\n"
          "  a:\n"
          "    gauges: [1435 mm, 1520 mm]\n"
          "    limits:\n"
          "      - {at: 0 km, limit: 60 km/h}\n"
          "none: []\n");
}

TEST_CASE("law: whatever a text looks like, it is read back as it was, as key, value and item") {
    for (const std::string& text : awkward) {
        CAPTURE(text);
        const YamlNode value = yaml_map(
            {{"k", yaml_scalar(text)}, {"list", yaml_texts({text, text})}, {"map", yaml_list(std::vector{yaml_map({{"k", yaml_scalar(text)}})})}});
        CHECK(same(parse_yaml(yaml_text(value), "f"), value));
        if (text.find('\n') != std::string::npos) continue;
        const YamlNode key = yaml_map({{text, yaml_scalar("v")}, {"in", yaml_list(std::vector{yaml_map({{text, yaml_scalar("v")}})})}});
        CHECK(same(parse_yaml(yaml_text(key), "f"), key));
    }
}

TEST_CASE("law: a tree survives being written and read") {
    holds("texts made of anything that YAML gives a meaning to", [](const std::vector<std::uint8_t>& picks) {
        const std::string signs = "ab1 :#-?,[]{}&*!|>'\"%@`~\\\n\t=.";
        std::string text;
        for (const std::uint8_t pick : picks) text += signs[pick % signs.size()];
        const YamlNode root = yaml_map({{"k", yaml_scalar(text)}, {"l", yaml_texts({text, "b"})}});
        RC_ASSERT(same(parse_yaml(yaml_text(root), "f"), root));
    });
}

}  // namespace io_yaml_writer_test
