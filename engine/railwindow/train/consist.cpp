#include <railwindow/train/consist.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/train/fall.hpp>
#include <railwindow/train/shown.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace railwindow {
namespace {

/// Collects what is wrong with the fields of one train.
class Fields {
public:
    void positive(const std::string& field, double si, const char* unit) {
        if (!(si > 0) || !std::isfinite(si)) refuse(field, shown(si, unit), "a value above 0");
    }
    void not_negative(const std::string& field, double si, const char* unit) {
        if (!(si >= 0) || !std::isfinite(si)) refuse(field, shown(si, unit), "0 or more");
    }
    void refuse(const std::string& field, const std::string& what, const std::string& remedy) { findings_.add(wrong(field, what, remedy)); }
    void throw_if_errors() const { findings_.throw_if_errors(); }

private:
    Findings findings_;
};

// Asked in every run, so no name is made before something is wrong.
bool sound(const Vehicle& vehicle) {
    const auto positive = [](double value) { return value > 0 && std::isfinite(value); };
    return vehicle.count >= 1 && positive(to_si(vehicle.mass)) && positive(to_si(vehicle.length)) && positive(to_si(vehicle.speed_limit));
}

void check_vehicle(Fields& fields, const std::string& name, const Vehicle& vehicle) {
    if (vehicle.count < 1) fields.refuse(name + "count", std::to_string(vehicle.count), "1 or more");
    fields.positive(name + "mass", to_si(vehicle.mass), "kg");
    fields.positive(name + "length", to_si(vehicle.length), "m");
    fields.positive(name + "speed_limit", to_si(vehicle.speed_limit), "m/s");
}

void check_resistance(Fields& fields, const Davis& davis) {
    fields.not_negative("resistance.constant", to_si(davis.constant), "N");
    fields.not_negative("resistance.linear", to_si(davis.linear), "N/(m/s)");
    fields.not_negative("resistance.quadratic", to_si(davis.quadratic), "N/(m/s)^2");
}

void check_grip(Fields& fields, const std::string& field, const std::optional<Grip>& grip) {
    if (!grip) return;
    fields.positive(field + ".driven_mass", to_si(grip->driven_mass), "kg");
    for (double v = 0; v <= 200; v += 10) {
        const double mu = adhesion(grip->law, v * km / h);
        if (!(mu > 0 && mu < 1)) return fields.refuse(field + ".law", shown(mu, "at " + shown(v, "km/h")), "a coefficient between 0 and 1");
    }
}

void check_continuous(Fields& fields, const std::string& field, Rating rating, const std::optional<Force>& effort) {
    if (effort)
        fields.positive(field, to_si(*effort), "N");
    else if (rating == Rating::continuous)
        fields.refuse(field, "missing", "the continuous effort, as the rating asks for it");
}

// Published curves rise by up to 1 % where somebody read them off a drawing (TrainRuns.jl's local train); more is a mistake. Judgement.
constexpr double largest_rise = 1.02;

void check_curve(Fields& fields, const std::string& field, const TractionUnit& unit, Speed top) {
    const std::vector<EffortPoint>& curve = unit.effort;
    if (curve.empty()) return fields.refuse(field, "empty", "points of speed and effort, from standstill upwards");
    if (to_si(curve.front().speed) != 0) fields.refuse(field + "[0].speed", shown(to_si(curve.front().speed) * 3.6, "km/h"), "0 km/h");
    for (std::size_t i = 0; i < curve.size(); ++i) {
        const std::string point = field + "[" + std::to_string(i) + "]";
        fields.not_negative(point + ".effort", to_si(curve[i].effort), "N");
        if (i > 0 && !(curve[i].speed > curve[i - 1].speed))
            fields.refuse(point + ".speed", shown(to_si(curve[i].speed) * 3.6, "km/h"), "above the point before");
        if (i > 0 && curve[i].effort > largest_rise * curve[i - 1].effort)
            fields.refuse(point + ".effort", shown(to_si(curve[i].effort) / 1000, "kN"), "not above the point before: effort falls with speed");
    }
    if (!unit.power && curve.back().speed < top)
        fields.refuse(field, "ends at " + shown(to_si(curve.back().speed) * 3.6, "km/h"),
                      "effort up to the train's limit, " + shown(to_si(top) * 3.6, "km/h"));
}

struct CheckRung {
    Fields& fields;
    const Consist& consist;

