#pragma once

#include <railwindow/simulation/scenario.hpp>

namespace railwindow {

/// Checks that a scenario has all that one read from files would have; it may have been filled in by hand.
/// Throws: InputError with everything that is missing or out of range.
void require_complete(const Scenario& scenario);

}  // namespace railwindow
