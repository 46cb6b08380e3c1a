#pragma once
// What a line known in detail says of its sections: limits and gradients by chainage, each section's own part of them.

#include <railwindow/core/error.hpp>
#include <railwindow/network/network.hpp>

#include <vector>

namespace railwindow {

/// Adds to `findings` every limit and gradient of `line` that is out of order or outside the line, every gradient that no
/// railway has, and a gradient profile that begins between two stations: a section is known altogether or not at all.
void check_profile(const LineSheet& line, Findings& findings);

/// The limits of the section that begins at chainage `begin`, with `otherwise` before the first of them; empty where the line gives none in detail.
std::vector<HoldsFrom<Speed>> limits_between(const LineSheet& line, Length begin, Length length, Speed otherwise);

/// The gradients of the section that begins at chainage `begin`; empty where the line's profile is not known.
std::vector<HoldsFrom<Gradient>> gradients_between(const LineSheet& line, Length begin, Length length);

}  // namespace railwindow