    void operator()(const ConstantSpeed&) {}
    void operator()(const ConstantAcceleration& rung) { fields.positive("acceleration", to_si(rung.rate), "m/s^2"); }
    void operator()(const PowerAndMass& rung) {
        fields.positive("starting_effort", to_si(rung.starting_effort), "N");
        fields.positive("power", to_si(rung.power), "W");
        check_resistance(fields, rung.resistance);
        check_continuous(fields, "continuous_effort", rung.rating, rung.continuous_effort);
        check_grip(fields, "grip", rung.grip);
    }
    void operator()(const FullCurves& rung) {
        if (rung.units.empty()) fields.refuse("units", "none", "at least one traction unit");
        for (std::size_t i = 0; i < rung.units.size(); ++i) {
            const std::string unit = "units[" + std::to_string(i) + "]";
            check_curve(fields, unit + ".effort", rung.units[i], consist.speed_limit);
            if (rung.units[i].power) fields.positive(unit + ".power", to_si(*rung.units[i].power), "W");
            fields.positive(unit + ".count", rung.units[i].count, "");
            check_continuous(fields, unit + ".continuous_effort", rung.rating, rung.units[i].continuous_effort);
            check_grip(fields, unit + ".grip", rung.units[i].grip);
        }
        check_resistance(fields, rung.resistance);
    }
};

void check_piece(Fields& fields, const Course& course, std::size_t i) {
    const CoursePiece& piece = course.pieces[i];
    const std::string name = "pieces[" + std::to_string(i) + "]";
    const double begin = to_si(piece.begin.from_begin());
    const double before = i == 0 ? 0.0 : to_si(course.pieces[i - 1].begin.from_begin());
    if (!(begin >= before && begin <= to_si(course.length)) || (i == 0 && begin != 0))
        fields.refuse(name + ".begin", shown(begin, "m"), i == 0 ? "0 m" : "not before the piece before it, not beyond the end");
    fields.positive(name + ".limit", to_si(piece.limit), "m/s");
    if (!(std::abs(piece.gradient) < 0.2)) fields.refuse(name + ".gradient", shown(piece.gradient * 1000, "permille"), "within 200 permille");
}

}  // namespace

double adhesion(const AdhesionLaw& law, Speed v) {
    const double kmh = v / (km / h);
    return law.a + law.b / (law.c + law.d * kmh) + law.e * kmh;
}

std::string_view rung_name(const Consist& consist) {
    static constexpr std::array<std::string_view, 4> names{"constant speed", "constant acceleration", "power and mass", "full curves"};
    return names[consist.rung.index()];
}

Consist formed(std::span<const Vehicle> vehicles, const Brakes& brakes, GradientModel gradient_model, Rating rating) {
    Fields fields;
    if (vehicles.empty()) fields.refuse("vehicles", "none", "at least one");
    Consist consist{.length = {}, .mass = {}, .speed_limit = from_si<Speed>(140.0), .brakes = brakes, .rung = {}, .gradient_model = gradient_model};
    FullCurves curves{.units = {}, .resistance = {}, .rating = rating};
    Mass inertia{};
    for (std::size_t i = 0; i < vehicles.size(); ++i) {
        const Vehicle& vehicle = vehicles[i];
        if (!sound(vehicle)) check_vehicle(fields, "vehicles[" + std::to_string(i) + "].", vehicle);
        consist.length += vehicle.length * vehicle.count;
        consist.mass += vehicle.mass * vehicle.count;
        inertia += vehicle.mass * vehicle.count * vehicle.rotating_mass_factor;
        consist.speed_limit = std::min(consist.speed_limit, vehicle.speed_limit);
        curves.resistance = curves.resistance + static_cast<double>(vehicle.count) * vehicle.resistance;
        if (vehicle.unit) {
            curves.units.push_back(*vehicle.unit);
            curves.units.back().count *= vehicle.count;
        }
    }
    fields.throw_if_errors();
    consist.rotating_mass_factor = inertia / consist.mass;
    consist.rung = std::move(curves);
    return consist;
}

