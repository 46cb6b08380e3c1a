#include <railwindow/inference/particles.hpp>

#include <railwindow/estimate/samples.hpp>
#include <railwindow/simulation/simulate.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace railwindow {
namespace {

// Runs of refreshes lie far beyond those that anybody asks for by number.
constexpr std::uint64_t first_refreshing_run = std::uint64_t{1} << 40;
// What is left of the first runs after a report has few parents, so fewer children than first runs will do.
constexpr std::size_t thinned = 5, fewest_children = 128;

Position position_of(const Itinerary& way, const TrainTrace& trace, Instant moment) {
    const std::vector<VisitTimes>& visits = trace.visits;
    if (visits.empty() || visits.front().depart > moment) return {};
    std::size_t last = 0;
    while (last + 1 < visits.size() && visits[last + 1].arrive <= moment) ++last;
    const auto visit = static_cast<std::uint32_t>(last);
    const double here = way.visits[last].distance / km;
    if (last + 1 == way.visits.size()) return {Position::Kind::arrived, visit, 0, here};
    if (visits[last].depart > moment) return {Position::Kind::standing, visit, 0, here};
    if (last + 1 == visits.size()) return {Position::Kind::gone, visit, 0, here};
    const Millis section = visits[last + 1].arrive - visits[last].depart;
    const double share = static_cast<double>((moment - visits[last].depart).count()) / static_cast<double>(section.count());
    return {Position::Kind::between, visit, 0, here + share * (way.visits[last + 1].distance / km - here)};
}

// The particles of a cell, one row at a time.
class Rows {
public:
    Rows(Cell& cell, const ParticleTask& task) : cell_{cell}, task_{task} {}

    void resize(std::size_t size) {
        cell_.runs.resize(size);
        cell_.weights.assign(size, 1.0);
        cell_.refreshes.resize(size * cell_.depth);
        cell_.fits.resize(size * task_.reports.size());
        cell_.times.resize(size * task_.reports.size());
        cell_.arrive.resize(size * task_.points.size());
        cell_.depart.resize(size * task_.points.size());
        if (task_.moment) cell_.positions.resize(size);
    }

    // What the run of row `row` looks like.
    void fill(std::size_t row, Simulator& simulator) {
        const Lineage lineage{&task_.places[cell_.alternative], std::span{cell_.refreshes}.subspan(row * cell_.depth, cell_.depth)};
        const Trace& trace = simulator.run_as(cell_.alternative, {task_.seed, cell_.runs[row], cell_.depth > 0 ? &lineage : nullptr});
        for (std::size_t i = 0; i < task_.reports.size(); ++i) {
            cell_.fits[row * task_.reports.size() + i] = task_.reports[i].fit(trace);
            const std::optional<Instant> time = task_.reports[i].time(trace);
            cell_.times[row * task_.reports.size() + i] = time ? time->time_since_epoch().count() : PointSamples::never;
        }
        for (std::size_t i = 0; i < task_.points.size(); ++i) {
            const TimingPoint& point = task_.model.timing_points[task_.points[i]];
            const std::optional<std::size_t> visit =
                trace.diversion ? task_.model.diversions[*trace.diversion].visit[task_.points[i]] : point.visit[trace.alternative];
            const bool reached = visit && *visit < trace.main().visits.size();
            const std::size_t at = row * task_.points.size() + i;
            cell_.arrive[at] = reached ? trace.main().visits[*visit].arrive.time_since_epoch().count() : PointSamples::never;
            cell_.depart[at] = reached ? trace.main().visits[*visit].depart.time_since_epoch().count() : PointSamples::never;
        }
        if (!task_.moment) return;
        Position& position = cell_.positions[row] = position_of(way_of(task_.model, trace).main(), trace.main(), *task_.moment);
        position.way = static_cast<std::uint32_t>(trace.diversion ? task_.model.alternatives.size() + *trace.diversion : trace.alternative);
    }

