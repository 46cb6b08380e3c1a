#pragma once
// Locomotives and cars as they are written, and the vehicles that the kernel makes trains of.

#include <railwindow/core/distribution.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/core/provenance.hpp>
#include <railwindow/train/consist.hpp>

#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// What moves a locomotive.
enum class MotivePower { diesel, dc_3kv, ac_25kv };

enum class LocomotiveResistance { russian_jointed, russian_welded, chinese_df4, chinese_df11, chinese_ss8 };
enum class CoachResistance { russian_jointed, russian_welded, chinese_22, chinese_25g, chinese_rapid };
enum class AdhesionFormula { curtius_kniffler, russian_electric_ac, russian_electric_dc, russian_diesel, chinese_electric, chinese_diesel };

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
    Power power{};                              ///< at the rail; effort falls as P/v above the base speed
    std::vector<EffortPointSheet> effort;       ///< a measured curve instead of starting effort and power
    std::optional<Force> continuous_effort;
    std::optional<AdhesionFormula> adhesion;    ///< without it grip sets no limit
    LocomotiveResistance resistance{};
    double rotating_mass_factor = 1;
    Provenance provenance;
};

/// The cars of a train, all alike.
struct CarSheet {
    Length length{};
    Sourced<Uncertain<Mass>> mass;  ///< of one car with its load; one draw for all cars
    int axles = 4;
    CoachResistance resistance{};
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
/// Throws: InputError when neither a curve nor starting effort and power are given, or when the curve is none.
Vehicle vehicle_of(const LocomotiveSheet& sheet);

/// `count` cars of `mass` each.
Vehicle vehicle_of(const CarSheet& sheet, int count, Mass mass, Speed limit);

}  // namespace railwindow
