#pragma once
// What makes the window of an arrival as wide as it is, and which report of the train on its way would narrow it most.

#include <railwindow/drivers/named_numbers.hpp>
#include <railwindow/drivers/pick_freeze.hpp>
#include <railwindow/estimate/estimate.hpp>
#include <railwindow/estimate/share.hpp>
#include <railwindow/simulation/model.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// How much is simulated, and for which destination.
struct ExplainOptions {
    std::uint64_t runs = 16384;                                                  ///< the windows and the reports come from them; at least 64
    std::uint64_t pairs = 4096;                                                  ///< of runs, at most, for a group of draws; at most half of `runs`
    std::uint64_t seed = 1;                                                      ///< of the draws
    unsigned threads = 0;                                                        ///< 0: one per core
    Name to{};                                                                   ///< one of the destinations; empty: the likeliest
    std::vector<Millis> off{std::chrono::minutes{5}, std::chrono::minutes{30}};  ///< by how much a report may be off, in this order; at least one
    bool shapley = false;        ///< whether shares that add up to 1 are wanted, too: a run more for each group and every fourth pair
    bool numbers = false;        ///< whether the numbers behind the draws are moved, too: two runs more for each of them and every second pair
    WrittenNumbers written{};    ///< moved with these: weakly known numbers without a law
    Progress progress{};         ///< empty: nobody is told
    SharedWork* work = nullptr;  ///< runs and pairs shared out among processes; of a part there is no answer
};

/// Draws that stand for the same thing, and what they do to the arrival.
struct GroupEffect {
    std::string name;     ///< "pace of lines in KP"
    std::string country;  ///< ISO 3166 code; empty: of all countries together
    Effect effect;        ///< shares of the variance of the arrival, where what lies beyond P5 and P95 counts as these
    /// The expected distance from P5 to P95 if the group were known; empty where its total effect is too small to look.
    std::optional<ExpectedWidth> width;
    std::optional<Share> shapley{};  ///< its share where what groups do together is shared out evenly; empty unless asked for
};
/// Groups with a smaller total effect are not looked at more closely: known, they would leave the window as it is.
inline constexpr double least_effect = 0.05;

/// What a report of the train at one place would be worth.
struct PlaceReport {
    std::size_t point;                 ///< of Model::timing_points
    TimingEvent event;                 ///< what is reported
    double probability;                ///< that the train comes there, if it is bound for the destination
    std::vector<Quantile> when;        ///< P5, P50, P95: when to look
    Millis ahead;                      ///< half of the runs that arrive do so at least so long after it
    std::vector<ExpectedWidth> width;  ///< by ExplainOptions::off: of the arrival at the destination, in seconds
    ExpectedWidth unseen{};            ///< of the same, when it has not come by the median of `when`
    std::vector<Share> right{};        ///< likewise: how often the destination would be named right; empty where there is only one
};

/// A place where the journey may end.
struct PossibleDestination {
    StationId station;   ///< of the network
    double probability;  ///< by the weights of the scenario
};

/// What drives the window of the arrival.
struct Explanation {
    std::uint64_t seed = 0, runs = 0, pairs = 0;    ///< of the draws; how many runs; how many pairs at most for a group
    bool stopped_early = false;                     ///< whether the progress callback stopped it
    std::vector<Millis> off;                        ///< of the options
    std::vector<PossibleDestination> destinations;  ///< the one that is explained first, then the likeliest
    double arrives = 0;                             ///< share of the runs bound there that get there
    std::vector<Quantile> arrival;                  ///< there, P5, P50, P95, since the epoch
    std::vector<GroupEffect> groups;                ///< the largest total effect first
    std::vector<NumberEffect> numbers;              ///< the largest effect first; empty unless asked for
    std::vector<PlaceReport> reports;               ///< what leaves the narrowest window first, by the last of `off`
    std::optional<Share> right;                     ///< how often the destination is named right without a report; empty where there is only one

    /// From P5 to P95 of the arrival.
    Millis width() const { return arrival.back().value - arrival.front().value; }
};

/// What drives the arrival of `model` at its destination. Of several, each needs an explanation of its own, as the spread of their mixture means
/// nothing. What the scenario leaves open besides (origin, way, plans, place of regauging) is a group like the others.
/// Throws: InputError for `to` that is no destination and for too few runs; Infeasible when no run arrives.
/// Accuracy: additive, multiplicative and interacting models in closed form within 4 standard errors (tests/drivers).
Explanation explain(const Model& model, const ExplainOptions& options = {});

/// The groups alone, without widths, for the likeliest destination; nothing where hardly a run arrives or where the progress callback stopped it.
/// With 512 pairs the shares have errors of some hundredths.
std::vector<GroupEffect> main_drivers(const Model& model, const EffectOptions& options);

/// Tells for each weakly known number how much of the spread of the arrival is drawn from it, as part of its group, and puts those with a twentieth
/// or more first. The others follow in their order: little is drawn from them, or nothing, which does not say that little hangs on them.
void weigh_weak_inputs(Model& model, const std::vector<GroupEffect>& groups);

/// The first place by which one would know the window well: the earliest whose report leaves at most half of it, or else the one that leaves least.
/// Empty where there is no place.
const PlaceReport* best_early_report(const Explanation& explanation);

}  // namespace railwindow
