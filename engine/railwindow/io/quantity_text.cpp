#include <railwindow/io/quantity_text.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/units_shown.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

namespace railwindow {
namespace {

constexpr double metres_of_mile = to_si(mile), metres_of_foot = 0.3048;

constexpr Unit length_units[] = {
    {"km", 1000.0}, {"m", 1.0}, {"mm", 1e-3}, {"mi", metres_of_mile}, {"miles", metres_of_mile}, {"ft", metres_of_foot}, {"feet", metres_of_foot}};
constexpr Unit speed_units[] = {{"km/h", 1 / 3.6}, {"m/s", 1.0}, {"mph", metres_of_mile / 3600}};
constexpr Unit duration_units[] = {{"h", 3600.0}, {"min", 60.0}, {"s", 1.0}, {"d", 86400.0}};
constexpr Unit mass_units[] = {{"t", 1000.0}, {"kg", 1.0}};
constexpr Unit acceleration_units[] = {{"m/s^2", 1.0}};
constexpr Unit force_units[] = {{"kN", 1000.0}, {"N", 1.0}};
constexpr Unit force_per_speed_units[] = {{"N/(km/h)", 3.6}, {"N/(m/s)", 1.0}, {"kN/(km/h)", 3600.0}, {"kN/(m/s)", 1000.0}};
constexpr Unit force_per_speed_squared_units[] = {
    {"N/(km/h)^2", 3.6 * 3.6}, {"N/(m/s)^2", 1.0}, {"kN/(km/h)^2", 3600.0 * 3.6}, {"kN/(m/s)^2", 1000.0}};
constexpr Unit power_units[] = {{"kW", 1000.0}, {"W", 1.0}, {"MW", 1e6}};
constexpr Unit gradient_units[] = {{"permille", 1e-3}, {"%", 1e-2}, {"‰", 1e-3}};

bool is_digit_or_point(char c) { return (c >= '0' && c <= '9') || c == '.'; }
bool is_number_start(char c) { return is_digit_or_point(c) || c == '+' || c == '-'; }

void skip_spaces(std::string_view& text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
}

char first_character(std::string_view text) {
    skip_spaces(text);
    return text.empty() ? ' ' : text.front();
}

std::string_view take_word(std::string_view& text) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
}

// The longest front of `text` that looks like a decimal number.
std::string_view take_number_text(std::string_view& text) {
    std::size_t end = 0;
    const auto is_exponent_sign = [&](std::size_t i) {
        return (text[i] == '-' || text[i] == '+') && i > 0 && (text[i - 1] == 'e' || text[i - 1] == 'E');
    };
    const auto is_exponent = [&](std::size_t i) {
        return (text[i] == 'e' || text[i] == 'E') && i > 0 && i + 1 < text.size() && (is_number_start(text[i + 1]));
    };
    while (end < text.size() && ((end == 0 && is_number_start(text[0])) || (text[end] >= '0' && text[end] <= '9') || text[end] == '.' ||
                                 is_exponent(end) || is_exponent_sign(end)))
        ++end;
    const std::string_view number = text.substr(0, end);
    text.remove_prefix(end);
    return number;
}

// Spaces that word processors put in: they look like one and are another character.
struct OtherSpace {
    std::string_view bytes, name;
};
constexpr OtherSpace other_spaces[] = {{"\u00A0", "U+00A0, no-break space"},
                                       {"\u202F", "U+202F, narrow no-break space"},
                                       {"\u2009", "U+2009, thin space"},
                                       {"\u3000", "U+3000, ideographic space"}};

// What is wrong with a text that holds another space, or a comma where a decimal point is due; each is replaced in `remedy`.
std::optional<QuantityError> foreign_signs(std::string_view text) {
    std::string mended{text};
    for (const OtherSpace& space : other_spaces) {
        if (text.find(space.bytes) == std::string_view::npos) continue;
        for (std::size_t at = 0; (at = mended.find(space.bytes)) != std::string::npos;) mended.replace(at, space.bytes.size(), " ");
        return QuantityError{fmt::format("'{}' holds the character {}", text, space.name), fmt::format("write '{}' with plain spaces", mended)};
    }
    const auto digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
    for (std::size_t i = 1; i < text.size(); ++i)
        if (text[i] == ',' && digit(i - 1) && digit(i + 1)) {
            mended[i] = '.';
            return QuantityError{fmt::format("'{}' has a comma where a decimal point is due", text), fmt::format("write {}", mended)};
        }
    return {};
}

// The number that `text` is, however large or small.
std::variant<double, QuantityError> decimal_number(std::string_view text) {
    const QuantityError malformed{fmt::format("'{}' is not a number", text), "write a decimal number such as 12 or 0.5"};
    if (auto foreign = foreign_signs(text)) return *foreign;
    std::string_view digits = text;
    if (!digits.empty() && (digits.front() == '+' || digits.front() == '-')) digits.remove_prefix(1);
    if (digits.empty() || !((digits.front() >= '0' && digits.front() <= '9') || digits.front() == '.')) return malformed;
    if (digits.size() > 1 && digits.front() == '0' && digits[1] >= '0' && digits[1] <= '9')
        return QuantityError{fmt::format("'{}' has leading zeros, which some programs read as octal", text), "write it without them"};
    if (text.front() == '+') text.remove_prefix(1);
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range && end == text.data() + text.size()) {  // of the machine: larger than any range, or smaller
        const bool small =
            text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos || digits.front() == '0' || digits.front() == '.';
        return small ? std::numeric_limits<double>::min() : std::numeric_limits<double>::infinity();
    }
    if (error != std::errc{} || end != text.data() + text.size()) return malformed;
    return value;
}

