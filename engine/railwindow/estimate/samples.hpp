#pragma once
// What many runs leave behind: for every timing point, each run's times. Column r of every table is run r's, whoever computed it.

#include <railwindow/estimate/estimate.hpp>
#include <railwindow/simulation/time_parts.hpp>

#include <cstdint>
#include <vector>

namespace railwindow {

/// Times of one timing point, by run. A run that does not reach it has `never`.
struct PointSamples {
    static constexpr std::int64_t never = INT64_MIN;  ///< stands for a time that does not come
    std::vector<std::int64_t> arrive;                 ///< since the epoch
    std::vector<std::int64_t> depart;                 ///< since the epoch
    std::vector<std::int64_t> moving;                 ///< running time since the origin, up to the arrival
};

/// Ordinary trains on one line, by run; zero where a run does not come there.
struct TrafficSamples {
    std::vector<std::int64_t> trains;  ///< how many
    std::vector<std::int64_t> delay;   ///< of all of them together, in milliseconds
    std::vector<std::int64_t> caused;  ///< what of it is due to the convoy
};

/// The times of all runs.
struct Samples {
    std::uint64_t seed = 0;                            ///< of the draws
    std::uint64_t runs = 0;                            ///< how long each column is
    std::vector<PointSamples> points;                  ///< by Model::timing_points
    std::vector<std::uint16_t> alternatives;           ///< by run, its alternative; empty where there is only one
    std::vector<TimeParts> parts;                      ///< by run: where the main train's time went; of runs that arrive
    std::vector<std::vector<std::uint32_t>> stranded;  ///< by alternative and visit: how many runs ended after it
    bool complete = true;                              ///< false when the progress callback stopped the runs
    std::vector<TrafficSamples> traffic{};             ///< by Model::shared_lines
    std::vector<std::uint32_t> diverted{};             ///< by Model::diversions: how many runs took it
    std::vector<std::uint64_t> waits{};                ///< by run: Trace::waits; empty where there is nothing to wait for
};

/// The alternative that the run in `row` takes.
inline std::size_t alternative_in(const Samples& samples, std::uint64_t row) { return samples.alternatives.empty() ? 0 : samples.alternatives[row]; }

/// Runs of one block of shared work: 0 to 255, then 256 to 511.
inline constexpr std::uint64_t runs_per_block = 256;

/// Bytes of memory that a run of `model` takes.
double bytes_per_run(const Model& model);

/// `runs` rows for `model`, none of which comes anywhere yet.
Samples sized(const Model& model, std::uint64_t seed, std::uint64_t runs);

/// Runs 0 to `options.runs` - 1 of `model`. Of a part of the work (`options.work`) there are no rows: they are kept there.
/// Throws: InputError for no runs or a quantile outside (0, 1); BrokenBytes where what `options.work` holds are none of these runs.
Samples sample(const Model& model, const EstimateOptions& options);
/// Adds the runs from samples.runs to `options.runs` - 1, so that the samples are those of one call for all.
void extend(Samples& samples, const Model& model, const EstimateOptions& options);

/// The windows that `samples` of `model` show.
/// Throws: Infeasible when no run arrives.
Estimate summarize(const Model& model, const Samples& samples, const EstimateOptions& options);

/// The part of `samples` of `model` that the timing points of `fewer` need: the same scenario built with fewer of them.
Samples samples_at(const Model& fewer, const Model& model, const Samples& samples);

}  // namespace railwindow
