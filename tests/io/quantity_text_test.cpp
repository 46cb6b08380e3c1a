#include <railwindow/io/quantity_text.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

namespace io_quantity_text_test {

using namespace railwindow;

namespace {

template <class Q>
Q quantity(std::string_view text) {
    const auto value = parse_quantity(text, quantity_kind<Q>());
    INFO(text);
    REQUIRE(std::holds_alternative<double>(value));
    return from_si<Q>(std::get<double>(value));
}

template <class Q>
std::string refusal(std::string_view text) {
    const auto value = parse_quantity(text, quantity_kind<Q>());
    const auto* error = std::get_if<QuantityError>(&value);
    return error ? error->what + "; " + error->remedy : "accepted";
}

std::string refusal(std::string_view number) {
    const auto value = parse_number(number);
    const auto* error = std::get_if<QuantityError>(&value);
    return error ? error->what : "accepted";
}

}  // namespace

TEST_CASE("found: 2026-11-29 other spaces and decimal commas are named, with what would be right") {
    CHECK(refusal<Speed>("60\u00A0km/h") == "'60\u00A0km/h' holds the character U+00A0, no-break space; write '60 km/h' with plain spaces");
    CHECK(refusal<Duration>("1\u202Fh 30\u202Fmin").find("U+202F, narrow no-break space; write '1 h 30 min'") != std::string::npos);
    CHECK(refusal<Speed>("60,5 km/h") == "'60,5 km/h' has a comma where a decimal point is due; write 60.5 km/h");
    CHECK(refusal<Length>("0,25km") == "'0,25km' has a comma where a decimal point is due; write 0.25km");
    CHECK(refusal("0,5") == "'0,5' has a comma where a decimal point is due");
}

TEST_CASE("exact: every unit is read") {
    CHECK(near(quantity<Length>("12.5 km"), 12500 * m, 1e-9 * m));
    CHECK(near(quantity<Length>("1520 mm"), 1.52 * m, 1e-12 * m));
    CHECK(quantity<Length>("3 m") == 3 * m);
    CHECK(near(quantity<Speed>("60 km/h"), 60 * km / h, 1e-12 * (m / s)));
    CHECK(quantity<Speed>("20 m/s") == 20 * m / s);
    CHECK(quantity<Duration>("2 d") == 48 * h);
    CHECK(quantity<Duration>("45 min") == 45 * minute);
    CHECK(quantity<Duration>("30 s") == 30 * s);
    CHECK(quantity<Mass>("61 t") == 61 * t);
    CHECK(quantity<Mass>("900 kg") == 900 * kg);
    CHECK(near(quantity<Force>("319 kN"), 319 * kN, 1e-9 * N));
    CHECK(quantity<Power>("2250 kW") == 2250 * kW);
    CHECK(quantity<Power>("3 MW") == 3000 * kW);
    CHECK(near(quantity<Gradient>("12 permille").ratio, 0.012, 1e-15));
    CHECK(near(quantity<Gradient>("-1.2 %").ratio, -0.012, 1e-15));
    CHECK(near(to_si(quantity<Acceleration>("0.35 m/s^2")), 0.35, 1e-15));
}

TEST_CASE("exact: miles, feet and gradients as other railways write them") {
    CHECK(near(quantity<Length>("1 mi"), 1609.344 * m, 1e-9 * m));
    CHECK(quantity<Length>("2 miles") == 2.0 * quantity<Length>("1 mi"));
    CHECK(near(quantity<Length>("5280 ft"), quantity<Length>("1 mi"), 1e-9 * m));
    CHECK(quantity<Length>("3 feet") == quantity<Length>("3 ft"));
    CHECK(near(quantity<Speed>("60 mph"), 96.56064 * km / h, 1e-9 * (m / s)));
    CHECK(near(quantity<Gradient>("12 ‰").ratio, 0.012, 1e-15));
    CHECK(near(quantity<Gradient>("12.5‰").ratio, 0.0125, 1e-15));
    CHECK(near(quantity<Gradient>("1 in 80").ratio, 0.0125, 1e-15));
    CHECK(near(quantity<Gradient>("-1 in 40").ratio, -0.025, 1e-15));
    for (const char* text : {"1 in 0", "1 in", "2 in 80", "1 in -80", "1 in 0.5", "1 in 80 m", "in 80", "1 in 1e12", "1  in 80", "1 in nan"}) {
        CAPTURE(text);
        CHECK(refusal<Gradient>(text) != "accepted");
    }
    CHECK(refusal<Length>("1 in 80") != "accepted");
}

TEST_CASE("exact: durations add up their parts") {
    CHECK(quantity<Duration>("1 h 30 min") == 90 * minute);
    CHECK(quantity<Duration>("1 d 2 h 3 min 4 s") == 26 * h + 3 * minute + 4 * s);
    CHECK(quantity<Duration>("0.5 h") == 30 * minute);
    CHECK(quantity<Duration>("1h 30min") == 90 * minute);
    CHECK(quantity<Duration>("  45   min  ") == 45 * minute);
    CHECK(refusal<Length>("1 km 200 m") != "accepted");
    CHECK(refusal<Duration>("1 h 30").find("no unit") != std::string::npos);
}

TEST_CASE("found: 2026-11-23 the parts of a duration have no signs") {
    CHECK(refusal<Duration>("1 h -30 min") != "accepted");
    CHECK(refusal<Duration>("-1 h 30 min") != "accepted");
    CHECK(refusal<Duration>("1 h +30 min") != "accepted");
    CHECK(quantity<Duration>("-30 min") == -30 * minute);
}

TEST_CASE("exact: a quantity without its unit, or with another's, is refused with the right ones") {
    CHECK(refusal<Speed>("60") == "'60' has no unit; a speed is written like 60 km/h");
    CHECK(refusal<Speed>("60 km") == "'60 km': 'km' is not a unit of a speed; write it in km/h, m/s, mph, like 60 km/h");
    CHECK(refusal<Speed>("60 kmh").find("'kmh' is not a unit") != std::string::npos);
    CHECK(refusal<Speed>("60 KM/H") != "accepted");
    for (const char* text : {"", " ", "km/h", "fast", "1,5 km/h", "60 km/h 5", "6 0 km/h", "1_000 km/h", "--5 km/h", "60\tkm/h", "e5 km/h",
                             "0x10 km/h", "1..5 km/h", "inf km/h", "nan km/h", "+-5 km/h", "١ km/h"}) {
        CAPTURE(text);
        CHECK(refusal<Speed>(text) != "accepted");
    }
}

TEST_CASE("exact: plain numbers are decimal") {
    for (const auto& [text, value] : {std::pair{"0", 0.0},
                                      {"12", 12.0},
                                      {"-3", -3.0},
                                      {"+3", 3.0},
                                      {"0.5", 0.5},
                                      {".5", 0.5},
                                      {"1e3", 1000.0},
                                      {"2.5E-3", 0.0025},
                                      {"0e0", 0.0},
                                      {"1000000000", 1e9}}) {
        const auto number = parse_number(text);
        CAPTURE(text);
        REQUIRE(std::holds_alternative<double>(number));
        CHECK(std::get<double>(number) == value);
    }
}

TEST_CASE("exact: what is no decimal number is refused") {
    for (const char* text : {"",     "+",        "-",     ".",   "e5",    "1e",  "1e+", "0x1F", "0b1", "0o17",  "inf", "-inf", "nan", ".inf",
                             ".nan", "infinity", "1 000", "1,5", "1.5.2", "12a", "+-1", "--1",  "+.",  "1e5e5", "½",   " 1",   "1 "}) {
        CAPTURE(text);
        CHECK(refusal(text) != "accepted");
    }
    for (const char* text : {"010", "-010", "00", "00.5", "007"}) CHECK(refusal(text).find("leading zeros") != std::string::npos);
    for (const char* text : {"1e400", "-1e400", "1e308", "1000000001"}) CHECK(refusal(text).find("too large") != std::string::npos);
    for (const char* text : {"1e-400", "1e-320", "-1e-300", "1e-13"}) CHECK(refusal(text).find("too small") != std::string::npos);
}

TEST_CASE("found: 2026-11-23 quantities beyond any railway are refused before they overflow the clock") {
    CHECK(refusal<Duration>("1e308 h").find("too large") != std::string::npos);
    CHECK(refusal<Duration>("1e9 h").find("too large") != std::string::npos);
    CHECK(refusal<Duration>("-1e9 d").find("too large") != std::string::npos);
    CHECK(refusal<Length>("1e7 km").find("too large") != std::string::npos);
    CHECK(quantity<Duration>("10 d") == 240 * h);
}

}  // namespace io_quantity_text_test
