#pragma once
// All networks of this repository at once, and the ways through them.

#include <railwindow/simulation/route_request.hpp>

#include <string>
#include <vector>

namespace railwindow {

/// All network and practice files (but not the press's) and the special train; no journey.
const Scenario& whole_railway();
/// The network that they make.
const Network& whole_network();

/// What the special train would ask to go from `from` to `to` by way of `via`.
RouteRequest asked(const std::string& from, const std::string& to, const std::vector<std::string>& via = {},
                   const std::vector<std::string>& avoid = {});
/// The best way there. A test without one fails.
Path way(const std::string& from, const std::string& to, const std::vector<std::string>& via = {}, const std::vector<std::string>& avoid = {});

/// The ids of the stations that a path passes, in order.
std::vector<std::string> stations_of(const Path& path);

/// The names of all files below a folder of the source tree that end in .yaml, sorted.
std::vector<std::string> yaml_files(const std::string& folder);

}  // namespace railwindow
