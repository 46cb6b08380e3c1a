// Lines known in detail: limits and gradients by chainage, down to the pieces that physics gets.

#include <railwindow/io/network_file.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/drawn.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace route_line_profile_test {

using namespace railwindow;

namespace {

/// The drawing "A --1km-- B --2km-- C" as one line with limits in detail, run from `from` to `to`.
Scenario one_line(const std::string& from, const std::string& to) {
    Scenario scenario = drawn("A --1km,36-- B --2km,72-- C");
    NetworkSheet& network = scenario.networks[0];
    LineSheet line = drawn_line("A-C", "A", "C", 3 * km, 72 * km / h);
    line.chainage.insert(line.chainage.begin() + 1, {name_of("B"), {1 * km, {}}});
    network.lines = {line};
    scenario.journey.from = name_of(from);
    scenario.journey.to = name_of(to);
    return scenario;
}

LimitFromSheet limit_from(Length at, double kmh) { return {{at, {}}, kmh * km / h}; }
GradientFromSheet gradient_from(Length at, double in_permille) { return {{at, {}}, {Gradient{in_permille * permille}, {}}}; }

/// The scenario with one locomotive of 200 kN and its curve in front.
Scenario on_full_curves(Scenario scenario) {
    LocomotiveSheet locomotive;
    locomotive.id = name_of("pull");
    locomotive.mass = 100 * t;
    locomotive.length = 20 * m;
    locomotive.limit = 500 * km / h;
    locomotive.effort = {{0 * km / h, 200 * kN}, {500 * km / h, 200 * kN}};
    scenario.rolling_stock = {RollingStockSheet{"drawn", {locomotive}, {}}};
    scenario.practice[0].traction = {TractionSheet{{}, {}, {LocomotivesSheet{1, {name_of("pull")}, {}}}, {}}};
    scenario.train.car.rotating_mass_factor = 1;
    scenario.train.dynamics = {};
    scenario.train.dynamics.full_curves = FullCurvesSheet{};
    return scenario;
}

struct Piece {
    double begin_km, limit_kmh, gradient_permille;
};

void check_pieces(const Scenario& scenario, const std::vector<Piece>& expected) {
    const std::vector<CoursePiece> pieces = build(scenario).main().stages.at(0).course.pieces;
    REQUIRE(pieces.size() == expected.size());
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        CAPTURE(i);
        CHECK(near(pieces[i].begin.from_begin(), expected[i].begin_km * km, 1e-9 * m));
        CHECK(near(pieces[i].limit, expected[i].limit_kmh * km / h, 1e-9 * m / s));
        CHECK(near(pieces[i].gradient, expected[i].gradient_permille * permille, 1e-15));
    }
}

Millis arrival(const Scenario& scenario) {
    const Trace trace = simulate(build(scenario), {});
    return trace.main().visits.back().arrive - trace.main().visits.front().depart;
}

constexpr std::string_view known_line = R"(schema: railwindow.network/1
name: one line
stations:
  a: {name: A, country: XX, position: 0 N 0 E, time_zone: UTC}
  b: {name: B, country: XX, position: 0 N 0.1 E, time_zone: UTC}
  c: {name: C, country: XX, position: 0 N 0.2 E, time_zone: UTC}
lines:
  a-c:
    name: A - C
    gauge: 1435 mm
    limit: 100 km/h
    operating_speed: 100 km/h
    chainage: {a: 10 km, b: 20 km, c: 30 km}
    limits:
      - {at: 12.3 km, limit: 40 km/h}
      - {at: 15 km, limit: 80 km/h}
    gradients:
      - {at: 20 km, gradient: 2.6 permille}
      - {at: 25 km, gradient: -3 permille}
)";

/// What is said of the network in `text`, with `part` replaced by `into`.
std::string findings(std::string_view part, std::string_view into) {
    std::string text{known_line};
    text.replace(text.find(part), part.size(), into);
    try {
        const Network network{{read_network(text, "n.yaml")}};
        return "nothing";
    } catch (const InputError& error) {
        return error.what();
    }
}

