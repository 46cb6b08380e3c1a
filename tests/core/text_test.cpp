#include <railwindow/core/text.hpp>

#include <doctest/doctest.h>

namespace core_text_test {

using namespace railwindow;

TEST_CASE("exact: the near miss is the candidate with the fewest slips") {
    const std::vector<std::string_view> stations{"khasan", "pyongyang", "ussuriysk", "vladivostok", "kowon"};
    CHECK(near_miss("vladivostock", stations) == "vladivostok");  // one letter too many
    CHECK(near_miss("ussurisk", stations) == "ussuriysk");        // one too few
    CHECK(near_miss("kahsan", stations) == "khasan");             // two swapped
    CHECK(near_miss("khosan", stations) == "khasan");             // one wrong
    CHECK(near_miss("khasan", stations) == "khasan");
    CHECK(near_miss("beijing", stations).empty());
    CHECK(near_miss("", stations).empty());
    CHECK(near_miss("khasan", {}).empty());
    CHECK(near_miss(std::string(1'000'000, 'k'), stations).empty());
}

TEST_CASE("exact: the first of equally near candidates wins") {
    CHECK(near_miss("bat", {"cat", "hat"}) == "cat");
    CHECK(near_miss("hat", {"cat", "hat"}) == "hat");
}

TEST_CASE("exact: a suggestion names the near miss, else a short list, else nothing") {
    CHECK(suggestion("dwel", {"dwell", "at"}) == "did you mean 'dwell'?");
    CHECK(suggestion("speed", {"dwell", "at"}) == "known: dwell, at");
    CHECK(suggestion("speed", {}).empty());
    CHECK(suggestion("speed", std::vector<std::string_view>(25, "xxxxxxxxxx")).empty());
}

TEST_CASE("exact: lists and characters") {
    CHECK(listed({}).empty());
    CHECK(listed({"a"}) == "a");
    CHECK(listed({"a", "b", "c"}) == "a, b, c");
    CHECK(listed({"a", "b"}, " - ") == "a - b");
    CHECK(characters("") == 0);
    CHECK(characters("Хасан") == 5);
    CHECK(characters("신학포") == 3);
    CHECK(characters("a\xF0\x9F\x9A\x82z") == 3);
}

TEST_CASE("exact: valid UTF-8 has no bad byte") {
    for (const char* text : {"", "Khasan", "Хасан", "평양", "\xF0\x9F\x9A\x82", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF", "\xC2\x80",
                             "\xE0\xA0\x80", "\xF0\x90\x80\x80"}) {
        CAPTURE(text);
        CHECK(first_invalid_utf8(text) == std::string_view::npos);
    }
}

TEST_CASE("exact: the first byte that is no UTF-8 is found") {
    struct Bad {
        const char* why;
        std::string_view text;
        std::size_t at;
    };
    const Bad bad[]{{"continuation byte alone", "ab\x80", 2},
                    {"overlong '/' in two bytes", "\xC0\xAF", 0},
                    {"overlong in two bytes", "\xC1\xBF", 0},
                    {"overlong in three bytes", "x\xE0\x9F\xBF", 1},
                    {"overlong in four bytes", "\xF0\x8F\xBF\xBF", 0},
                    {"first high surrogate", "\xED\xA0\x80", 0},
                    {"last low surrogate", "\xED\xBF\xBF", 0},
                    {"beyond U+10FFFF", "\xF4\x90\x80\x80", 0},
                    {"lead byte of five", "\xF8\x88\x80\x80\x80", 0},
                    {"never a byte of UTF-8", "Хасан\xFF", 10},
                    {"cut off after one of two", "a\xC3", 1},
                    {"cut off after two of three", "a\xE2\x82", 1},
                    {"cut off after three of four", "a\xF0\x9F\x9A", 1},
                    {"lead byte followed by a letter", "\xC3(", 0},
                    {"third byte is a letter", "\xE2\x82(", 0},
                    {"Latin-1", "Caf\xE9 au lait", 3}};
    for (const Bad& one : bad) {
        CAPTURE(one.why);
        CHECK(first_invalid_utf8(one.text) == one.at);
    }
}

}  // namespace core_text_test
