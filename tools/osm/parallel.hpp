#pragma once
// Tracks side by side are one line: they are counted across it.

#include "sections.hpp"

namespace osm_import {

struct Parallel {
    int tracks = 1;                         ///< of one gauge, at half of the places at least
    std::vector<railwindow::Gauge> gauges;  ///< on half of the places at least; those of tracks beside it, too
};

/// `fallback`: of ways without a gauge.
Parallel parallel_tracks(const TrackGraph& tracks, const Section& section, railwindow::Gauge fallback);

}  // namespace osm_import
