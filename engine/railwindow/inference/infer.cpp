#include <railwindow/inference/infer.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/estimate/share_out.hpp>
#include <railwindow/inference/particle_bytes.hpp>
#include <railwindow/inference/particles.hpp>
#include <railwindow/inference/population.hpp>
#include <railwindow/simulation/simulate.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <set>

namespace railwindow {
namespace {

constexpr std::uint64_t fewest_runs = 1024;
// Of the first runs of a journey so many, and a quarter, are followed to the end, for what can be said before any report; the others scout for the
// first report.
constexpr std::uint64_t followed_anyway = 4096, followed_share = 4;
// With so many effective runs plain weighting is as good as anything (NOTES.md).
constexpr double plain_is_enough = 1600;
// Below that there is no window to speak of.
constexpr double fewest_effective = 16;

struct Stopped {};

class Inferrer {
public:
    Inferrer(const Model& model, const InferOptions& options)
        : model_{model}, options_{options}, reports_{reports_of(model)}, task_{model, reports_, places_, {}, options.seed, options.moment} {
        for (const Alternative& alternative : model.alternatives) places_.push_back(places_of_draws(alternative));
        for (std::size_t i = 0; i < model.timing_points.size(); ++i)
            if (model.timing_points[i].train == 0) task_.points.push_back(i);
        const std::uint64_t each = std::max<std::uint64_t>(fewest_runs, options.runs / model.alternatives.size());
        const std::vector<std::size_t> counting = counting_by(options.as_of);
        const std::uint64_t followed = counting.empty() ? each : std::min(each, std::max(followed_anyway, each / followed_share));
        draw(static_cast<std::size_t>((followed + batches - 1) / batches));
        if (counting.empty()) return;
        const std::vector<std::size_t> scouting = ways_of_scouts(counting.front());
        parties_ = std::set<std::size_t>(scouting.begin(), scouting.end()).size();
        scouts_ = static_cast<std::size_t>((std::max(each, options.runs / parties_) - followed) / batches);
    }

    Inference infer() {
        const std::vector<std::size_t> counting = counting_by(options_.as_of);
        if (is_part()) {  // whether weighting would do is known only when all is there
            if (!counting.empty()) settled_cells(counting);
            return {};
        }
        const std::vector<double> said = evidence_factors(model_, options_.as_of);
        if (!counting.empty())  // as every later report leaves fewer, begin with enough for the first
            while (weighted({counting.front()}, said).effective() * share_of_all() < 1.5 * enough_effective && may_double_scouts())
                scouts_ += size_ + scouts_;
        Population after = settled(counting, said);
        while (after.effective() < enough_effective) {
            if (after.replays() > 0 && may_double_scouts())
                scouts_ += size_ + scouts_;
            else if (may_double())
                draw(2 * size_);
            else
                break;
            after = settled(counting, said);
        }
        require_some(after, counting);
        Inference result;
        result.seed = options_.seed;
        const Population before = prior();
        result.odds = odds_of(model_, before, after, said);
        result.destinations = destinations_of(before, after, result.odds);
        result.windows = windows_of(model_, before, after, options_.quantiles);
        describe_reports(result, after, counting);
        if (options_.moment) result.places = places_of(model_, after), result.kilometres = kilometres_of(model_, after, options_.quantiles);
        result.sampling = {after.replays() > 0, (size_ + (after.replays() > 0 ? scouts_ : 0)) * batches,
                           after.replays(),     after.accepted(),
                           after.effective(),   after.effective() >= enough_effective};
        result.evidence = evidence_of(model_, after);
        if (options_.timeline) add_timeline(result);
        return result;
    }

