#pragma once
// What the import could not take as it stands: told on standard error, each with its object and its place.

#include "geodesy.hpp"

#include <cstdint>
#include <map>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace osm_import {

/// A node, way or relation, as people write it: `way/4711`.
struct Object {
    char kind = 'n';  ///< n, w or r
    std::int64_t id = 0;
    friend auto operator<=>(const Object&, const Object&) = default;
};
std::string text_of(Object object);

class Doubts {
public:
    /// `kind` sums up what is told of many: "limits that are not understood".
    void add(const std::string& kind, Object object, Spot spot, std::string what);
    /// Without a place.
    void add(const std::string& kind, Object object, std::string what);
    /// In order of kinds, of each the first ten unless `all`; then how many there are.
    void tell(std::ostream& out, bool all) const;

private:
    std::map<std::string, std::vector<std::pair<Object, std::string>>> by_kind_;
};

}  // namespace osm_import
