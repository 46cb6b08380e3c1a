#pragma once
// Path -> courses. Physics gets one course for each direction run: a reversal ends one and begins the next.

#include <railwindow/route/path.hpp>
#include <railwindow/train/course.hpp>

#include <span>
#include <vector>

namespace railwindow {

/// What a piece of a course is made of: its gradient is mean + intensity x wave.
struct PieceGradient {
    std::size_t step = 0;  ///< of the path
    double mean = 0;       ///< from the heights of the section's ends
    double wave = 0;       ///< alternating rise and fall that the ruling gradient allows
};

/// What is run in one direction: steps `first` to `last` (exclusive) of the path.
struct Stage {
    std::size_t first = 0;                 ///< step of the path where it begins
    std::size_t last = 0;                  ///< the step behind its end
    Course course;                         ///< its pieces' `pace` is the index of the step within the path; gradients are the means
    std::vector<PieceGradient> gradients;  ///< by piece
    std::vector<CourseOffset> begins;      ///< where each step begins, then the end of the course
};

/// The path's stages, in order: a reversal ends one. `waves[i]` is the length of one rise and fall assumed on step i, or 0 for none:
/// a section is cut into an even number of half waves, so that its ends keep their heights.
std::vector<Stage> stages_of(const Network& network, const Path& path, std::span<const Length> waves = {});

}  // namespace railwindow
