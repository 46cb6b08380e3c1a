#pragma once
// Which of the journeys that are left open are the same journey as far as a place: they need be run only once up to there.

#include <railwindow/simulation/model.hpp>

namespace railwindow {

/// Whether every run of `a` and `b`, journeys of one model, has the same times up to the departure from the visit `last` of the main train: one train
/// on one way, which is the same up to a stop that it always makes, or for 50 km more, and nothing there that looks farther ahead. When in doubt: no.
bool same_up_to(const Alternative& a, const Alternative& b, std::size_t last);

}  // namespace railwindow
