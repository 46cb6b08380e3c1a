#pragma once

namespace railwindow {

/// How often memory has been asked for since the program began.
long allocations_so_far();

}  // namespace railwindow
