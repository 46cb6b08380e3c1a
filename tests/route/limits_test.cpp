#include <support/drawn.hpp>
#include <support/near.hpp>

#include <railwindow/simulation/route_request.hpp>

#include <doctest/doctest.h>

namespace route_limits_test {

using namespace railwindow;

namespace {

// A - B - D is 20 km, A - C - D 40 km.
Scenario diamond() {
    Scenario scenario = drawn("A --10km,60-- B --10km,60-- D");
    NetworkSheet& sheet = scenario.networks[0];
    sheet.stations.push_back(drawn_station("C", 0.1, 0.09));
    sheet.lines.push_back(drawn_line("ac", "A", "C", 20 * km, 60 * km / h));
    sheet.lines.push_back(drawn_line("cd", "C", "D", 20 * km, 60 * km / h));
    scenario.train.cars.value = Uncertain<double>{10.0};
    scenario.train.car.mass.value = Uncertain<Mass>{60 * t};
    scenario.train.car.length = 25 * m;
    scenario.train.locomotive_length.value = 20 * m;
    return scenario;
}

Length shortest(const Scenario& scenario) { return find_routes(scenario).paths.front().length; }

void limit_all_lines(Scenario& scenario, std::optional<Sourced<Mass>> axle_load, std::optional<Sourced<Length>> train_length) {
    for (LineSheet& line : scenario.networks[0].lines) line.track.axle_load = axle_load, line.track.train_length = train_length;
}

}  // namespace

TEST_CASE("drawn: a line that does not carry the axles is gone round") {
    Scenario scenario = diamond();
    CHECK(near(shortest(scenario), 20 * km, 1 * mm));
    scenario.networks[0].lines[0].track.axle_load = Sourced<Mass>{15 * t, {}};  // 60 t on four axles: just carried
    CHECK(near(shortest(scenario), 20 * km, 1 * mm));
    scenario.networks[0].lines[0].track.axle_load = Sourced<Mass>{14.9 * t, {}};
    CHECK(near(shortest(scenario), 40 * km, 1 * mm));
}

TEST_CASE("drawn: a line whose loops are too short is gone round") {
    Scenario scenario = diamond();
    scenario.networks[0].lines[0].track.train_length = Sourced<Length>{270 * m, {}};
    CHECK(near(shortest(scenario), 20 * km, 1 * mm));
    scenario.networks[0].lines[0].track.train_length = Sourced<Length>{269 * m, {}};
    CHECK(near(shortest(scenario), 40 * km, 1 * mm));
    scenario.train.cars.value = Uncertain<double>{9.0};
    CHECK(near(shortest(scenario), 20 * km, 1 * mm));
}

TEST_CASE("drawn: where no line carries the train the reason is told") {
    Scenario scenario = diamond();
    limit_all_lines(scenario, Sourced<Mass>{10 * t, {}}, {});
    CHECK_THROWS_WITH_AS(find_routes(scenario), doctest::Contains("that carries an axle of 15.0 t"), Infeasible);
    limit_all_lines(scenario, {}, Sourced<Length>{100 * m, {}});
    CHECK_THROWS_WITH_AS(find_routes(scenario), doctest::Contains("that takes a train of 270 m"), Infeasible);
}

}  // namespace route_limits_test