    std::vector<RollingForecast> roll() {
        std::vector<RollingForecast> forecasts;
        const std::vector<double> said(model_.alternatives.size(), 1.0);
        std::vector<std::size_t> known;
        for (std::size_t n = 0; n < reports_.size(); ++n) {
            const Population population = settled(known, said);
            require_some(population, known);
            for (std::size_t i = n; i < reports_.size(); ++i) {
                const Observation& seen = reports_[i].seen();
                if (!seen.low || !seen.high || seen.counts != Counting::fully || *seen.high - *seen.low > std::chrono::hours{3}) continue;
                std::vector<WeightedTime> times = population.times_of(i, reports_.size());
                if (times.empty()) continue;
                RollingForecast forecast{
                    static_cast<std::size_t>(&seen - model_.observations.data()), n, weighted_quantiles(times, options_.quantiles), {}, 0};
                forecast.crps = weighted_crps(std::move(times), *seen.low, *seen.high);
                const Instant first{forecast.window.front().value}, last{forecast.window.back().value};
                const Millis length = std::max(*seen.high - *seen.low, Millis{1});
                const Millis inside = std::min(last, *seen.low + length) - std::max(first, *seen.low);
                forecast.inside = std::clamp(to_duration(inside) / to_duration(length), 0.0, 1.0);
                forecasts.push_back(std::move(forecast));
            }
            known.push_back(n);
        }
        return forecasts;
    }

private:
    // Every cell by a thread of its own choosing; what they do depends on nothing but the cell. `bytes(index)` is what `work` has made of it, and
    // `read(index, bytes)` puts that in its place. The cells of a batch stay together where processes share them out: they share their scouts.
    template <class Work, class Bytes, class Read>
    void for_each_cell(std::string name, Work work, Bytes bytes, Read read) {
        const std::size_t alternatives = model_.alternatives.size();
        const auto cell_of = [&](std::uint64_t block) { return static_cast<std::size_t>(block % alternatives * batches + block / alternatives); };
        const auto make_worker = [&] {
            return [&, simulator = std::make_shared<Simulator>(model_)](std::uint64_t block) {
                return work(cell_of(block), *simulator), cell_of(block);
            };
        };
        const BlockCodec<std::size_t> codec{bytes,
                                            [&](std::uint64_t block, std::string_view from) { return read(cell_of(block), from), cell_of(block); }};
        const auto report = [&](std::uint64_t done) { return !options_.progress || options_.progress(done, first_.size()); };
        const BlockRange range{std::move(name), first_.size(), options_.threads, alternatives};
        if (!share_out(
                options_.work, range, codec, make_worker, [](std::uint64_t, std::size_t) {}, report))
            throw Stopped{};
    }
    bool is_part() const { return options_.work && options_.work->is_part(); }

    bool may_double() const { return 2 * size_ * batches * model_.alternatives.size() <= options_.most_runs; }
    bool may_double_scouts() const { return 2 * (size_ + scouts_) * batches * parties_ <= options_.most_runs; }
    // By alternative the first one whose runs fit the report alike: it scouts for it.
    std::vector<std::size_t> ways_of_scouts(std::size_t report) const {
        std::vector<std::size_t> scouting;
        for (std::size_t a = 0; a < model_.alternatives.size(); ++a) {
            std::size_t first = 0;
            while (first < a && !(scouting[first] == first && reports_[report].same_for(first, a))) ++first;
            scouting.push_back(first);
        }
        return scouting;
    }
    void draw_scouts_for(std::size_t report) {
        const std::vector<std::size_t> scouting = ways_of_scouts(report);
        for_each_cell(
            fmt::format("{} scouts of report {}", scouts_, report),
            [&](std::size_t index, Simulator& simulator) {
                Cell& cell = first_[index];
                cell.scouts.resize(reports_.size());
                if (scouting[cell.alternative] == cell.alternative) draw_scouts(cell, task_, simulator, report, scouts_);
            },
            [&](std::size_t index) { return bytes_of(first_[index].scouts[report]); },
            [&](std::size_t index, std::string_view bytes) {
                first_[index].scouts.resize(reports_.size());
                const bool scouts = scouting[first_[index].alternative] == first_[index].alternative;
                first_[index].scouts[report] = read_scouts(first_[index], bytes, scouts ? scouts_ : 0);
            });
        for (Cell& cell : first_) {
            const std::vector<Scouts>& party = first_[scouting[cell.alternative] * batches + cell.batch].scouts;
            if (scouting[cell.alternative] != cell.alternative && !party.empty()) cell.scouts[report] = party[report];
        }
    }
    // How many first runs there are for each that is followed to the end.
    double share_of_all() const { return static_cast<double>(size_ + scouts_) / static_cast<double>(size_); }

    void draw(std::size_t size) {
        size_ = size;
        if (first_.empty())
            for (std::size_t a = 0; a < model_.alternatives.size(); ++a)
                for (std::size_t b = 0; b < batches; ++b) {
                    first_.emplace_back();
                    first_.back().alternative = a, first_.back().batch = b;
                }
        for_each_cell(
            fmt::format("{} runs", size_), [&](std::size_t index, Simulator& simulator) { draw_runs(first_[index], task_, simulator, size_); },
            [&](std::size_t index) { return bytes_of(first_[index]); },
            [&](std::size_t index, std::string_view bytes) { read_bytes(first_[index], task_, bytes, size_); });
    }

    std::vector<std::size_t> counting_by(std::optional<Instant> as_of) const {
        std::vector<std::size_t> counting;
        for (std::size_t i = 0; i < reports_.size(); ++i)
            if (!as_of || reports_[i].known_at() <= *as_of) counting.push_back(i);
        return counting;
    }

    // The first runs as they are.
    Population prior() const { return weighted({}, std::vector<double>(model_.alternatives.size(), 1.0)); }

