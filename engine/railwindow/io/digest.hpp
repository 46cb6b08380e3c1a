#pragma once
// What the files of a scenario say, as one number: two scenarios of the same digest run the same.

#include <railwindow/io/yaml_tree.hpp>

#include <string>
#include <vector>

namespace railwindow {

/// Of what a digest is.
enum class DigestOf {
    runs,              ///< what runs depend on
    runs_and_reports,  ///< what was observed, too, and what is forecast of it
};

/// Collects trees as they are read, edits laid over them, and hashes what they say.
class Digest {
public:
    /// Of nothing yet.
    explicit Digest(DigestOf of = DigestOf::runs) : of_{of} {}
    /// The tree of one file; what only readers of results need (sources, notes, claims, of runs also what was observed) does not count, nor do
    /// comments, layout and the names of files.
    void add(const YamlNode& root);
    /// SHA-256 of all that was added, as 64 hexadecimal digits.
    std::string hex() const;

private:
    DigestOf of_;
    std::string text_;
};

}  // namespace railwindow
