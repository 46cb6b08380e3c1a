#pragma once
// A train as it is written: what is uncertain about it still uncertain.

#include <railwindow/core/distribution.hpp>
#include <railwindow/core/gauge.hpp>
#include <railwindow/core/provenance.hpp>

#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// The rung of the kernel that the file chooses.
struct DynamicsSheet {
    std::optional<Acceleration> constant_acceleration;
};

/// One train file.
struct TrainSheet {
    std::string file, name;
    std::vector<Gauge> gauges;                      ///< its cars can be set on
    std::vector<std::string> gauge_change_methods;  ///< it knows
    Sourced<Uncertain<double>> cars;                ///< rounded to whole cars
    Sourced<Length> car_length;
    Sourced<Length> locomotive_length;              ///< of all locomotives together
    Sourced<Speed> limit;
    DynamicsSheet dynamics;
    Sourced<Acceleration> service_deceleration;
    Sourced<Duration> brake_build_up;
    Sourced<Uncertain<double>> journey_pace;        ///< Z of one journey: every speed is worked at exp(-Z)
    Provenance provenance;
};

}  // namespace railwindow
