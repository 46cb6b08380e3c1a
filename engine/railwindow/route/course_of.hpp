#pragma once
// Path -> courses. Physics gets one course for each direction run: a reversal ends one and begins the next.

#include <railwindow/route/path.hpp>
#include <railwindow/train/course.hpp>

#include <vector>

namespace railwindow {

/// What is run in one direction: steps `first` to `last` (exclusive) of the path.
struct Stage {
    std::size_t first = 0, last = 0;
    Course course;                     ///< its pieces' `pace` is the index of the step within the path
    std::vector<CourseOffset> begins;  ///< where each step begins, then the end of the course
};

/// The path's stages, in order: a reversal ends one.
std::vector<Stage> stages_of(const Network& network, const Path& path);

}  // namespace railwindow
