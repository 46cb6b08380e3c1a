#pragma once

#include <railwindow/simulation/simulate.hpp>

#include <string>

namespace railwindow {

/// A run for figures, at about a thousand points: cars, columns, movements (rows of distance_km, speed_kmh, limit_kmh, gradient_permille) and
/// bound_by_seconds: for how long what held its speed. One JSON object.
std::string page_profile_json(const Model& model, const ProfiledRun& run);

}  // namespace railwindow
