#include <railwindow/estimate/modes.hpp>

#include <railwindow/estimate/arrivals.hpp>

#include <algorithm>
#include <deque>
#include <map>

namespace railwindow {

std::vector<ModeEstimate> modes_of(const Model& model, const RunSource& runs, unsigned threads) {
    if (model.waits.empty()) return {};
    using Counts = std::map<std::uint64_t, std::uint64_t>;  // by what they wait for
    std::deque<Counts> of_readers;
    runs.read(threads, [&]() -> RowReader {
        return [&counts = of_readers.emplace_back()](const RunRows& rows) {
            for (std::uint64_t row = rows.begin; row < rows.end; ++row) ++counts[rows.samples.waits[row]];
        };
    });
    Counts all;
    for (const Counts& counts : of_readers)
        for (const auto& [bits, count] : counts) all[bits] += count;
    if (all.size() < 2) return {};
    std::vector<ModeEstimate> modes;
    for (const auto& [bits, count] : all) {
        ModeEstimate mode{{}, count, share_of(count, runs.runs()), {}};
        for (std::size_t i = 0; i < model.waits.size(); ++i)
            if (bits >> i & 1) mode.waits.push_back(i);
        modes.push_back(std::move(mode));
    }
    return modes;
}

void ask_modes(Questions& questions, const Model& model, const std::vector<double>& quantiles, std::vector<ModeEstimate>& modes) {
    const std::vector<std::size_t> last = last_points(model);
    for (ModeEstimate& mode : modes) {
        std::uint64_t bits = 0;
        for (const std::size_t wait : mode.waits) bits |= std::uint64_t{1} << wait;
        questions.ask(by_row([bits, last](const Samples& in, std::uint64_t row) {
                          return in.waits[row] == bits ? in.points[last[alternative_in(in, row)]].arrive[row] : PointSamples::never;
                      }),
                      quantiles, mode.arrival);
    }
}

void sort_modes(std::vector<ModeEstimate>& modes) {
    std::stable_sort(modes.begin(), modes.end(), [](const ModeEstimate& a, const ModeEstimate& b) { return a.runs > b.runs; });
}

}  // namespace railwindow
