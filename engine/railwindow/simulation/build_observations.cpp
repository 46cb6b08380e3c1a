#include <railwindow/simulation/build_observations.hpp>

#include <railwindow/network/called.hpp>
#include <railwindow/simulation/trace.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace railwindow::building {
namespace {

// Within one visit: on its way there, at the arrival, while it is there, at the departure.
std::pair<double, int> moment(const ObservedSheet& seen) {
    const int event = seen.event == ObservedEvent::arrive ? 0 : seen.event == ObservedEvent::depart ? 2 : 1;
    return {-seen.before.value_or(0 * m) / m, event};
}

std::vector<FoundVisit> found_on(const Itinerary& way, const Network& network, const std::vector<NamedVisit>& names, const char* subject) {
    return visits_named(network, stations_of(way), names, {0, way.visits.size() - 1}, subject);
}

std::vector<const Itinerary*> main_ways(const Model& model) {
    std::vector<const Itinerary*> ways;
    for (const Alternative& alternative : model.alternatives) ways.push_back(&alternative.main());
    return ways;
}

// What is known of when the train was where: a report, the end of a stay, the departure.
struct Known {
    std::string what, subject;
    Place place;
    TimeZone zone;
    std::pair<double, int> moment;
    std::optional<Instant> low, high;
    std::vector<std::optional<std::size_t>> visit;  // by alternative
};

class ReportBuilder {
public:
    /// Of a journey that was changed some places may not be passed.
    ReportBuilder(const Scenario& scenario, Model& model, Findings& findings)
        : scenario_{scenario},
          observed_{at_stations(scenario.observed, model.network, main_ways(model), !scenario.changes.empty())},
          model_{model},
          findings_{findings},
          changed_{!scenario.changes.empty()} {}

    void add() {
        add_departure();
        const auto observed = placed(names_of(observed_), "observed");
        for (std::size_t i = 0; i < observed.size(); ++i) add(observed_[i], observed[i]);
        const auto stays = placed(names_of(scenario_.stays), "stays");
        for (std::size_t i = 0; i < stays.size(); ++i) add(scenario_.stays[i], stays[i]);
        const auto press = placed(names_of(scenario_.press), "press");
        for (std::size_t i = 0; i < press.size(); ++i) add(scenario_.press[i], press[i]);
        for (const EvidenceSheet& said : scenario_.evidence) add(said);
        check_order_of_way();
    }

private:
    // Known at a time of the origin's clocks.
    void add(const EvidenceSheet& said) {
        std::vector<std::string> values;
        for (const Alternative& alternative : model_.alternatives)
            for (const ChosenOption& option : alternative.chosen)
                if (std::find(values.begin(), values.end(), option.value) == values.end()) values.push_back(option.value);
        if (std::find(values.begin(), values.end(), said.in_favour_of.value) == values.end()) {
            if (changed_) return;
            std::string open;
            for (const std::string& value : values) open += (open.empty() ? "" : ", ") + value;
            findings_.add({said.place, "evidence.for", fmt::format("'{}' is not among what the journey leaves open", said.in_favour_of.value),
                           open.empty() ? "give `to` or `from` several stations with weights" : "these are open: " + open, Severity::error});
            return;
        }
        if (!(said.factor > 0)) findings_.add({said.place, "evidence.factor", "it is not above zero", "give a factor above 0", Severity::error});
        Evidence evidence{said.in_favour_of.value, said.factor, said.source, {}};
        if (said.known_at) evidence.known_at = time(*said.known_at, model_.main().visits.front().station, "evidence.known_at");
        model_.evidence.push_back(std::move(evidence));
    }

    // Forecasts are scored against the central 90 % of what the report allows.
    void add_time(Observation& report, const ObservedSheet& seen) {
        if (!seen.time) return;
        const auto told = time(*seen.time, report.station, "observed.time");
        if (!told) return;
        report.time = TimeWithError{*told, seen.error.value_or(Uncertain<Duration>{0 * s})};
        report.low = *told - to_millis(report.time->error.quantile(0.95));
        report.high = *told - to_millis(report.time->error.quantile(0.05));
    }

    void add_watch(Observation& report, const ObservedSheet& seen) {
        if (!seen.not_seen) return;
        const auto until = time(seen.not_seen->until, report.station, "observed.not_seen.until");
        std::optional<Instant> from;
        if (seen.not_seen->from) from = time(*seen.not_seen->from, report.station, "observed.not_seen.from");
        if (!until) return;
        check_order(from, until, seen.place, "observed.not_seen");
        report.event = ObservedEvent::seen;
        report.not_seen = Watch{from, *until, seen.not_seen->noticed};
    }

