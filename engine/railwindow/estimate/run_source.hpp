#pragma once
// Runs that are read row by row, as often as needed, wherever they lie: in memory, or in parts that are larger than memory.

#include <railwindow/estimate/samples.hpp>

#include <cstdint>
#include <functional>

namespace railwindow {

/// Rows `begin` to `end` - 1 of `samples`, the first of which is run `first`.
struct RunRows {
    const Samples& samples;    ///< in which they lie
    std::uint64_t begin, end;  ///< the first row, and the one behind the last
    std::uint64_t first;       ///< number of the run in row `begin`
};

/// What is done with rows, in any order and by many threads at once; each thread has one of its own.
using RowReader = std::function<void(const RunRows&)>;

/// All runs of one question.
class RunSource {
public:
    /// Of `runs` runs from the draws of `seed`.
    RunSource(std::uint64_t runs, std::uint64_t seed) : runs_{runs}, seed_{seed} {}
    virtual ~RunSource() = default;

    /// How many runs.
    std::uint64_t runs() const { return runs_; }
    /// Of the draws.
    std::uint64_t seed() const { return seed_; }
    /// Gives every row to one of the readers; to the only one of one thread in their order. `make_reader` is called by one thread at a time, once for
    /// each that reads.
    virtual void read(unsigned threads, const std::function<RowReader()>& make_reader) const = 0;
    /// Samples without rows: what was counted over all runs.
    virtual Samples counts() const = 0;

private:
    std::uint64_t runs_, seed_;
};

/// Runs in memory.
class RunsInMemory : public RunSource {
public:
    /// `samples` must outlive it.
    explicit RunsInMemory(const Samples& samples) : RunSource{samples.runs, samples.seed}, samples_{samples} {}
    void read(unsigned threads, const std::function<RowReader()>& make_reader) const override;
    Samples counts() const override;

private:
    const Samples& samples_;
};

/// Adds what was counted over the runs of `block`.
void add_counts(Samples& counts, const Samples& block);

/// The windows that `runs` of `model` show.
/// Throws: Infeasible when no run arrives.
Estimate summarize(const Model& model, const RunSource& runs, const EstimateOptions& options);

}  // namespace railwindow
