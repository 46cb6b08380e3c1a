#pragma once
// The two exceptions. InputError: what was written is wrong, here, and this would be right. Infeasible: what was asked is
// well formed and has no answer; it carries the values and the limit.

#include <compare>
#include <stdexcept>
#include <string>
#include <vector>

namespace railwindow {

/// Where something was written. Line and column count from 1, columns in characters; line 0 means "not from a file".
struct Place {
    std::string file;  ///< its path; empty: not from a file
    int line = 0;      ///< from 1; 0: not from a file
    int column = 0;    ///< in characters, from 1; 0: the whole line
    friend auto operator<=>(const Place&, const Place&) = default;
};

/// A value together with where it was written.
template <class T>
struct Written {
    T value{};      ///< what was written
    Place place{};  ///< where
};

/// Whether something is wrong or only doubtful.
enum class Severity { error, warning };

/// One thing that is wrong in what was written.
struct Finding {
    Place place;                          ///< where it is written
    std::string subject;                  ///< the thing spoken of, as a path: `journey.from`
    std::string what;                     ///< what is wrong, with the value
    std::string remedy;                   ///< what would be right; may be empty
    Severity severity = Severity::error;  ///< whether it is wrong or only doubtful
};

/// `file:line:col: subject: what; remedy`, without the parts that are empty.
std::string to_string(const Finding& finding);

/// What was written is wrong. Collects all findings of one reading, in order of their places.
class InputError : public std::runtime_error {
public:
    /// All of `findings`.
    explicit InputError(std::vector<Finding> findings);
    /// One finding.
    explicit InputError(Finding finding);
    /// What is wrong, in order of places.
    const std::vector<Finding>& findings() const { return findings_; }

private:
    std::vector<Finding> findings_;
};

/// The question is well formed and has no answer: no route, a brake that cannot hold the grade, no run that arrives.
class Infeasible : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Collects findings so that all of a file's are reported at once.
class Findings {
public:
    /// Adds one.
    void add(Finding finding) { list_.push_back(std::move(finding)); }
    /// Whether there is more than warnings.
    bool has_errors() const;
    /// All of them, in the order added.
    const std::vector<Finding>& list() const { return list_; }
    /// Throws: InputError with everything collected, if there is an error among it.
    void throw_if_errors() const;

private:
    std::vector<Finding> list_;
};

}  // namespace railwindow
