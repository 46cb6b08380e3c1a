#pragma once
// What a number does: the arrival with it low and high, on the same draws. One that files give as a law is at its own 5 % and 95 % quantiles,
// wherever it is drawn; one that is weakly known and given without a law is a tenth less and more.

#include <railwindow/drivers/pick_freeze.hpp>
#include <railwindow/drivers/written_numbers.hpp>
#include <railwindow/estimate/estimate.hpp>
#include <railwindow/simulation/model.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// By how much P5, P50 and P95 of the arrival move, in seconds.
struct ArrivalShift {
    std::array<double, 3> seconds;  ///< of P5, P50, P95; not a number where no run arrives
    std::array<double, 3> error;    ///< one standard error, from 16 batches of consecutive runs
};

/// What a number does while all the others are at one of their ends, too, by chance: the elementary effects of its move from low to high.
struct ElementaryEffect {
    double mean;    ///< of the absolute shift of the median, in seconds
    double spread;  ///< standard deviation of the shift: large where it depends on the others
};

/// A number that runs draw from or that files give as such, and the arrival when it is low or high.
struct NumberEffect {
    std::string name;     ///< "length of technical stops in KP"
    std::string country;  ///< ISO 3166 code; empty: of none, or of all together
    ArrivalShift low;     ///< with it at its 5 % quantile, or less by `step`; no numbers where the model then cannot be built
    ArrivalShift high;    ///< with it at its 95 % quantile, or more by `step`
    double step = 0;      ///< part of itself that it is moved by, where files give it without a law; 0: it has one
    std::optional<ElementaryEffect> among_others{};  ///< empty where nothing could be said
    /// The larger distance by which the median moves.
    double largest() const;
};

/// Numbers of `model`, the largest effect first: laws that its first runs draw from, and what is written without one. `plain` are the arrivals of
/// runs 0 to `options.pairs` - 1, in seconds. A choice (which locomotives, whether hosts receive) has no quantiles and is none of them; what moves
/// nothing at all, as an exact number does, is left out. Empty where the progress callback stopped it.
/// Source: elementary effects: Morris (1991), Technometrics 33, 161-174; their mean absolute value: Campolongo, Cariboni, Saltelli (2007), Environ.
/// Model. Softw. 22, 1509-1518.
std::vector<NumberEffect> number_effects(const Model& model, std::span<const double> plain, const EffectOptions& options,
                                         const WrittenNumbers& written = {});

}  // namespace railwindow
