#pragma once
// Journeys that may be the one: runs, each with its lineage, what they look like at the timing points, and how they fit the reports. They are
// kept in cells, one for every alternative and batch; a cell is worked by one thread and depends on no other. NOTES.md has the method.

#include <railwindow/estimate/estimate.hpp>
#include <railwindow/inference/report.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace railwindow {

/// Independent batches that errors are taken from.
inline constexpr std::size_t batches = 16;

/// Where a train is at a moment.
struct Position {
    enum class Kind : std::uint8_t { not_departed, standing, between, arrived, gone };  ///< gone: the run ended before
    Kind kind = Kind::not_departed;                                                     ///< what it is doing
    std::uint32_t visit = 0;                                                            ///< where it stands, or the last it has passed
    std::uint32_t way = 0;                                                              ///< whose visit: an alternative, or behind them a diversion
    double kilometres = 0;                                                              ///< from its origin
};

/// Runs that were followed only as far as it takes to see how they fit one report. Columns are by run.
struct Scouts {
    std::vector<std::uint64_t> runs;  ///< from `first_scout` on, so that they are none of a cell's other runs
    std::vector<double> fits;         ///< to the report
};
/// Rows of first runs lie below, those of scouts from here on.
inline constexpr std::uint64_t first_scout = 1u << 22;

/// Particles of one alternative in one batch. Columns are by particle.
struct Cell {
    std::size_t alternative = 0, batch = 0;
    std::vector<std::uint64_t> runs;                  ///< where each began
    std::size_t depth = 0;                            ///< refreshes of each
    std::vector<Refresh> refreshes;                   ///< depth of each, the oldest first
    std::vector<double> fits;                         ///< by report within a particle
    std::vector<std::int64_t> times;                  ///< of what is reported, by report within a particle; PointSamples::never
    std::vector<std::int64_t> arrive, depart;         ///< by timing point of the main train within a particle; PointSamples::never
    std::vector<Position> positions;                  ///< at the moment asked about; empty: nobody asked
    std::vector<double> weights;                      ///< their mean is the evidence for the alternative
    std::vector<Scouts> scouts;                       ///< by report; more first runs, for what comes first
    std::size_t size() const { return runs.size(); }  ///< how many
};

/// What particles are asked for.
struct ParticleTask {
    const Model& model;
    const std::vector<Report>& reports;
    const std::vector<DrawPlaces>& places;  ///< by alternative
    std::vector<std::size_t> points;        ///< of Model::timing_points
    std::uint64_t seed;
    std::optional<Instant> moment;  ///< where the trains are then is wanted
};

class Simulator;

/// Adds runs to `cell` until it has `size`; all weights become 1.
void draw_runs(Cell& cell, const ParticleTask& task, Simulator& simulator, std::size_t size);

/// Adds scouts of `report` to `cell` until there are `size`.
void draw_scouts(Cell& cell, const ParticleTask& task, Simulator& simulator, std::size_t report, std::size_t size);

/// How a cell was weighted.
struct Settled {
    Cell cell;                                ///< weighted by all reports that count
    std::uint64_t replays = 0, accepted = 0;  ///< journeys run again, and how many of them still fitted what was seen before
};

/// `first`, runs of `draw_runs` and the scouts of the first report, weighted by the reports `counting`, in order.
Settled settle(const Cell& first, const ParticleTask& task, Simulator& simulator, const std::vector<std::size_t>& counting);

/// (sum of weights)^2 / sum of their squares.
double effective_size(const std::vector<double>& weights);

}  // namespace railwindow
