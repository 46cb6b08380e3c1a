#include <railwindow/inference/report.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/inference/shared_way.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

using std::chrono::minutes;

// Nearer to a station than this, a place is at the station.
constexpr Length at_station = 1 * m;
// Reports are told to the minute: an exact time stands for the minute that it names.
constexpr Millis shortest = minutes{1};
// A bound may lie on either side of whatever another train does.
constexpr double bound_of_another = 0.5;

// The density of an error against its peak, and the width of a rectangle of that height and the same area.
struct RelativeDensity {
    double at;
    double operator()(const Normal& law) const {
        const double z = (at - law.mean) / law.standard_deviation;
        return std::exp(-z * z / 2);
    }
    double operator()(const Uniform& law) const { return at >= law.low && at <= law.high ? 1 : 0; }
    double operator()(const Triangular& law) const {
        if (at < law.low || at > law.high) return 0;
        if (at < law.mode) return (at - law.low) / (law.mode - law.low);
        return at > law.mode ? (law.high - at) / (law.high - law.mode) : 1;
    }
    template <class Other>
    double operator()(const Other&) const {
        return 0;
    }
};
struct EqualWidth {
    double operator()(const Normal& law) const { return law.standard_deviation * std::sqrt(2 * std::acos(-1.0)); }
    double operator()(const Uniform& law) const { return law.high - law.low; }
    double operator()(const Triangular& law) const { return (law.high - law.low) / 2; }
    template <class Other>
    double operator()(const Other&) const {
        return 0;
    }
};

Instant earliest_of(const Departure& departure) { return draw_departure(departure, 0); }

// Where a train of `way` is at the place that the report names, if it comes there and goes on to where it was headed; `meant` is the visit of the
// main train.
std::optional<ReportedPlace> place_of(const Itinerary& way, std::size_t train, const Observation& seen, std::optional<std::size_t> meant) {
    if (!meant || *meant < way.first || *meant - way.first >= way.visits.size()) return {};
    const std::size_t named = *meant - way.first;
    const Length distance = way.visits[named].distance - seen.before + seen.behind;
    if (distance < way.visits.front().distance - at_station || distance > way.visits.back().distance + at_station) return {};
    std::size_t visit = 0;
    while (way.visits[visit].distance < distance - at_station) ++visit;
    const auto behind = way.visits.begin() + static_cast<std::ptrdiff_t>(visit);
    if (seen.towards && std::none_of(behind, way.visits.end(), [&](const Visit& v) { return v.station == *seen.towards; })) return {};
    if (seen.towards && *seen.towards == seen.station && seen.behind > 0 * m) return {};
    if (visit == 0 || way.visits[visit].distance <= distance + at_station)
        return ReportedPlace{train, visit, 1, visit == 0, visit + 1 == way.visits.size()};
    const Length section = way.visits[visit].distance - way.visits[visit - 1].distance;
    return ReportedPlace{train, visit, (distance - way.visits[visit - 1].distance) / section};
}

// Between stations time goes with the kilometres.
Instant passes(const ReportedPlace& place, const std::vector<VisitTimes>& visits) {
    const Instant left = visits[place.visit - 1].depart;
    return left + Millis{std::llround(place.share * static_cast<double>((visits[place.visit].arrive - left).count()))};
}

}  // namespace

Report::Report(const Model& model, const Observation& seen) : model_{&model}, seen_{&seen}, low_{seen.low}, high_{seen.high} {
    if (low_ && high_ && *high_ - *low_ < shortest) high_ = *low_ + shortest;
    settled_ = seen.not_seen ? seen.not_seen->until : high_ ? *high_ : *low_;
    known_at_ = seen.known_at.value_or(settled_);
    describe();
    find_places();
    weigh();
}

void Report::find_places() {
    const auto add = [&](const Alternative& way) {
        std::vector<ReportedPlace> places;
        for (std::size_t train = 0; train < way.trains.size(); ++train) {
            const Itinerary& one = way.trains[train];
            if (one.visits.empty() || (seen_->train != "any" && seen_->train != one.name)) continue;
            if (const auto place = place_of(one, train, *seen_, seen_->visits[places_.size()])) places.push_back(*place);
        }
        if (seen_->train == "any") trains_ = std::max(trains_, way.trains.size());
        places_.push_back(std::move(places));
    };
    for (const Alternative& alternative : model_->alternatives) add(alternative);
    for (const Diversion& diversion : model_->diversions) add(diversion.way);
    const auto refuse = [&](std::string what, std::string remedy) {
        throw InputError{Finding{seen_->place, "observed", text_ + ": " + what, std::move(remedy), Severity::error}};
    };
    if (std::all_of(places_.begin(), places_.end(), [](const auto& places) { return places.empty(); }))
        refuse("no way that is left open passes this place, headed there", "the route is " + summary(model_->network, model_->main().path));
    Instant first = Instant::max();
    for (const Alternative& alternative : model_->alternatives) first = std::min(first, earliest_of(alternative.main().departure));
    if (!seen_->not_seen && seen_->train == "main" && high_ && *high_ < first)
        refuse("that is before the train leaves, " + short_time(first, model_->network.stations()[model_->main().visits.front().station].zone) +
                   " at the earliest",
               "check day and year");
    if (low_ && *low_ > first + horizon) refuse("that is more than a year after the train leaves", "check day and year");
}

