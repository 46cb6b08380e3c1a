#pragma once
// A grid of questions: scenarios times values times seeds, each in parts if asked for, as a list of command lines that any scheduler can hand out.

#include <railwindow/core/error.hpp>
#include <railwindow/io/yaml_limits.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

/// Commands that a grid asks.
enum class GridCommand { run, compare, infer, explain, backtest };
/// How the answers are written.
enum class GridFormat { table, json, csv, geojson };

/// A grid file: what is asked.
struct GridSheet {
    std::string file;                             ///< where it was read
    GridCommand command = GridCommand::run;       ///< that is asked of each scenario; `backtest` of all together
    std::vector<Written<std::string>> scenarios;  ///< files, relative to the grid's folder
    std::vector<Written<std::string>> vary;       ///< `path=values` as `compare --sweep` has them; every combination is asked
    std::vector<int> seeds;                       ///< empty: the command's own
    std::vector<Written<std::string>> options;    ///< more words of every question
    int parts = 1;                                ///< of each question
    GridFormat format = GridFormat::json;         ///< of the answers
    Written<std::string> output;                  ///< folder of parts and answers, relative to the grid's folder
};

/// One command line without the name of the program, and the file that it writes.
struct GridTask {
    std::vector<std::string> words;  ///< of the command line
    std::string output;              ///< path of the file
};

/// What a grid asks for.
struct GridWork {
    std::string folder;                   ///< that has to be there
    std::vector<GridTask> tasks;          ///< in any order
    std::vector<GridTask> merges;         ///< when the parts of each are there; empty where nothing is parted
    std::vector<std::size_t> merge_of{};  ///< by task: which merge needs it; empty where nothing is parted
};

/// The grid written in `text`. Throws: InputError with everything that is wrong with it.
GridSheet read_grid(std::string_view text, const std::string& file, const YamlLimits& limits = {});

/// Its tasks. Throws: InputError for values that cannot be swept over, for more than `most_tasks`, for two scenarios of one name, and for values with
/// `backtest`, which has no --set.
GridWork grid_work(const GridSheet& grid);
/// The most tasks of a grid.
inline constexpr std::size_t most_tasks = 1'000'000;

/// The words as one line that a shell and xargs read back.
std::string shell_line(const std::vector<std::string>& words);

}  // namespace railwindow
