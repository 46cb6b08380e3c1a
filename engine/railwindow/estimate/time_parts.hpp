#pragma once
// Where the time went: which runs tell of a quantile, and their means.

#include <railwindow/estimate/run_source.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace railwindow {

/// The run whose final arrival is the quantile p of all runs, or of those of one alternative: of several, the first. Nothing where no run arrives.
std::optional<std::uint64_t> run_at_quantile(const Model& model, const RunSource& runs, double p, std::optional<std::size_t> alternative = {});

/// Mean parts of all runs that arrive, then, for each of `quantiles`, of the 1 % of them (at least one) whose final arrival lies nearest to it; only
/// the former where journeys end at several places, as no quantile of their arrivals means anything.
std::vector<TimePartsEstimate> time_parts_of(const Model& model, const RunSource& runs, const std::vector<double>& quantiles, unsigned threads = 0);

}  // namespace railwindow