// `si` without an exponent, in the unit in which it has the fewest digits.
std::string shortest(double si, const QuantityKind& kind) {
    std::string best;
    for (const Unit& unit : kind.units) {
        std::string number = fmt::format("{:.9f}", si / unit.si);
        number.erase(number.find_last_not_of('0') + 1);
        if (number.back() == '.') number.pop_back();
        number += ' ' + std::string{unit.name};
        if (number.front() != '0' || number[1] == '.')  // else it vanishes in this unit
            if (best.empty() || number.size() < best.size()) best = number;
    }
    return best;
}

// `1 in 80`, or `-1 in 80` where it falls.
std::variant<double, QuantityError> one_in(std::string_view text, const QuantityKind& kind) {
    const std::size_t middle = text.find(" in ");
    const std::string_view rise = text.substr(0, middle);
    std::string_view run = text.substr(middle + 4);
    skip_spaces(run);
    const auto length = decimal_number(run);
    if (const auto* error = std::get_if<QuantityError>(&length)) return *error;
    const double ratio = 1 / std::get<double>(length);
    if ((rise != "1" && rise != "-1") || !(ratio > 0))
        return QuantityError{fmt::format("'{}' is not {}", text, kind.name),
                             "write `1 in 80` where it rises, `-1 in 80` where it falls, or 12.5 permille"};
    if (!kind.range.holds(ratio))
        return QuantityError{fmt::format("'{}' is too {} for {}", text, ratio > 1 ? "large" : "small", kind.name),
                             fmt::format("write 0, or {}", range_text(kind))};
    return rise == "1" ? ratio : -ratio;
}

}  // namespace

std::string units_of(const QuantityKind& kind) {
    std::vector<std::string_view> names;
    for (const Unit& unit : kind.units) names.push_back(unit.name);
    return listed(names);
}

std::string range_text(const QuantityKind& kind) { return shortest(kind.range.least, kind) + " to " + shortest(kind.range.most, kind); }

std::variant<double, QuantityError> parse_number(std::string_view text) {
    const auto number = decimal_number(text);
    const double* value = std::get_if<double>(&number);
    if (value && std::abs(*value) > largest_number)
        return QuantityError{fmt::format("'{}' is too large a number", text), "check its digits and its exponent"};
    if (value && *value != 0 && std::abs(*value) < smallest_number)
        return QuantityError{fmt::format("'{}' is too small a number", text), "write 0, or check its exponent"};
    return number;
}

