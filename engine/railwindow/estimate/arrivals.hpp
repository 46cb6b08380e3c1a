#pragma once
// Arrivals of the main train out of samples, run by run: PointSamples::never where a run does not get there.

#include <railwindow/estimate/samples.hpp>

#include <optional>
#include <vector>

namespace railwindow {

/// The timing point of the main train at `station`, if the model has one.
std::optional<std::size_t> timing_point_at(const Model& model, StationId station);

/// The timing point of the main train at `station`; where that is empty, nothing, which means each run's destination. The rule of named_visit.hpp
/// says which visit is meant.
/// Throws: InputError when no loaded network has the station, or its visit is not clear; Infeasible when no alternative comes there or all begin
/// there. The model has to hold all timing points.
std::optional<std::size_t> asked_point(const Model& model, const Name& station, std::string_view subject);

/// By alternative, the timing point where the main train begins its journey.
std::vector<std::size_t> first_points(const Model& model);
/// By alternative, the timing point where it ends it.
std::vector<std::size_t> last_points(const Model& model);

/// When each run is at the timing point, or at its own destination without one.
std::vector<std::int64_t> arrivals(const Model& model, const Samples& samples, std::optional<std::size_t> point);
/// When each run leaves its origin.
std::vector<std::int64_t> departures(const Model& model, const Samples& samples);

/// The station that `point` means, or the destination of the first alternative.
const Station& station_of(const Model& model, std::optional<std::size_t> point);

/// `later` minus `earlier` where a run has both, sorted.
std::vector<Millis> sorted_differences(const std::vector<std::int64_t>& later, const std::vector<std::int64_t>& earlier);
/// The values that are there, sorted.
std::vector<Millis> sorted_times(const std::vector<std::int64_t>& times);
/// The quantiles `ps` of `sorted`, each with its error; none where nothing arrives.
std::vector<Quantile> quantiles_of(const std::vector<Millis>& sorted, const std::vector<double>& ps);

/// Whether the journeys that are left open end at more than one station: a quantile of all their arrivals means nothing then.
bool ends_at_several_places(const Model& model);

}  // namespace railwindow
