#pragma once
// Where the time goes, for those who ask for details: legs, parts of the time, ordinary trains.

#include <railwindow/estimate/estimate.hpp>

#include <ostream>

namespace railwindow {

/// The legs, the means of the parts of the time, and what ordinary trains and the special train cost each other; each where there is any.
void write_breakdown(std::ostream& out, const Model& model, const Estimate& estimate, int width);

}  // namespace railwindow
