#pragma once
// A network in other programs' formats: nothing is locked in.

#include <railwindow/network/network.hpp>

#include <ostream>
#include <string>
#include <vector>

namespace railwindow {

/// Stations as points and sections as straight lines between them (RFC 7946), each with all that the network says of it; lengths in kilometres,
/// speeds in km/h, gradients in permille, as their keys say.
void write_network_geojson(std::ostream& out, const Network& network);

/// Each line of `lines` as a path of the railtoolkit schema running-path 2022.05, which TrainRuns.jl and `import railtoolkit` read: limits, gradients
/// (0 where none is known) and the stations between its ends.
void write_railtoolkit_paths(std::ostream& out, const Network& network, const std::vector<LineId>& lines);

/// The length on a line of which no gradients are known.
Length without_gradients(const Network& network, LineId line);

}  // namespace railwindow
