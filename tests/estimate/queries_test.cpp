// Many small questions on one loaded railway, as a server asks them.

#include <railwindow/railwindow.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <malloc.h>

#include <thread>

namespace estimate_queries_test {

using namespace railwindow;

namespace {

std::vector<Millis> answers(const Scenario& loaded, const std::vector<std::string>& destinations) {
    std::vector<Millis> medians;
    for (const std::string& destination : destinations) {
        Scenario asked = loaded;
        asked.journey.to = Name{destination, {}};
        const Model model = build(asked);
        medians.push_back(estimate(model, {.runs = 16, .threads = 1}).timing_points.back().time[1].value);
    }
    return medians;
}

Scenario loaded_railway() {
    Scenario scenario = load_scenario(source("scenarios/press-20-hours.yaml"));
    scenario.claims.clear();
    scenario.journey.via.clear();
    scenario.journey.via.push_back(Name{"rajin", {}});
    scenario.journey.calls.clear();
    return scenario;
}

}  // namespace

TEST_CASE("law: questions asked side by side have the answers of questions asked alone, and leave no memory behind") {
    const Scenario loaded = loaded_railway();
    const std::vector<std::string> destinations{"vladivostok", "ussuriysk", "khasan"};
    const std::vector<Millis> alone = answers(loaded, destinations);
    const auto ask = [&](std::vector<Millis>& given) {
        for (int round = 0; round < 5; ++round) given = answers(loaded, destinations);
    };
    std::vector<Millis> mine, others;
    const auto ask_on_two_threads = [&] {
        std::thread other{ask, std::ref(others)};
        ask(mine);
        other.join();
    };
    ask_on_two_threads();  // what is made once and kept: zones, arenas of the threads
    const auto before = mallinfo2().uordblks;
    ask_on_two_threads();
    const auto growth = static_cast<std::int64_t>(mallinfo2().uordblks) - static_cast<std::int64_t>(before);
    CHECK(mine == alone);
    CHECK(others == alone);
    CHECK(growth < 10'000);  // bytes; one model is some 100,000
}

TEST_CASE("law: a callback stops an estimate, and two engines in one process do not meet") {
    const Scenario loaded = loaded_railway();
    const Model first = build(loaded), second = build(loaded);
    std::uint64_t told = 0;
    const Estimate stopped =
        estimate(first, {.runs = 10'000, .threads = 1, .progress = [&](std::uint64_t done, std::uint64_t) { return told = done, done < 1000; }});
    CHECK(stopped.stopped_early);
    CHECK(told == 1024);  // blocks of 256 runs
    CHECK(estimate(second, {.runs = 500}).timing_points.back().time[1].value == estimate(first, {.runs = 500}).timing_points.back().time[1].value);
}

}  // namespace estimate_queries_test
