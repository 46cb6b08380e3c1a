#pragma once
// Inside of the layer: numbers as messages show them.

#include <railwindow/core/error.hpp>

#include <string>

namespace railwindow {

/// `number` with at most six decimals and its unit.
std::string shown(double number, const std::string& unit);

/// What is wrong with `field`, and what would be right.
Finding wrong(std::string field, std::string what, std::string remedy);

}  // namespace railwindow
