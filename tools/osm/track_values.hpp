#pragma once
// What the tags of a track mean. A value that is not understood counts as not tagged, and is told.

#include "railway.hpp"

#include <railwindow/core/electric_supply.hpp>
#include <railwindow/core/gauge.hpp>

#include <optional>
#include <string>
#include <vector>

namespace osm_import {

/// A value of a tag, or why there is none; both empty: not tagged.
template <class T>
struct Tagged {
    std::optional<T> value;
    std::string doubt;  ///< what is wrong, or what was assumed of it
};

/// `1435`, `1435;1520`, ascending as written.
Tagged<std::vector<railwindow::Gauge>> gauges_of(const std::string& gauge);
/// Of `electrified`, `voltage` and `frequency`.
Tagged<railwindow::Electrification> electrification_of(const std::string& electrified, const std::string& voltage, const std::string& frequency);
/// In km/h; of several the lowest, as the network has one limit for both directions.
Tagged<double> limit_of(const std::string& both, const std::string& forward, const std::string& backward);
/// As files of networks write it.
std::string text_of(const railwindow::Electrification& wire);
bool is_freight_only(const std::string& usage, const std::string& traffic_mode);
/// A service way that trains run over between main tracks, as it has to be a siding's or yard's way.
bool is_service(const std::string& service);

}  // namespace osm_import
