#pragma once
// In which country and zone a place lies: by the boundaries that the file holds whole, else as the user says.

#include "railway.hpp"

#include <optional>
#include <string>
#include <vector>

namespace osm_import {

struct Where {
    std::string country;  ///< ISO 3166
    std::string zone;     ///< IANA
    Object boundary;      ///< that says so; id 0: the user
};

/// What the user says of zones.
class Zones {
public:
    /// Of `ZONE` and `STATION=ZONE`. Throws: InputError when the time zone database has none of that name.
    explicit Zones(const std::vector<std::string>& words);
    /// Of this place; empty: nothing is said.
    std::string of(const Place& place) const;
    /// Whether it is said of this place by name.
    bool named(const Place& place) const;

private:
    std::string otherwise_;
    std::vector<std::pair<std::string, std::string>> by_station_;
};

/// Nothing where neither says it. What the user says of this place by name wins, then boundaries, then what the user says of all others.
std::optional<Where> where_is(const Place& place, Spot spot, const std::vector<Area>& areas, const Zones& zones);

}  // namespace osm_import