    // What the report is worth: as written, or by its confidence in the practice of the country.
    void add_worth(Observation& report, const ObservedSheet& seen) {
        const std::string& country = model_.network.stations()[report.station].country;
        const auto practice = std::find_if(scenario_.practice.begin(), scenario_.practice.end(),
                                           [&](const PracticeSheet& sheet) { return sheet.country.value == country; });
        const ReportsSheet* known = practice == scenario_.practice.end() || !practice->reports ? nullptr : &*practice->reports;
        if (known) report.span = known->span;
        report.reliability = seen.reliability;
        if (!report.reliability && known && seen.confidence)
            report.reliability = *seen.confidence == Confidence::high     ? known->high
                                 : *seen.confidence == Confidence::medium ? known->medium
                                                                          : known->low;
    }

    std::string train(const Name& name) {
        bool known = name.value == "any" || name.value == "main";
        for (const Alternative& alternative : model_.alternatives)
            for (const Itinerary& one : alternative.trains) known |= one.name == name.value;
        if (!known)
            findings_.add({name.place, "observed.train", fmt::format("there is no train '{}'", name.value),
                           "name a train of the `convoy`, `main` or `any`", Severity::error});
        return name.value;
    }

    // A station that some way comes to.
    std::optional<StationId> towards(const Name& name) {
        const StationId id = station_named(model_.network, name, "observed.towards");
        for (const Alternative& alternative : model_.alternatives)
            if (comes_to(alternative.main(), id)) return id;
        if (!changed_)
            findings_.add({name.place, "observed.towards", fmt::format("'{}' is not on this route", name.value),
                           "the route is " + summary(model_.network, model_.main().path), Severity::error});
        return {};
    }

    // The visits of every name, by alternative and then by diversion; nothing at all where the name is not to be used.
    std::vector<VisitsByWay> placed(const std::vector<NamedVisit>& names, const char* subject) {
        std::vector<VisitsByWay> visits(names.size());
        std::vector<bool> told(names.size());
        const auto look = [&](const Itinerary& way, bool meant) {
            const std::vector<FoundVisit> found = found_on(way, model_.network, names, subject);
            for (std::size_t i = 0; i < names.size(); ++i) {
                visits[i].push_back(found[i].visit);
                if (found[i].one_of.empty() || told[i] || !meant) continue;
                told[i] = true;
                findings_.add(ambiguous(model_.network, stations_of(way), names[i], found[i], subject, true));
            }
        };
        for (const Alternative& alternative : model_.alternatives) look(alternative.main(), true);
        for (const Diversion& diversion : model_.diversions) look(diversion.way.main(), false);
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto end = visits[i].begin() + static_cast<std::ptrdiff_t>(model_.alternatives.size());
            if (std::any_of(visits[i].begin(), end, [](const auto& visit) { return visit.has_value(); })) continue;
            visits[i].clear();
            if (!changed_ && !told[i])
                findings_.add({names[i].at.place, subject, fmt::format("'{}' is not on this route", written(names[i])),
                               "the route is " + summary(model_.network, model_.main().path), Severity::error});
        }
        return visits;
    }

    void add(const ObservedSheet& seen, const VisitsByWay& visits) {
        if (visits.empty()) return;
        const StationId at = station_named(model_.network, seen.at, "observed.at");
        std::optional<Instant> low, high;
        if (seen.between) low = time(seen.between->at(0), at, "observed"), high = time(seen.between->at(1), at, "observed");
        if (seen.not_before) low = time(*seen.not_before, at, "observed");
        if (seen.not_after) high = time(*seen.not_after, at, "observed");
        check_order(low, high, seen.place, "observed.between");
        Observation report{at, seen.event, seen.before.value_or(0 * m), low, high, seen.counts, seen.source, seen.place, visits};
        report.behind = seen.behind.value_or(0 * m);
        report.confidence = seen.confidence;
        add_time(report, seen);
        add_watch(report, seen);
        add_worth(report, seen);
        if (seen.towards) report.towards = towards(*seen.towards);
        if (seen.train) report.train = train(*seen.train);
        if (seen.known_at) report.known_at = time(*seen.known_at, at, "observed.known_at");
        model_.observations.push_back(std::move(report));
        // Who was not seen, another train, and what may be wrong are in no order.
        if (seen.not_seen || seen.train || seen.reliability) return;
        static constexpr const char* words[] = {"is reached", "is left", "is passed", "has the train"};
        know(at, words[static_cast<int>(seen.event)], "observed", seen.place, moment(seen), low, high, visits);
    }

