#pragma once
// A position on the map as a place on the way.

#include <railwindow/simulation/model.hpp>

#include <string>

namespace railwindow {

/// So far short of a station.
struct PlaceOnWay {
    std::string station;  ///< its id
    Length before;        ///< on the train's way
};

/// The place of the ways of `model` that is nearest to `position`, with tracks taken as straight between stations.
/// Throws: InputError that names `subject` where no way passes within 20 km: such a position is not on this journey.
PlaceOnWay place_on_way(const Model& model, const GeoPosition& position, const std::string& subject);

}  // namespace railwindow
