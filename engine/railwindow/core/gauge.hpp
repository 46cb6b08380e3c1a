#pragma once

#include <compare>

namespace railwindow {

/// The distance between the rails, in whole millimetres, as it is named: 1435, 1520.
struct Gauge {
    int millimetres = 0;  ///< between the running edges
    friend auto operator<=>(Gauge, Gauge) = default;
};

}  // namespace railwindow
