#pragma once
// Inside of the kernel: Lobatto's rules on -1 to 1, which take both ends. Source: Abramowitz and Stegun, Handbook of Mathematical Functions
// (1964), table 25.6.

namespace railwindow::kernel {

/// Five points: the ends, two `off` the middle to both sides, the middle. Exact up to the seventh degree.
namespace lobatto5 {
inline constexpr double off = 0.65465367070797714380, end = 0.1, side = 49.0 / 90, centre = 32.0 / 45;
}

/// Seven points: the ends, four to both sides of the middle, the middle. Exact up to the eleventh degree.
namespace lobatto7 {
inline constexpr double near = 0.46884879347071421380, far = 0.83022389627856692987;
inline constexpr double end = 1.0 / 21, outer = 0.27682604736156594801, inner = 0.43174538120986262342, centre = 256.0 / 525;
}  // namespace lobatto7

}  // namespace railwindow::kernel
