#pragma once
// What a number does that files give as a law: the arrival with it at its own 5 % and 95 % quantiles, on the same draws. A number that is drawn at
// many places, such as the length of technical stops, is at its quantile at all of them at once.

#include <railwindow/drivers/pick_freeze.hpp>
#include <railwindow/estimate/estimate.hpp>
#include <railwindow/simulation/model.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace railwindow {

/// By how much P5, P50 and P95 of the arrival move, in seconds.
struct ArrivalShift {
    std::array<double, 3> seconds;  ///< of P5, P50, P95; not a number where no run arrives
    std::array<double, 3> error;    ///< one standard error, from 16 batches of consecutive runs
};

/// A law that runs draw from, and the arrival when it is known to be low or high.
struct NumberEffect {
    std::string name;     ///< "length of technical stops in KP"
    std::string country;  ///< ISO 3166 code; empty: of none, or of all together
    ArrivalShift low;     ///< with it at its 5 % quantile
    ArrivalShift high;    ///< with it at its 95 % quantile
    /// The larger distance by which the median moves.
    double largest() const;
};

/// Numbers of `model` that its first runs draw, the largest effect first. `plain` are the arrivals of runs 0 to `options.pairs` - 1, in seconds. A
/// choice (which locomotives, whether hosts receive) has no quantiles and is none of them; what moves nothing at all, as an exact number does, is
/// left out. Empty where the progress callback stopped it.
std::vector<NumberEffect> number_effects(const Model& model, std::span<const double> plain, const EffectOptions& options);

}  // namespace railwindow
