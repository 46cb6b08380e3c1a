// Mistakes in what files say of disruptions.

#include <support/broken.hpp>

#include <doctest/doctest.h>

namespace io_disruptions_invalid_test {

using namespace railwindow;

namespace {

constexpr std::string_view practice = "networks/practice/dprk.yaml";
constexpr std::string_view scenario = "scenarios/pyongyang-vladivostok-2019.yaml";

}  // namespace

TEST_CASE("cli: rates and sizes of disruptions have units, ranges and known keys") {
    check_refused(
        {
            {"rate without a unit", practice, "    every: 67 h\n", "    every: §67\n", "has no unit"},
            {"rate by kilometre where time is due", practice, "    every: 67 h\n", "    every: §67 km\n", "'km' is not a unit"},
            {"rate by time where kilometres are due", practice, "    every: 330 km\n", "    every: §330 h\n", "'h' is not a unit"},
            {"no interval", practice, "    every: 67 h\n", "    every: §0 h\n", "must be greater than zero"},
            {"kind misspelt", practice, "  power_outages:\n", "  §power_outage:\n", "did you mean 'power_outages'?"},
            {"month misspelt", practice, "{jan: 1.6, feb", "{§jam: 1.6, feb", "did you mean 'jan'?"},
            {"month below zero", practice, "{jan: 1.6, feb", "{jan: §-1.6, feb", "must not be negative"},
            {"rate missing", practice, "    every: 50000 km\n    lasts", "    §lasts", "key 'every' is missing"},
            {"size missing", practice, "    every: 3600 d\n    per: 100 km\n", "    §every: 3600 d\n", "key 'per' is missing"},
            {"speed zero", practice, "{triangular: [15 km/h, 25 km/h, 40 km/h]}", "§0 km/h", "must be greater than zero"},
            {"factor below zero", practice, "    by_default: 0\n", "    by_default: §-1\n", "must not be negative"},
        },
        scenario);
}

TEST_CASE("cli: a scenario names known kinds of disruptions with factors from 0 up") {
    check_refused(
        {
            {"kind misspelt", scenario, "journey:\n", "disruptions: {§power_outage: 2}\njourney:\n", "did you mean 'power_outages'?"},
            {"factor below zero", scenario, "journey:\n", "disruptions: {closures: §-2}\njourney:\n", "must not be negative"},
            {"factor that is none", scenario, "journey:\n", "disruptions: {closures: §often}\njourney:\n", "often"},
            {"neither off nor kinds", scenario, "journey:\n", "disruptions: §on\njourney:\n", "write `off`"},
        },
        scenario);
}

}  // namespace io_disruptions_invalid_test
