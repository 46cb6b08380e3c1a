#pragma once
// All that physics needs of the world: how long the way is, how fast each piece of it may be run, how steep it is.
// A course runs in one direction from standstill to standstill; a reversal ends one course and begins another.

#include <railwindow/core/offset.hpp>

#include <cstdint>
#include <vector>

namespace railwindow {

struct Course;
/// A position of the train's head on its course.
using CourseOffset = Offset<Course>;

/// A stretch of constant conditions, from `begin` to the next piece's begin (or the end of the course).
struct CoursePiece {
    CourseOffset begin;      ///< where its conditions begin
    Speed limit;             ///< of the line, for every train
    double gradient = 0;     ///< equivalent gradient (grade, curve and tunnel) as a ratio, uphill positive
    std::uint32_t pace = 0;  ///< index into the caller's caps: how fast this stretch is worked in one run
};

/// The way of one movement in one direction. Pieces are in ascending order, the first begins at 0, none begins beyond the end.
struct Course {
    Length length{};                  ///< from standstill to standstill
    std::vector<CoursePiece> pieces;  ///< ascending, the first at 0
};

}  // namespace railwindow
