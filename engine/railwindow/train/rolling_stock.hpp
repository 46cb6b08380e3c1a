#pragma once
// Locomotives and cars as they are written, and the vehicles that the kernel makes trains of.

#include <railwindow/core/distribution.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/core/provenance.hpp>
#include <railwindow/train/consist.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace railwindow {

/// What moves a locomotive.
enum class MotivePower { diesel, dc_3kv, ac_25kv };

enum class LocomotiveResistance { russian_jointed, russian_welded, chinese_df4, chinese_df11, chinese_ss8 };
enum class CoachResistance { russian_jointed, russian_welded, chinese_22, chinese_25g, chinese_rapid };
enum class AdhesionFormula { curtius_kniffler, russian_electric_ac, russian_electric_dc, russian_diesel, chinese_electric, chinese_diesel };

/// Coefficients of `traction_unit`, as permille of the weights on the driven axles, on the others, and of both.
struct TractionUnitResistanceSheet {
    Gradient driven{}, carried{}, air{};
    Mass driven_mass{};
    std::optional<Mass> carried_mass;  ///< empty: all that does not rest on the driven axles
};
/// Coefficients of `strahl`, as permille of the weight.
struct StrahlSheet {
    Gradient constant{}, quadratic{};
};
/// Coefficients of `sauthoff`, as permille of the weight.
struct SauthoffSheet {
    Gradient constant{}, linear{}, air{};
};

/// A formula by its name, or one with coefficients of its own.
using LocomotiveResistanceSheet = std::variant<LocomotiveResistance, TractionUnitResistanceSheet>;
using CarResistanceSheet = std::variant<CoachResistance, StrahlSheet, SauthoffSheet>;

/// A corner of a tractive-effort curve as written.
struct EffortPointSheet {
    Speed speed{};
    Force effort{};
};

/// One class of locomotive.
struct LocomotiveSheet {
    Written<std::string> id;
    std::string name;
    MotivePower motive_power = MotivePower::diesel;
    Mass mass{};
    Length length{};
    Speed limit{};
    Force starting_effort{};
    Power power{};                         ///< at the rail; effort falls as P/v above the base speed
    std::vector<EffortPointSheet> effort;  ///< a measured curve instead of starting effort and power
    std::optional<Force> continuous_effort;
    std::optional<AdhesionFormula> adhesion;  ///< without it grip sets no limit
    LocomotiveResistanceSheet resistance{};
    double rotating_mass_factor = 1;
    Provenance provenance;
};

/// The cars of a train, all alike.
struct CarSheet {
    Length length{};
    Sourced<Uncertain<Mass>> mass;  ///< of one car with its load; one draw for all cars
    int axles = 4;
    CarResistanceSheet resistance{};
    double rotating_mass_factor = 1;
    Provenance provenance;
};

/// One rolling-stock file.
struct RollingStockSheet {
    std::string file;
    std::vector<LocomotiveSheet> locomotives;
    Provenance provenance;
};

/// The locomotive as the kernel knows it.
/// Throws: InputError when neither a curve nor starting effort and power are given, or when more mass than it has rests on its axles.
Vehicle vehicle_of(const LocomotiveSheet& sheet);

/// `count` cars of `mass` each.
Vehicle vehicle_of(const CarSheet& sheet, int count, Mass mass, Speed limit);

}  // namespace railwindow
