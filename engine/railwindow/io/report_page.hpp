#pragma once
// The page around a document, and the parts that the documents of several kinds of page share. JSON goes in and out as text.

#include <railwindow/io/write_report.hpp>
#include <railwindow/route/path.hpp>

#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

/// What pages draw bands of: half, eight and nine in ten of the runs.
inline const std::vector<double> page_bands{0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};

/// What a page says by itself: to who shares it, to programs that run no script, and until its script has drawn the rest.
struct PageText {
    std::string title;        ///< plain text
    std::string description;  ///< plain text, of a few sentences
    std::string content;      ///< HTML, which the script replaces
    std::string basemap;      ///< as basemap_json gives it; empty where there is no map
};

/// Writes tools/report/dist/page.html with `text` and the JSON text `document` in it, so that nothing of the document, title or description can end
/// an element.
void write_page(std::ostream& out, const PageText& text, const std::string& document);

/// `text` as HTML, in elements and in attributes. Control characters, which HTML has no way to write, and bytes that are no UTF-8 become U+FFFD.
std::string html_text(std::string_view text);

/// What every document begins with: schema, `command`, version, units, how it was made and what is not modelled. One JSON object.
std::string document_head(std::string_view command, const ReportStyle& style);

/// What a map says of a station: station, name, local_name, country, at (longitude, latitude) and, where it is known, elevation_m.
std::string station_json(const Station& station);

/// A path and the network that its sections are of.
struct DrawnPath {
    const Network* network;
    const Path* path;
};

/// The sections of their networks that none of `paths` runs over, as pairs of positions: the other lines of a map.
std::string other_lines_json(const std::vector<DrawnPath>& paths);

/// All sections of a network likewise.
std::string network_lines_json(const Network& network);

/// A sighting as pages mark it: station, name, event, before_km and, where it is one, behind_km, low and high on the clocks of the place (null where
/// that side is open) and source. A watch that saw nothing has `noticed`, and `low` and `high` are its times.
std::string sighting_json(const Network& network, const Observation& seen);

/// Weakly known inputs of several models, each once: what, confidence, source.
std::string weak_inputs_json(const std::vector<const Model*>& models);

/// JSON texts that a document names by index, each written once.
class JsonPool {
public:
    /// The index of `text`; that of an equal one where there is one.
    std::size_t add(std::string text);
    /// The array of all of them.
    std::string json() const;

private:
    std::vector<std::string> texts_;
    std::map<std::string, std::size_t> index_;
};

/// The ways of one page. Stations and sections that several ways share are written once.
class PageWays {
public:
    /// The index of `path` among the ways; two paths that look alike are one way.
    std::size_t add(const Network& network, const Path& path);
    /// {stations, sections, ways}: a way names its stations and sections by index, with the distance of each station, and lists the indices
    /// (among its own stations) of those that matter (`main`), of gauge_changes, reversals, traction_changes and the first stations behind a border.
    std::string json() const;

private:
    JsonPool stations_, sections_, ways_;
};

}  // namespace railwindow
