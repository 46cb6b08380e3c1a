#pragma once
// What is known of the section that a step of a path runs over, for maps and charts.

#include <railwindow/route/path.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace railwindow {

/// As one JSON object: line, length_km, gauge_mm, tracks, wire, limit_kmh, operating_kmh (5, 50 and 95 %), ruling_permille in the
/// direction of travel where it is known, and the confidence of kilometres and speeds.
std::string section_json(const Network& network, const PathStep& step);

/// `low`, `medium`, `high` or `not stated`.
std::string_view confidence_name(const std::optional<Confidence>& confidence);

}  // namespace railwindow
