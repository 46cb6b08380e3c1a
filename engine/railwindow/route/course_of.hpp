#pragma once
// Path -> courses. Physics gets one course for each movement in one direction: a reversal ends one and begins the next.

#include <railwindow/route/path.hpp>
#include <railwindow/train/course.hpp>

#include <vector>

namespace railwindow {

/// One movement in one direction: steps `first` to `last` (exclusive) of the path.
struct Movement {
    std::size_t first = 0, last = 0;
    Course course;                     ///< its pieces' `pace` is the index of the step within the path
    std::vector<CourseOffset> begins;  ///< where each step begins, then the end of the course
};

/// The path's movements, in order.
std::vector<Movement> movements_of(const Network& network, const Path& path);

}  // namespace railwindow
