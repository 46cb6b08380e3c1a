#include <railwindow/estimate/runs_in_parts.hpp>

#include <railwindow/core/bytes.hpp>
#include <railwindow/estimate/parallel.hpp>
#include <railwindow/estimate/sample_bytes.hpp>

#include <algorithm>
#include <mutex>

namespace railwindow {
namespace {

constexpr const char* phase_of_runs = "runs 1";

std::uint64_t blocks_of_runs(std::uint64_t runs) { return (runs + runs_per_block - 1) / runs_per_block; }

// Reads blocks one after the other into the same room.
class BlockReader {
public:
    BlockReader(const Model& model, const WorkPhase& phase, std::uint64_t seed, std::uint64_t runs)
        : model_{model}, phase_{phase}, runs_{runs}, block_{sized(model, seed, std::min(runs, runs_per_block))} {}

    const Samples& read(std::uint64_t number) {
        const std::uint64_t rows = std::min(runs_per_block, runs_ - number * runs_per_block);
        if (block_.runs != rows) block_ = sized(model_, block_.seed, rows);
        read_bytes(block_, phase_.done.at(number).read(room_));
        return block_;
    }

private:
    const Model& model_;
    const WorkPhase& phase_;
    std::uint64_t runs_;
    Samples block_;
    std::string room_;
};

}  // namespace

bool RunsInParts::hold(const EstimateOptions& options) {
    if (!options.work || options.work->is_part()) return false;
    const WorkPhase* phase = options.work->find(phase_of_runs);
    return phase && phase->blocks == blocks_of_runs(options.runs) && phase->done.size() == phase->blocks;
}

RunsInParts::RunsInParts(const Model& model, const Model& shown, const EstimateOptions& options)
    : RunSource{options.runs, options.seed},
      model_{model},
      shown_{shown},
      phase_{*options.work->find(phase_of_runs)},
      counts_{sized(model, options.seed, 0)} {
    counts_.runs = options.runs;
    std::mutex counting;
    const auto make_worker = [&] {
        return [&, blocks = BlockReader{model_, phase_, seed(), runs()}](std::uint64_t number) mutable {
            const Samples& block = blocks.read(number);
            check_runs(block, model_);
            const std::lock_guard lock{counting};
            add_counts(counts_, block);
        };
    };
    in_parallel(phase_.blocks, options.threads, make_worker, [](std::uint64_t) { return true; });
}

void RunsInParts::read(unsigned threads, const std::function<RowReader()>& make_reader) const {
    std::mutex making;
    const bool all_points = &model_ == &shown_;
    const auto make_worker = [&]() -> std::function<void(std::uint64_t)> {
        const std::lock_guard lock{making};
        return [this, all_points, blocks = BlockReader{model_, phase_, seed(), runs()}, reader = make_reader()](std::uint64_t number) mutable {
            const Samples& block = blocks.read(number);
            const std::uint64_t first = number * runs_per_block;
            if (all_points) return reader({block, 0, block.runs, first});
            const Samples fewer = samples_at(shown_, model_, block);
            reader({fewer, 0, fewer.runs, first});
        };
    };
    in_parallel(phase_.blocks, threads, make_worker, [](std::uint64_t) { return true; });
}

}  // namespace railwindow
