#pragma once
// A what-if that changes nothing, and why.

#include <railwindow/simulation/model.hpp>

#include <cstdint>
#include <string>

namespace railwindow {

/// Why journeys of `changed` are those of `base`, as far as the track tells: the lines that differ are not on the way, or their limits lie above the
/// speeds that they are worked at. In a clause, such as `the way does not run over the Pyongra Line`.
std::string why_unchanged(const Model& base, const Model& changed);

/// So few runs that differ are hardly any; judgement.
inline constexpr double hardly_any = 0.01;

/// How many of the first `runs` with `seed` have the same times at all visits of the main train in both.
std::uint64_t same_runs(const Model& base, const Model& changed, std::uint64_t seed, std::uint64_t runs);

}  // namespace railwindow
