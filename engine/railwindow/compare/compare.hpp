#pragma once
// What if: several scenarios on common random numbers. Draws are keyed by name, so variants share everything that they have in common.

#include <railwindow/compare/paired_difference.hpp>
#include <railwindow/estimate/samples.hpp>
#include <railwindow/simulation/model.hpp>

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace railwindow {

/// One scenario to be compared, by its name in the comparison.
struct Variant {
    std::string name;                                          ///< by which results call it
    std::string why;                                           ///< what it is for; may be empty
    Scenario scenario;                                         ///< what is run
    std::optional<Path> path{};                                ///< the way it takes; nothing: the one that the scenario names
    std::vector<std::pair<std::string, std::string>> swept{};  ///< of a sweep: path and value, as written
};

/// What became of one variant.
struct VariantOutcome {
    std::string name;                                        ///< of the variant
    std::string why;                                         ///< what it is for; may be empty
    std::vector<std::string> changes;                        ///< in how far it differs from its file
    std::vector<std::pair<std::string, std::string>> swept;  ///< of a sweep: path and value
    std::string infeasible;                                  ///< why it has no answer; empty where it has one, and then all below is there
    std::optional<Model> model;                              ///< also where it is infeasible only in that no run arrives
    std::optional<std::size_t> point;                        ///< the timing point asked about (`at`); nothing: the destination
    double probability = 0;                                  ///< share of the runs that reach it
    std::vector<Quantile> time;                              ///< of the arrival, since the epoch
    std::vector<Quantile> elapsed;                           ///< since the run's own departure
    Millis median_elapsed{};                                 ///< likewise, whatever quantiles are told
    std::optional<PairedDifference> against_base;            ///< not for the base itself
    double changed_runs = 1;                                 ///< share of the runs that arrive at another time than in the base
    std::string unchanged{};                                 ///< why hardly one does, where `changed_runs` is less than one in a hundred
};

/// All variants on the same draws, each against the base.
struct Comparison {
    std::uint64_t runs = 0;                ///< of each variant
    std::uint64_t seed = 0;                ///< of the draws
    bool stopped_early = false;            ///< whether the progress callback stopped it
    std::vector<double> quantiles;         ///< which are told, in (0, 1)
    std::vector<VariantOutcome> variants;  ///< in the order given; the first is the base
};

/// How a comparison is made: where it looks, and how many runs.
struct CompareOptions {
    EstimateOptions estimate{.runs = 20'000};  ///< runs, seed, threads, quantiles, progress and shared work of every variant; of a part no answer
    Name at{};                                 ///< compare arrivals at this station; empty: each one's destination
    /// Given the runs of each variant, by its name, as they are made; empty: nobody is told.
    std::function<void(const std::string& variant, const Model& model, const Samples& samples)> each{};
};

/// Arrival windows of all `variants` and their differences from the first, run by run.
/// Throws: InputError as build and estimate do; Infeasible when no variant has an answer. One that has none is listed with the reason.
/// Cost: that of as many estimates; the arrivals of two variants in memory at a time.
Comparison compare(const std::vector<Variant>& variants, const CompareOptions& options = {});

/// `comparison` with only these of its quantiles, in this order. `quantiles` are some of those that it was made with.
Comparison with_quantiles(Comparison comparison, const std::vector<double>& quantiles);

/// The ways from origin to destination of `scenario`, at most `count`, as variants: `journey.via` and the place of regauging are left to the search,
/// and a call or claim that a way does not pass is left out there and named in `why`. Throws: InputError where the scenario names what its networks
/// do not have; Infeasible when there is no way.
std::vector<Variant> by_routes(const Scenario& scenario, std::size_t count);

}  // namespace railwindow
