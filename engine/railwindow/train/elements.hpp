#pragma once
// Inside of the kernel: a movement cut into elements of one ceiling and one (linear) gradient, with the braking limit at
// each end. Plain SI numbers: metres, metres per second, joules per kilogram.

#include <railwindow/train/run.hpp>

#include <cstdint>
#include <vector>

namespace railwindow::kernel {

/// A stretch on which ceiling and slope of the gradient do not change. Positions are those of the head.
struct Element {
    double begin, end;
    double ceiling;         ///< speed
    double ceiling_energy;  ///< its v^2/2
    double pull_back;       ///< deceleration by gravity at `begin`
    double pull_back_rise;  ///< its growth per metre (strip: the train moves onto another gradient)
    double line_end;        ///< energy of the braking line at `end`: the line falls by the brake's deceleration per metre
    double line_target;     ///< energy at which that line ends
    std::uint32_t marks;    ///< timing points at `end`
    bool coasting;
};

/// A piece with an extent, as one train meets it.
struct Stage {
    double begin, ceiling, gradient;
};

/// Storage of a layout.
struct Layout {
    std::vector<Stage> stages;
    std::vector<const Stage*> window;  ///< of the pieces that the train stands on, those whose ceiling may become the least
    std::vector<Element> elements;
};

/// Cuts `movement` into elements, in `layout`.
std::span<Element> lay_out(const Course& course, const Consist& consist, const Movement& movement, std::span<const CourseOffset> timing_points,
                           Layout& layout);

/// Sets the braking line of every element, from the end of the movement backwards; returns the highest ceiling.
double brake_backwards(double deceleration, double final_energy, std::span<Element> elements);

}  // namespace railwindow::kernel
