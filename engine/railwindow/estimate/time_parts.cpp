#include <railwindow/estimate/time_parts.hpp>

#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/estimate/questions.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace railwindow {
namespace {

// The ceil(p n)-th smallest, as quantile_of counts.
std::uint64_t place_of(double p, std::uint64_t n) {
    return static_cast<std::uint64_t>(std::clamp(std::ceil(p * static_cast<double>(n) - 1e-9), 1.0, static_cast<double>(n))) - 1;
}

// When runs arrive at the end of their journey, or those of one alternative.
class FinalArrival {
public:
    explicit FinalArrival(const Model& model, std::optional<std::size_t> only = {}) : last_{last_points(model)}, only_{only} {}

    std::int64_t operator()(const Samples& in, std::uint64_t row) const {
        const std::size_t alternative = alternative_in(in, row);
        return only_ && alternative != *only_ ? PointSamples::never : in.points[last_[alternative]].arrive[row];
    }
    // The numbers of the runs that arrive at this time.
    Measure runs_at(std::int64_t time) const {
        return [=, *this](const RunRows& rows, std::vector<std::int64_t>& numbers) {
            for (std::uint64_t row = rows.begin; row < rows.end; ++row)
                if ((*this)(rows.samples, row) == time) numbers.push_back(static_cast<std::int64_t>(rows.first + row - rows.begin));
        };
    }
    // The measure that is there where `holds(arrival)`.
    template <class Holds>
    Measure where(Holds holds) const {
        return by_row([holds, *this](const Samples& in, std::uint64_t row) {
            const std::int64_t arrival = (*this)(in, row);
            return arrival != PointSamples::never && holds(arrival) ? arrival : PointSamples::never;
        });
    }

private:
    std::vector<std::size_t> last_;
    std::optional<std::size_t> only_;
};

// The runs of which there are `count` around one place in the order of (arrival, run): those nearest in time; of equally near ones first those
// before.
struct Nearest {
    std::uint64_t place = 0, count = 0;
    std::int64_t center = 0, distance = 0;
    // Numbers, first and last, of the runs that are taken of those at center - distance, and of those at center + distance.
    std::int64_t before_first = 0, before_last = -1, behind_last = -1;

    bool holds(std::int64_t arrival, std::int64_t run) const {
        if (std::abs(arrival - center) < distance) return true;
        if (arrival == center - distance) return run >= before_first && run <= before_last;
        return arrival == center + distance && run <= behind_last;
    }
};

// Finds out which runs are nearest, in steps: how far away they are, how many lie at just that distance, which of these.
class NearestSearch {
public:
    NearestSearch(Questions& questions, const FinalArrival& arrival) : questions_{questions}, arrival_{arrival} {}

    void begin(Nearest& nearest) const {
        const Measure distance = by_row([arrival = arrival_, center = nearest.center](const Samples& in, std::uint64_t row) {
            const std::int64_t at = arrival(in, row);
            return at == PointSamples::never ? PointSamples::never : std::abs(at - center);
        });
        questions_.ask(RankRequest{distance, at(nearest.count - 1)}, [this, &nearest](const Ranked& answer) {
            nearest.distance = answer.value.begin()->second;
            nearest.distance == 0 ? take_at_center(nearest) : take_at_distance(nearest);
        });
    }

private:
    static std::function<std::vector<std::uint64_t>(std::uint64_t)> at(std::uint64_t place) {
        return [place](std::uint64_t) { return std::vector{place}; };
    }
    void ask_run(std::int64_t time, std::uint64_t place, std::int64_t& run) const {
        questions_.ask(RankRequest{arrival_.runs_at(time), at(place)}, [&run](const Ranked& answer) { run = answer.value.begin()->second; });
    }

    // All arrive at the same time: in the order of runs those before the place, then those behind it.
    void take_at_center(Nearest& nearest) const {
        const auto earlier = [center = nearest.center](std::int64_t time) { return time < center; };
        questions_.ask(RankRequest{arrival_.where(earlier), {}}, [this, &nearest](const Ranked& before) {
            const std::uint64_t here = nearest.place - before.count;
            const std::uint64_t first = nearest.count <= here + 1 ? here + 1 - nearest.count : 0;
            ask_run(nearest.center, first, nearest.before_first);
            ask_run(nearest.center, first + nearest.count - 1, nearest.before_last);
        });
    }

