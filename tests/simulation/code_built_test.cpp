// Scenarios that are filled in by hand: what is missing is named, and nothing is undefined.

#include <railwindow/core/error.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/drawn.hpp>

#include <doctest/doctest.h>

#include <functional>

namespace simulation_code_built_test {

using namespace railwindow;

namespace {

std::string refusal(const std::function<void(Scenario&)>& spoil) {
    Scenario scenario = drawn("A --20km,100-- B --20km,100-- C");
    spoil(scenario);
    try {
        simulate(build(scenario), {});
    } catch (const InputError& error) {
        return error.what();
    }
    return "none";
}

}  // namespace

TEST_CASE("law: a scenario that was filled in by hand is refused for each thing that it lacks") {
    CHECK(refusal([](Scenario&) {}) == "none");
    const std::pair<const char*, std::function<void(Scenario&)>> spoilt[]{
        {"networks: there is none", [](Scenario& s) { s.networks.clear(); }},
        {"journey.from: no station is given", [](Scenario& s) { s.journey.from = {}; }},
        {"journey.to: no station is given", [](Scenario& s) { s.journey.to = {}; }},
        {"journey.to: all weights are zero", [](Scenario& s) { s.journey.to.options.front().weight = 0; }},
        {"journey.depart: no time is given", [](Scenario& s) { s.journey.depart = {}; }},
        {"train.gauges: there is none", [](Scenario& s) { s.train.gauges.clear(); }},
        {"train.dynamics: not exactly one rung", [](Scenario& s) { s.train.dynamics = {}; }},
        {"train.cars: there are none", [](Scenario& s) { s.train.cars.value = Uncertain<double>{0.0}; }},
        {"train.car: length, mass or axles", [](Scenario& s) { s.train.car.mass.value = {}; }},
        {"train.limit: it is not above zero", [](Scenario& s) { s.train.limit.value = {}; }},
        {"train.service_deceleration: it is not", [](Scenario& s) { s.train.service_deceleration.value = {}; }},
        {"lines.A-B", [](Scenario& s) { s.networks.front().lines.front().track.limit = {}; }},
        {"practice", [](Scenario& s) { s.practice.clear(); }},
    };
    for (const auto& [expected, spoil] : spoilt) {
        const std::string refused = refusal(spoil);
        INFO(expected << " | " << refused);
        CHECK(refused.find(expected) != std::string::npos);
    }
    CHECK_THROWS_AS(build(Scenario{}), InputError);
}

}  // namespace simulation_code_built_test
