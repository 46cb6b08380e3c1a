#pragma once
// The ordinary trains of one run for the figure of distance against time. JSON comes out as text.

#include <railwindow/estimate/samples.hpp>

#include <optional>
#include <string>

namespace railwindow {

/// The run that makes the median of the final arrival on the likeliest alternative: {run, route (its index), begins, courses, names, lines}.
/// `courses` are the trains of the convoy, `lines` are {name, places, trains}: `places` are the kilometres where trains can meet, none on a long way,
/// an entry of `trains` is the index of the train's name, its delay in seconds, and its points. A point is a kilometre of the main train's way and
/// the seconds since the point before, or since `begins`, one after the other; points that the line between the others replaces are left out. Nothing
/// where no line is shared, no run arrives, or the run goes round a closed place: its kilometres are not those of the way.
std::optional<std::string> page_traffic_json(const Model& model, const Samples& samples);

}  // namespace railwindow
