#pragma once
// The answer of an estimate in the words of its reader, before any table: where, when, how sure, and what it rests on.

#include <railwindow/estimate/estimate.hpp>

#include <ostream>

namespace railwindow {

/// One paragraph for each place where runs end, the likeliest first.
void write_answer(std::ostream& out, const Model& model, const Estimate& estimate, int width);

/// How many journeys were simulated, and how far their number leaves the times of arrival open.
void write_sampling(std::ostream& out, const Estimate& estimate, int width);

}  // namespace railwindow
