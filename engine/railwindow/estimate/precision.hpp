#pragma once
// How many runs are enough: sampling goes on until the windows are as precise as asked for. Errors take the runs as independent, which they
// are; NOTES.md says what evenly spread ones would give.

#include <railwindow/estimate/run_source.hpp>

namespace railwindow {

/// How precise the final arrival of `runs` is: the worst of the destinations, where the journey leaves more than one open.
PrecisionEstimate precision_of(const Model& model, const RunSource& runs, const Precision& wanted, unsigned threads);

/// Runs of `model`: options.runs of them, and more until options.precision holds or its most runs are done.
/// The number depends on the samples alone, so it is the same whatever the threads.
Samples sample_until_precise(const Model& model, const EstimateOptions& options);

}  // namespace railwindow
