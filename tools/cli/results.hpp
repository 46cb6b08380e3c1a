#pragma once
// The files that a command is to write. They are looked at before the work begins: none may be a file that the question reads, no two may be one
// file, and what is there already and was not written by railwindow stays, unless --force is given.

#include <CLI/CLI.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// Options that do not go together; found only when the files that they name were looked at.
struct WrongUsage : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A file to be written. Of a file that is added to, the command itself finds out whether it may be.
struct Result {
    std::string option;  ///< that names it
    std::string file;    ///< its path; "" where it is not wanted; "" and "-" of --output are standard output
    enum class Way { replaced, added_to } way = Way::replaced;
};

/// Throws: CannotWrite when one of the files could not be made, or is there already, is none of railwindow's and not to be replaced by `force`;
/// WrongUsage when two are one file.
void check_results(const std::vector<Result>& results, bool force);

/// Throws: WrongUsage when one of the results is one of the files `read`, by whatever name.
void keep_apart(const std::vector<Result>& results, const std::vector<std::string>& read);

/// Whether a file that begins with `text` is one that railwindow writes.
bool begins_like_a_result(std::string_view text);

/// `--output` and `--force`.
void add_result(CLI::App* app, std::string& output, bool& force);

}  // namespace cli
