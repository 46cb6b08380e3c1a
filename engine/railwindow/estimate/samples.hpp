#pragma once
// What many runs leave behind: for every timing point, each run's times. Column r of every table is run r's, whoever computed it.

#include <railwindow/estimate/estimate.hpp>

#include <cstdint>
#include <vector>

namespace railwindow {

/// Times of one timing point, by run. A run that does not reach it has `never`.
struct PointSamples {
    static constexpr std::int64_t never = INT64_MIN;
    std::size_t visit;
    std::vector<std::int64_t> arrive, depart, moving;  ///< milliseconds: since the epoch, since the epoch, since the origin
};

struct Samples {
    std::uint64_t seed = 0, runs = 0;
    std::vector<PointSamples> points;     ///< in the order of the route, origin first
    std::vector<std::uint32_t> stranded;  ///< by visit: how many runs ended after it
    bool complete = true;                 ///< false when the progress callback stopped the runs
};

/// Runs 0 to `options.runs` - 1 of `model`.
/// Throws: InputError for no runs or a quantile outside (0, 1).
Samples sample(const Model& model, const EstimateOptions& options);

/// The arrival windows that `samples` hold, at the timing points of `model`: the model that was sampled, or the same scenario built with
/// fewer timing points.
/// Throws: Infeasible when no run arrives.
Estimate summarize(const Model& model, const Samples& samples, const EstimateOptions& options);

}  // namespace railwindow
