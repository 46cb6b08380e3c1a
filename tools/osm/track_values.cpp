#include "track_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace osm_import {
namespace {

using railwindow::ElectricSupply;
using railwindow::Electrification;
using railwindow::Gauge;

std::string trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return std::string{text};
}

std::vector<std::string> parts_of(std::string_view list) {
    std::vector<std::string> parts;
    while (true) {
        const std::size_t end = list.find(';');
        if (const std::string part = trimmed(list.substr(0, end)); !part.empty()) parts.push_back(part);
        if (end == std::string_view::npos) return parts;
        list.remove_prefix(end + 1);
    }
}

// A plain decimal number that begins the text, and what is behind it.
std::optional<std::pair<double, std::string>> number_and_rest(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc{} || !std::isfinite(value)) return {};
    return std::pair{value, trimmed({end, static_cast<std::size_t>(text.data() + text.size() - end)})};
}

std::optional<double> plain_number(const std::string& text) {
    const auto read = number_and_rest(text);
    return read && read->second.empty() ? std::optional{read->first} : std::nullopt;
}

constexpr double fastest = 500;  // km/h; nothing on rails is worked beyond it

std::optional<double> speed_of(const std::string& text) {
    const auto read = number_and_rest(text);
    if (!read) return {};
    const auto& [value, unit] = *read;
    const double speed = unit == "mph" ? value * 1.609344 : value;
    const bool known = unit.empty() || unit == "mph" || unit == "km/h" || unit == "kmh" || unit == "kph";
    return known && speed >= 1 && speed <= fastest ? std::optional{speed} : std::nullopt;
}

// The system that a voltage stands for; `told` is empty where the tags leave nothing open.
ElectricSupply supply_of(double volts, std::optional<double> hertz, std::string& told) {
    const auto near = [](double a, double b) { return std::abs(a - b) < 0.01 * b; };
    const auto assume = [&](const char* what) {
        if (!hertz && told.empty()) told = fmt::format("voltage={:g} without a frequency; taken as {}", volts, what);
    };
    const bool low = !hertz || *hertz == 0;
    if (near(volts, 15000) && (!hertz || near(*hertz, 16.7))) return assume("15 kV 16.7 Hz"), ElectricSupply{"15 kV 16.7 Hz"};
    if (near(volts, 25000) && (!hertz || *hertz == 50 || *hertz == 60)) return assume("25 kV AC"), ElectricSupply{"25 kV AC"};
    for (const auto& [system, name] : {std::pair{3000.0, "3 kV DC"}, {1500.0, "1.5 kV DC"}, {750.0, "750 V DC"}})
        if (near(volts, system) && low) return assume(name), ElectricSupply{name};
    std::string name = volts >= 1000 ? fmt::format("{:.4g} kV", volts / 1000) : fmt::format("{:.4g} V", volts);
    if (hertz) name += *hertz == 0 ? " DC" : fmt::format(" {:.3g}Hz", *hertz);
    return ElectricSupply{name};
}

}  // namespace

Tagged<std::vector<Gauge>> gauges_of(const std::string& gauge) {
    if (gauge.empty()) return {};
    std::vector<Gauge> gauges;
    for (const std::string& part : parts_of(gauge)) {
        const auto number = plain_number(part);
        if (!number || *number != std::floor(*number) || *number < 200 || *number > 3000)
            return {{}, fmt::format("gauge={} is not understood", gauge)};
        const Gauge one{static_cast<int>(*number)};
        if (std::find(gauges.begin(), gauges.end(), one) == gauges.end()) gauges.push_back(one);
    }
    if (gauges.empty() || gauges.size() > 4) return {{}, fmt::format("gauge={} is not understood", gauge)};
    std::sort(gauges.begin(), gauges.end());
    return {gauges, {}};
}

Tagged<Electrification> electrification_of(const std::string& electrified, const std::string& voltage, const std::string& frequency) {
    if (electrified == "no") return {Electrification{}, voltage.empty() ? "" : fmt::format("electrified=no with voltage={}", voltage)};
    if (electrified.empty() && voltage.empty()) return {};
    const std::vector<std::string> volts = parts_of(voltage), hertz = parts_of(frequency);
    if (volts.empty()) return {Electrification{ElectricSupply{"unknown"}}, fmt::format("electrified={} without a voltage", electrified)};
    if (volts.size() > 4) return {{}, fmt::format("voltage={} is not understood", voltage)};
    std::vector<ElectricSupply> supplies;
    std::string doubt;
    for (std::size_t i = 0; i < volts.size(); ++i) {
        const auto value = plain_number(volts[i]);
        if (!value || *value < 100 || *value > 100'000) return {{}, fmt::format("voltage={} is not understood", voltage)};
        std::optional<double> cycles;
        if (!hertz.empty()) {
            cycles = plain_number(hertz[std::min(i, hertz.size() - 1)]);
            if (!cycles || *cycles < 0 || *cycles > 400) return {{}, fmt::format("frequency={} is not understood", frequency)};
        }
        supplies.push_back(supply_of(*value, cycles, doubt));
    }
    if (supplies.size() == 1) return {Electrification{supplies[0]}, doubt};
    const ElectricSupply dc{"3 kV DC"}, ac{"25 kV AC"};
    const auto has = [&](ElectricSupply one) { return std::find(supplies.begin(), supplies.end(), one) != supplies.end(); };
    if (has(dc) && has(ac)) return {Electrification::mixed, doubt};
    return {Electrification{supplies[0]}, fmt::format("voltage={} names several systems; the first is taken", voltage)};
}

Tagged<double> limit_of(const std::string& both, const std::string& forward, const std::string& backward) {
    std::optional<double> lowest;
    std::size_t said = 0;
    std::string wrong;
    bool differ = false;
    const auto take = [&](const char* key, const std::string& text) {
        for (const std::string& part : parts_of(text)) {
            ++said;
            const auto speed = speed_of(part);
            if (!speed) {
                wrong = fmt::format("{}={} is no limit", key, text);
                continue;
            }
            differ |= lowest && *lowest != *speed;
            lowest = std::min(lowest.value_or(*speed), *speed);
        }
    };
    if (forward.empty() || backward.empty()) take("maxspeed", both);
    take("maxspeed:forward", forward);
    take("maxspeed:backward", backward);
    if (!wrong.empty() || said == 0) return {lowest, wrong};
    return {lowest, differ ? fmt::format("several limits; the lowest, {:g} km/h, is taken for both directions", *lowest) : ""};
}

std::string text_of(const Electrification& wire) {
    if (!wire.exists()) return "none";
    if (wire == Electrification::mixed) return "mixed";
    const auto& known = railwindow::main_line_supplies;
    const bool named = std::find(known.begin(), known.end(), wire.supply) != known.end();
    return (named ? "" : "other ") + std::string{wire.supply.name()};
}

bool is_freight_only(const std::string& usage, const std::string& traffic_mode) {
    if (!traffic_mode.empty()) return traffic_mode == "freight";
    return usage == "freight" || usage == "industrial" || usage == "military";
}

bool is_service(const std::string& service) { return !service.empty() && service != "crossover"; }

}  // namespace osm_import