    void add(const StaySheet& stay, const VisitsByWay& visits) {
        if (visits.empty()) return;
        const StationId at = station_named(model_.network, stay.at, "stays.at");
        const WhenSheet& when = stay.depart;
        std::optional<Instant> low, high;
        if (when.between) low = time(when.between->at(0), at, "stays"), high = time(when.between->at(1), at, "stays");
        if (when.at) low = high = time(*when.at, at, "stays");
        if (when.spread && low) *low -= to_millis(*when.spread), *high += to_millis(*when.spread);
        know(at, "is left", "stays", stay.at.place, {0, 2}, low, high, visits);
    }

    void add(const PressSheet& press, const VisitsByWay& visits) {
        if (visits.empty()) return;
        const StationId at = station_named(model_.network, press.at, "press.at");
        const auto low = time(press.between.at(0), at, "press"), high = time(press.between.at(1), at, "press");
        check_order(low, high, press.place, "press.between");
        if (low && high) model_.press.push_back({at, press.event, *low, *high, press.source, visits});
    }

    void add_departure() {
        const Alternative& first = model_.alternatives.front();
        Known left{model_.network.stations()[first.main().visits.front().station].name + " is left",
                   "journey.depart",
                   {},
                   TimeZone{zone_of(first)},
                   {0, 3},
                   {},
                   {},
                   {}};
        for (const Alternative& alternative : model_.alternatives) {
            const Instant low = draw_departure(alternative.main().departure, 0), high = draw_departure(alternative.main().departure, 1);
            left.low = std::min(left.low.value_or(low), low), left.high = std::max(left.high.value_or(high), high);
            left.visit.push_back(0);
        }
        known_.push_back(std::move(left));
    }

    const TimeZone& zone_of(const Alternative& alternative) const {
        return model_.network.stations()[alternative.main().visits.front().station].zone;
    }

    void know(StationId at, const char* words, const char* subject, const Place& place, std::pair<double, int> moment, std::optional<Instant> low,
              std::optional<Instant> high, const VisitsByWay& visits) {
        const Station& station = model_.network.stations()[at];
        const auto end = visits.begin() + static_cast<std::ptrdiff_t>(model_.alternatives.size());
        known_.push_back({station.name + ' ' + words, subject, place, station.zone, moment, low, high, {visits.begin(), end}});
    }

    // Of two times that are known, the one that comes later on the way must not be over before the other can have been.
    void check_order_of_way() {
        const auto too_late = [&](const Known& known) { return known.low && *known.low > *known_.front().high + horizon; };
        for (const Known& late : known_)
            if (too_late(late))
                findings_.add({late.place, late.subject, fmt::format("{} more than a year after {}", late.what, known_.front().what),
                               "check day and year", Severity::error});
        std::erase_if(known_, too_late);  // told once, not again for each that it is out of order with
        for (const Known& later : known_) {
            for (const Known& earlier : known_) {
                // A what-if that leaves at another time is no error, nor is what was seen then.
                if (changed_ && (&earlier == &known_.front() || &later == &known_.front())) continue;
                if (!contradicts(earlier, later)) continue;
                findings_.add({later.place, later.subject,
                               fmt::format("{} at {} or before, and {}, which comes first on the way, at {} or later", later.what,
                                           iso_time(*later.high, later.zone), earlier.what, iso_time(*earlier.low, earlier.zone)),
                               "check days, hours and the order", Severity::error});
                break;
            }
        }
    }

    // On every way that has both.
    static bool contradicts(const Known& earlier, const Known& later) {
        if (!earlier.low || !later.high || *later.high >= *earlier.low) return false;
        bool any = false;
        for (std::size_t i = 0; i < earlier.visit.size(); ++i) {
            if (!earlier.visit[i] || !later.visit[i]) continue;
            if (std::tie(*earlier.visit[i], earlier.moment) >= std::tie(*later.visit[i], later.moment)) return false;
            any = true;
        }
        return any;
    }

    std::optional<Instant> time(const Written<WrittenTime>& written, StationId at, const char* key) {
        const auto found = instant_of(written.value, model_.network.stations()[at].zone);
        if (const auto* instant = std::get_if<Instant>(&found)) return *instant;
        const TimeError& error = std::get<TimeError>(found);
        findings_.add({written.place, key, error.what, error.remedy, Severity::error});
        return {};
    }

