#pragma once
// Numbers with units, as people write them: `60 km/h`, `1 h 30 min`, `12 permille`. A bare number where a unit is due is an error.

#include <railwindow/core/physical_range.hpp>
#include <railwindow/core/units.hpp>
#include <railwindow/train/resistance.hpp>

#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace railwindow {

struct Unit {
    std::string_view name;
    double si;
};

/// How one kind of quantity is written.
struct QuantityKind {
    std::string_view name;     ///< "a speed"
    std::string_view example;  ///< "60 km/h"
    std::span<const Unit> units;
    PhysicalRange range;
    bool compound = false;  ///< several parts add up: `1 h 30 min`
    bool one_in = false;    ///< `1 in 80` says it too
};

/// The units of a kind, separated by commas.
std::string units_of(const QuantityKind& kind);
/// `0.000001 km/h to 1000 km/h`: the range of a kind, as messages and the reference say it.
std::string range_text(const QuantityKind& kind);

/// What is wrong with a text that should be a number, and what would be right.
struct QuantityError {
    std::string what, remedy;
};

/// The smallest and the largest plain number that is read, beside 0. Nothing on a railway is counted beyond them.
inline constexpr double smallest_number = 1e-12, largest_number = 1e9;

/// The value in SI units; it lies in the physical range of its kind.
std::variant<double, QuantityError> parse_quantity(std::string_view text, const QuantityKind& kind);
/// A plain decimal number; no hexadecimal, no leading zeros, no infinity, nothing below `smallest_number` but 0,
/// nothing beyond `largest_number`.
std::variant<double, QuantityError> parse_number(std::string_view text);

template <class Q>
const QuantityKind& quantity_kind();
template <>
const QuantityKind& quantity_kind<Length>();
template <>
const QuantityKind& quantity_kind<Speed>();
template <>
const QuantityKind& quantity_kind<Duration>();
template <>
const QuantityKind& quantity_kind<Mass>();
template <>
const QuantityKind& quantity_kind<Acceleration>();
template <>
const QuantityKind& quantity_kind<Force>();
template <>
const QuantityKind& quantity_kind<ForcePerSpeed>();
template <>
const QuantityKind& quantity_kind<ForcePerSpeedSquared>();
template <>
const QuantityKind& quantity_kind<Power>();
template <>
const QuantityKind& quantity_kind<Gradient>();

}  // namespace railwindow
