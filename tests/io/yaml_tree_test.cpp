#include <railwindow/io/yaml_tree.hpp>
#include <support/files.hpp>

#include <doctest/doctest.h>

namespace io_yaml_tree_test {

using namespace railwindow;

namespace {

// `line:col: what; remedy` of the refusal, or "accepted".
std::string refusal(std::string_view text, const YamlLimits& limits = {}) {
    try {
        parse_yaml(text, "f", limits);
    } catch (const InputError& error) {
        return std::string{error.what()}.substr(2);
    }
    return "accepted";
}

bool refused(std::string_view text, std::string_view place, std::string_view says = {}) {
    const std::string why = refusal(text);
    INFO(text, "\n", why);
    const bool right = why.starts_with(place) && why.find(says) != std::string::npos;
    CHECK(right);
    return right;
}

}  // namespace

TEST_CASE("exact: a document becomes a tree whose nodes know their places") {
    const YamlNode root = parse_yaml("# head\nname: Хасан # tail\nlist: [1, \"two words\", {x: ~}]\n", "f");
    CHECK(root.kind == YamlNode::Kind::map);
    REQUIRE(root.entries.size() == 2);
    CHECK(root.find("name")->text == "Хасан");
    CHECK(root.find("nothing") == nullptr);
    const YamlNode& list = *root.find("list");
    REQUIRE(list.items.size() == 3);
    CHECK(list.items[1].text == "two words");
    CHECK(list.items[1].line == 3);
    CHECK(list.items[1].column == 11);
    CHECK(list.items[2].find("x")->kind == YamlNode::Kind::null);
}

TEST_CASE("exact: scalars keep their text, whatever other programs would make of it") {
    for (const char* text : {"010", "0x1F", "yes", "on", ".nan", ".inf", "1e5", "true", "2019-04-23 18:00"}) {
        CAPTURE(text);
        const YamlNode root = parse_yaml(std::string{"k: "} + text, "f");
        CHECK(root.find("k")->text == text);
    }
}

TEST_CASE("exact: columns count characters, also behind text of several bytes") {
    CHECK(parse_yaml("{Хасан: 평양, b: c}", "f").find("b")->column == 16);
    CHECK(refused("{평양: 1, 평양: 2}", "1:9: ", "written twice"));
    CHECK(refused("Хасан: &x 1", "1:8: ", "anchors"));
    CHECK(refused("Хасан: \xFF", "1:8: ", "UTF-8"));
}

TEST_CASE("found: 2026-11-23 the place of a syntax error counts characters") {
    CHECK(refused("to: 'Владивосток' x: y\n", "1:19: ", "no valid YAML"));
    CHECK(refused("a: b\nто: 'Владивосток' x: y\n", "2:19: ", "no valid YAML"));
}

TEST_CASE("exact: what the library lets through is refused") {
    CHECK(refused("a: 1\nb: 2\na: 3\n", "3:1: ", "'a' is written twice"));
    CHECK(refused("x:\n  a: 1\n  a: 2\n", "3:3: ", "'a' is written twice"));
    CHECK(refused("'a': 1\n\"a\": 2\n", "2:1: ", "'a' is written twice"));
    CHECK(refused("a: 1\n---\nb: 2\n", "3:1: ", "second document"));
    CHECK(refused("a: 1\n...\nb: 2\n", "3:1: ", "second document"));
    CHECK(refused("a: &x 1\n", "1:4: ", "anchors"));
    CHECK(refused("a: &x [1, *x]\n", "1:4: ", "anchors"));
    CHECK(refused("a: [1, *x]\n", "1:8: "));
    CHECK(refused("a: !!int 1\n", "1:4: ", "tags"));
    CHECK(refused("a: !mine {b: 1}\n", "1:4: ", "tags"));
    CHECK(refused("<<: {a: 1}\n", "1:1: ", "merge keys"));
    CHECK(refused("[a]: 1\n", "1:1: ", "plain text"));
    CHECK(refused(": 1\n", "1:1: ", "key is missing"));
    CHECK(refused("a: \"b\n", "1:4: ", "never closed"));
    CHECK(refused("a: 'b\n", "1:4: ", "never closed"));
    CHECK(refused("a: \"b\\\"\n", "1:4: ", "never closed"));
    CHECK(refused("a: [1, 2\n", "2:1: ", "no valid YAML"));
    CHECK(refused("a: {b: 1\n", "2:1: ", "no valid YAML"));
    CHECK(refused("", "1:1: ", "empty"));
    CHECK(refused("---\n", "1:1: ", "empty"));
    CHECK(refused("~\n", "1:1: ", "empty"));
}

TEST_CASE("found: 2026-11-23 a doubled quote does not close a text") {
    CHECK(refused("a: 'b''c\n", "1:4: ", "never closed"));
    CHECK(refused("a: 'b''", "1:8: ", "no valid YAML"));
    CHECK(parse_yaml("a: 'b''c'", "f").find("a")->text == "b'c");
    CHECK(parse_yaml("a: ''", "f").find("a")->text.empty());
    CHECK(parse_yaml("a: ''''", "f").find("a")->text == "'");
}

TEST_CASE("found: 2026-11-23 control characters are refused, written or escaped") {
    CHECK(refused("a: b\nc: d\x04\n", "2:5: ", "U+0004"));  // the library takes it for the end of the file
    CHECK(refused("# \x1b[31m\na: b\n", "1:3: ", "U+001B"));
    CHECK(refused(std::string_view{"a: b # \0\n", 9}, "1:8: ", "U+0000"));
    CHECK(refused("a: \"\\0\"\n", "1:4: ", "U+0000"));
    CHECK(refused("a: \"\\e[31m\"\n", "1:4: ", "U+001B"));
    CHECK(parse_yaml("a: \"b\\tc\\n\"\r\n", "f").find("a")->text == "b\tc\n");
}

TEST_CASE("found: 2026-11-23 a key without a value is placed at the key") {
    const YamlNode root = parse_yaml("a:\nb: 1\n", "f");
    CHECK(root.find("a")->kind == YamlNode::Kind::null);
    CHECK(root.find("a")->line == 1);
    CHECK(root.find("a")->column == 1);
}

TEST_CASE("exact: texts may span lines and hold quotes") {
    CHECK(parse_yaml("a: >-\n  one\n  \"two\"\nb: 1\n", "f").find("a")->text == "one \"two\"");
    CHECK(parse_yaml("a: |\n  one\n  two\n", "f").find("a")->text == "one\ntwo\n");
    CHECK(parse_yaml("a: 'one\n  two'\n", "f").find("a")->text == "one two");
    CHECK(parse_yaml("a: \"it's \\\"so\\\"\"\n", "f").find("a")->text == "it's \"so\"");
    CHECK(parse_yaml("\xEF\xBB\xBF"
                     "a: 1\r\nb: 2\r\n",
                     "f")
              .find("b")
              ->line == 2);
}

TEST_CASE("exact: depth and size have limits, which are the caller's") {
    const auto nested = [](int depth) {
        return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
    };
    CHECK(refusal(nested(64)) == "accepted");
    CHECK(refusal(nested(65)).find("1:65: nested deeper than 64 levels") == 0);
    CHECK(refusal(nested(3), {.depth = 2}).find("1:3: nested deeper than 2") == 0);
    CHECK(refusal("a: 1", {.bytes = 4}) == "accepted");
    CHECK(refusal("a: 10", {.bytes = 4}).find("the file has 5 bytes; the limit is 4") != std::string::npos);
    CHECK(refusal(std::string(100'000, '[')) != "accepted");
}

TEST_CASE("exact: a node is described in whole characters") {
    YamlNode node{.kind = YamlNode::Kind::scalar, .text = "60", .items = {}, .entries = {}};
    CHECK(described(node) == "'60'");
    node.text = std::string(59, 'x') + "ящик";  // the cut at 60 bytes falls into a letter
    CHECK(described(node) == "'" + std::string(59, 'x') + "...'");
    CHECK(described({.kind = YamlNode::Kind::map, .text = {}, .items = {}, .entries = {}}) == "a map");
    CHECK(described({}) == "nothing");
}

TEST_CASE("exact: files are read whole or refused by name") {
    const OwnFolder folder;
    write_file(folder / "a.yaml", "a: 1\n");
    CHECK(read_text_file(folder / "a.yaml") == "a: 1\n");
    CHECK_THROWS_WITH_AS(read_text_file(folder / "b.yaml"), doctest::Contains("there is no such file"), InputError);
    CHECK_THROWS_WITH_AS(read_text_file(folder.path().string()), doctest::Contains("directory"), InputError);
    CHECK_THROWS_WITH_AS(read_text_file(folder / "a.yaml", {.bytes = 3}), doctest::Contains("the limit is 3"), InputError);
    CHECK_THROWS_WITH_AS(read_text_file("/dev/zero", {.bytes = 100'000}), doctest::Contains("the limit is 100000"), InputError);
}

}  // namespace io_yaml_tree_test
