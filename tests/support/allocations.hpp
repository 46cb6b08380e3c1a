#pragma once

namespace railwindow {

/// How often memory has been asked for since the program began (train/allocation_test.cpp counts it).
long allocations_so_far();

}  // namespace railwindow