void check_refused(std::string_view part, std::string_view into, std::string_view place, std::string_view says) {
    const std::string found = findings(part, into);
    INFO(into, "\n", found);
    CHECK(found.find(place) == 0);
    CHECK(found.find(says) != std::string::npos);
}

}  // namespace

TEST_CASE("drawn: limits and gradients by chainage become the pieces of a course, each section holding its own part") {
    Scenario scenario = one_line("A", "C");
    LineSheet& line = scenario.networks[0].lines[0];
    line.limits = {limit_from(0.4 * km, 60), limit_from(1.5 * km, 40), limit_from(2 * km, 50)};
    line.gradients = {gradient_from(0 * km, 2), gradient_from(0.7 * km, -5), gradient_from(2 * km, 1)};
    check_pieces(scenario, {{0, 72, 2}, {0.4, 60, 2}, {0.7, 60, -5}, {1, 60, -5}, {1.5, 40, -5}, {2, 50, 1}});
    const Network network = build(scenario).network;
    CHECK(near(network.sections()[SectionId{0}].limit.value, 72 * km / h, 1e-9 * m / s));
    CHECK(near(network.sections()[SectionId{1}].limit.value, 60 * km / h, 1e-9 * m / s));
}

TEST_CASE("drawn: against the chainage the pieces come in reverse order and the gradients change sign") {
    Scenario scenario = one_line("C", "A");
    LineSheet& line = scenario.networks[0].lines[0];
    line.limits = {limit_from(0.4 * km, 60), limit_from(1.5 * km, 40), limit_from(2 * km, 50)};
    line.gradients = {gradient_from(0 * km, 2), gradient_from(0.7 * km, -5), gradient_from(2 * km, 1)};
    check_pieces(scenario, {{0, 50, -1}, {1, 40, 5}, {1.5, 60, 5}, {2, 60, 5}, {2.3, 60, -2}, {2.6, 72, -2}});
}

