#pragma once
// A journey may leave open where it begins and ends, which way it takes, where its gauge is changed, and whether it is worked to a plan
// or keeps to hours. Every combination is a journey of its own, with a probability.

#include <railwindow/simulation/model.hpp>
#include <railwindow/simulation/scenario.hpp>

#include <string>
#include <vector>

namespace railwindow {

/// A journey in which everything is chosen: one origin, one destination, one corridor, at most one place of regauging,
/// plans and hours that hold with weight 1 and others with weight 0.
struct ChosenJourney {
    JourneySheet journey;
    double probability;
    std::string name;                    ///< what was chosen where there was a choice: "from kyongsong, regauging at khasan"
    std::string regauging;               ///< the part of the name that speaks of regauging
    bool regauging_is_open = false;      ///< more than one place was named
    std::vector<ChosenOption> chosen{};  ///< by choice
};

/// The journeys that `journey` leaves open, in the order written; their probabilities, which are the weights' shares, add up to 1.
std::vector<ChosenJourney> choices_of(const JourneySheet& journey);

}  // namespace railwindow
