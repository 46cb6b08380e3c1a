#include <railwindow/io/page_map.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/page_assets.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <set>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

constexpr double radians_of_a_degree = std::numbers::pi / 180;

// Of the margin round the outermost places; as in src/map.js, like all lengths below.
double margin_in(double width) { return std::min(54.0, width * 0.11); }

struct Extent {
    double west = 1e9, south = 1e9, east = -1e9, north = -1e9;
    void take(double x, double y) { west = std::min(west, x), east = std::max(east, x), south = std::min(south, y), north = std::max(north, y); }
};

// The first place, then steps.
GeoLine decoded(const Json& code) {
    GeoLine line;
    long x = 0, y = 0;
    for (std::size_t i = 0; i + 1 < code.size(); i += 2) {
        x += code[i].get<long>(), y += code[i + 1].get<long>();
        line.push_back({static_cast<double>(y) / 100, static_cast<double>(x) / 100});
    }
    return line;
}

// Without places that are one in whole hundredths.
Json coded(const GeoLine& line) {
    Json code = Json::array();
    long x = 0, y = 0;
    for (const GeoPosition& at : line) {
        const long to_x = std::lround(100 * at.longitude), to_y = std::lround(100 * at.latitude);
        if (!code.empty() && to_x == x && to_y == y) continue;
        code.push_back(to_x - x), code.push_back(to_y - y);
        x = to_x, y = to_y;
    }
    return code;
}

// Coasts, lakes and borders of one source within one box, on the plane of a map.
struct Ground {
    GeoBox box;
    std::vector<GeoLine> land, lakes, borders;
};

bool empty(const GeoBox& box) { return box.west >= box.east || box.south >= box.north; }

GeoBox common(const GeoBox& a, const GeoBox& b) {
    return {std::max(a.west, b.west), std::max(a.south, b.south), std::min(a.east, b.east), std::min(a.north, b.north)};
}

GeoLine moved(GeoLine line, double longitude) {
    for (GeoPosition& at : line) at.longitude += longitude;
    return line;
}

// With more places along the southern and northern edge of `box`, which a map bends: neighbouring tiles meet there without a gap.
GeoLine along_edges(const GeoLine& ring, const GeoBox& box) {
    constexpr double step = 2;  // degrees
    GeoLine dense;
    for (const GeoPosition& at : ring) {
        if (!dense.empty() && dense.back().latitude == at.latitude && (at.latitude == box.south || at.latitude == box.north)) {
            const double from = dense.back().longitude, way = at.longitude > from ? step : -step;
            for (double x = (way > 0 ? std::floor(from / step) : std::ceil(from / step)) * step + way; way > 0 ? x < at.longitude : x > at.longitude;
                 x += way)
                dense.push_back({at.latitude, x});
        }
        dense.push_back(at);
    }
    return dense;
}

GeoLine on_plane(const MapFrame& frame, const GeoLine& line) {
    GeoLine plane;
    for (const GeoPosition& at : line) {
        const auto [x, y] = frame.on_plane(at);
        plane.push_back({y, x});
    }
    return plane;
}

bool tiny(const GeoLine& ring, double most) {
    Extent extent;
    for (const GeoPosition& at : ring) extent.take(at.longitude, at.latitude);
    return extent.east - extent.west < most && extent.north - extent.south < most;
}

// All that a file of coasts holds, in degrees.
struct Source {
    GeoBox box;
    std::vector<GeoLine> land, lakes, borders;

    explicit Source(std::string_view text) {
        const Json json = Json::parse(text), &edges = json["box"];
        box = {edges[0].get<double>(), edges[1].get<double>(), edges[2].get<double>(), edges[3].get<double>()};
        for (const auto& [name, list] : {std::pair{"land", &land}, std::pair{"lakes", &lakes}, std::pair{"borders", &borders}})
            if (json.contains(name))
                for (const Json& code : json[name]) list->push_back(decoded(code));
    }
};

const Source& fine() {
    static const Source source{fine_basemap()};
    return source;
}

const Source& world() {
    static const Source source{world_basemap()};
    return source;
}

