#pragma once
// What tells one way from others between the same ends.

#include <railwindow/route/path.hpp>

#include <string>
#include <vector>

namespace railwindow {

/// Stations of `ways[which]`, in its order and as few as can be found one after the other, such that no other of `ways` passes all of them; rather
/// those where it changes line than others. Ways over the same stations are not told apart.
std::vector<StationId> told_apart_by(const Network& network, const std::vector<Path>& ways, std::size_t which);

/// `by Tumen and Suifenhe`: the stations of told_apart_by; the summary of a way that is the only one.
std::string name_of_way(const Network& network, const std::vector<Path>& ways, std::size_t which);

}  // namespace railwindow
