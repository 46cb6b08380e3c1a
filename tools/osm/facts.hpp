#pragma once
// What the tags along a section say, and what is assumed where they say nothing.

#include "sections.hpp"

#include <railwindow/core/provenance.hpp>

#include <string>
#include <vector>

namespace osm_import {

struct Assumed {
    double limit = 60;  ///< km/h
    railwindow::Gauge gauge{1435};
};

/// From here on this limit holds.
struct LimitFrom {
    double at = 0;     ///< metres from the section's first station
    double limit = 0;  ///< km/h
};

struct NamedWork {
    std::string name;
    double at = 0;  ///< metres from the section's first station, of its middle
    Object way;
    std::uint32_t version = 0;
};

struct Facts {
    std::vector<railwindow::Gauge> gauges;
    int tracks = 1;
    railwindow::Electrification wire;
    bool freight_only = false;
    std::vector<LimitFrom> limits;  ///< the first at 0
    std::vector<NamedWork> works;   ///< bridges and tunnels that have a name
    std::string ways;               ///< `way/1 v2, way/3 v4`: where it comes from
    railwindow::Confidence track_confidence{}, limit_confidence{};
};

/// The gauge of most of the tagged track in these sections, or `otherwise`.
railwindow::Gauge commonest_gauge(const TrackGraph& tracks, const std::vector<Section>& sections, railwindow::Gauge otherwise);

Facts facts_of(const TrackGraph& tracks, const Section& section, const Assumed& assumed, Doubts& doubts);

}  // namespace osm_import