// What `source` has of `box`, whose longitudes may lie beyond 180 degrees, on the plane of `frame` within `seen`.
Ground ground_of(const Source& source, const GeoBox& box, const MapFrame& frame, const GeoBox& seen, double tolerance) {
    Ground ground{box, {}, {}, {}};
    const auto turned = [](const std::vector<GeoLine>& lines, const auto& take) {
        for (const GeoLine& line : lines)
            for (const double turn : {-360.0, 0.0, 360.0}) take(moved(line, turn));
    };
    const auto rings = [&](const std::vector<GeoLine>& lines, std::vector<GeoLine>& list) {
        turned(lines, [&](const GeoLine& ring) {
            GeoLine rest = thinned(ring_within(on_plane(frame, along_edges(ring_within(ring, box), box)), seen), tolerance);
            if (rest.size() > 3 && !tiny(rest, 5 * tolerance)) list.push_back(std::move(rest));
        });
    };
    rings(source.land, ground.land);
    rings(source.lakes, ground.lakes);
    turned(source.borders, [&](const GeoLine& line) {
        for (const GeoLine& piece : pieces_within(line, box))
            for (const GeoLine& rest : pieces_within(on_plane(frame, piece), seen)) ground.borders.push_back(thinned(rest, tolerance));
    });
    return ground;
}

// The ground of `box`: in the middle of what railways of the networks cross from the finer source, around it from that of the world.
std::vector<Ground> ground_in(const GeoBox& box, const MapFrame& frame, const GeoBox& seen, double tolerance) {
    const GeoBox inner = common(box, fine().box);
    if (empty(inner)) return {ground_of(world(), box, frame, seen, tolerance)};
    std::vector<Ground> tiles{ground_of(fine(), inner, frame, seen, tolerance)};
    for (const GeoBox& around : {GeoBox{box.west, box.south, inner.west, box.north}, GeoBox{inner.east, box.south, box.east, box.north},
                                 GeoBox{inner.west, box.south, inner.east, inner.south}, GeoBox{inner.west, inner.north, inner.east, box.north}})
        if (!empty(around)) tiles.push_back(ground_of(world(), around, frame, seen, tolerance));
    return tiles;
}

// In whole tenths of a degree, which hundredths can tell exactly.
GeoBox in_tenths(const GeoBox& box) {
    return {std::floor(box.west * 10) / 10, std::floor(box.south * 10) / 10, std::ceil(box.east * 10) / 10, std::ceil(box.north * 10) / 10};
}

}  // namespace

MapFrame::MapFrame(const std::vector<GeoPosition>& places, double width, double larger) : width_{width}, height_{width} {
    Extent on_earth;
    for (const GeoPosition& place : places) on_earth.take(place.longitude, place.latitude);
    const double spread = std::max(on_earth.north - on_earth.south, 1.0);
    middle_ = (on_earth.west + on_earth.east) / 2;
    first_sine_ = std::sin((on_earth.south + spread / 6) * radians_of_a_degree);
    const double second_sine = std::sin((on_earth.north - spread / 6 + 0.01) * radians_of_a_degree);
    cone_ = (first_sine_ + second_sine) / 2;
    constant_ = 1 + first_sine_ * second_sine;
    Extent drawn, around;
    for (const GeoPosition& place : places) {
        const auto [x, y] = on_plane(place);
        drawn.take(x, y), around.take(x, y);
    }
    for (const GeoPosition& corner :
         {GeoPosition{on_earth.south - 0.3, on_earth.west - 0.4}, GeoPosition{on_earth.north + 0.3, on_earth.east + 0.4}}) {
        const auto [x, y] = on_plane(corner);
        around.take(x, y);
    }
    const double margin = margin_in(width), widest = (width - 2 * margin) / (around.east - around.west);
    const double natural = widest * (drawn.north - drawn.south) + 2 * margin + 40;
    height_ = std::round(std::max(width * 0.52, std::min({natural, width * 1.05, width < 620 ? 480.0 : 620.0})));
    scale_ = std::min(widest, (height_ - 2 * margin) / (around.north - around.south));
    left_ = width / 2 - scale_ * (around.west + around.east) / 2;
    top_ = height_ / 2 - scale_ * (around.south + around.north) / 2;
    scale_ /= larger, left_ = width / 2 + (left_ - width / 2) / larger, top_ = height_ / 2 + (top_ - height_ / 2) / larger;
}

// x to the right, y down, for a sphere of radius 1. A cone that opens nowhere is a cylinder.
std::pair<double, double> MapFrame::on_plane(GeoPosition place) const {
    const double turn = std::remainder(place.longitude - middle_, 360) * radians_of_a_degree, sine = std::sin(place.latitude * radians_of_a_degree);
    if (std::abs(cone_) < 1e-6) {
        const double cosine = std::sqrt(1 - first_sine_ * first_sine_);
        return {turn * cosine, -sine / cosine};
    }
    const double radius = std::sqrt(std::max(0.0, constant_ - 2 * cone_ * sine)) / cone_;
    return {radius * std::sin(cone_ * turn), radius * std::cos(cone_ * turn)};
}