void Report::weigh() {
    const auto refuse = [&](std::string what, std::string remedy) {
        throw InputError{Finding{seen_->place, "observed", text_ + ": " + what, std::move(remedy), Severity::error}};
    };
    const std::string& country = model_->network.stations()[seen_->station].country;
    if (seen_->reliability && !(*seen_->reliability > 0 && *seen_->reliability < 1))
        refuse("its reliability does not lie between 0 and 1", "write a probability above 0 and below 1");
    if (seen_->confidence && !seen_->reliability)
        refuse("the practice of " + country + " does not say how reliable reports of this confidence are",
               "give the report a `reliability`, or the practice its `reports`");
    if (seen_->time && std::visit(EqualWidth{}, seen_->time->error.law().form()) <= 0)
        refuse("the error of its time is no normal, uniform or triangular law with a width",
               "write {normal: {mean: 0 min, sd: 10 min}}, or `between`");
    reliability_ = seen_->reliability.value_or(1);
    if (reliability_ == 1) return;
    if (seen_->not_seen) {
        otherwise_ = 1;
        return;
    }
    if (!low_ || !high_) {
        otherwise_ = bound_of_another;
        return;
    }
    if (!seen_->span)
        refuse("the practice of " + country + " does not say over which time reports of other trains are spread",
               "give the practice its `reports`, with a `span`");
    const double width = seen_->time ? std::visit(EqualWidth{}, seen_->time->error.law().form()) : to_duration(*high_ - *low_) / s;
    otherwise_ = std::min(1.0, width / (*seen_->span / s));
}

void Report::describe() {
    const Station& station = model_->network.stations()[seen_->station];
    const auto clock = [&](Instant time) { return short_time(time, station.zone); };
    text_ = station.name;
    if (seen_->before > 0 * m) text_ = fmt::format("{:.3g} km before {}", seen_->before / km, text_);
    if (seen_->behind > 0 * m) text_ = fmt::format("{:.3g} km behind {}", seen_->behind / km, text_);
    constexpr std::array events{"arrives", "departs", "passes", "seen"};
    const char* event = seen_->not_seen ? "not seen" : events[static_cast<std::size_t>(seen_->event)];
    text_ += fmt::format(", {}", event);
    if (seen_->train != "main") text_ += " (train: " + seen_->train + ")";
    if (seen_->towards) text_ += " towards " + model_->network.stations()[*seen_->towards].name;
    const auto span = [&](Instant from, Instant to) {
        const std::string begin = clock(from), end = clock(to);
        if (begin == end) return begin;
        return begin + " to " + (begin.substr(0, 10) == end.substr(0, 10) ? end.substr(11) : end);
    };
    if (seen_->not_seen)
        text_ += seen_->not_seen->from ? ", " + span(*seen_->not_seen->from, seen_->not_seen->until) : " up to " + clock(seen_->not_seen->until);
    else if (seen_->time)
        text_ += ", at about " + clock(seen_->time->at);
    else if (low_ && high_)
        text_ += ", " + span(*seen_->low, *seen_->high);
    else
        text_ += low_ ? ", not before " + clock(*low_) : ", by " + clock(*high_);
}

double Report::fit_of(Instant arrive, Instant depart, bool comes) const {
    if (seen_->not_seen) {
        const Watch& watch = *seen_->not_seen;
        const bool present = comes && arrive <= watch.until && (!watch.from || depart >= *watch.from);
        return present ? 1 - watch.noticed : 1;
    }
    if (!comes) return low_ && !high_ ? 1 : 0;
    const bool any_time = seen_->event == ObservedEvent::seen;
    const Instant at = seen_->event == ObservedEvent::depart ? depart : arrive;
    if (seen_->time) {
        const Instant nearest = any_time ? std::clamp(seen_->time->at, arrive, depart) : at;
        return std::visit(RelativeDensity{to_duration(seen_->time->at - nearest) / s}, seen_->time->error.law().form());
    }
    const Instant first = any_time ? arrive : at, last = any_time ? depart : at;
    return (!high_ || first <= *high_) && (!low_ || last >= *low_) ? 1 : 0;
}

