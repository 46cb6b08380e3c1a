#pragma once
// Random lines and trains, drawn from one number so that a failure can be repeated.

#include <railwindow/train/run.hpp>

#include <cstdint>

namespace railwindow {

/// Numbers from a seed (SplitMix64; Steele, Lea and Flood 2014).
class Draw {
public:
    explicit Draw(std::uint64_t seed) : state_{seed} {}
    double between(double low, double high) {
        state_ += 0x9E3779B97F4A7C15ull;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return low + (high - low) * static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
    }

private:
    std::uint64_t state_;
};

/// A line of `count` pieces of 50 m to 6 km, limits 20 to 100 km/h, gradients within `steepest` permille, in odd numbers.
inline Course random_course(Draw& draw, int count, double steepest) {
    Course course;
    for (int i = 0; i < count; ++i) {
        course.pieces.push_back({.begin = CourseOffset{course.length},
                                 .limit = draw.between(20, 100) * km / h,
                                 .gradient = draw.between(-steepest, steepest) * permille});
        course.length += (draw.between(0, 1) < 0.3 ? draw.between(50, 500) : draw.between(500, 6000)) * m;
    }
    return course;
}

/// A train of 600 to 2,400 t that climbs 10 permille, with the hyperbola.
inline Consist random_train(Draw& draw, GradientModel model) {
    const double mass = draw.between(600, 2400);
    return {.length = draw.between(100, 800) * m,
            .mass = mass * t,
            .rotating_mass_factor = draw.between(1.03, 1.1),
            .speed_limit = draw.between(60, 120) * km / h,
            .brakes = {.deceleration = from_si<Acceleration>(draw.between(0.2, 0.6))},
            .rung = PowerAndMass{.starting_effort = mass * draw.between(0.2, 0.35) * kN,
                                 .power = mass * draw.between(0.9, 2.5) * kW,
                                 .resistance = {.constant = mass * draw.between(8, 16) * N,
                                                .linear = mass * draw.between(0, 0.3) * N / (m / s),
                                                .quadratic = mass * draw.between(0.008, 0.02) * N / (m / s * m / s)}},
            .gradient_model = model};
}

}  // namespace railwindow
