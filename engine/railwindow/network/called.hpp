#pragma once
// Stations as people call them: by id, English name or local name in any case, or by where they lie.

#include <railwindow/network/network.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace railwindow {

/// A position by its hemispheres, such as `43.64 N 131.93 E` or `43° 38' 24" N 131° 55' 48" E`: degrees, or degrees and minutes, or also seconds.
/// Only the last of them may have decimals.
std::optional<GeoPosition> parse_position(std::string_view text);
/// Such a position, or one such as `43.64,131.93`: latitude and longitude in degrees, north and east positive.
std::optional<GeoPosition> parse_coordinates(std::string_view text);

/// A station and how far it lies from a position.
struct NearStation {
    StationId station;  ///< of the network
    Length distance;    ///< along the great circle
};
/// The `count` stations nearest to `position`, the nearest first.
std::vector<NearStation> nearest_stations(const Network& network, GeoPosition position, std::size_t count);

/// How near a station has to lie to coordinates that are to mean it. Half of the usual distance between two stations; judgement.
inline constexpr Length meant_within = 5 * km;

/// The stations that `text` may mean: those with this id, name or local name, whatever the case; of coordinates the nearest one, within
/// `meant_within`.
std::vector<StationId> stations_called(const Network& network, std::string_view text);

/// The stations whose id, name or local name holds `text`, whatever the case, in order of their ids; all for an empty text.
std::vector<StationId> stations_like(const Network& network, std::string_view text);
/// The landmark that `text` means by its id or name, whatever the case and whether words are joined by spaces or hyphens; nothing where there is
/// none.
const Landmark* landmark_called(const Network& network, std::string_view text);
/// Likewise the landmarks, as indices into Network::landmarks.
std::vector<std::size_t> landmarks_like(const Network& network, std::string_view text);

}  // namespace railwindow
