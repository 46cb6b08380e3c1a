#pragma once
// How steeply a train falls: what its brakes must hold.

#include <railwindow/train/consist.hpp>

namespace railwindow {

/// A fall as a train feels it.
struct Fall {
    double gradient = 0;  ///< downhill positive
    CourseOffset at;      ///< of the head, where it is felt
};
/// The steepest fall that `consist` feels anywhere on `course`: averaged over the train, or under its head. 0 where it feels none.
Fall steepest_fall(const Course& course, const Consist& consist);
/// The steepest fall that the brakes of `consist` hold; running resistance is kept as the reserve that it is. Infinite where it knows no forces.
double fall_held(const Consist& consist);

}  // namespace railwindow
