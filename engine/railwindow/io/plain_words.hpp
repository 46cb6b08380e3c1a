#pragma once
// Times and shares as a reader says them who has never heard of quantiles.

#include <railwindow/core/clock.hpp>
#include <railwindow/estimate/estimate.hpp>

#include <string>
#include <utility>
#include <vector>

namespace railwindow {

/// `Thursday 25 April 2019`: the day that short_time shows.
std::string long_day(Instant instant, const TimeZone& zone);
/// `16:39`.
std::string time_of_day(Instant instant, const TimeZone& zone);
/// `Thu 25 16:39`: 12 characters. The month is said once for all of a table.
std::string weekday_time(Instant instant, const TimeZone& zone);
/// `Thu 08:55`, or `Mon 3 June 08:55` where the times lie so far apart that a weekday could be meant twice.
std::string time_in_span(Instant instant, const TimeZone& zone, Millis span);
/// `April 2019`, or `April to May 2019`: the months of `first` and `last`, which are local days of their zones.
std::string months(std::pair<Instant, TimeZone> first, std::pair<Instant, TimeZone> last);

/// What stands above a column of quantiles, in two lines: `1 in 20` `earlier`, `half` `by`, `10 %` `later`.
std::pair<std::string, std::string> quantile_words(double p);
/// How often a time lies between two quantiles that hold `share`: `9 times in 10`, `95 % of the time`.
std::string share_words(double share);

/// `9 times in 10 between Thu 08:59 and Thu 20:42`; empty where there are fewer than two quantiles, or all fall into one minute.
std::string window_words(const std::vector<Quantile>& times, const TimeZone& zone);

/// What a weakly known number is, and whether it has no source.
std::string weak_words(const WeakInput& weak);

/// The quantile nearest the median, where there is room for one only.
const Quantile& middle_of(const std::vector<Quantile>& quantiles);
/// What such ones are: `medians`, or `P40` where the median is none of them.
std::string middle_name(const std::vector<Quantile>& quantiles);

}  // namespace railwindow