const std::vector<ReportedPlace>& Report::places_in(const Trace& trace) const {
    return places_[trace.diversion ? model_->alternatives.size() + *trace.diversion : trace.alternative];
}

std::optional<Instant> Report::time(const Trace& trace) const {
    const std::vector<ReportedPlace>& places = places_in(trace);
    const std::vector<VisitTimes>& visits = trace.main().visits;
    if (places.empty() || places.front().train != 0 || places.front().visit >= visits.size()) return {};
    const VisitTimes& there = visits[places.front().visit];
    if (places.front().share < 1) return passes(places.front(), visits);
    if (seen_->event == ObservedEvent::seen) return there.arrive + (there.depart - there.arrive) / 2;
    return seen_->event == ObservedEvent::depart ? there.depart : there.arrive;
}

double Report::fit(const Trace& trace) const {
    const std::vector<ReportedPlace>& places = places_in(trace);
    if (places.empty()) return seen_->not_seen || !high_ ? 1 : 0;  // who never comes there was not noticed, and had not come
    double sum = 0;
    for (const ReportedPlace& place : places) {
        const std::vector<VisitTimes>& visits = trace.trains[place.train].visits;
        if (place.visit >= visits.size()) {
            sum += fit_of({}, {}, false);
            continue;
        }
        const VisitTimes& there = visits[place.visit];
        if (place.share == 1) {
            const bool stands = seen_->event == ObservedEvent::seen;
            sum += fit_of(stands && place.begins ? Instant::min() : there.arrive, stands && place.ends ? Instant::max() : there.depart, true);
            continue;
        }
        const Instant at = passes(place, visits);
        sum += fit_of(at, at, true);
    }
    return sum / static_cast<double>(std::max(trains_, places.size()));
}

// It has gone on from there, or has not come by then, and what follows makes no difference.
bool Report::decided(const Trace& trace) const {
    const std::vector<ReportedPlace>& places = places_in(trace);
    return std::all_of(places.begin(), places.end(), [&](const ReportedPlace& place) {
        const std::size_t known = trace.trains[place.train].visits.size();
        if (known > place.visit + 1) return true;
        if (place.share < 1) return known > place.visit || (known < place.visit && !seen_->time);
        const bool comes = seen_->event == ObservedEvent::arrive || seen_->event == ObservedEvent::pass;
        return known > place.visit ? comes : !place.begins && !seen_->time;
    });
}

bool Report::same_for(std::size_t a, std::size_t b) const {
    const std::vector<ReportedPlace>&of_a = places_[a], &of_b = places_[b];
    const auto same = [](const ReportedPlace& one, const ReportedPlace& other) {
        return one.train == other.train && one.visit == other.visit && one.share == other.share && one.begins == other.begins &&
               one.ends == other.ends;
    };
    return of_a.size() == 1 && std::equal(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), same) &&
           same_up_to(model_->alternatives[a], model_->alternatives[b], of_a.front().visit);
}

std::uint32_t Report::place(std::size_t alternative) const {
    std::uint32_t last = 0;
    for (const ReportedPlace& place : places_[alternative]) {
        const std::size_t visit = place.visit + model_->alternatives[alternative].trains[place.train].first;
        const bool waits = seen_->event == ObservedEvent::depart || seen_->event == ObservedEvent::seen;
        last = std::max(last, waits ? departure_place(visit) : arrival_place(visit));
    }
    return last;
}

std::vector<Report> reports_of(const Model& model) {
    std::vector<Report> reports;
    Findings findings;
    for (const Observation& seen : model.observations) {
        if (!seen.low && !seen.high && !seen.not_seen) continue;
        try {
            reports.emplace_back(model, seen);
        } catch (const InputError& error) {
            for (const Finding& finding : error.findings()) findings.add(finding);
        }
    }
    findings.throw_if_errors();
    // What one source says twice is one report.
    std::vector<Report> once;
    for (Report& report : reports)
        if (std::none_of(once.begin(), once.end(), [&](const Report& known) {
                return known.text() == report.text() && known.seen().source == report.seen().source && known.reliability() == report.reliability();
            }))
            once.push_back(std::move(report));
    reports = std::move(once);
    std::stable_sort(reports.begin(), reports.end(), [](const Report& a, const Report& b) { return a.settled() < b.settled(); });
    return reports;
}

}  // namespace railwindow