    void take_at_distance(Nearest& nearest) const {
        const std::int64_t center = nearest.center, distance = nearest.distance;
        const Measure nearer = arrival_.where([=](std::int64_t time) { return std::abs(time - center) < distance; });
        const Measure before = arrival_.where([=](std::int64_t time) { return time == center - distance; });
        questions_.ask(RankRequest{nearer, {}}, [this, &nearest, before](const Ranked& all_nearer) {
            questions_.ask(RankRequest{before, {}}, [this, &nearest, wanted = nearest.count - all_nearer.count](const Ranked& all_before) {
                const std::uint64_t taken = std::min(wanted, all_before.count), rest = wanted - taken;
                if (taken > 0) {
                    ask_run(nearest.center - nearest.distance, all_before.count - taken, nearest.before_first);
                    nearest.before_last = INT64_MAX;
                }
                if (rest > 0) ask_run(nearest.center + nearest.distance, rest - 1, nearest.behind_last);
            });
        });
    }

    Questions& questions_;
    const FinalArrival& arrival_;
};

// What a run spends on one part, of runs that arrive and for which `holds(arrival, run)`.
template <class Holds>
Measure spent_on(std::size_t part, const FinalArrival& arrival, Holds holds) {
    return [=](const RunRows& rows, std::vector<std::int64_t>& values) {
        for (std::uint64_t row = rows.begin; row < rows.end; ++row) {
            const std::int64_t there = arrival(rows.samples, row);
            if (there != PointSamples::never && holds(there, static_cast<std::int64_t>(rows.first + row - rows.begin)))
                values.push_back(rows.samples.parts[row].spent[part].count());
        }
    };
}

}  // namespace

std::optional<std::uint64_t> run_at_quantile(const Model& model, const RunSource& runs, double p, std::optional<std::size_t> alternative) {
    const FinalArrival arrival{model, alternative};
    const auto place = [p](std::uint64_t count) { return std::vector{place_of(p, count)}; };
    const Ranked at = ranked(runs, {{by_row(arrival), place}}, 0).front();
    if (at.count == 0) return {};
    const auto first = [](std::uint64_t) { return std::vector<std::uint64_t>{0}; };
    return static_cast<std::uint64_t>(ranked(runs, {{arrival.runs_at(at.value.begin()->second), first}}, 0).front().value.begin()->second);
}

std::vector<TimePartsEstimate> time_parts_of(const Model& model, const RunSource& runs, const std::vector<double>& quantiles, unsigned threads) {
    const FinalArrival arrival{model};
    Questions questions;
    const NearestSearch search{questions, arrival};
    std::vector<Nearest> nearest(ends_at_several_places(model) ? 0 : quantiles.size());
    std::uint64_t arriving = 0;
    const auto places = [&](std::uint64_t count) {
        std::vector<std::uint64_t> all;
        for (const double p : quantiles) all.push_back(place_of(p, count));
        return all;
    };
    questions.ask(RankRequest{by_row(arrival), places}, [&](const Ranked& answer) {
        arriving = answer.count;
        for (std::size_t i = 0; i < nearest.size() && arriving > 0; ++i) {
            nearest[i].place = place_of(quantiles[i], arriving);
            nearest[i].count = (arriving + 99) / 100;
            nearest[i].center = answer.value.at(nearest[i].place);
            search.begin(nearest[i]);
        }
    });
    questions.answer(runs, threads);
    if (arriving == 0) return {};
    std::vector<Measure> measures;
    for (std::size_t part = 0; part < time_parts; ++part)
        measures.push_back(spent_on(part, arrival, [](std::int64_t, std::int64_t) { return true; }));
    for (const Nearest& of : nearest)
        for (std::size_t part = 0; part < time_parts; ++part)
            measures.push_back(spent_on(part, arrival, [of](std::int64_t there, std::int64_t run) { return of.holds(there, run); }));
    const std::vector<double> sums = summed(runs, measures, threads);
    std::vector<TimePartsEstimate> result{{{}, arriving, {}}};
    for (std::size_t i = 0; i < nearest.size(); ++i) result.push_back({quantiles[i], nearest[i].count, {}});
    for (std::size_t i = 0; i < result.size(); ++i)
        for (std::size_t part = 0; part < time_parts; ++part)
            result[i].mean_seconds[part] = sums[i * time_parts + part] / 1000.0 / static_cast<double>(result[i].runs);
    return result;
}

}  // namespace railwindow
