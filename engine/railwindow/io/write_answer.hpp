#pragma once
// The answer of an estimate in the words of its reader, before any table: where, when, how sure, and what it rests on.

#include <railwindow/estimate/estimate.hpp>

#include <ostream>
#include <string>
#include <vector>

namespace railwindow {

/// One paragraph for each place where runs end, the likeliest first.
void write_answer(std::ostream& out, const Model& model, const Estimate& estimate, int width);

/// Where, when and how sure, without the rest: one text for each place where runs end.
std::vector<std::string> answer_words(const Model& model, const Estimate& estimate);

/// How many journeys were simulated, and how far their number leaves the times of arrival open.
void write_sampling(std::ostream& out, const Estimate& estimate, int width);

}  // namespace railwindow
