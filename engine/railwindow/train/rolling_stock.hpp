#pragma once
// Locomotives and cars as they are written, and the vehicles that the kernel makes trains of.

#include <railwindow/core/distribution.hpp>
#include <railwindow/core/electric_supply.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/core/provenance.hpp>
#include <railwindow/train/consist.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace railwindow {

/// Formulas of the running resistance of locomotives, by name (resistance.hpp).
enum class LocomotiveResistance { russian_jointed, russian_welded, chinese_df4, chinese_df11, chinese_ss8 };
/// Formulas of the running resistance of coaches, by name (resistance.hpp).
enum class CoachResistance { russian_jointed, russian_welded, chinese_22, chinese_25g, chinese_rapid };
/// Formulas of adhesion, by name (traction.hpp).
enum class AdhesionFormula { curtius_kniffler, russian_electric_ac, russian_electric_dc, russian_diesel, chinese_electric, chinese_diesel };

/// Coefficients of `traction_unit`, as permille of the weights on the driven axles, on the others, and of both.
struct TractionUnitResistanceSheet {
    Gradient driven{};                 ///< of the weight on the driven axles
    Gradient carried{};                ///< of the weight on the others
    Gradient air{};                    ///< of the whole weight, by the square of speed
    Mass driven_mass{};                ///< on the driven axles
    std::optional<Mass> carried_mass;  ///< empty: all that does not rest on the driven axles
};
/// Coefficients of `strahl`, as permille of the weight.
struct StrahlSheet {
    Gradient constant{};   ///< w0
    Gradient quadratic{};  ///< w2
};
/// Coefficients of `sauthoff`, as permille of the weight.
struct SauthoffSheet {
    Gradient constant{};  ///< w0
    Gradient linear{};    ///< w1
    Gradient air{};       ///< w2
};

/// A formula by its name, or one with coefficients of its own.
using LocomotiveResistanceSheet = std::variant<LocomotiveResistance, TractionUnitResistanceSheet>;
/// A formula by its name, or one with coefficients of its own.
using CarResistanceSheet = std::variant<CoachResistance, StrahlSheet, SauthoffSheet, Davis>;

/// A corner of a tractive-effort curve as written.
struct EffortPointSheet {
    Speed speed{};   ///< of the corner
    Force effort{};  ///< at the rail
};

/// One class of locomotive.
struct LocomotiveSheet {
    Written<std::string> id;                  ///< unique among its kind
    std::string name;                         ///< as people call it
    MotivePower motive_power;                 ///< diesel, or the wire that it needs
    Mass mass{};                              ///< in working order
    Length length{};                          ///< over couplers
    Speed limit{};                            ///< its highest speed
    Force starting_effort{};                  ///< at the rail, from standstill
    Power power{};                            ///< at the rail; effort falls as P/v above the base speed
    std::vector<EffortPointSheet> effort;     ///< a measured curve instead of starting effort and power
    std::optional<Force> continuous_effort;   ///< the most that the motors bear for hours; empty: not known
    std::optional<AdhesionFormula> adhesion;  ///< without it grip sets no limit
    LocomotiveResistanceSheet resistance{};   ///< the formula of its running resistance
    double rotating_mass_factor = 1;          ///< inertia of translation and wheels over that of translation
    Provenance provenance;                    ///< where its numbers come from
};

/// The cars of a train, all alike.
struct CarSheet {
    Length length{};                  ///< of one car over its couplers
    Sourced<Uncertain<Mass>> mass;    ///< of one car with its load; one draw for all cars
    int axles = 4;                    ///< of one car
    CarResistanceSheet resistance{};  ///< the formula of its running resistance
    double rotating_mass_factor = 1;  ///< inertia of translation and wheels over that of translation
    Provenance provenance;            ///< where its numbers come from
};

/// One rolling-stock file.
struct RollingStockSheet {
    std::string file;                          ///< the file it is written in
    std::vector<LocomotiveSheet> locomotives;  ///< classes, by id
    Provenance provenance;                     ///< where its numbers come from
};

/// The locomotive as the kernel knows it.
/// Throws: InputError when neither a curve nor starting effort and power are given, or when more mass than it has rests on its axles.
Vehicle vehicle_of(const LocomotiveSheet& sheet);

/// `count` cars of `mass` each.
Vehicle vehicle_of(const CarSheet& sheet, int count, Mass mass, Speed limit);

}  // namespace railwindow
