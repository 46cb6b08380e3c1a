// The ground of a page's map: cut to what the map shows, thinned to what can be seen, and in the place where it is on Earth.

#include <railwindow/io/page_map.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace page_map_test {

using namespace railwindow;

namespace {

// Of a closed ring, in square degrees; rings that run the other way round have a negative one.
double area(const GeoLine& ring) {
    double twice = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) twice += ring[i - 1].longitude * ring[i].latitude - ring[i].longitude * ring[i - 1].latitude;
    return twice / 2;
}

GeoLine circle(double longitude, double latitude, double radius, int corners) {
    GeoLine ring;
    for (int i = 0; i <= corners; ++i) {
        const double turn = 2 * std::numbers::pi * (i % corners) / corners;
        ring.push_back({latitude + radius * std::sin(turn), longitude + radius * std::cos(turn)});
    }
    return ring;
}

const GeoBox box{100, 20, 142, 56};

}  // namespace

TEST_CASE("exact: a square that a box cuts into quarters leaves its quarter, and ends on the box to the last bit") {
    const GeoLine square{{15.1, 95.3}, {15.1, 104.7}, {24.9, 104.7}, {24.9, 95.3}, {15.1, 95.3}};  // its middle is the corner of the box
    const GeoLine quarter = ring_within(square, box);
    CHECK(std::abs(area(quarter)) == doctest::Approx(4.7 * 4.9));
    int on_edges = 0;
    for (const GeoPosition& at : quarter) on_edges += at.longitude == box.west || at.latitude == box.south;
    CHECK(on_edges >= 3);
    CHECK(quarter.front().longitude == quarter.back().longitude);
    CHECK(quarter.front().latitude == quarter.back().latitude);
}

TEST_CASE("law: what four boxes around a corner leave of a ring adds up to the ring, and nothing of it lies outside its box") {
    for (const double radius : {0.5, 3.0, 12.0}) {
        const GeoLine ring = circle(100.3, 21.1, radius, 97);
        double together = 0;
        for (const GeoBox& part : {box, GeoBox{58, 20, 100, 56}, GeoBox{58, -16, 100, 20}, GeoBox{100, -16, 142, 20}}) {
            const GeoLine rest = ring_within(ring, part);
            together += area(rest);
            for (const GeoPosition& at : rest) {
                CHECK(at.longitude >= part.west);
                CHECK(at.longitude <= part.east);
                CHECK(at.latitude >= part.south);
                CHECK(at.latitude <= part.north);
            }
        }
        CHECK(together == doctest::Approx(area(ring)));
    }
}

TEST_CASE("exact: a line is cut where it leaves a box, and goes on where it comes back") {
    const GeoLine line{{30, 90}, {30, 110}, {30, 120}, {70, 120}, {70, 130}, {30, 130}};
    const std::vector<GeoLine> pieces = pieces_within(line, box);
    REQUIRE(pieces.size() == 2);
    REQUIRE(pieces[0].size() == 4);
    CHECK(pieces[0].front().longitude == doctest::Approx(100));
    CHECK(pieces[0].back().latitude == doctest::Approx(56));
    REQUIRE(pieces[1].size() == 2);
    CHECK(pieces[1].front().latitude == doctest::Approx(56));
    CHECK(pieces[1].back().latitude == doctest::Approx(30));
    CHECK(pieces_within({{10, 90}, {15, 99}}, box).empty());
}

TEST_CASE("law: no place of a line lies farther from the thinned one than the tolerance, and its ends stay") {
    const GeoLine line = circle(120, 40, 5, 1000);
    for (const double tolerance : {0.01, 0.1, 1.0}) {
        const GeoLine few = thinned(line, tolerance);
        CHECK(few.size() < line.size() / 5);
        CHECK(few.front().longitude == line.front().longitude);
        CHECK(few.back().latitude == line.back().latitude);
        for (const GeoPosition& at : line) {
            double nearest = 1e9;
            for (std::size_t i = 1; i < few.size(); ++i) {
                const double dx = few[i].longitude - few[i - 1].longitude, dy = few[i].latitude - few[i - 1].latitude;
                const double px = at.longitude - few[i - 1].longitude, py = at.latitude - few[i - 1].latitude;
                const double share = std::clamp((px * dx + py * dy) / (dx * dx + dy * dy), 0.0, 1.0);
                nearest = std::min(nearest, std::hypot(px - share * dx, py - share * dy));
            }
            CHECK(nearest <= tolerance * (1 + 1e-9));
        }
    }
}

TEST_CASE("law: a map gives back the place that it was given, in both hemispheres and across the equator") {
    for (const auto& [south, north] : {std::pair{39.0, 52.0}, {-31.0, -20.0}, {-4.0, 4.0}, {60.0, 71.0}})
        for (const double west : {-120.0, 0.0, 125.0}) {
            const MapFrame frame{{{south, west}, {north, west + 12}}, 600};
            for (const GeoPosition place : {GeoPosition{south, west}, GeoPosition{north, west + 12}, GeoPosition{(south + north) / 2, west + 30}}) {
                const auto [x, y] = frame.on_plane(place);
                const GeoPosition back = frame.place_at(x, y);
                CHECK(back.latitude == doctest::Approx(place.latitude));
                CHECK(back.longitude == doctest::Approx(place.longitude));
            }
        }
}

TEST_CASE("law: equal areas on Earth have equal areas on the map") {
    const MapFrame frame{{{39, 125}, {52, 135}}, 600};
    const auto quadrangle = [&](double latitude, double longitude) {  // one degree wide, as high as makes the same area everywhere
        const double top = std::asin(std::sin(latitude * std::numbers::pi / 180) + 0.01) * 180 / std::numbers::pi;
        GeoLine ring;
        const auto edge = [&](double y, double from, double to) {
            for (int i = 0; i < 50; ++i) {
                const auto [px, py] = frame.on_plane({y, from + (to - from) * i / 50});
                ring.push_back({py, px});
            }
        };
        edge(latitude, longitude, longitude + 1), edge(top, longitude + 1, longitude);
        ring.push_back(ring.front());
        return std::abs(area(ring));
    };
    const double here = quadrangle(45, 130);
    for (const auto& [latitude, longitude] : {std::pair{35.0, 110.0}, {60.0, 128.0}, {50.0, 150.0}})
        CHECK(quadrangle(latitude, longitude) == doctest::Approx(here).epsilon(1e-4));
}

TEST_CASE("law: all places lie in the frame of any width, and what the frame shows of the Earth holds them") {
    const std::vector<GeoPosition> places{{39.03, 125.75}, {42.4, 130.6}, {51.9, 128.3}, {48.5, 135.1}};
    for (const double width : {260.0, 500.0, 700.0, 1130.0}) {
        const MapFrame frame{places, width};
        const GeoBox seen = frame.box();
        for (const GeoPosition& place : places) {
            const auto [x, y] = frame.project(place);
            CHECK(x > 0);
            CHECK(x < frame.width());
            CHECK(y > 0);
            CHECK(y < frame.height());
            CHECK(seen.west < place.longitude);
            CHECK(seen.east > place.longitude);
            CHECK(seen.south < place.latitude);
            CHECK(seen.north > place.latitude);
        }
    }
}

TEST_CASE("a map around the pole sees all longitudes") {
    const GeoBox seen = MapFrame{{{86, 0}, {88, 120}, {88, -120}}, 600, 4}.box();
    CHECK(seen.north == 90);
    CHECK(seen.east - seen.west > 357);
}

}  // namespace page_map_test
