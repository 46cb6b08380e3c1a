#include <railwindow/simulation/disruptions.hpp>

#include <chrono>
#include <cmath>

namespace railwindow {

std::string_view name(DisruptionKind kind) {
    constexpr std::array<std::string_view, disruption_kinds> names{"restrictions",  "signal_holds", "failures", "security_holds",
                                                                   "power_outages", "low_voltage",  "closures"};
    return names[static_cast<std::size_t>(kind)];
}

const std::optional<RateFactor>& DisruptionFactors::operator[](DisruptionKind kind) const {
    constexpr std::array<std::optional<RateFactor> DisruptionFactors::*, disruption_kinds> members{
        &DisruptionFactors::restrictions,  &DisruptionFactors::signal_holds, &DisruptionFactors::failures, &DisruptionFactors::security_holds,
        &DisruptionFactors::power_outages, &DisruptionFactors::low_voltage,  &DisruptionFactors::closures};
    return this->*members[static_cast<std::size_t>(kind)];
}

// Most cells hold nothing, and cost one exponential. Means are at most 100 (build), so exp(-mean) is no zero.
int poisson_quantile(double mean, double u) {
    double share = std::exp(-mean), below = share;
    int k = 0;
    while (below < u && share > 0) {
        share *= mean / ++k;
        below += share;
    }
    return k;
}

int CellProcess::events(const Noise& noise, std::int64_t cell, int month) const {
    const double here = mean * months.factor[static_cast<std::size_t>(month)];
    return here > 0 ? poisson_quantile(here, noise.uniform(count.at(static_cast<std::uint64_t>(cell)))) : 0;
}

int month_of(Instant at) {
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(at)};
    return static_cast<int>(static_cast<unsigned>(date.month())) - 1;
}

std::int64_t cell_of(Instant at, Millis width) {
    const std::int64_t since = at.time_since_epoch().count(), size = width.count();
    return since / size - (since % size < 0 ? 1 : 0);
}

}  // namespace railwindow
