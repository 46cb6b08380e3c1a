#pragma once
// A position is not a length: offsets are measured along one frame (a course, a line) and cannot be added to each other.

#include <railwindow/core/units.hpp>

namespace railwindow {

/// A position along `Frame`, measured from its beginning. Offset - offset is a length; offset + offset does not compile.
template <class Frame>
class Offset {
public:
    constexpr Offset() = default;
    /// The position so far from the beginning.
    constexpr explicit Offset(Length from_begin) : from_begin_{from_begin} {}

    /// How far it is from the beginning.
    constexpr Length from_begin() const { return from_begin_; }
    friend constexpr auto operator<=>(Offset, Offset) = default;
    friend constexpr Offset operator+(Offset a, Length d) { return Offset{a.from_begin_ + d}; }
    friend constexpr Offset operator-(Offset a, Length d) { return Offset{a.from_begin_ - d}; }
    friend constexpr Length operator-(Offset a, Offset b) { return a.from_begin_ - b.from_begin_; }

private:
    Length from_begin_{};
};

}  // namespace railwindow
