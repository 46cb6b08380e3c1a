// Receptions, long stands, passages and spreads as people mistype them.

#include <support/broken.hpp>

#include <doctest/doctest.h>

namespace io_waits_file_test {

using namespace railwindow;

namespace {

constexpr std::string_view scenario = "scenarios/pyongyang-vladivostok-2019.yaml";
constexpr std::string_view russia = "networks/practice/russia.yaml";
constexpr std::string_view dprk = "networks/practice/dprk.yaml";

}  // namespace

TEST_CASE("cli: waits that cannot be read are refused where they stand") {
    check_refused(
        {
            {"no place", russia, "  at: [calls, destination]\n", "  at: [calls, §destinations]\n", "destination"},
            {"by the sun", russia, "  hours: \"06:00-22:00\"", "  hours: §daylight", "receptions go by the clock and not by the sun"},
            {"probability beyond one", russia, "  probability: 0.8", "  probability: §1.8", "must lie between 0 and 1"},
            {"window at night", russia, "between: \"06:00-08:00\"", "between: §\"05:00-08:00\"", "does not lie within the hours 06:00-22:00"},
            {"windows out of order", russia, "between: \"08:00-09:30\"", "between: §\"07:00-09:15\"", "does not come after the one before it"},
            {"no weight", russia, "between: \"06:00-08:00\", weight: 0.25", "between: \"06:00-08:00\", weight: §0", "must be greater than zero"},
            {"holding anywhere", russia, "  hold_at: [tumangang, ussuriysk]\n  hold_within: 150 km\n", "  hold_at: §[tumangang, ussuriysk]\n",
             "'hold_at' without 'hold_within'"},
            {"heading", dprk, "  - journey: outward", "  - journey: §abroad", "outward"},
            {"endless night", dprk, "    at_night: \"20:00-03:00\"\n    until: \"05:00-08:00\"\n", "    at_night: §\"20:00-03:00\"\n",
             "nights have no end"},
            {"no time", dprk, "    at_most: 3 h", "    at_most: §-3 h", "must not be negative"},
            {"no spread", dprk, "  untimed: 1.3", "  untimed: §0", "must be greater than zero"},
            {"reception that is no choice", scenario, "why: reception}]", "why: reception, reception: §perhaps}]", "true"},
        },
        scenario);
}

}  // namespace io_waits_file_test
