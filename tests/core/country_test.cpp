#include <railwindow/core/country.hpp>

#include <doctest/doctest.h>

namespace core_country_test {

using namespace railwindow;

TEST_CASE("exact: codes of countries have two capital letters and are those of ISO 3166") {
    for (const char* code : {"AD", "CN", "KP", "KR", "RU", "VN", "ZW", "XX", "QM", "ZZ"}) {
        CAPTURE(code);
        CHECK(is_country_code(code));
    }
    for (const char* text : {"", "K", "kp", "KPR", "North Korea", "QA ", "QJ", "UK", "A ", " A", "한국"}) {
        CAPTURE(text);
        CHECK_FALSE(is_country_code(text));
    }
    CHECK(is_country_code("QA"));
}

TEST_CASE("found: 2026-11-29 any text went for a country; what is no code is told what it was meant to be") {
    for (const auto& [text, meant] : {std::pair{"KPR", "'KP'"}, {"RUS", "'RU'"}, {"CHN", "'CN'"}, {"PRK", "'KP'"}, {"kp", "'KP'"}, {"Rus", "'RU'"}}) {
        CAPTURE(text);
        CHECK(country_code_remedy(text).find(std::string{"did you mean "} + meant) != std::string::npos);
    }
    CHECK(country_code_remedy("North Korea") == "write the two-letter ISO 3166 code, such as KP, RU or CN");
}

}  // namespace core_country_test
