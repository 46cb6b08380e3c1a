#include <railwindow/inference/population.hpp>

#include <railwindow/estimate/samples.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

namespace railwindow {

std::vector<double> evidence_factors(const Model& model, std::optional<Instant> as_of) {
    std::vector<double> factors(model.alternatives.size(), 1.0);
    for (std::size_t a = 0; a < factors.size(); ++a)
        for (const Evidence& said : model.evidence) {
            if (said.known_at && as_of && *said.known_at > *as_of) continue;
            const std::vector<ChosenOption>& chosen = model.alternatives[a].chosen;
            if (std::any_of(chosen.begin(), chosen.end(), [&](const ChosenOption& option) { return option.value == said.in_favour_of; }))
                factors[a] *= said.factor;
        }
    return factors;
}

void Population::add(const Cell& cell, std::vector<double> weights) { parts_.push_back({&cell, std::move(weights), {}}); }

void Population::add(Settled settled) {
    replays_ += settled.replays;
    accepted_ += settled.accepted;
    owned_.push_back(std::make_unique<Cell>(std::move(settled.cell)));
    add(*owned_.back(), owned_.back()->weights);
}

void Population::finish() {
    double most = 0;
    const auto factor = [&](const Part& part) { return model_->alternatives[part.cell->alternative].probability * said_[part.cell->alternative]; };
    for (const Part& part : parts_)
        for (const double weight : part.weights) most = std::max(most, factor(part) * weight);
    std::map<std::pair<std::size_t, bool>, std::vector<double>> of_run;  // by batch and whether scouts, by row of the first draw
    double sum = 0;
    for (Part& part : parts_) {
        part.whole.resize(part.weights.size());
        std::vector<double>&runs = of_run[{part.cell->batch, false}], &scouts = of_run[{part.cell->batch, true}];
        for (std::size_t row = 0; row < part.weights.size(); ++row) {
            const double weight = most > 0 ? factor(part) * part.weights[row] / most : 0;
            part.whole[row] = static_cast<std::uint64_t>(std::llround(whole_weight * weight));
            agreeing_ += part.whole[row] > 0;
            const std::size_t first = part.cell->runs[row] / batches;
            const bool scouted = first >= first_scout;
            std::vector<double>& of = scouted ? scouts : runs;
            const std::size_t place = scouted ? first - first_scout : first;
            if (place >= of.size()) of.resize(place + 1);
            of[place] += weight, sum += weight;
        }
    }
    double squares = 0;
    for (const auto& [batch, runs] : of_run)
        for (const double weight : runs) squares += weight * weight;
    effective_ = squares > 0 ? sum * sum / squares : 0;
}

double Population::evidence(std::size_t alternative, std::size_t batch) const {
    const Part& part = parts_[alternative * batches + batch];
    return std::accumulate(part.weights.begin(), part.weights.end(), 0.0) / static_cast<double>(part.weights.size());
}

double Population::mean_fit(std::size_t report, std::size_t reports) const {
    return mean([&](const Cell& cell, std::size_t row) { return cell.fits[row * reports + report]; });
}

Population::Times Population::times_at(std::size_t point, TimingEvent event, const std::vector<std::size_t>& alternatives) const {
    Times result;
    const auto column = static_cast<std::size_t>(std::find(points_.begin(), points_.end(), point) - points_.begin());
    for (const Part& part : parts_) {
        const std::size_t a = part.cell->alternative;
        if (!alternatives.empty() && std::find(alternatives.begin(), alternatives.end(), a) == alternatives.end()) continue;
        for (const std::uint64_t weight : part.whole) result.all += static_cast<double>(weight);
        const std::optional<std::size_t> visit = model_->timing_points[point].visit[a];
        const bool departs = event == TimingEvent::depart;
        if (!visit || (departs ? *visit + 1 == model_->alternatives[a].main().visits.size() : *visit == 0)) continue;
        const std::vector<std::int64_t>& times = departs ? part.cell->depart : part.cell->arrive;
        for (std::size_t row = 0; row < part.cell->size(); ++row) {
            const std::int64_t time = times[row * points_.size() + column];
            if (time != PointSamples::never) result.times.push_back({time, part.whole[row], part.cell->batch});
        }
    }
    return result;
}

std::vector<WeightedTime> Population::times_of(std::size_t report, std::size_t reports) const {
    std::vector<WeightedTime> times;
    for_each([&](const Cell& cell, std::size_t row, std::uint64_t weight) {
        const std::int64_t time = cell.times[row * reports + report];
        if (time != PointSamples::never && weight > 0) times.push_back({time, weight, cell.batch});
    });
    return times;
}

InferredWindow window_at(const Model&, const Population& before, const Population& after, std::size_t point, TimingEvent event,
                         const std::vector<double>& quantiles, const std::vector<std::size_t>& alternatives) {
    InferredWindow window{point, event, 0, 0, {}, {}};
    const auto fill = [&](const Population& population, double& reached, std::vector<Quantile>& time) {
        Population::Times all = population.times_at(point, event, alternatives);
        double there = 0;
        for (const WeightedTime& one : all.times) there += static_cast<double>(one.weight);
        reached = all.all > 0 ? there / all.all : 0;
        time = weighted_quantiles(std::move(all.times), quantiles);
    };
    fill(before, window.reached_before, window.before);
    fill(after, window.reached_after, window.after);
    return window;
}

// Where something is to be done the train arrives and departs; elsewhere it passes, even if some runs halt there.
std::vector<InferredWindow> windows_of(const Model& model, const Population& before, const Population& after, const std::vector<double>& quantiles) {
    std::vector<InferredWindow> windows;
    for (std::size_t i = 0; i < model.timing_points.size(); ++i) {
        if (model.timing_points[i].train != 0) continue;
        bool stands = false, comes = false, begins = false, ends = false;
        for (std::size_t a = 0; a < model.alternatives.size(); ++a) {
            const std::optional<std::size_t> visit = model.timing_points[i].visit[a];
            if (!visit) continue;
            const std::vector<Visit>& visits = model.alternatives[a].main().visits;
            const bool first = *visit == 0, last = *visit + 1 == visits.size();
            begins |= first, ends |= last, comes |= !first;
            stands |= !first && !last && (visits[*visit].must_stop || !visits[*visit].activities.empty());
        }
        const auto add = [&](TimingEvent event) { windows.push_back(window_at(model, before, after, i, event, quantiles, {})); };
        if (comes) add(stands || ends ? TimingEvent::arrive : TimingEvent::pass);
        if (stands || begins) add(TimingEvent::depart);
    }
    return windows;
}

namespace {

// Whether the alternative has this option.
bool has(const Alternative& alternative, const ChosenOption& option) {
    return std::find(alternative.chosen.begin(), alternative.chosen.end(), option) != alternative.chosen.end();
}

std::vector<Odds> options_of(const Model& model) {
    std::vector<Odds> all;
    for (const ChoiceKind kind : {ChoiceKind::destination, ChoiceKind::origin, ChoiceKind::departure, ChoiceKind::corridor, ChoiceKind::plan,
                                  ChoiceKind::hours, ChoiceKind::regauging})
        for (std::size_t a = 0; a < model.alternatives.size(); ++a)
            for (const ChosenOption& option : model.alternatives[a].chosen) {
                const auto known = [&](const Odds& odds) { return odds.kind == kind && odds.name == option.name; };
                if (option.kind != kind || std::any_of(all.begin(), all.end(), known)) continue;
                Odds odds{kind, option.value, option.name, {}, {}, {}, {}, {}, 0, {}};
                for (std::size_t other = 0; other < model.alternatives.size(); ++other)
                    if (has(model.alternatives[other], option)) odds.alternatives.push_back(other);
                all.push_back(std::move(odds));
            }
    return all;
}

}  // namespace

std::vector<Odds> odds_of(const Model& model, const Population& before, const Population& after, const std::vector<double>& said) {
    std::vector<Odds> all = options_of(model);
    const auto share = [&](const Odds& odds, const Population* population, bool with_said) {
        std::vector<double> part(batches), whole(batches);
        for (std::size_t a = 0; a < model.alternatives.size(); ++a)
            for (std::size_t batch = 0; batch < batches; ++batch) {
                const double weight =
                    model.alternatives[a].probability * (with_said ? said[a] : 1) * (population ? population->evidence(a, batch) : 1);
                whole[batch] += weight;
                if (std::find(odds.alternatives.begin(), odds.alternatives.end(), a) != odds.alternatives.end()) part[batch] += weight;
            }
        return share_by_batch(part, whole);
    };
    const auto evidence = [&](const std::vector<std::size_t>& alternatives) -> double {
        double sum = 0, weights = 0;
        for (const std::size_t a : alternatives) {
            double mean = 0;
            for (std::size_t batch = 0; batch < batches; ++batch) mean += after.evidence(a, batch) / static_cast<double>(batches);
            if (alternatives.size() == 1) return mean;  // to the last bit, whatever its weight
            sum += model.alternatives[a].probability * mean, weights += model.alternatives[a].probability;
        }
        return weights > 0 ? sum / weights : 0;
    };
    for (Odds& odds : all) {
        odds.before = share(odds, &before, false);
        odds.said = share(odds, &before, true);
        odds.seen = share(odds, &after, false);
        odds.after = share(odds, &after, true);
        const double here = evidence(odds.alternatives);
        odds.log_evidence = std::log(here);
        std::vector<std::size_t> others;
        for (const Odds& other : all)
            if (other.kind == odds.kind && other.name != odds.name) others.insert(others.end(), other.alternatives.begin(), other.alternatives.end());
        const double elsewhere = evidence(others);
        if (elsewhere > 0) odds.factor = here / elsewhere;
    }
    return all;
}

Share evidence_of(const Model& model, const Population& after) {
    std::vector<double> part(batches), whole(batches, 1.0);
    for (std::size_t a = 0; a < model.alternatives.size(); ++a)
        for (std::size_t batch = 0; batch < batches; ++batch) part[batch] += model.alternatives[a].probability * after.evidence(a, batch);
    return share_by_batch(part, whole);
}

std::vector<InferredPlace> places_of(const Model& model, const Population& after) {
    using Key = std::tuple<InferredPlace::Kind, StationId, StationId>;
    std::map<Key, std::vector<double>> parts;
    std::vector<double> whole(batches);
    const auto key_of = [&](const Position& position) {
        const std::size_t known = model.alternatives.size();
        const Itinerary& way = position.way < known ? model.alternatives[position.way].main() : model.diversions[position.way - known].way.main();
        std::size_t from = position.visit, to = position.visit;
        const bool under_way = position.kind == Position::Kind::between || position.kind == Position::Kind::gone;
        if (under_way) {
            while (from > 0 && !way.visits[from].timing_point) --from;
            do ++to;
            while (to + 1 < way.visits.size() && !way.visits[to].timing_point);
        }
        return Key{static_cast<InferredPlace::Kind>(position.kind), way.visits[from].station, way.visits[to].station};
    };
    after.for_each([&](const Cell& cell, std::size_t row, std::uint64_t weight) {
        if (weight == 0) return;
        std::vector<double>& part = parts[key_of(cell.positions[row])];
        part.resize(batches);
        part[cell.batch] += static_cast<double>(weight);
        whole[cell.batch] += static_cast<double>(weight);
    });
    std::vector<InferredPlace> places;
    for (const auto& [key, part] : parts) places.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), share_by_batch(part, whole)});
    std::stable_sort(places.begin(), places.end(), [](const InferredPlace& a, const InferredPlace& b) { return a.share.value > b.share.value; });
    return places;
}

std::vector<Quantile> kilometres_of(const Model& model, const Population& after, const std::vector<double>& quantiles) {
    const StationId origin = model.main().visits.front().station;
    for (const Alternative& alternative : model.alternatives)
        if (alternative.main().visits.front().station != origin) return {};
    std::vector<WeightedTime> metres;
    after.for_each([&](const Cell& cell, std::size_t row, std::uint64_t weight) {
        const Position& position = cell.positions[row];
        if (position.kind != Position::Kind::not_departed && position.kind != Position::Kind::gone)
            metres.push_back({std::llround(1000 * position.kilometres), weight, cell.batch});
    });
    return weighted_quantiles(std::move(metres), quantiles);
}

}  // namespace railwindow
