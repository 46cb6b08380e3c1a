#include <railwindow/estimate/depart_by.hpp>

#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/simulation/simulate.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace railwindow {
namespace {

using Minute = std::chrono::sys_time<std::chrono::minutes>;
using std::chrono::minutes;

struct SearchStopped {};

// Where trials were made and what they came to.
struct Trial {
    std::uint64_t in_time = 0;
    std::vector<Millis> slack;  // deadline minus arrival of the runs that get there, longest first
};

class Search {
public:
    Search(Model& model, const DepartByOptions& options, DepartBy& result)
        : model_{model}, options_{options}, result_{result}, needed_{fewest_for(options.confidence, options.runs)} {}

    // `good` is good enough, a minute later is not.
    void find() {
        std::optional<Minute> good, bad;
        Minute next = std::chrono::floor<minutes>(result_.deadline);
        for (int trials = 0;; ++trials) {
            const Trial& trial = made(next);
            const bool enough = trial.in_time >= needed_;
            (enough ? good : bad) = next;
            if (good && bad && *bad - *good == minutes{1}) break;
            const Minute hint = next + std::chrono::floor<minutes>(slack_needed(trial));
            next = between(good, bad, hint, trials);
        }
        result_.latest = shown(*good);
        result_.minute_later = shown(*bad);
        const Trial& best = made(*good);
        result_.arriving = static_cast<double>(best.slack.size()) / static_cast<double>(options_.runs);
        std::vector<Millis> times;
        for (const Millis slack : best.slack) times.push_back(result_.deadline.time_since_epoch() - slack);  // longest slack first: sorted
        result_.arrival = quantiles_of(times, {0.05, 0.5, 0.95});
    }

    // From where nearly all runs are in time to where nearly none is, in round steps.
    void add_curve() {
        const Minute latest = std::chrono::floor<minutes>(result_.latest.depart);
        const std::vector<Millis>& slack = made(latest).slack;
        const auto at = [&](double share) { return slack[static_cast<std::size_t>(share * static_cast<double>(slack.size() - 1))]; };
        const auto from = latest + std::chrono::floor<minutes>(at(0.998)), to = latest + std::chrono::ceil<minutes>(at(0.002));
        constexpr std::array steps{1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440};
        const auto fits = [&](int step) { return (to - from).count() <= 16 * step; };
        const auto found = std::find_if(steps.begin(), steps.end(), fits);
        const minutes step{found == steps.end() ? 1440 * (1 + (to - from).count() / (16 * 1440)) : *found};
        const Minute first{from.time_since_epoch() / step * step};
        for (Minute departure = first; departure < to + step; departure += step) result_.curve.push_back(shown(departure));
        for (const DepartureTrial& trial : {result_.latest, result_.minute_later}) result_.curve.push_back(trial);
        std::sort(result_.curve.begin(), result_.curve.end(), [](const auto& a, const auto& b) { return a.depart < b.depart; });
        const auto same = [](const auto& a, const auto& b) { return a.depart == b.depart; };
        result_.curve.erase(std::unique(result_.curve.begin(), result_.curve.end(), same), result_.curve.end());
    }

private:
    const Trial& made(Minute departure) {
        const auto known = trials_.find(departure);
        if (known != trials_.end()) return known->second;
        set_departure(model_, DepartAt{departure});
        const Samples samples = sample(model_, {options_.runs, options_.seed, options_.threads, {0.5}, options_.progress});
        if (!samples.complete) throw SearchStopped{};
        Trial trial;
        for (const Millis arrival : sorted_times(arrivals(model_, samples, result_.point)))
            trial.slack.push_back(result_.deadline.time_since_epoch() - arrival);
        trial.in_time = static_cast<std::uint64_t>(std::count_if(trial.slack.begin(), trial.slack.end(), [](Millis m) { return m >= Millis{0}; }));
        return trials_.emplace(departure, std::move(trial)).first->second;
    }

    // By how much it could leave later, were nothing to depend on the clock.
    Millis slack_needed(const Trial& trial) const {
        if (trial.slack.size() >= needed_) return trial.slack[needed_ - 1];
        throw Infeasible{fmt::format("only {} of {} runs get there at all, however early it leaves; a confidence of {:g} needs {}",
                                     trial.slack.size(), options_.runs, options_.confidence, needed_)};
    }

    // The hint where it narrows the search, halves and doubled steps where it does not.
    Minute between(std::optional<Minute> good, std::optional<Minute> bad, Minute hint, int trials) const {
        constexpr int patience = 8;
        if (good && bad) {
            if (trials > patience && trials % 2 == 0) return *good + (*bad - *good) / 2;
            return std::clamp(hint, *good + minutes{1}, *bad - minutes{1});
        }
        const minutes step{std::int64_t{1} << std::min(trials, 20)};
        if (good) return std::max(hint, *good + (trials > patience ? step : minutes{1}));
        if (result_.deadline - *bad > horizon) throw Infeasible{"it would have to leave more than a year before"};
        return std::min(hint, *bad - (trials > 0 ? step : minutes{1}));
    }

    DepartureTrial shown(Minute departure) {
        const std::uint64_t in_time = made(departure).in_time;
        return {departure, share_of(in_time, options_.runs), lower_bound(in_time, options_.runs)};
    }

    Model& model_;
    const DepartByOptions& options_;
    DepartBy& result_;
    std::uint64_t needed_;
    std::map<Minute, Trial> trials_;
};

[[noreturn]] void refuse(const Place& place, std::string subject, std::string what, std::string remedy) {
    throw InputError{Finding{place, std::move(subject), std::move(what), std::move(remedy), Severity::error}};
}

void check(const DepartByOptions& options) {
    if (options.runs == 0) refuse({}, "runs", "0 runs give no answer", "ask for at least 1");
    if (!(options.confidence > 0 && options.confidence < 1))
        refuse({}, "confidence", fmt::format("{:g} is no confidence", options.confidence), "give a number between 0 and 1, such as 0.95");
    if (fewest_for(options.confidence, options.runs) > options.runs)
        refuse({}, "confidence", fmt::format("{} runs cannot show a confidence of {:g}", options.runs, options.confidence),
               fmt::format("ask for at least {:.0f} runs", std::ceil(options.confidence / (1 - options.confidence))));
}

}  // namespace

DepartBy depart_by(Model model, const DepartByOptions& options) {
    check(options);
    DepartBy result{};
    result.confidence = options.confidence;
    result.runs = options.runs;
    result.seed = options.seed;
    result.voluntary_waits = options.voluntary_waits;
    if (!options.voluntary_waits) without_voluntary_waits(model);
    result.point = asked_point(model, options.at, "--at");
    if (!result.point && ends_at_several_places(model))
        refuse({"--arrive-by", 0, 0}, {}, "the destination is left open, and a time to be there belongs to one place",
               fmt::format("name one, as --set journey.to={}, or a station on the way with --at",
                           model.network.stations()[model.main().visits.back().station].id));
    if (result.point) always_come_to(model, model.timing_points[*result.point].station);
    const auto deadline = instant_of(options.arrive_by.value, station_of(model, result.point).zone);
    if (const auto* error = std::get_if<TimeError>(&deadline)) refuse(options.arrive_by.place, {}, error->what, error->remedy);
    result.deadline = std::get<Instant>(deadline);
    Search search{model, options, result};
    try {
        search.find();
        if (options.curve) search.add_curve();
    } catch (const SearchStopped&) {
        result.stopped_early = true;
    }
    return result;
}

}  // namespace railwindow