    // The first runs, weighted by some reports and by what was said.
    Population weighted(const std::vector<std::size_t>& counting, const std::vector<double>& said) const {
        Population population{model_, task_.points, said};
        for (const Cell& cell : first_) {
            std::vector<double> weights(cell.size(), 1.0);
            for (std::size_t row = 0; row < cell.size(); ++row)
                for (const std::size_t i : counting) weights[row] *= reports_[i].likelihood(cell.fits[row * reports_.size() + i]);
            population.add(cell, std::move(weights));
        }
        population.finish();
        return population;
    }

    // Weighted runs where they suffice; else what lies ahead of each report is drawn anew.
    Population settled(const std::vector<std::size_t>& counting, const std::vector<double>& said) {
        Population plain = weighted(counting, said);
        if (plain.effective() >= plain_is_enough || counting.empty()) return plain;
        std::vector<Settled> cells = settled_cells(counting);
        Population population{model_, task_.points, said};
        for (Settled& cell : cells) population.add(std::move(cell));
        population.finish();
        // An early report that turns out wrong has thrown away those that fit the rest: weighting keeps them.
        return population.effective() < plain.effective() ? std::move(plain) : std::move(population);
    }

    std::vector<Settled> settled_cells(const std::vector<std::size_t>& counting) {
        draw_scouts_for(counting.front());
        std::vector<Settled> cells(first_.size());
        for_each_cell(
            fmt::format("{} runs and {} scouts, settled by {}", size_, scouts_, fmt::join(counting, ", ")),
            [&](std::size_t index, Simulator& simulator) { cells[index] = settle(first_[index], task_, simulator, counting); },
            [&](std::size_t index) { return bytes_of(cells[index]); },
            [&](std::size_t index, std::string_view bytes) { cells[index] = read_settled(first_[index], task_, bytes, scouts_); });
        return cells;
    }