std::variant<double, QuantityError> parse_quantity(std::string_view text, const QuantityKind& kind) {
    const QuantityError malformed{fmt::format("'{}' is not {}", text, kind.name), fmt::format("write it like {}", kind.example)};
    if (auto foreign = foreign_signs(text)) return *foreign;
    if (kind.one_in && text.find(" in ") != std::string_view::npos) return one_in(text, kind);
    double total = 0.0;
    std::string_view left = text;
    int parts = 0;
    for (skip_spaces(left); !left.empty(); skip_spaces(left), ++parts) {
        if (parts > 0 && !kind.compound) return malformed;
        const std::string_view number = take_number_text(left);
        if (number.empty() || (parts > 0 && !is_digit_or_point(number.front()))) return malformed;  // `1 h -30 min` is no sum
        const auto value = decimal_number(number);
        if (const auto* error = std::get_if<QuantityError>(&value)) return *error;
        skip_spaces(left);
        const std::string_view unit = take_word(left);
        if (unit.empty()) return QuantityError{fmt::format("'{}' has no unit", text), fmt::format("{} is written like {}", kind.name, kind.example)};
        const auto known = std::find_if(kind.units.begin(), kind.units.end(), [&](const Unit& u) { return u.name == unit; });
        if (known == kind.units.end())
            return QuantityError{fmt::format("'{}': '{}' is not a unit of {}", text, unit, kind.name),
                                 fmt::format("write it in {}, like {}", units_of(kind), kind.example)};
        total += std::get<double>(value) * known->si;
    }
    if (parts == 0 || (parts > 1 && !is_digit_or_point(first_character(text)))) return malformed;  // nor is `-1 h 30 min`
    if (!kind.range.holds(total))
        return QuantityError{fmt::format("'{}' is too {} for {}", text, std::abs(total) > kind.range.least ? "large" : "small", kind.name),
                             fmt::format("write 0, or {}", range_text(kind))};
    return total;
}

template <>
const QuantityKind& quantity_kind<Length>() {
    static const QuantityKind kind{"a length", "12.5 km", length_units, physical_range<Length>};
    return kind;
}
template <>
const QuantityKind& quantity_kind<Speed>() {
    static const QuantityKind kind{"a speed", "60 km/h", speed_units, physical_range<Speed>};
    return kind;
}
template <>
const QuantityKind& quantity_kind<Duration>() {
    static const QuantityKind kind{"a duration", "1 h 30 min", duration_units, physical_range<Duration>, true};
    return kind;
}
template <>
const QuantityKind& quantity_kind<Mass>() {
    static const QuantityKind kind{"a mass", "61 t", mass_units, physical_range<Mass>};
    return kind;
}
template <>
const QuantityKind& quantity_kind<Acceleration>() {
    static const QuantityKind kind{"an acceleration", "0.35 m/s^2", acceleration_units, physical_range<Acceleration>};
    return kind;
}
template <>
const QuantityKind& quantity_kind<Force>() {
    static const QuantityKind kind{"a force", "319 kN", force_units, physical_range<Force>};
    return kind;
}
template <>
const QuantityKind& quantity_kind<ForcePerSpeed>() {
    static const QuantityKind kind{"a force per speed", "24 N/(m/s)", force_per_speed_units, physical_range<ForcePerSpeed>};
    return kind;
}
template <>
const QuantityKind& quantity_kind<ForcePerSpeedSquared>() {
    static const QuantityKind kind{"a force per speed squared", "3.84 N/(m/s)^2", force_per_speed_squared_units,
                                   physical_range<ForcePerSpeedSquared>};
    return kind;
}
template <>
const QuantityKind& quantity_kind<Power>() {
    static const QuantityKind kind{"a power", "2250 kW", power_units, physical_range<Power>};
    return kind;
}
template <>
const QuantityKind& quantity_kind<Gradient>() {
    static const QuantityKind kind{"a gradient", "12 permille", gradient_units, physical_range<Gradient>, false, true};
    return kind;
}

}  // namespace railwindow
