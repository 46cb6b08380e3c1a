#include <railwindow/estimate/questions.hpp>

#include <utility>

namespace railwindow {

void Questions::ask(RankRequest request, std::function<void(const Ranked&)> take) {
    ranks_.requests.push_back(std::move(request));
    ranks_.takers.push_back(std::move(take));
}

void Questions::ask(CellRequest request, std::function<void(const std::vector<std::uint64_t>&)> take) {
    cells_.requests.push_back(std::move(request));
    cells_.takers.push_back(std::move(take));
}

void Questions::ask(SortedRequest request, std::function<void(const std::vector<Millis>&)> take) {
    sorted_.requests.push_back(std::move(request));
    sorted_.takers.push_back(std::move(take));
}

void Questions::ask(Measure measure, const std::vector<double>& ps, std::vector<Quantile>& quantiles) {
    ask(quantile_request(std::move(measure), ps), [&quantiles, ps](const Ranked& answer) { quantiles = quantiles_of(answer, ps); });
}

void Questions::answer(const RunSource& runs, unsigned threads) {
    while (!ranks_.requests.empty() || !cells_.requests.empty() || !sorted_.requests.empty()) {
        const auto now_ranks = std::exchange(ranks_, {});
        const auto now_cells = std::exchange(cells_, {});
        const auto now_sorted = std::exchange(sorted_, {});
        const std::vector<Ranked> ranks = ranked(runs, now_ranks.requests, threads);
        const std::vector<std::vector<std::uint64_t>> cells = counted(runs, now_cells.requests, threads);
        for (std::size_t i = 0; i < ranks.size(); ++i) now_ranks.takers[i](ranks[i]);
        for (std::size_t i = 0; i < cells.size(); ++i) now_cells.takers[i](cells[i]);
        for (std::size_t i = 0; i < now_sorted.requests.size(); ++i)
            now_sorted.takers[i](sorted_values(runs, now_sorted.requests[i].measure, threads));
    }
}

}  // namespace railwindow
