#include <railwindow/drivers/report_value.hpp>

#include <railwindow/core/noise.hpp>
#include <railwindow/drivers/pick_freeze.hpp>
#include <railwindow/estimate/samples.hpp>

#include <algorithm>
#include <cmath>
#include <map>

namespace railwindow {
namespace {

// Of the runs that are not asked as reports: those of a time in its order, and those that it never comes to. A run that reports is none of those
// that agree with it, so chance is no knowledge.
class ByTime {
public:
    ByTime(std::span<const std::int64_t> times, const ReportTrial& trial)
        : times_{times}, trial_{trial}, reports_{std::min<std::uint64_t>(trial.reports, times.size() / 2)} {
        for (std::uint64_t run = reports_; run < times.size(); ++run)
            (times[run] == PointSamples::never ? never_ : order_).push_back(static_cast<std::uint32_t>(run));
        std::stable_sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) { return times_[a] < times_[b]; });
    }

    // Runs 0 to this are the reports.
    std::uint64_t reports() const { return reports_; }
    bool comes(std::uint64_t run) const { return times_[run] != PointSamples::never; }
    std::span<const std::uint32_t> never() const { return never_; }

    // The runs that agree with the report of `run`, which comes: within its error, or the nearest ones where these are few.
    std::span<const std::uint32_t> agreeing(std::uint64_t run) const {
        const double u = Noise{trial_.seed, run}.uniform({"report-error", "", ""});
        const auto off = trial_.off.count();
        const std::int64_t said = times_[run] + static_cast<std::int64_t>(std::llround((2 * u - 1) * static_cast<double>(off)));
        const auto before = [&](std::uint32_t r, std::int64_t time) { return times_[r] < time; };
        auto first = static_cast<std::size_t>(std::lower_bound(order_.begin(), order_.end(), said - off, before) - order_.begin());
        auto last = static_cast<std::size_t>(std::lower_bound(order_.begin(), order_.end(), said + off + 1, before) - order_.begin());
        const std::size_t wanted = std::min(order_.size(), ReportTrial::fewest);
        while (last - first < wanted) {
            const bool earlier = last == order_.size() || (first > 0 && said - times_[order_[first - 1]] <= times_[order_[last]] - said);
            if (earlier)
                --first;
            else
                ++last;
        }
        return std::span{order_}.subspan(first, last - first);
    }

private:
    std::span<const std::int64_t> times_;
    const ReportTrial& trial_;
    std::uint64_t reports_;
    std::vector<std::uint32_t> order_, never_;
};

// What one report leaves.
struct Posterior {
    double width, squared_error, runs;
};

// Of the width of sorted `times`: half the distance of order statistics one standard error of the rank apart, at P5 and P95.
double squared_error(const std::vector<double>& times) {
    const double n = static_cast<double>(times.size()), off = std::sqrt(n * 0.05 * 0.95);
    const auto at = [&](double rank) { return times[static_cast<std::size_t>(std::clamp(rank, 1.0, n)) - 1]; };
    double sum = 0;
    if (!times.empty())
        for (const double rank : {0.05 * n, 0.95 * n}) sum += std::pow((at(std::ceil(rank + off)) - at(std::ceil(rank - off))) / 2, 2);
    return sum;
}

}  // namespace

ExpectedSpan expected_span(std::span<const std::int64_t> here, std::span<const std::int64_t> there, const ReportTrial& trial) {
    const ByTime runs{here, trial};
    const auto posterior = [&](std::span<const std::uint32_t> agreeing) {
        std::vector<double> times;
        for (const std::uint32_t run : agreeing)
            if (there[run] != PointSamples::never) times.push_back(static_cast<double>(there[run]) / 1000);
        const double width = width_of(times);
        return Posterior{width, squared_error(times), static_cast<double>(times.size())};
    };
    const Posterior never = posterior(runs.never());
    std::vector<Posterior> found;
    for (std::uint64_t run = 0; run < runs.reports(); ++run) {
        if (there[run] == PointSamples::never) continue;
        if (const Posterior one = runs.comes(run) ? posterior(runs.agreeing(run)) : never; !std::isnan(one.width)) found.push_back(one);
    }
    if (found.empty()) return {NAN, NAN};
    const double n = static_cast<double>(found.size());
    double sum = 0, squares = 0, shared = 0, sizes = 0;
    for (const Posterior& one : found) sum += one.width, shared += one.squared_error, sizes += one.runs;
    for (const Posterior& one : found) squares += (one.width - sum / n) * (one.width - sum / n);
    // Of the compared runs only so many groups have no run in common.
    const double apart = static_cast<double>(here.size() - runs.reports()) / (sizes / n);
    return {sum / n, std::sqrt(squares / (n * std::max(1.0, n - 1)) + shared / n / std::max(1.0, apart))};
}

ExpectedSpan span_if_unseen(std::span<const std::int64_t> here, std::span<const std::int64_t> there, std::int64_t until) {
    std::vector<double> times;
    for (std::size_t run = 0; run < here.size(); ++run)
        if (there[run] != PointSamples::never && (here[run] == PointSamples::never || here[run] > until))
            times.push_back(static_cast<double>(there[run]) / 1000);
    const double width = width_of(times);
    return {width, std::sqrt(squared_error(times))};
}

Share named_right(std::span<const std::int64_t> here, std::span<const std::uint16_t> option, const ReportTrial& trial) {
    const ByTime runs{here, trial};
    const auto likeliest = [&](std::span<const std::uint32_t> agreeing) {
        std::map<std::uint16_t, std::uint64_t> counts;
        for (const std::uint32_t run : agreeing) ++counts[option[run]];
        const auto most = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
        return most == counts.end() ? std::uint16_t{0} : most->first;
    };
    const std::uint16_t of_never = likeliest(runs.never());
    std::uint64_t right = 0;
    for (std::uint64_t run = 0; run < runs.reports(); ++run)
        if ((runs.comes(run) ? likeliest(runs.agreeing(run)) : of_never) == option[run]) ++right;
    return share_of(right, runs.reports());
}

}  // namespace railwindow
