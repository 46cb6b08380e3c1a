#pragma once
// Every number of a network says where it comes from and how far it can be trusted.

#include <optional>
#include <string>
#include <utility>

namespace railwindow {

/// How far a number can be trusted.
enum class Confidence { low, medium, high };

/// Source and confidence; what is left empty is inherited (section from line, line from file).
struct Provenance {
    std::string source;                    ///< author, year and place, or what the judgement rests on
    std::optional<Confidence> confidence;  ///< empty: inherited
};

/// `own` where it says something, `inherited` where it does not.
inline Provenance inherit(Provenance own, const Provenance& inherited) {
    if (own.source.empty()) own.source = inherited.source;
    if (!own.confidence) own.confidence = inherited.confidence;
    return own;
}

/// A value with its source.
template <class T>
struct Sourced {
    T value{};                ///< what it is
    Provenance provenance{};  ///< where it comes from
};

}  // namespace railwindow
