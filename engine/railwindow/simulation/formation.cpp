#include <railwindow/simulation/formation.hpp>

#include <railwindow/core/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace railwindow {
namespace {

const LocomotiveSheet& locomotive(const Name& id, const std::vector<RollingStockSheet>& rolling_stock) {
    std::vector<std::string_view> known;
    for (const RollingStockSheet& sheet : rolling_stock)
        for (const LocomotiveSheet& candidate : sheet.locomotives) {
            if (candidate.id.value == id.value) return candidate;
            known.push_back(candidate.id.value);
        }
    const std::string remedy = rolling_stock.empty() ? "name its file in the scenario, as `rolling_stock: ../networks/rolling-stock/locomotives.yaml`"
                                                     : suggestion(id.value, known);
    throw InputError{
        Finding{id.place, "traction.locomotives", fmt::format("no rolling-stock file has a class '{}'", id.value), remedy, Severity::error}};
}

// `2 x TEP70BS`, `K62 + K62` where they differ.
std::string name_of(const std::vector<const LocomotiveSheet*>& units) {
    const bool alike = std::all_of(units.begin(), units.end(), [&](const LocomotiveSheet* unit) { return unit == units.front(); });
    if (alike) return units.size() == 1 ? units.front()->name : fmt::format("{} x {}", units.size(), units.front()->name);
    std::string name;
    for (const LocomotiveSheet* unit : units) name += (name.empty() ? "" : " + ") + unit->name;
    return name;
}

LocomotiveChoice choice_of(const LocomotivesSheet& sheet, const std::vector<RollingStockSheet>& rolling_stock) {
    LocomotiveChoice choice{sheet.weight, {}, {}, {}, sheet.power ? sheet.power->value : Uncertain<double>{1.0}};
    std::vector<const LocomotiveSheet*> classes;
    for (const Name& id : sheet.units) {
        const LocomotiveSheet& one = locomotive(id, rolling_stock);
        classes.push_back(&one);
        choice.powers.push_back(one.motive_power);
        if (classes.size() > 1 && classes[classes.size() - 2] == &one)
            ++choice.units.back().count;
        else
            choice.units.push_back(vehicle_of(one));
    }
    choice.name = classes.empty() ? "no locomotive" : name_of(classes);
    return choice;
}

Consist with_forces(const TrainSheet& train, int cars, Mass car_mass, const std::vector<Vehicle>& locomotives, GradientModel gradient,
                    Rating rating) {
    std::vector<Vehicle> vehicles;
    vehicles.reserve(locomotives.size() + 1);
    vehicles = locomotives;
    if (cars > 0) vehicles.push_back(vehicle_of(train.car, cars, car_mass, train.limit.value));
    return formed(vehicles, {train.service_deceleration.value, train.brake_build_up.value}, gradient, rating);
}

Consist with_power_and_mass(const TrainSheet& train, int cars, Mass car_mass) {
    const PowerAndMassSheet& rung = *train.dynamics.power_and_mass;
    LocomotiveSheet locomotive;
    locomotive.mass = rung.locomotive_mass;
    locomotive.length = train.locomotive_length.value;
    locomotive.limit = train.limit.value;
    locomotive.power = rung.power;
    locomotive.starting_effort = rung.starting_effort;
    locomotive.resistance = rung.resistance;
    locomotive.rotating_mass_factor = rung.rotating_mass_factor;
    locomotive.adhesion = rung.adhesion;
    const Vehicle unit = vehicle_of(locomotive);
    Consist consist = with_forces(train, cars, car_mass, {unit}, rung.gradient, Rating::maximum);
    consist.rung = PowerAndMass{.starting_effort = rung.starting_effort,
                                .power = rung.power,
                                .resistance = std::get<FullCurves>(consist.rung).resistance,
                                .grip = unit.unit->grip};
    return consist;
}

}  // namespace

bool can_run(const LocomotiveChoice& locomotives, const Electrification& wire) {
    return std::all_of(locomotives.powers.begin(), locomotives.powers.end(), [&](const MotivePower& power) { return can_run(power, wire); });
}

bool is_electric(const LocomotiveChoice& locomotives) {
    return std::any_of(locomotives.powers.begin(), locomotives.powers.end(), [](const MotivePower& power) { return power.is_electric(); });
}

std::size_t choose(const std::vector<LocomotiveChoice>& choices, double u) {
    const double total =
        std::accumulate(choices.begin(), choices.end(), 0.0, [](double sum, const LocomotiveChoice& choice) { return sum + choice.weight; });
    double left = u * total;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (left < choices[i].weight) return i;
        left -= choices[i].weight;
    }
    return choices.size() - 1;  // rounding ate the rest
}

Traction traction_of(const TractionSheet& sheet, const std::string& country, const std::vector<RollingStockSheet>& rolling_stock,
                     const std::string& train) {
    std::string name = country;
    for (const Name& line : sheet.lines) name += ", " + line.value;
    if (sheet.wire) name += sheet.wire->exists() ? fmt::format(", {}", sheet.wire->supply.name()) : ", no wire";
    Traction traction{name, {}, DrawKey{"locomotives", train, name}, DrawKey{"traction-power", train, name}};
    for (const LocomotivesSheet& choice : sheet.locomotives) traction.choices.push_back(choice_of(choice, rolling_stock));
    return traction;
}

int whole_cars(double drawn) { return drawn == 0 ? 0 : std::max(1, static_cast<int>(std::lround(drawn))); }

Consist consist_of(const TrainSheet& train, int cars, Mass car_mass, const LocomotiveChoice* locomotives) {
    const DynamicsSheet& rung = train.dynamics;
    if (rung.full_curves) return with_forces(train, cars, car_mass, locomotives->units, rung.full_curves->gradient, rung.full_curves->rating);
    if (rung.power_and_mass) return with_power_and_mass(train, cars, car_mass);
    Consist consist{.length = cars * train.car.length + train.locomotive_length.value,
                    .mass = cars * car_mass,
                    .speed_limit = train.limit.value,
                    .brakes = {train.service_deceleration.value, train.brake_build_up.value},
                    .rung = ConstantSpeed{}};
    if (rung.constant_acceleration) consist.rung = ConstantAcceleration{*rung.constant_acceleration};
    return consist;
}

}  // namespace railwindow
