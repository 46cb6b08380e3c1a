#pragma once
// Ways of trains that go on beyond where the journey ends: the gauge on which a train comes to a border station, and where it is changed, depend on
// where it is bound for.

#include <railwindow/route/search.hpp>

namespace railwindow {

/// A way to a place on the way to another one.
struct OnwardWay {
    RouteRequest request;  ///< of the whole way, with the place among its `via`
    Path whole;            ///< on to where the train goes
    std::size_t arrives;   ///< the step of `whole` that begins where the journey ends
};

/// The best way of `request` to its destination and on to `onward`; nothing when there is none. The stations of `via` may lie before the destination
/// or behind it.
std::optional<OnwardWay> best_way_onward(const Network& network, const RouteRequest& request, StationId onward);

/// The first `steps` steps of `path`, with their expected times.
Path beginning_of(const Network& network, const ExpectedTimes& times, const Path& path, std::size_t steps);

/// The way over the same sections as `path` on which the gauge is changed before its end; nothing when there is none, as where the last section has
/// one gauge only.
std::optional<Path> regauged_before_the_end(const Network& network, const RouteRequest& request, const Path& path);

}  // namespace railwindow
