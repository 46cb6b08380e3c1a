#pragma once
// Every number of a network says where it comes from and how far it can be trusted.

#include <optional>
#include <string>
#include <utility>

namespace railwindow {

enum class Confidence { low, medium, high };

/// Source and confidence; what is left empty is inherited (section from line, line from file).
struct Provenance {
    std::string source;
    std::optional<Confidence> confidence;
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
    T value{};
    Provenance provenance{};
};

}  // namespace railwindow
