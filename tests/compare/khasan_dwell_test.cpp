// What the pairing is for: a change of minutes in a window of a day.

#include <railwindow/compare/compare.hpp>
#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

namespace compare_khasan_dwell_test {

using namespace railwindow;

TEST_CASE("stat: an hour at Khasan against 45/60/90 minutes: paired errors are a twentieth of unpaired ones at most" * doctest::test_suite("slow")) {
    // Hosts who keep their hours would hide minutes.
    const std::string no_hours = "journey.reception=false", none_at_khasan = "journey.calls[0].reception=false";
    const std::string file = source("scenarios/pyongyang-vladivostok-2019.yaml");
    const Model hour = build(load_scenario(file, WhatIf{{}, {"journey.calls[0].dwell=60 min", no_hours, none_at_khasan}}));
    const Model drawn =
        build(load_scenario(file, WhatIf{{}, {"journey.calls[0].dwell={triangular: [45 min, 60 min, 90 min]}", no_hours, none_at_khasan}}));
    const auto arrive = [](const Model& model, std::uint64_t seed) { return arrivals(model, sample(model, {.runs = 4'000, .seed = seed}), {}); };
    const std::vector<std::int64_t> base = arrive(hour, 1);
    const PairedDifference paired = paired_difference(arrive(drawn, 1), base, {0.5});
    const PairedDifference unpaired = paired_difference(arrive(drawn, 2), base, {0.5});
    CHECK(*unpaired.mean_error / *paired.mean_error >= 20);
    CHECK(to_duration(*unpaired.difference[0].error) / to_duration(*paired.difference[0].error) >= 20);
    // the mean of the law is 65 minutes, and other work at Khasan hides some of it
    CHECK(paired.mean < 5 * minute + 4 * *paired.mean_error);
    CHECK(paired.mean > 1 * minute);
}

}  // namespace compare_khasan_dwell_test
