#pragma once
// What one report of a train on its way would be worth: the runs that agree with it are the posterior, so runs that are there already say how narrow
// the window would be expected to be. Nothing is simulated here.

#include <railwindow/core/clock.hpp>
#include <railwindow/estimate/share.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace railwindow {

/// How reports of one place are tried out.
struct ReportTrial {
    Millis off{};                              ///< a report is off by at most this, every error equally likely
    std::uint64_t reports = 512;               ///< how many are tried: those of runs 0, 1, ..., of at most half of the runs; the others are compared
    std::uint64_t seed = 1;                    ///< of their errors
    static constexpr std::size_t fewest = 50;  ///< where fewer runs agree with a report, the nearest so many in time count as agreeing
};

/// A width that is expected, with one standard error.
struct ExpectedSpan {
    double seconds = 0;  ///< from P5 to P95; not a number where no run says it
    double error = 0;    ///< of the reports that are tried, and of the runs that they are compared with
};

/// The expected distance from P5 to P95 of `there` when it is known, up to its error, when the train is `here`, or that it never comes there. Both
/// are by run, PointSamples::never where a run does not get there. Accuracy: bivariate normal times in closed form, within 4 standard errors
/// (tests/drivers/report_value_test.cpp).
ExpectedSpan expected_span(std::span<const std::int64_t> here, std::span<const std::int64_t> there, const ReportTrial& trial);

/// The distance from P5 to P95 of `there` when the train has not come `here` by `until`: it comes later, or never.
ExpectedSpan span_if_unseen(std::span<const std::int64_t> here, std::span<const std::int64_t> there, std::int64_t until);

/// How often one would name the option of a run (`option`, by run, from 0) after such a report: the one that most of the agreeing runs have.
Share named_right(std::span<const std::int64_t> here, std::span<const std::uint16_t> option, const ReportTrial& trial);

}  // namespace railwindow
