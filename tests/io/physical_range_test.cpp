// Numbers that no railway has are refused where they are written: in files, laws, what-ifs and sweeps.

#include <railwindow/core/distribution.hpp>
#include <railwindow/io/quantity_text.hpp>
#include <support/broken.hpp>

#include <doctest/doctest.h>

namespace io_physical_range_test {

using namespace railwindow;

namespace {

constexpr std::string_view press = "scenarios/press-20-hours.yaml", border = "networks/borders-dprk-russia.yaml",
                           train = "networks/rolling-stock/special-train.yaml";

template <class Q>
std::string refusal(const std::string& text) {
    const auto value = parse_quantity(text, quantity_kind<Q>());
    const auto* error = std::get_if<QuantityError>(&value);
    return error ? error->what + "; " + error->remedy : "accepted";
}

}  // namespace

TEST_CASE("found: 2026-11-30 a denormal limit, or one beyond any train, is refused at its place with the range") {
    check_refused({
        {"denormal", border, "limit: {value: 25 km/h", "limit: {value: §1e-320 km/h",
         "'1e-320 km/h' is too small for a speed; write 0, or 0.000001 km/h to 1000 km/h"},
        {"smaller than denormal", border, "limit: {value: 25 km/h", "limit: {value: §1e-400 km/h", "too small for a speed"},
        {"small", border, "limit: {value: 25 km/h", "limit: {value: §1e-7 km/h", "too small for a speed"},
        {"large", border, "limit: {value: 25 km/h", "limit: {value: §1001 km/h", "too large for a speed"},
        {"huge", border, "limit: {value: 25 km/h", "limit: {value: §1e308 km/h", "too large for a speed; write 0, or 0.000001 km/h to 1000 km/h"},
        {"no number", border, "limit: {value: 25 km/h", "limit: {value: §nan km/h", "is not a speed"},
        {"in a law", press, "dwell: 60 min", "dwell: {lognormal: {median: §1e-320 min, p95: 60 min}}", "too small for a duration"},
        {"in another", press, "dwell: 60 min", "dwell: {triangular: [1 min, 2 min, §1e9 d]}", "too large for a duration"},
        {"turning masses", train, "rotating_mass_factor: ", "rotating_mass_factor: §780 # ", "must lie from 1 to below 2"},
        {"a weight", press, "dwell: 60 min", "dwell: {mixture: [{weight: §1e-320, constant: 60 min}]}", "too small a number"},
    });
}

TEST_CASE("found: 2026-11-30 every kind of quantity has a range, which its messages tell") {
    CHECK(refusal<Speed>("0.000001 km/h") == "accepted");
    CHECK(refusal<Speed>("1000 km/h") == "accepted");
    CHECK(refusal<Speed>("0 km/h") == "accepted");
    CHECK(refusal<Length>("1e6 km") == "'1e6 km' is too large for a length; write 0, or 0.001 mm to 100000 km");
    CHECK(refusal<Duration>("1e-9 s") == "'1e-9 s' is too small for a duration; write 0, or 0.000001 s to 10000 d");
    CHECK(refusal<Mass>("1e8 t") == "'1e8 t' is too large for a mass; write 0, or 0.001 kg to 1000000 t");
    CHECK(refusal<Force>("1e-9 N").find("too small for a force") != std::string::npos);
    CHECK(refusal<Power>("1e9 kW").find("too large for a power") != std::string::npos);
    CHECK(refusal<Acceleration>("1e-300 m/s^2").find("too small for an acceleration") != std::string::npos);
    CHECK(refusal<Gradient>("2000 permille").find("too large for a gradient; write 0, or 0.0000001 % to 100 %") != std::string::npos);
    CHECK(refusal<Gradient>("-2000 permille").find("too large for a gradient") != std::string::npos);
    CHECK(refusal<ForcePerSpeed>("1e-12 N/(m/s)").find("too small") != std::string::npos);
    CHECK(refusal<ForcePerSpeedSquared>("1e12 N/(m/s)^2").find("too large") != std::string::npos);
}

TEST_CASE("found: 2026-11-30 what a law's tail has beyond the range is drawn as its end") {
    const Uncertain<Speed> wide{Law{Lognormal{1, 1000}}};
    CHECK(wide.quantile(0.999999) == from_si<Speed>(physical_range<Speed>.most));
    CHECK(wide.quantile(0.000001) == from_si<Speed>(physical_range<Speed>.least));
    CHECK(wide.quantile(0.5) == from_si<Speed>(1));
    CHECK(wide.mean() == from_si<Speed>(physical_range<Speed>.most));
    const Uncertain<Length> both{Law{Normal{0, 1e300}}};
    CHECK(both.quantile(0.001) == -from_si<Length>(physical_range<Length>.most));
}

TEST_CASE("found: 2026-11-30 edits, sets and sweeps are held to the same ranges") {
    const std::string scenario = committed(press);
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{"run", scenario, "--set", "edits.train.limit=1e-320 km/h"},
                                                      {"run", scenario, "--set", "edits.lines.pyongra.limit=1e-320 km/h"},
                                                      {"compare", scenario, "--sweep", "edits.train.limit=1e-320 km/h,60 km/h"},
                                                      {"compare", scenario, "--sweep", "edits.train.limit=60 km/h..1e308 km/h/1e307 km/h"}}) {
        std::vector<std::string> all = arguments;
        all.insert(all.end(), {"--runs", "5"});
        const Outcome outcome = railwindow_tool(all);
        INFO(outcome.err);
        CHECK(outcome.status == 2);
        CHECK(outcome.err.find(" for a speed; write 0, or 0.000001 km/h to 1000 km/h") != std::string::npos);
    }
}

TEST_CASE("found: 2026-11-30 a slow line ends in a message and never in a crash") {
    const Outcome outcome = railwindow_tool({"run", committed(press), "--runs", "3", "--set", "edits.lines.pyongra.limit=1e-6 km/h"});
    CHECK(outcome.status == 3);
    CHECK(outcome.err.find("more than a year") != std::string::npos);
    const Outcome hour = railwindow_tool({"run", committed(press), "--runs", "3", "--set",
                                          "edits.practice.KP.time_of_day=[{between: [\"00:00\", \"23:59\"], pace: {lognormal: {median: 1e-12, p95: "
                                          "1e-3}}, source: x}]"});
    INFO(hour.err);
    CHECK((hour.status == 3 || hour.status == 2));
}

}  // namespace io_physical_range_test
