#pragma once
// An estimate as people and programs read it. The only place where its quantities become text.

#include <railwindow/estimate/estimate.hpp>
#include <railwindow/io/units_shown.hpp>

#include <ostream>

namespace railwindow {

/// How wide a table may be, and whether it may use characters beyond ASCII.
struct TableStyle {
    int width = 80;               ///< in characters; less than 50 counts as 50
    Units units = Units::metric;  ///< how lengths and speeds are shown
    bool details = false;         ///< routes, standard errors, legs, where the time went and all else that is known, behind the answer
};

/// The arrival windows for people.
void write_table(std::ostream& out, const Model& model, const Estimate& estimate, const TableStyle& style = {});
/// Schema `railwindow.estimate/1`: times with their station's offset, durations in seconds, lengths in km.
void write_json(std::ostream& out, const Model& model, const Estimate& estimate, Units units = Units::metric);
/// One row per timing point, event and quantile.
void write_csv(std::ostream& out, const Model& model, const Estimate& estimate, Units units = Units::metric);
/// Sections of the routes as lines with what is known of them, timing points as points with their windows; keys as in the JSON.
void write_geojson(std::ostream& out, const Model& model, const Estimate& estimate, Units units = Units::metric);

/// `p5`, `p2.5`: how a quantile is called.
std::string quantile_name(double p);

}  // namespace railwindow
