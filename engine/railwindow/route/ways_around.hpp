#pragma once
// Ways round a place of a path that is closed: the path up to one of its junctions, and another way from there.

#include <railwindow/route/search.hpp>

#include <cstddef>
#include <vector>

namespace railwindow {

/// A way that leaves another one.
struct WayAround {
    Path path;                         ///< from the origin of the other to its destination
    std::size_t leaves;                ///< step at whose beginning it leaves the other
    std::vector<std::size_t> avoided;  ///< steps of the other, behind that, whose sections it does not run over
    std::vector<std::size_t> instead;  ///< its own steps, behind that, whose sections the other does not run over
    Duration longer;                   ///< by how much its expected time is more than the other's; may be negative
};

/// The ways round every stretch between two junctions of `path`, a way of `request`, on which `may_close` (by step) names a step: the best one that
/// leaves at the last junction before the stretch, and those that leave earlier and take less time. They pass the `via` of
/// `request` where that can be done. None of them takes more than `longest` over the expected time of `path`.
/// Cost: one search for each stretch and junction before it that has to be tried.
std::vector<WayAround> ways_around(const Network& network, const RouteRequest& request, const Path& path, const std::vector<bool>& may_close,
                                   Duration longest);

}  // namespace railwindow