    void check_order(std::optional<Instant> low, std::optional<Instant> high, const Place& place, const char* key) {
        if (low && high && *high < *low)
            findings_.add({place, key, "the latest time comes before the earliest", "write [earliest, latest]", Severity::error});
    }

    const Scenario& scenario_;
    std::vector<ObservedSheet> observed_;  // at stations
    Model& model_;
    Findings& findings_;
    bool changed_;
    std::vector<Known> known_;  // the departure first
};

}  // namespace

std::vector<NamedVisit> names_of(const std::vector<ObservedSheet>& observed) {
    std::vector<NamedVisit> names;
    for (std::size_t i = 0; i < observed.size(); ++i)
        names.push_back({observed[i].at, observed[i].which, i > 0 && moment(observed[i - 1]) <= moment(observed[i])});
    return names;
}

namespace {

// A station, the how many-th visit of it, and so far short of that.
struct BeforeVisit {
    StationId station;
    int visit;
    Length before;
};

// The end of the first section of the way that holds the landmark.
std::optional<BeforeVisit> place_of(const Landmark& landmark, const Network& network, const Itinerary& way) {
    for (std::size_t i = 0; i < way.path.steps.size(); ++i) {
        const PathStep& step = way.path.steps[i];
        const Section& section = network.sections()[step.section];
        const Length along = landmark.at - section.begin;
        if (section.line != landmark.line || along < 0 * m || along > section.length) continue;
        const StationId there = end_of(network, step);
        const auto end = way.visits.begin() + static_cast<std::ptrdiff_t>(i) + 2;
        const auto visit = static_cast<int>(std::count_if(way.visits.begin(), end, [&](const Visit& one) { return one.station == there; }));
        return BeforeVisit{there, visit, step.direction == Direction::up_chainage ? section.length - along : along};
    }
    return {};
}

}  // namespace

std::vector<ObservedSheet> at_stations(const std::vector<ObservedSheet>& observed, const Network& network, const std::vector<const Itinerary*>& ways,
                                       bool changed) {
    std::vector<ObservedSheet> placed;
    for (const ObservedSheet& seen : observed) {
        const std::string& name = seen.at.value;
        const Landmark* landmark = landmark_called(network, name);
        if (!landmark || network.find_station(name)) {
            placed.push_back(seen);
            continue;
        }
        const auto fail = [&](std::string what, std::string remedy) {
            throw InputError{Finding{seen.at.place, "observed.at", std::move(what), std::move(remedy), Severity::error}};
        };
        if (seen.before || seen.behind || seen.which.visit || seen.which.after)
            fail(fmt::format("'{}' is a place on the line and no station", name),
                 "leave out 'before', 'behind', 'visit' and 'after', or name a station");
        std::optional<BeforeVisit> place;
        for (std::size_t i = 0; i < ways.size() && !place; ++i) place = place_of(*landmark, network, *ways[i]);
        if (!place && changed) continue;
        if (!place) fail(fmt::format("'{}' is not on this route", name), "the route is " + summary(network, ways.front()->path));
        placed.push_back(seen);
        placed.back().at.value = network.stations()[place->station].id;
        placed.back().which.visit = place->visit;
        if (place->before > 0 * m) placed.back().before = place->before;
    }
    return placed;
}

std::vector<NamedVisit> names_of(const std::vector<PressSheet>& press) {
    std::vector<NamedVisit> names;
    for (const PressSheet& one : press) names.push_back({one.at, one.which, true});
    return names;
}

void mark_observed(const Scenario& scenario, Model& model) {
    const std::pair<std::vector<NamedVisit>, const char*> lists[] = {
        {names_of(at_stations(scenario.observed, model.network, main_ways(model), !scenario.changes.empty())), "observed.at"},
        {names_of(scenario.press), "press.at"},
        {names_of(scenario.stays), "stays.at"}};
    for (Alternative& alternative : model.alternatives)
        for (const auto& [names, subject] : lists)
            for (const FoundVisit& found : found_on(alternative.main(), model.network, names, subject))
                if (found.visit) alternative.trains.front().visits[*found.visit].timing_point = true;
}

void add_observations(const Scenario& scenario, Model& model, Findings& findings) { ReportBuilder{scenario, model, findings}.add(); }

}  // namespace railwindow::building
