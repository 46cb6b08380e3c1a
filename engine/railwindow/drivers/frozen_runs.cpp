#include <railwindow/drivers/frozen_runs.hpp>

#include <railwindow/simulation/simulate.hpp>

#include <array>
#include <cmath>
#include <memory>
#include <set>
#include <string_view>

namespace railwindow {
namespace {

// So many runs tell which groups there are.
constexpr std::uint64_t runs_of_census = 256;

// Notes which groups are drawn from.
class Census final : public DrawSource {
public:
    explicit Census(const DrawGroups& groups) : groups_{groups}, drawn_(groups.all().size()) {}
    std::uint64_t run_of(const DrawKey& key, std::uint64_t run) const override {
        drawn_[groups_.of(key)] = true;
        return run;
    }
    bool drawn(std::size_t group) const { return drawn_[group]; }

private:
    const DrawGroups& groups_;
    mutable std::vector<char> drawn_;
};

// All draws of one group come from another run.
class FromOther final : public DrawSource {
public:
    FromOther(const DrawGroups& groups, const std::vector<std::size_t>& number, std::size_t wanted, std::uint64_t other)
        : groups_{groups}, number_{number}, wanted_{wanted}, other_{other} {}
    std::uint64_t run_of(const DrawKey& key, std::uint64_t run) const override { return number_[groups_.of(key)] == wanted_ ? other_ : run; }

private:
    const DrawGroups& groups_;
    const std::vector<std::size_t>& number_;
    std::size_t wanted_;
    std::uint64_t other_;
};

// All draws of the groups that are marked come from another run.
class FromOtherIf final : public DrawSource {
public:
    FromOtherIf(const DrawGroups& groups, const std::vector<std::size_t>& number, const std::vector<char>& taken, std::uint64_t other)
        : groups_{groups}, number_{number}, taken_{taken}, other_{other} {}
    std::uint64_t run_of(const DrawKey& key, std::uint64_t run) const override { return taken_[number_[groups_.of(key)]] ? other_ : run; }

private:
    const DrawGroups& groups_;
    const std::vector<std::size_t>& number_;
    const std::vector<char>& taken_;
    std::uint64_t other_;
};

// "the choice of regauging and plan": what the alternatives that runs take differ in.
std::string open_name(const Model& model) {
    constexpr std::array<std::string_view, 7> words{"origin", "destination", "day of departure", "way", "plan", "hours", "place of regauging"};
    std::set<ChoiceKind> kinds;
    for (const Alternative& alternative : model.alternatives)
        for (const ChosenOption& option : alternative.chosen)
            for (const Alternative& other : model.alternatives)
                for (const ChosenOption& theirs : other.chosen)
                    if (alternative.probability > 0 && other.probability > 0 && theirs.kind == option.kind && theirs.value != option.value)
                        kinds.insert(option.kind);
    std::string name = "what is left open";
    for (const ChoiceKind kind : kinds) name += (kind == *kinds.begin() ? ": " : ", ") + std::string{words[static_cast<std::size_t>(kind)]};
    return name;
}

}  // namespace

double arrival_seconds(const Trace& run) {
    const TrainTrace& train = run.main();
    return train.stranded || train.visits.empty() ? NAN : static_cast<double>(train.visits.back().arrive.time_since_epoch().count()) / 1000;
}

FrozenRuns::FrozenRuns(const Model& model, std::uint64_t seed) : model_{model}, seed_{seed}, groups_{model} {
    const Census census{groups_};
    Simulator simulator{model};
    std::size_t open = 0;
    for (std::size_t i = 0; i < model.alternatives.size(); ++i) {
        if (!(model.alternatives[i].probability > 0)) continue;
        ++open;
        for (std::uint64_t run = 0; run < std::max<std::uint64_t>(16, runs_of_census / model.alternatives.size()); ++run)
            simulator.run_as(i, {seed, run, &census});
    }
    for (std::size_t group = 0; group < groups_.all().size(); ++group) {
        number_.push_back(census.drawn(group) ? listed_.size() : SIZE_MAX);
        if (census.drawn(group)) listed_.push_back(groups_.all()[group]);
    }
    open_ = SIZE_MAX - 1;
    if (open > 1) {
        open_ = listed_.size();
        listed_.push_back({open_name(model), ""});
    }
    for (std::size_t& number : number_)
        if (number == SIZE_MAX) number = listed_.size();
    listed_.push_back({"what is seldom drawn", ""});
}

MakeFrozenValue FrozenRuns::arrivals() const {
    return [this] {
        return [this, simulator = std::make_shared<Simulator>(model_)](std::uint64_t run, std::size_t group, std::uint64_t other) {
            const FromOther source{groups_, number_, group, other};
            const std::size_t alternative = alternative_of(model_, {seed_, group == open_ ? other : run});
            return arrival_seconds(simulator->run_as(alternative, {seed_, run, &source}));
        };
    };
}

MakeMixedValue FrozenRuns::mixed_arrivals() const {
    return [this] {
        return [this, simulator = std::make_shared<Simulator>(model_)](std::uint64_t run, const std::vector<char>& taken, std::uint64_t other) {
            const FromOtherIf source{groups_, number_, taken, other};
            const bool open_taken = open_ < taken.size() && taken[open_];
            return arrival_seconds(simulator->run_as(alternative_of(model_, {seed_, open_taken ? other : run}), {seed_, run, &source}));
        };
    };
}

}  // namespace railwindow
