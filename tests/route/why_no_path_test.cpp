// Where there is no way, the message names what stands in the way, and where.

#include <railwindow/route/search.hpp>
#include <support/drawn.hpp>

#include <doctest/doctest.h>

namespace route_why_no_path_test {

using namespace railwindow;

namespace {

std::string why(const NetworkSheet& sheet, const std::string& from, const std::string& to, std::vector<Gauge> gauges = {{1435}}) {
    const Network network{std::vector<NetworkSheet>{sheet}};
    const RouteRequest request{*network.find_station(from), *network.find_station(to), {}, std::move(gauges), {"bogie exchange"}, {}};
    REQUIRE_FALSE(best_path(network, request));
    return why_no_path(network, request);
}

NetworkSheet two_lines(Gauge first, Gauge second) {
    NetworkSheet sheet = drawn("A --10km,72-- B --10km,72-- C").networks[0];
    sheet.lines[0].track.gauge = {first};
    sheet.lines[1].track.gauge = {second};
    return sheet;
}

// A - B along the equator and B - D, which leads back west from B; nothing says that trains can reverse there.
NetworkSheet forked_line() {
    NetworkSheet sheet = drawn("A --10km,72-- B").networks[0];
    sheet.stations.push_back(drawn_station("D", 0.03, 0.02));
    sheet.lines.push_back(drawn_line("B-D", "B", "D", 8 * km, 72 * km / h));
    return sheet;
}

}  // namespace

TEST_CASE("found: 2026-11-29 a train on the wrong gauge was told to load other networks") {
    CHECK(why(two_lines({1520}, {1520}), "A", "C") ==
          "there is no way from A to C: A-B has the gauge 1520 mm from A to B, and this train can be set on 1435 mm only");
    CHECK(why(two_lines({1435}, {1520}), "A", "C").find("B-C has the gauge 1520 mm from B to C, and this train can be set on 1435 mm only") !=
          std::string::npos);
}

TEST_CASE("found: 2026-11-29 a break of gauge without a place to change it was told to load other networks") {
    const std::string here = why(two_lines({1435}, {1520}), "A", "C", {{1435}, {1520}});
    CHECK(here.find("the gauge breaks at B, from 1435 to 1520 mm, and no `gauge_changes` of the loaded networks lets this train change there") !=
          std::string::npos);
}

TEST_CASE("found: 2026-11-29 a reversal that is not allowed was told to load other networks") {
    NetworkSheet sheet = forked_line();
    CHECK(why(sheet, "A", "D").find("the train would have to reverse at B; where it can, write `reversal: {possible: true}`") != std::string::npos);
    sheet.stations[1].reversal = ReversalSheet{false, {}};
    CHECK(why(sheet, "A", "D").find("reverse at B (known not to be possible)") != std::string::npos);
}

TEST_CASE("exact: gauge and reversal together are both named, and lines that do not touch are still said to be apart") {
    NetworkSheet sheet = forked_line();
    sheet.lines.back().track.gauge = {Gauge{1520}};
    const std::string both = why(sheet, "A", "D");
    CHECK(both.find("reverse at B") != std::string::npos);
    CHECK(both.find("this train can be set on 1435 mm only") != std::string::npos);
    NetworkSheet apart = drawn("A --10km,72-- B").networks[0];
    apart.stations.push_back(drawn_station("E", 1, 1));
    CHECK(why(apart, "A", "E").find("load the networks between them") != std::string::npos);
}

}  // namespace route_why_no_path_test
