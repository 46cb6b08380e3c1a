#include <railwindow/train/rolling_stock.hpp>

#include <railwindow/train/shown.hpp>

#include <algorithm>

namespace railwindow {
namespace {

Davis resistance_of(LocomotiveResistance formula, Mass mass) {
    switch (formula) {
        case LocomotiveResistance::russian_jointed:
            return resistance_of(russian_locomotive(Track::jointed), mass);
        case LocomotiveResistance::russian_welded:
            return resistance_of(russian_locomotive(Track::welded), mass);
        case LocomotiveResistance::chinese_df4:
            return resistance_of(chinese_locomotive(ChineseLocomotive::df4), mass);
        case LocomotiveResistance::chinese_df11:
            return resistance_of(chinese_locomotive(ChineseLocomotive::df11), mass);
        case LocomotiveResistance::chinese_ss8:
            break;
    }
    return resistance_of(chinese_locomotive(ChineseLocomotive::ss8), mass);
}

Davis resistance_of(CoachResistance formula, Mass mass, int axles) {
    switch (formula) {
        case CoachResistance::russian_jointed:
            return resistance_of(russian_coach(Track::jointed, mass / axles), mass);
        case CoachResistance::russian_welded:
            return resistance_of(russian_coach(Track::welded, mass / axles), mass);
        case CoachResistance::chinese_22:
            return resistance_of(chinese_coach(ChineseCoach::type_22), mass);
        case CoachResistance::chinese_25g:
            return resistance_of(chinese_coach(ChineseCoach::type_25g), mass);
        case CoachResistance::chinese_rapid:
            break;
    }
    return resistance_of(chinese_coach(ChineseCoach::rapid), mass);
}

struct ResistanceOfLocomotive {
    const LocomotiveSheet& sheet;

    Davis operator()(LocomotiveResistance formula) const { return resistance_of(formula, sheet.mass); }
    Davis operator()(const TractionUnitResistanceSheet& own) const {
        const Mass carried = own.carried_mass.value_or(sheet.mass - own.driven_mass);
        if (carried < 0 * kg || own.driven_mass + carried > sheet.mass)
            throw InputError{Finding{sheet.id.place, "locomotives." + sheet.id.value + ".resistance",
                                     shown((own.driven_mass + std::max(carried, 0 * kg)) / t, "t") + " rest on its axles, and it has a mass of " +
                                         shown(sheet.mass / t, "t"),
                                     "give the axles no more than its mass", Severity::error}};
        return traction_unit(own.driven.ratio / permille, own.carried.ratio / permille, own.air.ratio / permille, own.driven_mass, carried);
    }
};

struct ResistanceOfCar {
    const CarSheet& sheet;
    Mass mass;

    Davis operator()(CoachResistance formula) const { return resistance_of(formula, mass, sheet.axles); }
    Davis operator()(const Davis& own) const { return own; }
    Davis operator()(const StrahlSheet& own) const { return strahl(own.constant.ratio / permille, own.quadratic.ratio / permille, mass); }
    Davis operator()(const SauthoffSheet& own) const {
        return sauthoff(own.constant.ratio / permille, own.linear.ratio / permille, own.air.ratio / permille, mass);
    }
};

AdhesionLaw law_of(AdhesionFormula formula) {
    switch (formula) {
        case AdhesionFormula::curtius_kniffler:
            return curtius_kniffler;
        case AdhesionFormula::russian_electric_ac:
            return russian_electric_ac;
        case AdhesionFormula::russian_electric_dc:
            return russian_electric_dc;
        case AdhesionFormula::russian_diesel:
            return russian_diesel;
        case AdhesionFormula::chinese_electric:
            return chinese_electric;
        case AdhesionFormula::chinese_diesel:
            break;
    }
    return chinese_diesel;
}

std::vector<EffortPoint> curve_of(const LocomotiveSheet& sheet) {
    std::vector<EffortPoint> curve;
    for (const EffortPointSheet& point : sheet.effort) curve.push_back({point.speed, point.effort});
    if (!curve.empty()) return curve;
    if (sheet.power <= 0 * kW || sheet.starting_effort <= 0 * kN)
        throw InputError{Finding{sheet.id.place, "locomotives." + sheet.id.value, "it has neither an effort curve nor starting effort and power",
                                 "give `effort`, or `starting_effort` and `power`", Severity::error}};
    return {{0 * km / h, sheet.starting_effort}};
}

}  // namespace

Vehicle vehicle_of(const LocomotiveSheet& sheet) {
    TractionUnit unit{.effort = curve_of(sheet), .continuous_effort = sheet.continuous_effort};
    if (sheet.effort.empty()) unit.power = sheet.power;
    if (sheet.adhesion) unit.grip = Grip{law_of(*sheet.adhesion), sheet.mass};
    return {.count = 1,
            .length = sheet.length,
            .mass = sheet.mass,
            .rotating_mass_factor = sheet.rotating_mass_factor,
            .speed_limit = sheet.limit,
            .resistance = std::visit(ResistanceOfLocomotive{sheet}, sheet.resistance),
            .unit = std::move(unit)};
}

Vehicle vehicle_of(const CarSheet& sheet, int count, Mass mass, Speed limit) {
    return {.count = count,
            .length = sheet.length,
            .mass = mass,
            .rotating_mass_factor = sheet.rotating_mass_factor,
            .speed_limit = limit,
            .resistance = std::visit(ResistanceOfCar{sheet, mass}, sheet.resistance)};
}

}  // namespace railwindow
