#pragma once
// Inside of the layer: numbers as messages show them.

#include <string>

namespace railwindow {

/// `number` with at most six decimals and its unit.
std::string shown(double number, const std::string& unit);

}  // namespace railwindow
