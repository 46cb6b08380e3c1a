#pragma once
// What the files of a scenario say, as one number: two scenarios of the same digest run the same.

#include <railwindow/io/yaml_tree.hpp>

#include <string>
#include <vector>

namespace railwindow {

/// Collects trees as they are read, edits laid over them, and hashes what they say.
class Digest {
public:
    /// The tree of one file; what only readers of results need (sources, notes, claims, what was observed) does not count, nor do comments,
    /// layout and the names of files.
    void add(const YamlNode& root);
    /// SHA-256 of all that was added, as 64 hexadecimal digits.
    std::string hex() const;

private:
    std::string text_;
};

}  // namespace railwindow