TEST_CASE("exact: limits by chainage give the running time of sections with these limits, both ways") {
    Scenario there = one_line("A", "C"), back = one_line("C", "A");
    for (Scenario* scenario : {&there, &back}) scenario->networks[0].lines[0].limits = {limit_from(0 * km, 36), limit_from(1 * km, 72)};
    // 200 m of train. There: 0-10 m/s 20 s, 100 m; 1100 m at 10: 110 s; 10-20: 20 s, 300 m; 1100 m at 20: 55 s; 20-0: 40 s, 400 m.
    CHECK(arrival(there) == Millis{245'000});
    CHECK(arrival(there) == arrival(drawn("A --1km,36-- B --2km,72-- C")));
    // Back: 0-20 40 s, 400 m; 1300 m at 20: 65 s; 20-10 20 s, 300 m; 900 m at 10: 90 s; 10-0 20 s, 100 m.
    CHECK(arrival(back) == Millis{235'000});
}

TEST_CASE("drawn: where the profile is known no grades are assumed, and elsewhere they are") {
    Scenario scenario = one_line("A", "C");
    scenario.train.dynamics = {};
    scenario.train.dynamics.power_and_mass =
        PowerAndMassSheet{.power = 1000 * kW, .starting_effort = 200 * kN, .locomotive_mass = 100 * t, .resistance = {}, .adhesion = {}};
    scenario.train.locomotive_length.value = 20 * m;
    scenario.practice[0].gradient_prior = GradientPriorSheet{0.5 * km, Uncertain<double>{1.0}, {}};
    LineSheet& line = scenario.networks[0].lines[0];
    line.track.ruling_gradient = RulingGradientSheet{Gradient{0.006}, Gradient{0.006}, {}};
    line.gradients = {gradient_from(1 * km, 3), gradient_from(2.2 * km, -4)};
    const Stage stage = build(scenario).main().stages.at(0);
    for (std::size_t i = 0; i < stage.gradients.size(); ++i) {
        const bool known = stage.gradients[i].step == 1;
        CHECK((stage.gradients[i].wave == 0) == known);
        if (known) CHECK(near(stage.gradients[i].mean, stage.course.pieces[i].begin.from_begin() < 2.2 * km ? 0.003 : -0.004, 1e-15));
    }
    CHECK(stage.gradients.size() == 6);  // two waves of 500 m on the first kilometre, then two pieces
}

TEST_CASE("law: assumed grades are a weak input only where a section needs them") {
    Scenario scenario = on_full_curves(one_line("A", "C"));
    const auto weak = [&] {
        const std::vector<WeakInput> inputs = build(scenario).weak_inputs;
        return std::any_of(inputs.begin(), inputs.end(), [](const WeakInput& input) { return input.what == "drawn: gradients between stations"; });
    };
    scenario.practice[0].gradient_prior = GradientPriorSheet{0.5 * km, Uncertain<double>{1.0}, {"judgement", Confidence::low}};
    CHECK(weak());
    scenario.networks[0].lines[0].gradients = {gradient_from(1 * km, 3)};
    CHECK(weak());
    scenario.networks[0].lines[0].gradients = {gradient_from(0 * km, 3)};
    CHECK_FALSE(weak());
}

TEST_CASE("drawn: before the first limit in detail the line's own holds, and a section without any has none") {
    Scenario scenario = one_line("A", "C");
    scenario.networks[0].lines[0].limits = {limit_from(1.5 * km, 40)};
    check_pieces(scenario, {{0, 72, 0}, {1, 72, 0}, {1.5, 40, 0}});
    const Network network = build(scenario).network;
    CHECK(network.sections()[SectionId{0}].limits.empty());
    CHECK(network.sections()[SectionId{1}].limits.size() == 2);
}

TEST_CASE("law: cutting a limit in two changes nothing") {
    Scenario whole = one_line("A", "C"), cut = whole;
    whole.networks[0].lines[0].limits = {limit_from(0 * km, 40), limit_from(1.2 * km, 60)};
    cut.networks[0].lines[0].limits = {limit_from(0 * km, 40), limit_from(0.3 * km, 40), limit_from(1.2 * km, 60), limit_from(1.9 * km, 60)};
    CHECK(arrival(whole) == arrival(cut));
}

TEST_CASE("exact: a place written in kilometres and in metres is one place") {
    std::string text{known_line};
    for (const auto& [part, into] : {std::pair{"b: 20 km", "b: 20.0003 km"}, {"at: 20 km", "at: 20000.3 m"}})
        text.replace(text.find(part), std::string_view{part}.size(), into);
    const Network network{{read_network(text, "n.yaml")}};
    CHECK(network.sections()[SectionId{0}].gradients.empty());
    REQUIRE(network.sections()[SectionId{1}].gradients.size() == 2);
    CHECK(network.sections()[SectionId{1}].gradients[0].begin == 0 * m);
}

TEST_CASE("law: a profile out of order, outside the line or without sense is refused where it stands") {
    CHECK(findings("A - C", "A - C") == "nothing");
    check_refused("- {at: 15 km, limit", "- {at: 12.3 km, limit", "n.yaml:16:14: ", "12.300 km does not lie beyond 12.300 km");
    check_refused("- {at: 15 km, limit", "- {at: 11 km, limit", "n.yaml:16:14: ", "chainage rises");
    check_refused("at: 12.3 km", "at: 9.9 km", "n.yaml:15:14: lines.a-c.limits[0].at: ", "the line runs from 10.000 to 30.000 km");
    check_refused("at: 25 km", "at: 30 km", "n.yaml:19:14: ", "does not lie on the line");
    check_refused("at: 20 km", "at: 20.5 km", "n.yaml:18:14: ", "between two stations");
    check_refused("-3 permille", "-300 permille", "n.yaml:19:31: ", "within 200 permille");
    check_refused("limit: 40 km/h", "limit: 0 km/h", "n.yaml:15:30: ", "must be greater than zero");
    check_refused("limit: 40 km/h", "limit: 40", "n.yaml:15:30: ", "no unit");
    check_refused("gradient: 2.6 permille", "gradient: 2.6 km/h", "n.yaml:18:31: ", "is not a unit");
    check_refused("{at: 12.3 km, limit: 40 km/h}", "{limit: 40 km/h}", "n.yaml:15:9: ", "key 'at' is missing");
    check_refused("limits:", "limit_s:", "n.yaml:14:5: ", "unknown key");
}

}  // namespace route_line_profile_test
