#pragma once
// The ground of a page's map: which part of the Earth it shows, the coasts and borders there, and the ways on it as a picture that needs no script.

#include <railwindow/io/coasts.hpp>
#include <railwindow/io/report_page.hpp>

#include <string>
#include <utility>
#include <vector>

namespace railwindow {

/// A map of some places in a frame: Albers' equal-area cone with two standard parallels, as src/map.js of the page draws it.
/// Source: J. P. Snyder, Map projections: a working manual (USGS Professional Paper 1395), pages 98-103, for a sphere.
class MapFrame {
public:
    /// Fits `places` (not empty) into `width` pixels; the height follows from them. `larger` times as much of the Earth is seen in both directions.
    MapFrame(const std::vector<GeoPosition>& places, double width, double larger = 1);

    double width() const { return width_; }
    double height() const { return height_; }

    /// On the plane of the cone, for a sphere of radius 1: to the right and down. It is the same for frames of any width.
    std::pair<double, double> on_plane(GeoPosition place) const;
    /// The place at a point of the plane; beyond a pole or the far side of the Earth the nearest that there is.
    GeoPosition place_at(double x, double y) const;
    /// A point of the plane in pixels to the right and down.
    std::pair<double, double> pixels(double x, double y) const;
    /// `place` in pixels.
    std::pair<double, double> project(GeoPosition place) const;

    /// What of the plane lies in the frame; south and north are its top and bottom.
    GeoBox plane_box() const;
    /// What of the Earth lies in the frame, and perhaps more: no longitude is more than 179 degrees from its middle.
    GeoBox box() const;

private:
    double middle_, cone_, constant_, first_sine_;  // degrees; the cone's n and C; the sine of the southern parallel
    double width_, height_, scale_ = 1, left_ = 0, top_ = 0;
};

/// The stations that `paths` come through, each path's in its order.
std::vector<GeoPosition> places_of(const std::vector<DrawnPath>& paths);

/// Coasts, lakes and borders in every frame in which a page may show `places`: {tiles: [{box, land, lakes, borders}]}. Rings and lines are whole
/// hundredths of a degree: the first place, then steps. Land is cut at the edges of its tile, which are no coasts. What is less than half a pixel is
/// left out.
std::string basemap_json(const std::vector<GeoPosition>& places);

/// `paths` on their coasts as an SVG element; `named` are the stations that it names.
std::string map_svg(const std::vector<DrawnPath>& paths, const std::vector<const Station*>& named);

}  // namespace railwindow
