#pragma once

#include <railwindow/simulation/scenario.hpp>

namespace railwindow {

/// Where a what-if gave `scenario` another origin than `of_file` has, and no other corridor: says so among its changes, and drops what lies behind an
/// origin on the way of the file.
/// Throws: InputError where the way comes to the origin more than once and it is not said which visit is meant.
void begin_elsewhere(Scenario& scenario, const JourneySheet& of_file);

}  // namespace railwindow