    // Throws: Infeasible with the report that no run fits, or the two that none fits together.
    void require_some(const Population& after, const std::vector<std::size_t>& counting) const {
        if (after.effective() >= fewest_effective || (counting.empty() && after.effective() > 0)) return;
        const std::uint64_t all = size_ * batches * model_.alternatives.size();
        const auto agreeing = [&](const std::vector<std::size_t>& reports) {
            return weighted(reports, std::vector<double>(model_.alternatives.size(), 1.0)).agreeing();
        };
        for (const std::size_t i : counting)
            if (agreeing({i}) == 0)
                throw Infeasible{
                    fmt::format("none of {} runs fits the report '{}' ({}): no journey of this scenario explains it. If it may be wrong, give it "
                                "a reliability",
                                all, reports_[i].text(), reports_[i].seen().source)};
        for (std::size_t i = 0; i < counting.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (agreeing({counting[j], counting[i]}) == 0)
                    throw Infeasible{fmt::format(
                        "the reports '{}' and '{}' contradict each other: {} runs fit the one, {} the other, none of {} both. If one "
                        "of them may be wrong, give it a reliability",
                        reports_[counting[j]].text(), reports_[counting[i]].text(), agreeing({counting[j]}), agreeing({counting[i]}), all)};
        throw Infeasible{
            fmt::format("only {:.0f} of {} runs fit all reports, too few for a window: ask for more --runs, take the times less exactly, or "
                        "give reports that may be wrong a reliability",
                        after.effective(), all)};
    }

    std::vector<DestinationWindow> destinations_of(const Population& before, const Population& after, const std::vector<Odds>& odds) const {
        std::vector<DestinationWindow> result;
        const auto add = [&](const std::vector<std::size_t>& alternatives, std::optional<std::size_t> index) {
            const StationId station = model_.alternatives[alternatives.front()].main().visits.back().station;
            const std::size_t point = final_point(alternatives.front());
            result.push_back({station, index, window_at(model_, before, after, point, TimingEvent::arrive, options_.quantiles, alternatives)});
        };
        for (std::size_t i = 0; i < odds.size(); ++i)
            if (odds[i].kind == ChoiceKind::destination) add(odds[i].alternatives, i);
        if (result.empty()) {
            std::vector<std::size_t> all(model_.alternatives.size());
            std::iota(all.begin(), all.end(), std::size_t{0});
            add(all, {});
        }
        std::stable_sort(result.begin(), result.end(), [&](const DestinationWindow& a, const DestinationWindow& b) {
            return a.odds && b.odds && odds[*a.odds].after.value > odds[*b.odds].after.value;
        });
        return result;
    }

    // The main train's timing point at its destination.
    std::size_t final_point(std::size_t alternative) const {
        const std::size_t last = model_.alternatives[alternative].main().visits.size() - 1;
        return *std::find_if(task_.points.begin(), task_.points.end(),
                             [&](std::size_t i) { return model_.timing_points[i].visit[alternative] == last; });
    }

    void describe_reports(Inference& result, const Population& after, const std::vector<std::size_t>& counting) const {
        const DestinationWindow& main = result.destinations.front();
        std::vector<std::size_t> bound(model_.alternatives.size());
        std::iota(bound.begin(), bound.end(), std::size_t{0});
        if (main.odds) bound = result.odds[*main.odds].alternatives;
        const Population before = prior();
        const std::vector<double> said = evidence_factors(model_, options_.as_of);
        for (std::size_t i = 0; i < reports_.size(); ++i) {
            const Report& report = reports_[i];
            const bool counts = std::find(counting.begin(), counting.end(), i) != counting.end();
            const auto index = static_cast<std::size_t>(&report.seen() - model_.observations.data());
            ReportInfluence influence{
                index, report.text(), report.known_at(), counts, report.reliability(), before.mean_fit(i, reports_.size()), {}, {}, {}};
            if (counts) {
                influence.right = after.mean([&](const Cell& cell, std::size_t row) { return report.right(cell.fits[row * reports_.size() + i]); });
                const Population alone = weighted({i}, said);
                if (alone.effective() > 0) {
                    influence.alone = window_at(model_, before, alone, main.window.point, TimingEvent::arrive, options_.quantiles, bound).after;
                    for (const Odds& odds : odds_of(model_, before, alone, said)) influence.odds.push_back(odds.after);
                }
            }
            result.reports.push_back(std::move(influence));
        }
    }

    void add_timeline(Inference& result) {
        std::set<Instant> moments;
        for (const std::size_t i : counting_by(options_.as_of)) moments.insert(reports_[i].known_at());
        const Population before = prior();
        std::optional<Instant> earlier;
        const auto add = [&](std::optional<Instant> now, const Population& population) {
            TimelineEntry entry{now, {}, {}, {}, population.effective()};
            const std::vector<double> said = evidence_factors(model_, now.value_or(Instant::min()));
            for (std::size_t i = 0; i < reports_.size(); ++i)
                if (now && reports_[i].known_at() <= *now && (!earlier || reports_[i].known_at() > *earlier)) entry.reports.push_back(i);
            for (const Odds& odds : odds_of(model_, before, population, said)) entry.odds.push_back(odds.after);
            for (const DestinationWindow& destination : result.destinations) {
                const std::vector<std::size_t> bound = destination.odds ? result.odds[*destination.odds].alternatives : std::vector<std::size_t>{};
                entry.windows.push_back(
                    window_at(model_, before, population, destination.window.point, TimingEvent::arrive, options_.quantiles, bound).after);
            }
            result.timeline.push_back(std::move(entry));
            earlier = now;
        };
        add({}, weighted({}, evidence_factors(model_, Instant::min())));
        for (const Instant now : moments) add(now, settled(counting_by(now), evidence_factors(model_, now)));
    }

    const Model& model_;
    const InferOptions& options_;
    std::vector<Report> reports_;
    std::vector<DrawPlaces> places_;  // by alternative
    ParticleTask task_;
    std::vector<Cell> first_;  // by alternative, then by batch
    std::size_t size_ = 0;     // of each
    std::size_t scouts_ = 0;   // of each beside it
    std::size_t parties_ = 1;  // of journeys that scout together for the first report that counts
};

}  // namespace

Inference infer(const Model& model, const InferOptions& options) {
    check_quantiles(options.quantiles);
    if (options.runs == 0) throw InputError{Finding{{}, "runs", "0 runs give no answer", "ask for at least 1", Severity::error}};
    try {
        return Inferrer{model, options}.infer();
    } catch (const Stopped&) {
        Inference stopped;
        stopped.stopped_early = true;
        return stopped;
    }
}

Inference with_quantiles(Inference inference, const std::vector<double>& quantiles) {
    const auto narrow = [&](std::vector<Quantile>& all) {
        std::vector<Quantile> chosen;
        for (const double p : quantiles)
            for (const Quantile& one : all)
                if (one.p == p) chosen.push_back(one);
        all = std::move(chosen);
    };
    for (DestinationWindow& destination : inference.destinations) narrow(destination.window.before), narrow(destination.window.after);
    for (InferredWindow& window : inference.windows) narrow(window.before), narrow(window.after);
    for (ReportInfluence& report : inference.reports) narrow(report.alone);
    for (TimelineEntry& entry : inference.timeline)
        for (std::vector<Quantile>& window : entry.windows) narrow(window);
    narrow(inference.kilometres);
    return inference;
}

std::vector<RollingForecast> roll(const Model& model, const InferOptions& options) {
    check_quantiles(options.quantiles);
    try {
        return Inferrer{model, options}.roll();
    } catch (const Stopped&) {
        return {};
    }
}

}  // namespace railwindow