    // Makes row `to` that of `from`, whose lineage may be shorter.
    void copy(std::size_t to, const Cell& from, std::size_t row) {
        cell_.runs[to] = from.runs[row];
        const auto copy = [&](auto& mine, const auto& theirs, std::size_t width) {
            std::copy_n(theirs.begin() + static_cast<std::ptrdiff_t>(row * width), width, mine.begin() + static_cast<std::ptrdiff_t>(to * width));
        };
        std::copy_n(from.refreshes.begin() + static_cast<std::ptrdiff_t>(row * from.depth), from.depth,
                    cell_.refreshes.begin() + static_cast<std::ptrdiff_t>(to * cell_.depth));
        copy(cell_.fits, from.fits, task_.reports.size());
        copy(cell_.times, from.times, task_.reports.size());
        copy(cell_.arrive, from.arrive, task_.points.size());
        copy(cell_.depart, from.depart, task_.points.size());
        if (task_.moment) copy(cell_.positions, from.positions, 1);
    }

private:
    Cell& cell_;
    const ParticleTask& task_;
};

double likelihood_of(const Cell& cell, const ParticleTask& task, std::size_t row, std::span<const std::size_t> counting) {
    double likelihood = 1;
    for (const std::size_t i : counting) likelihood *= task.reports[i].likelihood(cell.fits[row * task.reports.size() + i]);
    return likelihood;
}

// The parent of each of `count` children: systematic resampling, one uniform number for the whole cell.
// Source: Kitagawa (1996), J. Comput. Graph. Stat. 5, 1-25.
std::vector<std::size_t> parents_of(const std::vector<double>& weights, std::size_t count, double u) {
    const double step = std::accumulate(weights.begin(), weights.end(), 0.0) / static_cast<double>(count);
    std::vector<std::size_t> parents(count);
    double sum = 0;
    std::size_t child = 0, latest = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        sum += weights[i];
        if (weights[i] > 0) latest = i;
        while (child < parents.size() && (static_cast<double>(child) + u) * step < sum) parents[child++] = i;
    }
    while (child < parents.size()) parents[child++] = latest;  // rounding ate the rest
    return parents;
}

}  // namespace

double effective_size(const std::vector<double>& weights) {
    double sum = 0, squares = 0;
    for (const double weight : weights) sum += weight, squares += weight * weight;
    return squares > 0 ? sum * sum / squares : 0;
}

// Batches take turns, so that more runs lengthen all of them.
void draw_runs(Cell& cell, const ParticleTask& task, Simulator& simulator, std::size_t size) {
    Rows rows{cell, task};
    const std::size_t known = cell.size();
    rows.resize(size);
    for (std::size_t row = known; row < size; ++row) {
        cell.runs[row] = row * batches + cell.batch;
        rows.fill(row, simulator);
    }
}

void draw_scouts(Cell& cell, const ParticleTask& task, Simulator& simulator, std::size_t report, std::size_t size) {
    cell.scouts.resize(task.reports.size());
    Scouts& scouts = cell.scouts[report];
    const Report& wanted = task.reports[report];
    for (std::size_t row = scouts.runs.size(); row < size; ++row) {
        const Noise noise{task.seed, (first_scout + row) * batches + cell.batch};
        const Trace* trace = &simulator.run_as(cell.alternative, noise, wanted.settled() + Millis{1});
        if (!wanted.decided(*trace)) trace = &simulator.run_as(cell.alternative, noise);
        scouts.runs.push_back(noise.run);
        scouts.fits.push_back(wanted.fit(*trace));
    }
}

namespace {

class Settler {
public:
    Settler(const Cell& first, const ParticleTask& task, Simulator& simulator, const std::vector<std::size_t>& counting)
        : task_{task}, simulator_{simulator}, counting_{counting} {
        result_.cell = first;
    }

    Settled settle() {
        std::uint32_t beyond = 1;  // what is drawn for the departure lies behind every report
        double evidence = 1;
        const DrawPlaces& places = task_.places[result_.cell.alternative];
        const Scouts scouts = result_.cell.scouts.empty() ? Scouts{} : result_.cell.scouts[counting_.front()];
        result_.cell.scouts.clear();
        std::vector<double>& weights = result_.cell.weights;
        weights.assign(result_.cell.size(), 1.0);
        for (std::size_t next = 0; next < counting_.size(); ++next) {
            const std::vector<double> scouted = next == 0 ? scout_weights(scouts) : std::vector<double>{};
            if (!weight_by(counting_[next], scouted)) return std::move(result_);
            weights.insert(weights.end(), scouted.begin(), scouted.end());
            beyond = std::max(beyond, task_.reports[counting_[next]].place(result_.cell.alternative));
            const bool thin = effective_size(weights) < static_cast<double>(weights.size()) / 2;
            if (!thin || beyond >= places.last()) {
                if (!scouted.empty()) follow(scouts, counting_.front());
                continue;
            }
            evidence *= std::accumulate(weights.begin(), weights.end(), 0.0) / static_cast<double>(weights.size());
            refresh(beyond, std::span{counting_}.first(next + 1), next == 0 ? scouts : Scouts{});
        }
        for (double& weight : weights) weight *= evidence;
        return std::move(result_);
    }

private:
    std::vector<double> scout_weights(const Scouts& scouts) const {
        std::vector<double> weights;
        for (const double fit : scouts.fits) weights.push_back(task_.reports[counting_.front()].likelihood(fit));
        return weights;
    }

