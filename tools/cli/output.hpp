#pragma once
// Where results go. A file is written beside its final name and renamed when it is complete, so nobody ever sees half of one.

#include <railwindow/io/railtoolkit_import.hpp>

#include <functional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace cli {

struct CannotWrite : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Writes what `write` produces to the file `path`, or to standard output for "" and "-". A reader of standard output that
/// has gone away ends the writing quietly.
/// Throws: CannotWrite.
void write_output(const std::string& path, const std::function<void(std::ostream&)>& write);

/// Writes to `out` what `write` writes, as a terminal may be given it (core/text.hpp: visible).
void write_visible(std::ostream& out, const std::function<void(std::ostream&)>& write);

enum class Existing { kept, replaced };

/// Writes all of `files` into `folder`, which is made where it is missing, or none of them.
/// Throws: CannotWrite; also for a file that is there already and to be kept.
void write_files(const std::string& folder, const std::vector<railwindow::NamedText>& files, Existing existing);

/// What a chain of symbolic links leads to, whether it is there or not; `path` itself where it is no link.
std::string target_of_links(const std::string& path);

/// Throws: CannotWrite when a file at `path` could not be made; called before the work begins.
void check_writable(const std::string& path);

}  // namespace cli
