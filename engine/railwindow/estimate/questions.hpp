#pragma once
// What is asked of runs and what becomes of the answers. All that is asked by then is read in the same passes over the runs; an answer may ask more.

#include <railwindow/estimate/ranked.hpp>

#include <functional>
#include <vector>

namespace railwindow {

/// All values of a measure are wanted.
struct SortedRequest {
    Measure measure;
};

/// Questions that wait for their answers.
class Questions {
public:
    /// Calls `take` with the answer to `request`.
    void ask(RankRequest request, std::function<void(const Ranked&)> take);
    /// Calls `take` with the counts by cell.
    void ask(CellRequest request, std::function<void(const std::vector<std::uint64_t>&)> take);
    /// Calls `take` with all values, sorted. They are in memory then, those of one request at a time.
    void ask(SortedRequest request, std::function<void(const std::vector<Millis>&)> take);
    /// Asks for the quantiles `ps`, into `quantiles`, which stays where it is.
    void ask(Measure measure, const std::vector<double>& ps, std::vector<Quantile>& quantiles);
    /// Answers all questions, and those that answers ask.
    void answer(const RunSource& runs, unsigned threads);

private:
    template <class Request, class Answer>
    struct Asked {
        std::vector<Request> requests;
        std::vector<std::function<void(const Answer&)>> takers;
    };
    Asked<RankRequest, Ranked> ranks_;
    Asked<CellRequest, std::vector<std::uint64_t>> cells_;
    Asked<SortedRequest, std::vector<Millis>> sorted_;
};

}  // namespace railwindow