    // False where nothing is left.
    bool weight_by(std::size_t report, const std::vector<double>& scouted) {
        bool any = std::any_of(scouted.begin(), scouted.end(), [](double weight) { return weight > 0; });
        for (std::size_t row = 0; row < result_.cell.size(); ++row) {
            double& weight = result_.cell.weights[row];
            weight *= task_.reports[report].likelihood(result_.cell.fits[row * task_.reports.size() + report]);
            any |= weight > 0;
        }
        return any;
    }

    // The scouts run on to the end: rows like the others, weighted by the report.
    void follow(const Scouts& scouts, std::size_t report) {
        const std::vector<double> weights = result_.cell.weights;
        const std::size_t known = result_.cell.size();
        Rows rows{result_.cell, task_};
        rows.resize(weights.size());
        for (std::size_t i = 0; i < scouts.runs.size(); ++i) {
            result_.cell.runs[known + i] = scouts.runs[i];
            rows.fill(known + i, simulator_);
        }
        for (std::size_t row = 0; row < known; ++row) result_.cell.weights[row] = weights[row];
        for (std::size_t row = known; row < weights.size(); ++row)
            result_.cell.weights[row] = task_.reports[report].likelihood(result_.cell.fits[row * task_.reports.size() + report]);
    }

    // Children of the particles by their weights, each with new draws beyond the place. Where these reach back into what the reports saw all the
    // same, a child is kept as the ratio of likelihoods says and is its parent else (Metropolis): the posterior stays exact whatever is listed.
    void refresh(std::uint32_t beyond, std::span<const std::size_t> seen, const Scouts& scouts) {
        const Cell before = std::move(result_.cell);
        const auto stage = static_cast<std::uint64_t>(before.depth + 1);
        const Noise keyed{task_.seed, before.batch};
        const std::size_t known = before.size(), size = before.weights.size();
        const std::size_t children = before.depth > 0 ? size : std::max(size / thinned, std::min(size, fewest_children));
        const std::vector<std::size_t> parents = parents_of(before.weights, children, keyed.uniform(DrawKey{"resampling", "", ""}.at(stage)));
        result_.cell = Cell{before.alternative, before.batch, {}, before.depth + 1, {}, {}, {}, {}, {}, {}, {}, {}};
        Rows rows{result_.cell, task_};
        rows.resize(children);
        for (std::size_t row = 0; row < children; ++row) {
            const std::size_t parent = parents[row];
            const bool scouted = parent >= known;
            if (scouted)
                result_.cell.runs[row] = scouts.runs[parent - known];
            else
                rows.copy(row, before, parent);
            const std::uint64_t run = stage * first_refreshing_run + row * batches + before.batch;
            Refresh& refresh = result_.cell.refreshes[row * result_.cell.depth + before.depth];
            refresh = {run, beyond};
            rows.fill(row, simulator_);
            ++result_.replays;
            const double earlier =
                scouted ? task_.reports[seen.front()].likelihood(scouts.fits[parent - known]) : likelihood_of(before, task_, parent, seen);
            const double ratio = likelihood_of(result_.cell, task_, row, seen) / earlier;
            if (ratio >= 1 || Noise{task_.seed, run}.uniform({"acceptance", "", ""}) < ratio) {
                ++result_.accepted;
                continue;
            }
            refresh = {run, places_end};  // claims no name
            if (scouted)
                rows.fill(row, simulator_);
            else
                rows.copy(row, before, parent);
            result_.cell.refreshes[row * result_.cell.depth + before.depth] = {run, places_end};
        }
    }

    static constexpr std::uint32_t places_end = UINT32_MAX;
    const ParticleTask& task_;
    Simulator& simulator_;
    const std::vector<std::size_t>& counting_;
    Settled result_;
};

}  // namespace

Settled settle(const Cell& first, const ParticleTask& task, Simulator& simulator, const std::vector<std::size_t>& counting) {
    return Settler{first, task, simulator, counting}.settle();
}

}  // namespace railwindow