std::pair<double, double> MapFrame::pixels(double x, double y) const { return {left_ + scale_ * x, top_ + scale_ * y}; }

std::pair<double, double> MapFrame::project(GeoPosition place) const {
    const auto [x, y] = on_plane(place);
    return pixels(x, y);
}

GeoBox MapFrame::plane_box() const { return {-left_ / scale_, -top_ / scale_, (width_ - left_) / scale_, (height_ - top_) / scale_}; }

// Beyond a pole or the far side of the cone: the nearest that there is.
GeoPosition MapFrame::place_at(double x, double y) const {
    const auto latitude = [](double sine) { return std::asin(std::clamp(sine, -1.0, 1.0)) / radians_of_a_degree; };
    const auto longitude = [&](double turn) { return middle_ + std::clamp(turn / radians_of_a_degree, -179.0, 179.0); };
    if (std::abs(cone_) < 1e-6) {
        const double cosine = std::sqrt(1 - first_sine_ * first_sine_);
        return {latitude(-y * cosine), longitude(x / cosine)};
    }
    const double side = cone_ < 0 ? -1 : 1, radius = std::hypot(x, y) * cone_;
    return {latitude((constant_ - radius * radius) / (2 * cone_)), longitude(std::atan2(side * x, side * y) / cone_)};
}

GeoBox MapFrame::box() const {
    constexpr int steps = 32;
    Extent seen;
    for (int i = 0; i <= steps; ++i) {
        const double x = width_ * i / steps, y = height_ * i / steps;
        for (const auto& [px, py] : {std::pair{x, 0.0}, std::pair{x, height_}, std::pair{0.0, y}, std::pair{width_, y}}) {
            const GeoPosition at = place_at((px - left_) / scale_, (py - top_) / scale_);
            seen.take(at.longitude, at.latitude);
        }
    }
    for (const double pole : {-90.0, 90.0})  // around a pole lie all longitudes
        if (const auto [x, y] = project({pole, middle_}); x > 0 && x < width_ && y > 0 && y < height_)
            seen.take(middle_ - 179, pole), seen.take(middle_ + 179, pole);
    return {seen.west, seen.south, seen.east, seen.north};
}

std::vector<GeoPosition> places_of(const std::vector<DrawnPath>& paths) {
    std::vector<GeoPosition> places;
    for (const auto& [network, path] : paths)
        for (std::size_t i = 0; i <= path->steps.size(); ++i) places.push_back(network->stations()[station_at(*network, *path, i)].position);
    return places;
}

std::string basemap_json(const std::vector<GeoPosition>& places) {
    // From the narrowest telephone to the widest page; src/style.css has the widths at which figures change theirs.
    constexpr std::array<double, 8> widths{260, 340, 500, 560, 619, 760, 900, 1130};
    constexpr double beyond = 1.02;  // what is cut off shows its edge
    GeoBox box{1e9, 1e9, -1e9, -1e9}, seen = box;
    const auto take = [](GeoBox& all, const GeoBox& one) {
        all = {std::min(all.west, one.west), std::min(all.south, one.south), std::max(all.east, one.east), std::max(all.north, one.north)};
    };
    for (const double width : widths) {
        const MapFrame frame{places, width, beyond};
        take(box, frame.box());
        take(seen, frame.plane_box());
    }
    const MapFrame frame{places, widths.back()};  // the plane is the same for all
    constexpr double parts = 2400;                // of the width: half a pixel
    Json tiles = Json::array();
    for (const Ground& ground : ground_in(in_tenths(box), frame, seen, (seen.east - seen.west) / parts)) {
        const auto list = [&](const std::vector<GeoLine>& lines, std::size_t shortest) {
            Json codes = Json::array();
            for (const GeoLine& line : lines) {
                GeoLine on_earth;
                for (const GeoPosition& at : line) on_earth.push_back(frame.place_at(at.longitude, at.latitude));
                if (Json code = coded(on_earth); code.size() >= shortest) codes.push_back(std::move(code));
            }
            return codes;
        };
        Json tile{{"box", {ground.box.west, ground.box.south, ground.box.east, ground.box.north}},
                  {"land", list(ground.land, 8)},
                  {"lakes", list(ground.lakes, 8)},
                  {"borders", list(ground.borders, 4)}};
        tiles.push_back(std::move(tile));
    }
    return Json{{"tiles", std::move(tiles)}}.dump();
}

