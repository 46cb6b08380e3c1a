#pragma once
// Inside of the kernel: changes of speed by the true force, for trains that creep: what is left of the force is known there to the last
// digit, and slowly.

#include <railwindow/train/leap.hpp>

#include <cmath>

namespace railwindow::kernel {

/// From speed `from`, where the force is `start`, to `to`, where it is `finish`: by the rule of a leap, in halves where that is not exact, as where
/// the force has a corner. Accuracy: a part is halved until both ways agree to 1e-6 of its time, at most `halves` times.
template <class Force>
Leap creep(const Force& force, double from, double start, double to, double finish, int halves = 12) {
    const double middle = 0.5 * (from + to), there = force(middle);
    const Leap whole = leap(force, from, start, to, finish), first = leap(force, from, start, middle, there),
               second = leap(force, middle, there, to, finish);
    const double time = first.time + second.time;
    if (halves == 0 || std::abs(whole.time - time) < 1e-6 * time) return {first.stretch + second.stretch, time};
    const Leap before = creep(force, from, start, middle, there, halves - 1), after = creep(force, middle, there, to, finish, halves - 1);
    return {before.stretch + after.stretch, before.time + after.time};
}

/// How far to go from a speed towards `to`, as a change of speed: as far as the force neither falls to less than a third nor grows to more than three
/// times what it is. Where it vanishes between them, the train comes to its balance in ever smaller changes.
template <class Force>
double change_to_creep(const Force& force, double from, double start, double to) {
    const auto share = [&](double change) { return force(from + change) / start; };
    double change = to - from;
    if (!(share(change) > 0.3)) {
        double low = 0, high = change;
        for (int i = 0; i < 60 && !(share(low) < 0.6 && low != 0); ++i) {
            const double middle = 0.5 * (low + high);
            (share(middle) > 0.3 ? low : high) = middle;
        }
        return low;
    }
    for (int i = 0; i < 60 && !(share(change) < 3.0); ++i) change *= 0.5;
    return change;
}

}  // namespace railwindow::kernel
