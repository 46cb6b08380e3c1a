#pragma once
// When no run arrives: what keeps the trains.

#include <railwindow/estimate/samples.hpp>

#include <string>

namespace railwindow {

/// Where most runs of `samples` of `model` end, and what holds the first of them there. For samples of which no run arrives.
/// Cost: simulates runs until one ends at that place; the first ones do where few places matter.
std::string why_none_arrives(const Model& model, const Samples& samples);

}  // namespace railwindow
