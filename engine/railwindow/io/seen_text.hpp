#pragma once
// A sighting in one line, as the command line takes it.

#include <railwindow/network/sheet.hpp>
#include <railwindow/simulation/observation.hpp>
#include <railwindow/simulation/scenario.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

/// A report whose place may still be a position.
struct SeenText {
    ObservedSheet report;                 ///< as if it stood in the scenario
    std::optional<GeoPosition> position;  ///< instead of the report's station
};

/// `baranovsky pass 2023-09-12 12:10..12:25`: place, event, and when; `before 4 km` or `behind 4 km`, `visit 2` or `after STATION` may follow the
/// place, `towards STATION`, `train NAME`, `reliability P` and `known TIME` the rest. Times: `A..B`, `A..` (not before), `..B` (not after), or one; B
/// may be a clock time of A's day. The event may be `not-seen`, with `noticed P`. The place may be a position such as `43.66N 131.93E`. Throws:
/// InputError that names `option` and what would be right.
SeenText parse_seen(std::string_view text, std::string_view option = "--seen");

/// `scenario` with these sightings beside those of its file, each where its time puts it among them. A position becomes a place on the way.
/// Throws: InputError that names `option` as `parse_seen` does, and where no way passes a position; as `build` where a position is given.
Scenario with_sightings(Scenario scenario, const std::vector<std::string>& seen, std::string_view option = "--seen");

}  // namespace railwindow