namespace {

// Whole pixels, and steps from one to the next: the shortest text.
std::string path_text(const GeoLine& pixels, bool ring) {
    std::string text;
    long x = 0, y = 0;
    for (const GeoPosition& at : pixels) {
        const long to_x = std::lround(at.longitude), to_y = std::lround(at.latitude);
        if (!text.empty() && to_x == x && to_y == y) continue;
        text += text.empty() ? fmt::format("M{} {}l", to_x, to_y) : fmt::format("{} {} ", to_x - x, to_y - y);
        x = to_x, y = to_y;
    }
    if (text.empty() || text.ends_with('l')) return {};  // a single pixel
    text.pop_back();
    return text + (ring ? "z" : "");
}

// A dot and, where there is room for it beside the names so far, its name.
std::string named_dot(const std::string& name, double x, double y, const MapFrame& frame, std::vector<GeoBox>& taken) {
    constexpr double letter = 7.5, tall = 15;  // pixels, of a text of 13
    const double wide = letter * static_cast<double>(characters(name));
    std::string text = fmt::format("<circle class=\"stop\" cx=\"{:.0f}\" cy=\"{:.0f}\" r=\"4\"/>", x, y);
    for (const auto& [left, up] : {std::pair{false, 0.0}, {true, 0.0}, {false, -tall}, {false, tall}, {true, -tall}, {true, tall}}) {
        const double begin = left ? x - 8 - wide : x + 8, base = y + 4 + up;
        const GeoBox box{begin, base - tall, begin + wide, base + 3};
        const auto meets = [&](const GeoBox& other) { return !empty(common(box, other)); };
        if (box.west < 2 || box.east > frame.width() - 2 || box.south < 0 || box.north > frame.height() ||
            std::any_of(taken.begin(), taken.end(), meets))
            continue;
        taken.push_back(box);
        return text + fmt::format("<text class=\"label\" x=\"{:.0f}\" y=\"{:.0f}\"{}>{}</text>", left ? x - 8 : x + 8, base,
                                  left ? " text-anchor=\"end\"" : "", html_text(name));
    }
    return text;
}

}  // namespace

std::string map_svg(const std::vector<DrawnPath>& paths, const std::vector<const Station*>& named) {
    const MapFrame frame{places_of(paths), 640};
    const auto in_pixels = [&](GeoLine plane) {
        for (GeoPosition& at : plane) {
            const auto [x, y] = frame.pixels(at.longitude, at.latitude);
            at = {y, x};
        }
        return plane;
    };
    const double pixel = 1 / (frame.pixels(1, 0).first - frame.pixels(0, 0).first);  // on the plane
    std::string land, lakes, borders, lines, marks, names;
    for (const Ground& ground : ground_in(in_tenths(frame.box()), frame, frame.plane_box(), pixel)) {
        for (const GeoLine& ring : ground.land) land += path_text(in_pixels(ring), true);
        for (const GeoLine& ring : ground.lakes) lakes += path_text(in_pixels(ring), true);
        for (const GeoLine& line : ground.borders) borders += path_text(in_pixels(line), false);
    }
    std::set<std::string> known;
    for (const DrawnPath& path : paths)
        if (std::string line = path_text(in_pixels(thinned(on_plane(frame, places_of({path})), 0.5 * pixel)), false); known.insert(line).second)
            lines += line;
    std::vector<GeoBox> taken;
    for (const Station* station : named) {
        const auto [x, y] = frame.project(station->position);
        marks += named_dot(station->name, x, y, frame, taken);
        names += (names.empty() ? "" : ", ") + html_text(station->name);
    }
    return fmt::format(
        "<svg class=\"map\" viewBox=\"0 0 {0:.0f} {1:.0f}\" role=\"img\" aria-label=\"Map of the way: {2}\"><path class=\"sea\" d=\"M0 "
        "0h{0:.0f}v{1:.0f}h-{0:.0f}z\"/><path class=\"land\" d=\"{3}\"/><path class=\"lake\" d=\"{4}\"/><path class=\"frontier\" d=\"{5}\"/><path "
        "class=\"route\" d=\"{6}\"/>{7}</svg>",
        frame.width(), frame.height(), names, land, lakes, borders, lines, marks);
}

}  // namespace railwindow
