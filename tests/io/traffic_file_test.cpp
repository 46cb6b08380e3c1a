// Ordinary traffic in scenarios and practice files: as it is meant, and as people mistype it.

#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/model.hpp>
#include <support/broken.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

namespace io_traffic_file_test {

using namespace railwindow;

namespace {

constexpr std::string_view khasan = "scenarios/khasan-line-shared.yaml";
constexpr std::string_view russia = "networks/practice/russia.yaml";

Scenario loaded(const std::string& file, const WhatIf& what_if) { return load_scenario(source("scenarios/" + file + ".yaml"), what_if); }

}  // namespace

TEST_CASE("exact: a scenario switches ordinary traffic and scales it, also from the command line") {
    const Scenario written = loaded("khasan-line-shared", {});
    REQUIRE(written.traffic);
    CHECK(written.traffic->running);
    CHECK(written.traffic->rank == Rank::lower);
    const Scenario scaled = loaded("khasan-line-shared", {"", {"traffic.scale=2"}});
    CHECK(scaled.traffic->scale == 2);
    CHECK(scaled.traffic->rank == Rank::lower);
    const Scenario switched = loaded("khasan-line-shared", {"", {"traffic=on", "traffic.scale=3"}});
    CHECK(switched.traffic->running);
    CHECK(switched.traffic->scale == 3);
    CHECK_FALSE(switched.traffic->rank);
    CHECK_THROWS_AS(loaded("khasan-line-shared", {"", {"traffic=off", "traffic.scale=3"}}), InputError);
    CHECK_FALSE(loaded("khasan-line-shared", {"line-closed", {}}).traffic->running);
    CHECK(loaded("khasan-line-shared", {"as-any-other", {}}).traffic->rank == Rank::equal);
    // Where the file says nothing the practice closes all lines, until somebody asks for traffic.
    CHECK(build(loaded("cars-15-26", {})).shared_lines.empty());
    CHECK_FALSE(build(loaded("cars-15-26", {"", {"traffic.scale=2"}})).shared_lines.empty());
}

TEST_CASE("exact: a timetabled train is read with its line, its ends and its time") {
    const Scenario scenario =
        loaded("khasan-line-shared", {"",
                                      {"traffic.scale=0",
                                       "traffic.trains={goods-1: {line: baranovsky-khasan, from: makhalino, to: olenevod, depart: "
                                       "\"2019-04-24 12:00\", speed: 40 km/h, length: 700 m, rank: higher}}"}});
    const Model model = build(scenario);
    const SharedStretch& stretch = model.alternatives.at(0).shared.at(0);
    REQUIRE(stretch.timetable.size() == 1);
    const TimetabledTrain& train = stretch.timetable[0];
    CHECK(train.name == "goods-1");
    CHECK(train.way == Way::down);
    CHECK(train.from == 10);
    CHECK(train.to == 1);
    CHECK(train.enters == Instant{std::chrono::sys_days{std::chrono::year{2019} / 4 / 24} + std::chrono::hours{2}});
    CHECK(train.rank == Rank::lower);  // the file's rank holds for all
}

TEST_CASE("cli: traffic that cannot be read is refused where it stands") {
    check_refused(
        {
            {"neither on nor off", khasan, "traffic: {rank: lower, cleared_before: 30 min}", "traffic: §of", "expected `on`, `off` or traffic"},
            {"misspelt key", khasan, "traffic: {rank: lower,", "traffic: {§rnk: lower,", "did you mean 'rank'?"},
            {"no rank", khasan, "traffic: {rank: lower,", "traffic: {rank: §lowest,", "did you mean 'lower'?"},
            {"no unit", khasan, "lower, cleared_before: 30 min}", "lower, cleared_before: §30}", "unit"},
            {"negative", khasan, "traffic: {rank: lower,", "traffic: {scale: §-1, rank: lower,", "must not be negative"},
            {"too many", khasan, "traffic: {rank: lower,", "traffic: §{scale: 1000, rank: lower,", "one every three minutes"},
            {"more than the loops let through", khasan, "traffic: {rank: lower,", "traffic: §{scale: 9, rank: lower,", "write a scale of at most"},
            {"no such line", khasan, "traffic: {rank: lower,",
             "traffic: {trains: {one: {line: §baranovski-khasan, from: khasan, to: baranovsky, depart: \"2019-04-24 12:00\", speed: 40 km/h, length: "
             "1 km}}, "
             "rank: lower,",
             "did you mean 'baranovsky-khasan'?"},
            {"jitter", russia, "      every: 14 km\n      jitter: 7 km", "      every: 14 km\n      jitter: §14 km",
             "jitter must be smaller than every"},
            {"too close", russia, "      every: 14 km\n      jitter: 7 km", "      every: §0.5 km\n      jitter: 0.1 km", "too close"},
        },
        khasan);
}

}  // namespace io_traffic_file_test
