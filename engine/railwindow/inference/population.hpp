#pragma once
// All particles of all alternatives with their weights, and what is read off them: odds, windows, places.

#include <railwindow/inference/infer.hpp>
#include <railwindow/inference/particles.hpp>
#include <railwindow/inference/weighted.hpp>

#include <memory>
#include <utility>
#include <vector>

namespace railwindow {

/// By alternative: the product of the factors of what was said in its favour, by `as_of` (empty: whenever) or nobody knows when.
std::vector<double> evidence_factors(const Model& model, std::optional<Instant> as_of);

/// Particles of every alternative and batch. The weight of one is the probability of its alternative, the factor of what was said, and its own.
class Population {
public:
    /// Of `model`, which must outlive it; `points` are those of its particles, `said` the factors by alternative.
    Population(const Model& model, std::vector<std::size_t> points, std::vector<double> said)
        : model_{&model}, points_{std::move(points)}, said_{std::move(said)} {}
    /// Adds a cell, which must outlive this, with other weights than its own.
    void add(const Cell& cell, std::vector<double> weights);
    /// Adds a cell with its own weights.
    void add(Settled settled);
    /// To be called when all were added: makes whole numbers of the weights.
    void finish();

    /// Mean weight in one cell: the likelihood of the reports under the alternative, as the batch has it.
    double evidence(std::size_t alternative, std::size_t batch) const;
    /// (sum w)^2 / sum w^2 over first runs, whose weight is that of all that came of them in all alternatives.
    double effective() const { return effective_; }
    /// Particles with any weight.
    std::uint64_t agreeing() const { return agreeing_; }
    /// Journeys that were run again.
    std::uint64_t replays() const { return replays_; }
    /// Those of them that still fitted what was seen before.
    std::uint64_t accepted() const { return accepted_; }
    /// How well the particles fit one report, weighted.
    double mean_fit(std::size_t report, std::size_t reports) const;

    /// Calls of(cell, row, whole weight) for every particle.
    template <class Of>
    void for_each(Of of) const {
        for (const Part& part : parts_)
            for (std::size_t row = 0; row < part.cell->size(); ++row) of(*part.cell, row, part.whole[row]);
    }
    /// The weighted mean of of(cell, row).
    template <class Of>
    double mean(Of of) const {
        double sum = 0, all = 0;
        for_each([&](const Cell& cell, std::size_t row, std::uint64_t weight) {
            sum += static_cast<double>(weight) * of(cell, row), all += static_cast<double>(weight);
        });
        return all > 0 ? sum / all : 0;
    }
    /// The times at a timing point, and the weight of all that are bound there or not.
    struct Times {
        std::vector<WeightedTime> times;
        double all = 0;
    };
    /// Of the particles of `alternatives` (empty: all) at `point`.
    Times times_at(std::size_t point, TimingEvent event, const std::vector<std::size_t>& alternatives) const;
    /// Of what one of `reports` reports tells.
    std::vector<WeightedTime> times_of(std::size_t report, std::size_t reports) const;

private:
    struct Part {
        const Cell* cell;
        std::vector<double> weights;
        std::vector<std::uint64_t> whole;
    };
    const Model* model_;
    std::vector<std::size_t> points_;
    std::vector<double> said_;
    std::vector<std::unique_ptr<Cell>> owned_;
    std::vector<Part> parts_;
    double effective_ = 0;
    std::uint64_t agreeing_ = 0, replays_ = 0, accepted_ = 0;
};

/// The odds of every option of what is left open; `said` are factors by alternative.
std::vector<Odds> odds_of(const Model& model, const Population& before, const Population& after, const std::vector<double>& said);

/// The mean likelihood of the sightings over all alternatives.
Share evidence_of(const Model& model, const Population& after);

/// The window at one timing point, over the journeys of `alternatives` (empty: all).
InferredWindow window_at(const Model& model, const Population& before, const Population& after, std::size_t point, TimingEvent event,
                         const std::vector<double>& quantiles, const std::vector<std::size_t>& alternatives);
/// The windows of the main train.
std::vector<InferredWindow> windows_of(const Model& model, const Population& before, const Population& after, const std::vector<double>& quantiles);

/// Where the particles are at the moment that they were asked about.
std::vector<InferredPlace> places_of(const Model& model, const Population& after);
/// How far those under way have come, in metres; empty where there are several origins.
std::vector<Quantile> kilometres_of(const Model& model, const Population& after, const std::vector<double>& quantiles);

}  // namespace railwindow
