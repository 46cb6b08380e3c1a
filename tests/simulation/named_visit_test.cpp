// Which visit of a station a name means, where the way comes there more than once.

#include <railwindow/core/error.hpp>
#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/drawn.hpp>
#include <support/properties.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <set>

namespace simulation_named_visit_test {

using namespace railwindow;

namespace {

// Inverness - Georgemas - Wick, and Thurso on a branch from Georgemas: to Wick by way of Thurso the train turns there and comes to Georgemas
// again. 20 m/s and 0.5 m/s^2: a movement of D from stand to stand takes D / 20 m/s + 40 s. The train is 200 m long; turning takes 5 min.
Scenario far_north() {
    Scenario scenario = drawn("I --10km,72-- G --5km,72-- W");
    NetworkSheet& sheet = scenario.networks[0];
    sheet.stations.push_back(drawn_station("T", 0.02, 10.0 / 111));
    sheet.stations.back().reversal = ReversalSheet{true, {}};
    sheet.lines.push_back(drawn_line("G-T", "G", "T", 2 * km, 72 * km / h));
    scenario.practice[0].reversal = Sourced<Uncertain<Duration>>{Uncertain<Duration>{5 * minute}, {}};
    scenario.journey.via = {name_of("T")};
    return scenario;
}

CallSheet call(const std::string& at, Duration dwell) { return {name_of(at), Uncertain<Duration>{dwell}, ""}; }

Written<WrittenTime> clock_time(int seconds) { return {{LocalTime{2020, 1, 1, seconds / 3600, seconds / 60 % 60, seconds % 60}, {}}, {}}; }

long long arrival(const Trace& trace, std::size_t visit) {
    return (trace.main().visits.at(visit).arrive - trace.main().visits.front().depart).count() / 1000;
}
long long departure(const Trace& trace, std::size_t visit) {
    return (trace.main().visits.at(visit).depart - trace.main().visits.front().depart).count() / 1000;
}

std::string refusal(const Scenario& scenario) {
    try {
        build(scenario);
    } catch (const InputError& error) {
        return to_string(error.findings().front());
    }
    return {};
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("found: 2026-11-29 a call written behind the turn is made at the second visit") {
    Scenario scenario = far_north();
    scenario.journey.calls = {call("T", 4 * minute), call("G", 2 * minute)};
    const Trace trace = simulate(build(scenario), {});
    REQUIRE(trace.main().visits.size() == 5);
    CHECK(departure(trace, 1) == arrival(trace, 1));  // passed on the way to Thurso
    CHECK(arrival(trace, 2) == 640);                  // 12 km
    CHECK(departure(trace, 2) == 940);                // the turn, beside the call
    CHECK(arrival(trace, 3) == 1070);                 // 1.8 km: the head is 200 m nearer after the turn
    CHECK(departure(trace, 3) == 1190);
    CHECK(arrival(trace, 4) == 1480);
}

TEST_CASE("found: 2026-11-29 two calls at a station that is visited twice are one at each visit, with or without a call between") {
    for (const bool between : {true, false}) {
        Scenario scenario = far_north();
        scenario.journey.calls = {call("G", 1 * minute), call("G", 2 * minute)};
        if (between) scenario.journey.calls.insert(scenario.journey.calls.begin() + 1, call("T", 4 * minute));
        const Trace trace = simulate(build(scenario), {});
        CHECK(arrival(trace, 1) == 540);
        CHECK(departure(trace, 1) == 600);
        CHECK(arrival(trace, 2) == 740);
        CHECK(arrival(trace, 3) == 740 + 300 + 130);
        CHECK(departure(trace, 3) == 740 + 300 + 130 + 120);
        CHECK(arrival(trace, 4) == 740 + 300 + 130 + 120 + 290);
    }
}

TEST_CASE("found: 2026-11-29 a name that may mean two visits is refused, and the message says how to write each") {
    Scenario scenario = far_north();
    scenario.journey.calls = {call("G", 2 * minute)};
    const std::string message = refusal(scenario);
    CHECK(says(message, "comes to 'G' 2 times"));
    CHECK(says(message, "`visit: 1`"));
    CHECK(says(message, "`visit: 2` (the same as `after: T`)"));

    const auto second = [&](WhichVisit which, const std::string& name = "G") {
        scenario.journey.calls[0].at = name_of(name);
        scenario.journey.calls[0].which = std::move(which);
        const Trace trace = simulate(build(scenario), {});
        return departure(trace, 1) == arrival(trace, 1) && departure(trace, 3) - arrival(trace, 3) == 120;
    };
    CHECK(second({2, {}}));
    CHECK(second({{}, name_of("T")}));
    CHECK(second({}, "G visit 2"));
    CHECK(second({}, "G after T"));
    CHECK_FALSE(second({1, {}}));
    scenario.journey.calls[0].which = {3, {}};
    CHECK(says(refusal(scenario), "'G visit 3' is not on this route"));
    scenario.journey.calls[0].which = {{}, name_of("X")};
    CHECK(says(refusal(scenario), "no loaded network has a station 'X'"));
}

TEST_CASE("found: 2026-11-29 of two calls at one visit both bounds hold") {
    Scenario scenario = drawn("A --10km,72-- B --10km,72-- C");
    scenario.journey.calls = {call("B", 10 * minute), call("B", 20 * minute)};
    scenario.journey.calls[0].not_before = clock_time(18'000);
    scenario.journey.calls[1].not_before = clock_time(7'200);
    CHECK(departure(simulate(build(scenario), {}), 1) == 18'000);
    std::swap(scenario.journey.calls[0], scenario.journey.calls[1]);
    CHECK(departure(simulate(build(scenario), {}), 1) == 18'000);
}

TEST_CASE("found: 2026-11-29 plans, places to hold at, claims, reports and options go by the same rule as calls") {
    Scenario scenario = far_north();
    PlanSheet plan;
    plan.at = name_of("G");
    plan.arrive = WhenSheet{clock_time(3'600), {}, {}, {}};
    plan.which.after = name_of("T");
    scenario.journey.plans = {plan};
    CHECK(arrival(simulate(build(scenario), {}), 3) == 3'600);
    scenario.journey.plans[0].which = {};
    CHECK(says(refusal(scenario), "comes to 'G' 2 times"));

    scenario.journey.plans[0].at = name_of("W");
    scenario.journey.plans[0].hold_at = {name_of("G")};
    CHECK(says(refusal(scenario), "`G visit 2` (the same as `G after T`)"));
    scenario.journey.plans[0].hold_at = {name_of("G after T")};
    const Trace held = simulate(build(scenario), {});
    CHECK(departure(held, 3) == 3'600 - 290);
    CHECK(departure(held, 1) == arrival(held, 1));
    scenario.journey.plans.clear();

    scenario.claims = {{"it takes long", name_of("G"), name_of("W"), {}, 1 * h, "test", {}}};
    CHECK(says(refusal(scenario), "comes to 'G' 2 times"));
    scenario.claims[0].from = name_of("G visit 2");
    const Model claimed = build(scenario);
    CHECK(claimed.timing_points[claimed.claims[0].from].visit[0] == 3);
    scenario.claims.clear();

    ObservedSheet seen;
    seen.at = name_of("G");
    seen.event = ObservedEvent::pass;
    seen.not_before = clock_time(600);
    scenario.observed = {seen};
    CHECK(says(refusal(scenario), "comes to 'G' 2 times"));
    ObservedSheet turned = seen;
    turned.at = name_of("T");
    scenario.observed = {turned, seen};
    CHECK(build(scenario).observations[1].visits == VisitsByWay{3});
    scenario.observed = {seen, turned};
    CHECK(build(scenario).observations[0].visits == VisitsByWay{1});
    scenario.observed.clear();

    const Model model = build(scenario, {TimingPoints::all, {}});
    CHECK_THROWS_AS(asked_point(model, name_of("G"), "--at"), InputError);
    CHECK(model.timing_points[*asked_point(model, name_of("G after T"), "--at")].visit[0] == 3);
    CHECK(model.timing_points[*asked_point(model, name_of("G visit 1"), "--at")].visit[0] == 1);
}

namespace {

using Visits = std::vector<std::size_t>;

// By trying them all: the visits that each name has in some choice that is in the order of the names.
std::vector<std::set<std::size_t>> by_trying(const std::vector<Visits>& may, bool join) {
    std::vector<std::set<std::size_t>> meant(may.size());
    Visits chosen;
    const std::function<void()> choose = [&] {
        if (chosen.size() == may.size()) {
            for (std::size_t i = 0; i < may.size(); ++i) meant[i].insert(chosen[i]);
            return;
        }
        for (const std::size_t visit : may[chosen.size()]) {
            if (!chosen.empty() && (join ? visit < chosen.back() : visit <= chosen.back())) continue;
            chosen.push_back(visit);
            choose();
            chosen.pop_back();
        }
    };
    choose();
    return meant;
}

}  // namespace

TEST_CASE("law: names in the order of the way mean what trying every choice of visits says") {
    const Network network{drawn("A --1km,72-- B --1km,72-- C --1km,72-- D").networks};
    const std::vector<std::string> ids{"A", "B", "C", "D"};
    holds("the same visits as by trying", [&](const std::vector<unsigned>& drawn_way, const std::vector<unsigned>& drawn_names) {
        std::vector<StationId> way;
        for (std::size_t i = 0; i < drawn_way.size() && way.size() < 8; ++i) {
            const StationId station{drawn_way[i] % 3};
            if (way.empty() || way.back() != station) way.push_back(station);
        }
        std::vector<NamedVisit> names;
        for (std::size_t i = 0; i < drawn_names.size() && i < 5; ++i) names.push_back({name_of(ids[drawn_names[i] % 4])});
        if (way.empty()) return true;
        const auto found = visits_named(network, way, names, {0, way.size() - 1}, "test");
        std::vector<Visits> may;
        std::vector<std::size_t> index;
        for (std::size_t i = 0; i < names.size(); ++i) {
            Visits visits;
            for (std::size_t v = 0; v < way.size(); ++v)
                if (network.stations()[way[v]].id == names[i].at.value) visits.push_back(v);
            if (visits.empty() && (found[i].visit || !found[i].one_of.empty())) return false;
            if (!visits.empty()) may.push_back(visits), index.push_back(i);
        }
        auto meant = by_trying(may, false);
        if (!may.empty() && meant.front().empty()) meant = by_trying(may, true);
        const bool in_no_order = !may.empty() && meant.front().empty();
        for (std::size_t k = 0; k < may.size() && in_no_order; ++k) meant[k] = {may[k].begin(), may[k].end()};
        for (std::size_t k = 0; k < may.size(); ++k) {
            const FoundVisit& one = found[index[k]];
            const std::set<std::size_t> got = one.visit ? std::set{*one.visit} : std::set<std::size_t>{one.one_of.begin(), one.one_of.end()};
            if (got != meant[k]) return false;
        }
        return true;
    });
    holds("a visit is found again by what the message says to write", [&](const std::vector<unsigned>& drawn_way, unsigned which) {
        std::vector<StationId> way;
        for (const unsigned station : drawn_way) way.push_back(StationId{station % 4});
        if (way.empty()) return true;
        const std::size_t visit = which % way.size();
        const auto rank = static_cast<int>(std::count(way.begin(), way.begin() + static_cast<std::ptrdiff_t>(visit) + 1, way[visit]));
        const NamedVisit named{name_of(network.stations()[way[visit]].id + " visit " + std::to_string(rank))};
        return visits_named(network, way, std::vector{named}, {0, way.size() - 1}, "test").front().visit == visit;
    });
}

}  // namespace simulation_named_visit_test
