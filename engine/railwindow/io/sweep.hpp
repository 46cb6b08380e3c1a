#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

/// One path of a grid with the values it takes.
struct Sweep {
    std::string path;                 ///< such as `journey.calls[0].dwell`
    std::vector<std::string> values;  ///< as written, in order
};

/// The most values of a sweep, and combinations of a grid.
inline constexpr std::size_t most_swept = 10'000;

/// The sweep that `path=a,b,c` or `path=a..b/step` stands for. In a list, commas within brackets and quotes do not count. A range is one of plain
/// numbers, of quantities in one unit (`30..90 min/15 min`) or of local times with a step (`2019-04-23 18:00..2019-04-23 22:00/1 h`); its end
/// belongs to it where the steps reach it.
/// Throws: InputError for anything else, for a step that does not lead from a to b, and for more than `most_swept` values.
Sweep parse_sweep(std::string_view text);

/// Every combination of one value from each sweep, as assignments `path=value`; the last sweep varies fastest.
/// Throws: InputError for more than `most_swept` combinations, or a path that is swept twice.
std::vector<std::vector<std::string>> grid(const std::vector<Sweep>& sweeps);

}  // namespace railwindow
