#pragma once
// From where on along the way each draw of a run is felt. What is drawn for places ahead of a sighting may be drawn anew without touching what
// was seen; inference does so. A name that is not listed here stays with its run, which costs precision and nothing else.

#include <railwindow/core/noise.hpp>
#include <railwindow/simulation/model.hpp>

namespace railwindow {

/// The place of the arrival at a visit of the main train: the times up to it depend on draws of this place or an earlier one alone.
constexpr std::uint32_t arrival_place(std::size_t visit) { return static_cast<std::uint32_t>(2 * visit); }
/// The place of the departure from a visit.
constexpr std::uint32_t departure_place(std::size_t visit) { return static_cast<std::uint32_t>(2 * visit + 1); }

/// Whether every train of every run stops at the visit.
bool always_stops(const Visit& visit);

/// Places of what is drawn for sections, stops, countries and locomotives along the way of the main train of `alternative`. A train brakes before
/// it comes to a slower section or a stop, so what lies there is felt as far back as it brakes, but not before the last stop that it always makes.
/// Who stands because it is early knows how long it will run to where it is wanted: what is drawn for the way there is felt where it stands. The
/// working of shared lines reaches farther still: what lies before their ends is taken as felt from the beginning.
DrawPlaces places_of_draws(const Alternative& alternative);

}  // namespace railwindow
