#pragma once
// Rules of traction that come to nothing.

#include <railwindow/simulation/model.hpp>

#include <string>
#include <vector>

namespace railwindow {

/// A remark for each rule of traction on the way of `train` of which nothing comes in any run, as the locomotives in front go on where its lines
/// begin: no practice changes them there, and they can run.
std::vector<std::string> unused_traction(const Network& network, const Itinerary& train);

}  // namespace railwindow
