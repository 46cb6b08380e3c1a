#include <railwindow/io/write_backtest.hpp>

#include <railwindow/core/text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow {
namespace {

std::string probability(double p) { return p < 0.001 ? fmt::format("{:.1g}", p) : fmt::format("{:.2g}", p); }

// The tail that says most, told by its percentiles.
std::string tail_words(const PitTests& tests) {
    const auto tail = std::min_element(tests.tails.begin(), tests.tails.end(), [](const TailTest& a, const TailTest& b) { return a.p < b.p; });
    const char* ends = tail->level < 0.985 ? "the 1st or 99th percentile" : "the 0.5th or 99.5th percentile";
    return fmt::format("{} of {} journeys end beyond {} of their forecasts; if these were right so many would do so with probability {}", tail->count,
                       tail->of, ends, probability(tail->p));
}

std::string reason(ForecastFault fault, const PitTests& tests) {
    const double n = static_cast<double>(tests.journeys);
    switch (fault) {
        case ForecastFault::too_narrow:
            if (std::any_of(tests.tails.begin(), tests.tails.end(), [](const TailTest& tail) { return tail.p < fault_level / 7; }))
                return "too narrow: " + tail_words(tests);
            return fmt::format(
                "too narrow: final arrivals lie {:.1f} times as far out as they should (square of their normal scores; probability {})",
                tests.spread.statistic / n, probability(tests.spread.p));
        case ForecastFault::too_wide:
            return fmt::format("too wide: final arrivals lie {:.2f} times as far out as they should (square of their normal scores; probability {})",
                               tests.spread.statistic / n, probability(1 - tests.spread.p));
        case ForecastFault::too_early:
            return "too early: final arrivals lie late in their forecasts (probability " + probability(tests.shift.p) + ")";
        case ForecastFault::too_late:
            return "too late: final arrivals lie early in their forecasts (probability " + probability(tests.shift.p) + ")";
        case ForecastFault::uneven:
            break;
    }
    return "unevenly off: final arrivals are not spread over their forecasts as they should be (Anderson-Darling, probability " +
           probability(tests.anderson_darling.p) + ")";
}

}  // namespace

std::string verdict(const PitTests& tests) {
    if (tests.journeys == 0) return "nothing here counts";
    if (tests.faults.empty())
        return fmt::format("nothing speaks against these windows, as far as {} can tell",
                           tests.journeys == 1 ? "one journey" : fmt::format("{} journeys", tests.journeys));
    std::string words;
    for (const ForecastFault fault : tests.faults) words += (words.empty() ? "" : "; and ") + reason(fault, tests);
    return words;
}

}  // namespace railwindow
