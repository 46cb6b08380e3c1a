#include <railwindow/io/section_text.hpp>

#include <railwindow/io/json_numbers.hpp>

#include <nlohmann/json.hpp>

#include <cmath>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

std::string wire_name(const Electrification& wire) {
    if (!wire.exists()) return "none";
    std::string name{wire.supply.name()};
    return wire.also.exists() ? name.append(" and ").append(wire.also.name()) : name;
}

}  // namespace

std::string_view confidence_name(const std::optional<Confidence>& confidence) {
    if (!confidence) return "not stated";
    return *confidence == Confidence::low ? "low" : *confidence == Confidence::medium ? "medium" : "high";
}

std::string section_json(const Network& network, const PathStep& step) {
    const Section& section = network.sections()[step.section];
    const bool up = step.direction == Direction::up_chainage;
    const Uncertain<Speed>& operating = section.operating_speed.value;
    Json entry{{"line", network.lines()[section.line].name},
               {"length_km", rounded(section.length / km, 1000)},
               {"gauge_mm", step.gauge.millimetres},
               {"tracks", section.tracks},
               {"wire", wire_name(section.electrification)},
               {"limit_kmh", rounded(section.limit.value / (km / h), 10)},
               {"operating_kmh", Json::array()},
               {"confidence_km", confidence_name(section.provenance.confidence)},
               {"confidence_speed", confidence_name(section.operating_speed.provenance.confidence)}};
    for (const double p : {0.05, 0.5, 0.95}) entry["operating_kmh"].push_back(rounded(operating.quantile(p) / (km / h), 10));
    if (section.ruling_gradient)
        if (const auto& steepest = up ? section.ruling_gradient->forward : section.ruling_gradient->reverse)
            entry["ruling_permille"] = rounded(steepest->ratio / permille, 10);
    return entry.dump();
}

}  // namespace railwindow
