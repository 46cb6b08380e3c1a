#include <railwindow/train/resistance.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/train/shown.hpp>

namespace railwindow {
namespace {

constexpr Speed hundred = 100 * km / h;
constexpr Speed headwind = 15 * km / h;

/// Air resistance `force_at_hundred` ((v + headwind) / 100 km/h)^2, written out.
Davis air(Force force_at_hundred) {
    const double wind = headwind / hundred;
    return {.constant = force_at_hundred * (wind * wind),
            .linear = force_at_hundred * (2.0 * wind) / hundred,
            .quadratic = force_at_hundred / hundred / hundred};
}

}  // namespace

Davis resistance_of(const SpecificResistance& specific, Mass mass) {
    const Force one = permille * (mass * gravity);
    const Speed kmh = 1.0 * km / h;
    return {.constant = specific.a * one, .linear = specific.b * one / kmh, .quadratic = specific.c * one / kmh / kmh};
}

SpecificResistance russian_locomotive(Track track) {
    return track == Track::jointed ? SpecificResistance{1.9, 0.01, 0.0003} : SpecificResistance{1.9, 0.008, 0.00025};
}

SpecificResistance russian_coach(Track track, Mass axle_load) {
    const double q = axle_load / t;
    if (!(q > 0)) throw InputError{wrong("axle_load", shown(q, "t"), "a value above 0")};
    const SpecificResistance by_load = track == Track::jointed ? SpecificResistance{8, 0.18, 0.003} : SpecificResistance{8, 0.16, 0.0023};
    return {0.7 + by_load.a / q, by_load.b / q, by_load.c / q};
}

SpecificResistance chinese_coach(ChineseCoach coach) {
    switch (coach) {
        case ChineseCoach::type_22:
            return {1.66, 0.0075, 0.000155};
        case ChineseCoach::type_25g:
            return {1.82, 0.0100, 0.000145};
        case ChineseCoach::rapid:
            break;
    }
    return {1.61, 0.0040, 0.000187};
}

SpecificResistance chinese_locomotive(ChineseLocomotive locomotive) {
    switch (locomotive) {
        case ChineseLocomotive::df4:
            return {2.28, 0.0293, 0.000178};
        case ChineseLocomotive::df11:
            return {0.86, 0.0054, 0.000218};
        case ChineseLocomotive::ss8:
            break;
    }
    return {1.02, 0.0035, 0.000426};
}

Davis strahl(double w0, double w2, Mass mass) {
    const Force one = permille * (mass * gravity);
    return {.constant = w0 * one, .linear = {}, .quadratic = w2 * one / hundred / hundred};
}

Davis sauthoff(double w0, double w1, double w2, Mass mass) {
    const Force one = permille * (mass * gravity);
    return Davis{.constant = w0 * one, .linear = w1 * one / hundred, .quadratic = {}} + air(w2 * one);
}

Davis traction_unit(double driven, double carried, double air_term, Mass on_driven, Mass on_carried) {
    const Force constant = permille * gravity * (driven * on_driven + carried * on_carried);
    return Davis{.constant = constant, .linear = {}, .quadratic = {}} + air(air_term * permille * gravity * (on_driven + on_carried));
}

double curve_gradient(CurveFormula formula, Length radius) {
    const double r = radius / m;
    if (!(r >= 80)) throw InputError{wrong("radius", shown(r, "m"), "80 m or more")};
    switch (formula) {
        case CurveFormula::russian:
            return 700.0 / r * permille;
        case CurveFormula::chinese:
            return 600.0 / r * permille;
        case CurveFormula::roeckl:
            break;
    }
    return (r >= 300 ? 650.0 / (r - 55.0) : 500.0 / (r - 30.0)) * permille;
}

double tunnel_gradient(Length length) { return 0.00013 * (length / m) * permille; }

}  // namespace railwindow
