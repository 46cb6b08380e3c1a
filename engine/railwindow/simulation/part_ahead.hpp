#pragma once
// A journey that begins on the way of a longer one: what lies ahead is kept, what lies behind is dropped.

#include <railwindow/simulation/model.hpp>
#include <railwindow/simulation/scenario.hpp>

#include <string>
#include <vector>

namespace railwindow {

/// The part of a journey behind one of its stations.
struct PartAhead {
    Scenario scenario;                  ///< from there on; when it leaves has to be said by who asks
    std::vector<std::string> left_out;  ///< what lies behind, in words
};

/// The part of `scenario` behind the visit that `from` names, on the likeliest way of `whole`, its model, that comes there; nothing where none does.
/// Corridors, calls, plans, hours, reports, stays and press that lie ahead stay, with the visits that they mean; claims stay that count from there or
/// from farther on.
/// Throws: InputError where the visit is not clear.
std::optional<PartAhead> part_ahead(const Scenario& scenario, const Model& whole, const NamedVisit& from, std::string_view subject);

}  // namespace railwindow
