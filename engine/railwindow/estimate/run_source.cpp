#include <railwindow/estimate/run_source.hpp>

#include <railwindow/estimate/parallel.hpp>

#include <algorithm>
#include <functional>
#include <mutex>

namespace railwindow {
namespace {

constexpr std::uint64_t rows_at_once = 4096;  // a few columns of them lie in the cache

}  // namespace

void add_counts(Samples& counts, const Samples& block) {
    for (std::size_t a = 0; a < counts.stranded.size(); ++a)
        std::transform(counts.stranded[a].begin(), counts.stranded[a].end(), block.stranded[a].begin(), counts.stranded[a].begin(), std::plus<>{});
    std::transform(counts.diverted.begin(), counts.diverted.end(), block.diverted.begin(), counts.diverted.begin(), std::plus<>{});
}

void RunsInMemory::read(unsigned threads, const std::function<RowReader()>& make_reader) const {
    std::mutex making;
    const auto make_worker = [&]() -> std::function<void(std::uint64_t)> {
        const std::lock_guard lock{making};
        return [this, reader = make_reader()](std::uint64_t piece) {
            const std::uint64_t begin = piece * rows_at_once;
            reader({samples_, begin, std::min(runs(), begin + rows_at_once), begin});
        };
    };
    in_parallel((runs() + rows_at_once - 1) / rows_at_once, threads, make_worker, [](std::uint64_t) { return true; });
}

Samples RunsInMemory::counts() const {
    Samples counted;
    counted.seed = seed(), counted.runs = runs();
    counted.stranded = samples_.stranded, counted.diverted = samples_.diverted;
    return counted;
}

}  // namespace railwindow
