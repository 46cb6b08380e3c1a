// The what-ifs of the scenario files, with the results that their notes explain.

#include <railwindow/compare/compare.hpp>
#include <railwindow/estimate/depart_by.hpp>
#include <railwindow/estimate/reach.hpp>
#include <railwindow/io/load_variants.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace what_if_scenarios_test {

using namespace railwindow;

namespace {

std::string file(const std::string& name) { return source("scenarios/" + name + ".yaml"); }

Comparison compared(const std::string& name, std::uint64_t runs = 4'096) {
    return compare(load_variants({file(name)}, {}, {}), {.estimate = {.runs = runs}});
}

const VariantOutcome& outcome(const Comparison& comparison, const std::string& name) {
    return *std::find_if(comparison.variants.begin(), comparison.variants.end(), [&](const VariantOutcome& v) { return v.name == name; });
}

template <class Q>
bool between(Q value, Q low, Q high) {
    return low <= value && value <= high;
}

Written<WrittenTime> local(int year, int month, int day, int hour, int minute) { return {{LocalTime{year, month, day, hour, minute, 0}, {}}, {}}; }

const ReachedStation& reached(const Reach& result, const std::string& id) {
    return *std::find_if(result.stations.begin(), result.stations.end(),
                         [&](const ReachedStation& s) { return result.network.stations()[s.station].id == id; });
}
const LeftStation& left(const ReachBack& result, const std::string& id) {
    return *std::find_if(result.stations.begin(), result.stations.end(),
                         [&](const LeftStation& s) { return result.network.stations()[s.station].id == id; });
}

Instant at(const std::string& zone, const LocalTime& time) { return std::get<Instant>(TimeZone::find(zone)->instant_of(time)); }

// Sunday's train, by the end of the given day of September 2023.
const Reach& sunday_train(int day) {
    static const Scenario scenario = load_scenario(file("destinations-2023"));
    static const Reach tuesday = reach(scenario, local(2023, 9, 12, 23, 59), {.runs = 1'000});
    static const Reach wednesday = reach(scenario, local(2023, 9, 13, 23, 59), {.runs = 1'000});
    return day == 12 ? tuesday : wednesday;
}

}  // namespace

// 46.6 km at some 55 km/h would be 50 minutes; the reversal costs either way, the change of locomotive at Ussuriysk runs beside it.
TEST_CASE("golden: turning at Baranovsky saves three quarters of an hour against the reversal at Ussuriysk" * doctest::test_suite("slow")) {
    const Comparison result = compared("pyongyang-vladivostok-2019");
    const VariantOutcome &base = result.variants.front(), &turn = outcome(result, "turn-at-baranovsky");
    CHECK(between(base.model->main().path.length - turn.model->main().path.length, 46.5 * km, 46.7 * km));
    CHECK(between(turn.against_base->mean, -55 * minute, -35 * minute));
    CHECK(turn.against_base->earlier.value > 0.9);  // the others wait for their hosts either way
}

// Slow North Korean lines against quick Chinese ones: see the note of the file.
TEST_CASE("golden: by Dandong it is an hour and a half sooner than by Khasan and by Tumen half a day later" * doctest::test_suite("slow")) {
    const Comparison result = compared("corridors-to-vladivostok");
    const PairedDifference &tumen = *outcome(result, "tumen-suifenhe").against_base,
                           &dandong = *outcome(result, "dandong-harbin-suifenhe").against_base;
    CHECK(between(tumen.mean, 11 * h, 14 * h));
    CHECK(tumen.earlier.value < 0.05);
    CHECK(between(dandong.mean, -2.5 * h, -0.5 * h));
    CHECK(between(dandong.earlier.value, 0.6, 0.73));
    CHECK(dandong.difference.front().value < dandong.difference.back().value);
    CHECK(dandong.difference.back().value > Millis{0});  // not always
}

// 20 cars at the median: three lifts of 0.7 h, set-up 0.5 h, brake test 0.4 h; 20 to 45 min of formalities run beside it.
TEST_CASE("golden: wheels that change gauge as they roll save two and a half of three hours" * doctest::test_suite("slow")) {
    const Comparison result = compared("wheels-at-tumangang");
    const Duration rolling = outcome(result, "variable-gauge").against_base->mean, prepared = outcome(result, "prepared").against_base->mean;
    CHECK(between(rolling, -2.75 * h, -2.25 * h));
    CHECK(between(prepared, -3.2 * h, -2.75 * h));
    CHECK(prepared < rolling);
}

// ceil(26/8) - ceil(15/8) = 2 more lifts of 0.5 to 1.1 h.
TEST_CASE("golden: 26 cars come an hour and three quarters after 15" * doctest::test_suite("slow")) {
    const Comparison result = compared("cars-15-26");
    const VariantOutcome& longer = outcome(result, "26-cars");
    CHECK(between(longer.against_base->mean, 95 * minute, 115 * minute));
    CHECK(longer.against_base->later.value > 0.99);
    CHECK(between(longer.probability, 0.9, 0.98));
    CHECK(result.variants.front().probability > 0.99);
}

TEST_CASE("law: SC36 for a summit on Tuesday it must leave by Monday and if it waits as these journeys did on Sunday" * doctest::test_suite("slow")) {
    const Model model = build(load_scenario(file("pyongyang-vladivostok-2023")));
    DepartByOptions options{.arrive_by = local(2023, 9, 12, 23, 59), .runs = 4'000};
    const DepartBy sure = depart_by(model, options);
    CHECK(sure.latest.at_least >= 0.95);
    CHECK(sure.minute_later.at_least < 0.95);
    const auto day = [](const DepartBy& result) { return TimeZone::find("Asia/Pyongyang")->local_at(result.latest.depart).day; };
    CHECK(day(sure) == 11);
    options.voluntary_waits = true;
    CHECK(day(depart_by(model, options)) == 10);
    options.voluntary_waits = false;
    options.confidence = 0.5;
    CHECK(day(depart_by(model, options)) == 11);
    options.arrive_by = local(2023, 9, 12, 12, 0);  // before noon: 20 hours before would still be Monday
    CHECK(depart_by(model, options).latest.depart < at("Asia/Pyongyang", {2023, 9, 11, 0, 0, 0}));
}

TEST_CASE("law: SC29 who left in the early hours and was at Khasan at 10:40 came not from Pyongyang" * doctest::test_suite("slow")) {
    const ReachBack result = reach_back(load_scenario(file("khasan-2019-origins")), Name{"khasan", {}}, local(2019, 4, 24, 10, 40), {.runs = 500});
    const Instant midnight = at("Asia/Pyongyang", {2019, 4, 24, 0, 0, 0}), dawn = at("Asia/Pyongyang", {2019, 4, 24, 5, 0, 0});
    CHECK(Instant{left(result, "pyongyang").left.back().value} < midnight);
    const Instant kyongsong{left(result, "kyongsong").left[1].value};
    CHECK(between(kyongsong, midnight, dawn));
    CHECK(left(result, "pyongyang").left[1].value < left(result, "hamhung").left[1].value);
    CHECK(left(result, "hamhung").left[1].value < left(result, "kyongsong").left[1].value);
}

TEST_CASE("law: SC04 who leaves on the 10th can meet at Vostochny on the 13th" * doctest::test_suite("slow")) {
    CHECK(reached(sunday_train(13), "vostochny-cosmodrome-railhead").in_time.value > 0.75);
    CHECK(reached(sunday_train(12), "vostochny-cosmodrome-railhead").in_time.value < 0.2);
}

TEST_CASE("law: SC41 who leaves on Sunday finds the host at Vladivostok on Tuesday more likely than not" * doctest::test_suite("slow")) {
    const double there = reached(sunday_train(12), "vladivostok").in_time.value;
    CHECK(there > 0.5);
}

TEST_CASE("law: SC45 by Wednesday Khabarovsk and Vostochny can be reached and Moscow cannot" * doctest::test_suite("slow")) {
    const Reach& wednesday = sunday_train(13);
    CHECK(reached(wednesday, "vladivostok").in_time.value > 0.95);
    CHECK(reached(wednesday, "khabarovsk-1").in_time.value > 0.9);
    CHECK(reached(wednesday, "moscow-yaroslavsky").in_time.value == 0);
    const Share overall = *reached(wednesday, "vladivostok").overall;
    CHECK(between(overall.value, 0.65, 0.75));  // of the trains that may be bound for any of the four
}

}  // namespace what_if_scenarios_test
