#pragma once
// Order statistics of what is measured in runs, by counting: a pass over the runs counts values by cell, and the next one looks into the cells where
// the wanted places lie. Exact, whatever the number of runs, in memory that does not grow with it.

#include <railwindow/estimate/run_source.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

namespace railwindow {

/// Adds to `values` what the rows tell, in any order; rows that tell nothing add nothing.
using Measure = std::function<void(const RunRows& rows, std::vector<std::int64_t>& values)>;

/// The measure that has the value `of(samples, row, alternative)` in the rows of runs whose alternative counts; PointSamples::never where there is
/// none.
template <class Of>
Measure by_row_of(const std::vector<bool>& counts, Of of) {
    return [of, counts](const RunRows& rows, std::vector<std::int64_t>& values) {
        const std::size_t before = values.size();
        values.resize(before + (rows.end - rows.begin));
        std::int64_t* next = values.data() + before;
        const auto add = [&](std::uint64_t row, std::size_t alternative) {
            *next = of(rows.samples, row, alternative);
            next += *next != PointSamples::never ? 1 : 0;
        };
        const std::vector<std::uint16_t>& alternatives = rows.samples.alternatives;
        for (std::uint64_t row = rows.begin; row < rows.end && alternatives.empty() && counts[0]; ++row) add(row, 0);
        for (std::uint64_t row = rows.begin; row < rows.end && !alternatives.empty(); ++row)
            if (counts[alternatives[row]]) add(row, alternatives[row]);
        values.resize(static_cast<std::size_t>(next - values.data()));
    };
}

/// The measure that has the value `of(samples, row)` in each row; PointSamples::never where there is none.
template <class Of>
Measure by_row(Of of) {
    return [of](const RunRows& rows, std::vector<std::int64_t>& values) {
        const std::size_t before = values.size();
        values.resize(before + (rows.end - rows.begin));
        std::int64_t* next = values.data() + before;
        for (std::uint64_t row = rows.begin; row < rows.end; ++row) {
            *next = of(rows.samples, row);
            next += *next != PointSamples::never ? 1 : 0;
        }
        values.resize(static_cast<std::size_t>(next - values.data()));
    };
}

/// What is to be known of a measure.
struct RankRequest {
    Measure measure;
    /// Places, from 0, among the sorted values, of which there are `count` (above 0). Empty: only the number of values is asked for.
    std::function<std::vector<std::uint64_t>(std::uint64_t count)> places{};
};

/// What is known of a measure.
struct Ranked {
    std::uint64_t count = 0;                      ///< how many values there are
    std::map<std::uint64_t, std::int64_t> value;  ///< by place that was asked for
};

/// One answer for each of `requests`.
std::vector<Ranked> ranked(const RunSource& runs, const std::vector<RankRequest>& requests, unsigned threads);

/// Places that quantiles `ps` and their errors need.
std::vector<std::uint64_t> places_of(const std::vector<double>& ps, std::uint64_t count);
/// The request for quantiles `ps`.
RankRequest quantile_request(Measure measure, std::vector<double> ps);
/// The quantile p, with its error, of a measure that was asked for it and has values.
Quantile quantile_of(const Ranked& ranked, double p);
/// All of `ps`; none where there are no values.
std::vector<Quantile> quantiles_of(const Ranked& ranked, const std::vector<double>& ps);

/// Values at least `low` and below `high`, by cell: `cells` of equal width, whose bounds are rounded down. Cell i begins at low + (high - low) i /
/// cells.
struct CellRequest {
    Measure measure;
    std::int64_t low, high;
    std::size_t cells;
};
/// How many values lie in each cell, for each of `requests`.
std::vector<std::vector<std::uint64_t>> counted(const RunSource& runs, const std::vector<CellRequest>& requests, unsigned threads);

/// All values of a measure, sorted.
std::vector<Millis> sorted_values(const RunSource& runs, const Measure& measure, unsigned threads);

/// The sum of each of `measures` over all rows. Accuracy: exact below 2^53.
std::vector<double> summed(const RunSource& runs, const std::vector<Measure>& measures, unsigned threads);

}  // namespace railwindow