void check(const Consist& consist) {
    Fields fields;
    fields.positive("length", to_si(consist.length), "m");
    fields.positive("mass", to_si(consist.mass), "kg");
    if (!(consist.rotating_mass_factor >= 1 && consist.rotating_mass_factor < 2))
        fields.refuse("rotating_mass_factor", shown(consist.rotating_mass_factor, ""), "from 1 to below 2");
    fields.positive("speed_limit", to_si(consist.speed_limit), "m/s");
    if (to_si(consist.speed_limit) > 140) fields.refuse("speed_limit", shown(to_si(consist.speed_limit) * 3.6, "km/h"), "up to 500 km/h");
    fields.positive("brakes.deceleration", to_si(consist.brakes.deceleration), "m/s^2");
    fields.not_negative("brakes.build_up", to_si(consist.brakes.build_up), "s");
    std::visit(CheckRung{fields, consist}, consist.rung);
    fields.throw_if_errors();
}

Fall steepest_fall(const Course& course, const Consist& consist) {
    Fall steepest;
    const auto feel = [&](double gradient, CourseOffset at) {
        if (-gradient > steepest.gradient) steepest = {-gradient, at};
    };
    if (consist.gradient_model == GradientModel::point) {
        for (const CoursePiece& piece : course.pieces) feel(piece.gradient, piece.begin);
        return steepest;
    }
    // Heights at the begins of pieces; before the course it goes on as it begins. What is felt changes its course only where head or tail come
    // to another piece.
    std::vector<double> begins, heights{0.0};
    for (const CoursePiece& piece : course.pieces) begins.push_back(to_si(piece.begin.from_begin()));
    const double end = to_si(course.length), length = to_si(consist.length);
    for (std::size_t i = 0; i + 1 < begins.size(); ++i) heights.push_back(heights[i] + course.pieces[i].gradient * (begins[i + 1] - begins[i]));
    const auto height = [&](double at) {
        const auto above = static_cast<std::size_t>(std::upper_bound(begins.begin(), begins.end(), at) - begins.begin());
        const std::size_t i = std::min(above > 0 ? above - 1 : 0, course.pieces.size() - 1);
        return heights[i] + course.pieces[i].gradient * (at - begins[i]);
    };
    begins.push_back(end);
    heights.push_back(height(end));
    for (std::size_t i = 0; i < begins.size(); ++i)
        for (const double at : {begins[i], begins[i] + length})
            if (at <= end) feel((height(at) - height(at - length)) / length, CourseOffset{from_si<Length>(at)});
    return steepest;
}

double fall_held(const Consist& consist) {
    if (!knows_forces(consist)) return std::numeric_limits<double>::infinity();
    return to_si(consist.brakes.deceleration) * consist.rotating_mass_factor / to_si(gravity);
}

void check(const Course& course, const Consist& consist) {
    Fields fields;
    fields.positive("length", to_si(course.length), "m");
    if (course.pieces.empty()) fields.refuse("pieces", "none", "at least one piece, beginning at 0 m");
    for (std::size_t i = 0; i < course.pieces.size(); ++i) check_piece(fields, course, i);
    fields.throw_if_errors();
    if (!knows_forces(consist)) return;
    if (const Fall fall = steepest_fall(course, consist); fall.gradient > fall_held(consist))
        throw Infeasible{"brakes.deceleration: " + shown(to_si(consist.brakes.deceleration), "m/s^2") + " holds a fall of " +
                         shown(fall_held(consist) * 1000, "permille") + ", but the fall at " + shown(to_si(fall.at.from_begin()), "m") + " is " +
                         shown(fall.gradient * 1000, "permille")};
}

}  // namespace railwindow
