#pragma once
// One run as speed over distance, for people (table), spreadsheets (CSV) and programs (JSON).

#include <railwindow/simulation/simulate.hpp>

#include <ostream>
#include <variant>

namespace railwindow {

/// Where the profile is shown: at every breakpoint, or every so many metres or seconds (ends of movements included).
using ProfileStep = std::variant<std::monostate, Length, Duration>;

/// `profile` at constant steps: between breakpoints v^2 is linear in distance, which is exact for a constant net force.
SpeedProfile stepped(const SpeedProfile& profile, const ProfileStep& step);

/// The most rows that a profile is written with. Judgement: JSON of so many takes about 1 GB of memory; 9,000 km at 1 s are 500,000.
inline constexpr double most_profile_rows = 1e6;

/// Throws: InputError when `run` has more than most_profile_rows rows at steps of `step`.
void check_rows(const ProfiledRun& run, const ProfileStep& step);

/// The run for people: one row a breakpoint.
void write_profile_table(std::ostream& out, const Model& model, const ProfiledRun& run, const ProfileStep& step);
/// Schema `railwindow.profile/1`.
void write_profile_json(std::ostream& out, const Model& model, const ProfiledRun& run, const ProfileStep& step);
/// The run for spreadsheets: one row a breakpoint; km, km/h, seconds, permille, kN, kWh as the heads say.
void write_profile_csv(std::ostream& out, const Model& model, const ProfiledRun& run, const ProfileStep& step);

}  // namespace railwindow
