#pragma once
// Sections -> lines: from fork to fork.

#include "sections.hpp"

#include <vector>

namespace osm_import {

/// A section and whether the line runs over it against its direction.
struct Part {
    const Section* section = nullptr;
    bool reversed = false;
    StationNumber from() const { return reversed ? section->to : section->from; }
    StationNumber to() const { return reversed ? section->from : section->to; }
};
using Line = std::vector<Part>;

/// The sections joined to lines; a line ends where no other or several go on.
std::vector<Line> lines_of(const std::vector<Section>& sections);

/// The sections of the longest part that hangs together; the others go to `left_out`.
std::vector<Section> longest_part(std::vector<Section> sections, std::vector<Section>& left_out);

}  // namespace osm_import
