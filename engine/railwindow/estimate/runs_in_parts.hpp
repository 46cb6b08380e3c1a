#pragma once
// Runs that lie in parts, of files perhaps, and are read from there as often as needed.

#include <railwindow/estimate/run_source.hpp>
#include <railwindow/estimate/shared_work.hpp>

#include <string>

namespace railwindow {

/// All blocks of the phase of runs of `work`.
class RunsInParts : public RunSource {
public:
    /// Of `options.runs` runs of `model`, which are all known to `options.work`. `shown` is the same with no more timing points: what readers are
    /// given. All of these must outlive it.
    /// Throws: BrokenBytes where what is known are none of these runs.
    RunsInParts(const Model& model, const Model& shown, const EstimateOptions& options);

    /// Whether all of `options.runs` runs are known to `options.work`.
    static bool hold(const EstimateOptions& options);

    void read(unsigned threads, const std::function<RowReader()>& make_reader) const override;
    Samples counts() const override { return counts_; }

private:
    const Model& model_;
    const Model& shown_;
    const WorkPhase& phase_;
    Samples counts_;
};

}  // namespace railwindow
