#include <railwindow/core/text.hpp>
#include <railwindow/simulation/model.hpp>
#include <railwindow/simulation/route_request.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

namespace railwindow {
namespace {

constexpr const char* main_train = "main";

std::string file_name(const std::string& path) { return std::filesystem::path{path}.filename().string(); }

[[noreturn]] void fail(const Place& place, std::string subject, std::string what, std::string remedy) {
    throw InputError{Finding{place, std::move(subject), std::move(what), std::move(remedy), Severity::error}};
}

ActivityKind kind_of(const std::string& activity) {
    if (activity == "locomotive change") return ActivityKind::locomotive_change;
    return ActivityKind::other;
}

class ModelBuilder {
public:
    ModelBuilder(const Scenario& scenario, const BuildOptions& options)
        : scenario_{scenario},
          options_{options},
          model_{scenario.name,
                 scenario.question,
                 scenario.file,
                 scenario.notes,
                 Network{scenario.networks},
                 {},
                 {},
                 {},
                 scenario.train,
                 {"cars", main_train, ""},
                 {"car-mass", main_train, ""},
                 {"resistance", main_train, ""},
                 {"journey-pace", main_train, ""},
                 {"departure", main_train, scenario.journey.from.value},
                 {},
                 {},
                 {},
                 {},
                 {},
                 {},
                 {},
                 {}} {}

    Model build() {
        find_path();
        lay_out_visits();
        for (std::size_t i = 0; i < model_.path.steps.size(); ++i) set_pace(i);
        for (std::size_t i = 0; i < model_.path.steps.size(); ++i) set_traction(i);
        add_departure();
        add_calls();
        add_borders();
        for (const std::size_t i : model_.path.gauge_changes) add_gauge_change(i);
        add_practice();
        for (const std::size_t i : model_.path.reversals) add_reversal(i);
        add_locomotive_changes();
        check_train();
        mark_timing_points();
        add_claims();
        add_train_to_weak_inputs();
        list_weak_inputs();
        findings_.throw_if_errors();
        return std::move(model_);
    }

private:
    const Network& network() const { return model_.network; }
    const Station& station(StationId id) const { return network().stations()[id]; }

    // The corridor is the user's to choose: with `via` the best way that passes it, without it the only one.
    void find_path() {
        const RouteRequest asked = route_request(network(), scenario_);
        const auto best = best_path(network(), asked);
        if (!best) throw Infeasible{why_no_path(network(), asked)};
        if (asked.via.empty()) require_only_way(asked);
        model_.path = *best;
        if (asked.regauging && model_.path.gauge_changes.empty())
            fail(scenario_.journey.regauging->place, "journey.regauging",
                 "the train stays on one gauge all the way: " + summary(network(), model_.path), "leave out regauging");
        const auto places = other_gauge_change_places(network(), asked, model_.path);
        if (!places.empty() && !scenario_.journey.regauging) {
            std::string names = station(station_at(network(), model_.path, model_.path.gauge_changes.front())).id;
            for (const StationId place : places) names += " or " + station(place).id;
            fail(scenario_.journey.from.place, "journey.regauging", "the gauge can be changed at more than one place on this route: " + names,
                 "name one, as `regauging: tumangang`, or write `regauging: prepared`");
        }
    }

    void require_only_way(const RouteRequest& asked) const {
        const std::vector<Path> ways =
            alternative_paths(network(), asked, {.count = 8, .longest = 1.5});  // a way that takes half as long again is no rival; judgement
        if (ways.size() < 2) return;
        fail(scenario_.journey.to.place, "journey.via",
             fmt::format("the loaded networks hold {} ways from {} to {}, and a corridor is chosen, not computed; name one by a station on it, as "
                         "`via: [ussuriysk]`:{}",
                         ways.size(), station(asked.from).name, station(asked.to).name, listed_ways(network(), ways)),
             {});
    }

    void lay_out_visits() {
        std::vector<Length> waves;
        for (const PathStep& step : model_.path.steps) {
            const PracticeSheet& practice = practice_of(country_of(step));
            waves.push_back(feels_gradients() && practice.gradient_prior ? practice.gradient_prior->wave : 0 * m);
        }
        model_.stages = stages_of(network(), model_.path, waves);
        model_.visits.push_back({station_at(network(), model_.path, 0), 0 * m, 0, CourseOffset{}, true, true, {}, {}});
        Length distance{};
        for (std::size_t stage = 0; stage < model_.stages.size(); ++stage) {
            const Stage& run = model_.stages[stage];
            for (std::size_t i = run.first; i < run.last; ++i) {
                distance += network().sections()[model_.path.steps[i].section].length;
                const bool end_of_stage = i + 1 == run.last;
                model_.visits.push_back(
                    {station_at(network(), model_.path, i + 1), distance, stage, run.begins[i + 1 - run.first], end_of_stage, false, {}, {}});
            }
        }
    }

    const PracticeSheet& practice_of(const std::string& country) {
        const auto found =
            std::find_if(scenario_.practice.begin(), scenario_.practice.end(), [&](const PracticeSheet& p) { return p.country.value == country; });
        if (found == scenario_.practice.end())
            fail(scenario_.journey.from.place, "practice", fmt::format("the route runs through {} and no practice file for it is named", country),
                 "add its file to `practice`, such as ../networks/practice/dprk.yaml");
        return *found;
    }

    const std::string& country_of(const PathStep& step) const { return station(network().sections()[step.section].from).country; }

    void set_pace(std::size_t index) {
        const Section& section = network().sections()[model_.path.steps[index].section];
        const Line& line = network().lines()[section.line];
        const std::string& country = country_of(model_.path.steps[index]);
        const PracticeSheet& practice = practice_of(country);
        const Sourced<Uncertain<Speed>>& speed = practice.operating_speed ? *practice.operating_speed : section.operating_speed;

        const auto [known, fresh] = countries_.try_emplace(country, model_.countries.size());
        const Uncertain<double> as_written{1.0};
        if (fresh)
            model_.countries.push_back({{"operating-speed", main_train, country},
                                        practice.track_resistance ? practice.track_resistance->value : as_written,
                                        {"track-resistance", "", country}});
        model_.speed_laws.push_back({speed.value, known->second});
        const std::string place = fmt::format("{}:{}:{}", line.id, station(section.from).id, station(section.to).id);
        model_.paces.push_back({model_.speed_laws.size() - 1, practice.section_noise.value, DrawKey{"section-pace", main_train, place}, 0,
                                practice.gradient_prior ? practice.gradient_prior->intensity : Uncertain<double>{0.0},
                                DrawKey{"gradient", "", place}});

        const auto sourced = [&](const Provenance& own) { return practice.operating_speed ? inherit(own, practice.provenance) : own; };
        note(Weight::speeds, practice.operating_speed ? file_name(practice.file) : file_name(line.file),
             practice.operating_speed ? "operating speed" : fmt::format("operating speed of the {}", line.name), sourced(speed.provenance));
        note(Weight::details, file_name(line.file), fmt::format("limits of the {}", line.name), section.limit.provenance);
        note(Weight::details, file_name(line.file), fmt::format("kilometres of the {}", line.name), section.provenance);
        if (feels_gradients()) {
            for (const StationId end : {section.from, section.to}) {
                const Station& stop = station(end);
                if (!stop.elevation)
                    note(Weight::details, file_name(line.file),
                         fmt::format("height of {}: not known, the track beside it is taken as level", stop.name),
                         {"no height is given", Confidence::low});
                else
                    note(Weight::details, file_name(line.file), fmt::format("heights of stations of the {}", line.name),
                         inherit(stop.elevation->provenance, stop.provenance));
            }
            if (section.ruling_gradient)
                note(Weight::details, file_name(line.file), fmt::format("ruling gradients of the {}", line.name),
                     inherit(section.ruling_gradient->provenance, section.provenance));
            if (practice.track_resistance)
                note(Weight::details, file_name(practice.file), "resistance of the track",
                     inherit(practice.track_resistance->provenance, practice.provenance));
        }
        note(Weight::details, file_name(practice.file), "speed noise of sections", inherit(practice.section_noise.provenance, practice.provenance));
    }

    bool feels_gradients() const { return scenario_.train.dynamics.full_curves || scenario_.train.dynamics.power_and_mass; }

    // The rule of the section's line, or the country's rule for all others.
    template <class Rule>
    static const Rule* rule_for(const std::vector<Rule>& rules, const std::string& line) {
        const Rule* general = nullptr;
        for (const Rule& rule : rules) {
            if (std::any_of(rule.lines.begin(), rule.lines.end(), [&](const Name& name) { return name.value == line; })) return &rule;
            if (rule.lines.empty() && !general) general = &rule;
        }
        return general;
    }

    void set_traction(std::size_t index) {
        if (!scenario_.train.dynamics.full_curves) {
            if (model_.tractions.empty())
                model_.tractions.push_back({"", {}, DrawKey{"locomotives", main_train, ""}, DrawKey{"traction-power", main_train, ""}});
            return;
        }
        const Section& section = network().sections()[model_.path.steps[index].section];
        const std::string& line = network().lines()[section.line].id;
        const PracticeSheet& practice = practice_of(country_of(model_.path.steps[index]));
        const auto fits = [&](const TractionSheet& rule) {
            const bool named = std::any_of(rule.lines.begin(), rule.lines.end(), [&](const Name& name) { return name.value == line; });
            return (rule.lines.empty() || named) && (!rule.wire || rule.wire == section.electrification);
        };
        const auto found = std::find_if(practice.traction.begin(), practice.traction.end(), fits);
        const TractionSheet* rule = found == practice.traction.end() ? nullptr : &*found;
        if (!rule)
            fail(practice.country.place, "traction",
                 fmt::format("{} does not say what pulls the train on line '{}', which full_curves needs", file_name(practice.file), line),
                 "give it a `traction`, or choose another rung in the train's dynamics");
        const auto [known, fresh] = tractions_.try_emplace(rule, model_.tractions.size());
        if (fresh) model_.tractions.push_back(traction_of(*rule, practice.country.value, scenario_.rolling_stock, main_train));
        model_.paces[index].traction = known->second;
        const Traction& traction = model_.tractions[known->second];
        for (const LocomotiveChoice& choice : traction.choices)
            if (!can_run(choice, section.electrification))
                fail(rule->locomotives.front().units.front().place, "traction",
                     fmt::format("{} cannot run from {} to {}, which has another wire or none", choice.name, station(section.from).name,
                                 station(section.to).name),
                     "give this line a rule of its own in `traction`");
        note(Weight::details, file_name(practice.file), fmt::format("locomotives ({})", traction.name),
             inherit(rule->provenance, practice.provenance));
        if (practice.gradient_prior && section.gradients.empty())
            note(Weight::details, file_name(practice.file), "gradients between stations",
                 inherit(practice.gradient_prior->provenance, practice.provenance));
    }

    // Where the locomotives in front cannot go on, something has to be said of how long it takes to put others there.
    void add_locomotive_changes() {
        std::set<std::size_t> in_front{model_.paces.front().traction};
        for (std::size_t i = 1; i < model_.path.steps.size(); ++i) {
            const std::size_t next = model_.paces[i].traction;
            Visit& visit = model_.visits[i];
            const auto change = std::find_if(visit.activities.begin(), visit.activities.end(),
                                             [](const Activity& a) { return a.kind == ActivityKind::locomotive_change; });
            const bool always = change != visit.activities.end() && change->takes.lowest() > 0 * s;
            std::set<std::size_t> staying;
            for (const std::size_t traction : in_front)
                if (!always && can_go_on(traction, i)) staying.insert(traction);
            const bool some_must_go = staying.size() < in_front.size();
            if (some_must_go && change == visit.activities.end() && in_front != std::set<std::size_t>{next}) add_locomotive_change(visit);
            if (some_must_go || change != visit.activities.end()) staying.insert(next);
            in_front = std::move(staying);
        }
    }

    bool can_go_on(std::size_t traction, std::size_t step) const {
        const Section& section = network().sections()[model_.path.steps[step].section];
        const std::vector<LocomotiveChoice>& choices = model_.tractions[traction].choices;
        return std::all_of(choices.begin(), choices.end(), [&](const LocomotiveChoice& choice) { return can_run(choice, section.electrification); });
    }

    void add_locomotive_change(Visit& visit) {
        const PracticeSheet& practice = practice_of(station(visit.station).country);
        if (!practice.locomotive_change)
            fail(practice.country.place, "locomotive_change",
                 fmt::format("other locomotives take over at {} and {} does not say how long that takes", station(visit.station).name,
                             file_name(practice.file)),
                 "give it a `locomotive_change`, or a stop there");
        std::vector<std::size_t> after;
        for (std::size_t i = 0; i < visit.activities.size(); ++i)
            if (visit.activities[i].kind == ActivityKind::gauge_change) after = {i};
        add_activity(visit, "locomotive change", ActivityKind::locomotive_change, practice.locomotive_change->value, std::move(after));
        note(Weight::stands, file_name(practice.file), "time for a change of locomotive",
             inherit(practice.locomotive_change->provenance, practice.provenance));
    }

    // The kernel's own check, on the lightest and the heaviest train that can be drawn.
    void check_train() {
        const auto lowest = [](const auto& law) { return law.quantile(1e-6); };
        const auto highest = [](const auto& law) { return law.quantile(1 - 1e-6); };
        const TrainSheet& train = model_.train;
        for (const Traction& traction : model_.tractions) {
            const LocomotiveChoice none{};
            for (std::size_t i = 0; i < std::max<std::size_t>(1, traction.choices.size()); ++i) {
                const LocomotiveChoice* locomotives = traction.choices.empty() ? &none : &traction.choices[i];
                for (const auto& [cars, mass] : {std::pair{lowest(train.cars.value), lowest(train.car.mass.value)},
                                                 std::pair{highest(train.cars.value), highest(train.car.mass.value)}}) {
                    const Consist consist = consist_of(train, whole_cars(cars), mass, locomotives);
                    check(consist);
                    for (const Stage& stage : model_.stages) check(stage.course, consist);
                    model_.rung = rung_name(consist);
                }
            }
        }
    }

    Instant instant(const Written<WrittenTime>& time, const TimeZone& zone) {
        const auto found = instant_of(time.value, zone);
        if (const auto* error = std::get_if<TimeError>(&found)) fail(time.place, "journey.depart", error->what, error->remedy);
        return std::get<Instant>(found);
    }

    void add_departure() {
        const WhenSheet& when = scenario_.journey.depart;
        const TimeZone& zone = station(model_.visits.front().station).zone;
        if (when.between) {
            const Instant earliest = instant((*when.between)[0], zone), latest = instant((*when.between)[1], zone);
            if (latest < earliest)
                fail((*when.between)[1].place, "journey.depart.between", "the latest time comes before the earliest", "write [earliest, latest]");
            model_.departure = DepartBetween{earliest, latest};
        } else if (when.spread) {
            model_.departure = DepartWithin{instant(*when.at, zone), to_millis(*when.spread)};
        } else {
            model_.departure = DepartAt{instant(*when.at, zone)};
        }
    }

    std::size_t add_activity(Visit& visit, std::string what, ActivityKind kind, Uncertain<Duration> takes, std::vector<std::size_t> after = {},
                             int cars_per_batch = 0) {
        const auto pass = static_cast<std::uint64_t>(
            std::count_if(model_.visits.data(), &visit, [&](const Visit& before) { return before.station == visit.station; }));
        const DrawKey first{what, main_train, station(visit.station).id};
        const DrawKey key = pass == 0 ? first : first.at(pass);
        visit.activities.push_back({std::move(what), kind, std::move(takes), key, cars_per_batch, std::move(after)});
        return visit.activities.size() - 1;
    }

    Visit* first_visit(StationId id) {
        const auto found = std::find_if(model_.visits.begin(), model_.visits.end(), [&](const Visit& visit) { return visit.station == id; });
        return found == model_.visits.end() ? nullptr : &*found;
    }

    void add_calls() {
        for (const CallSheet& call : scenario_.journey.calls) {
            const StationId id = network().station(call.at, "journey.calls");
            Visit* visit = first_visit(id);
            if (!visit || visit == &model_.visits.front() || visit == &model_.visits.back()) {
                findings_.add({call.at.place, "journey.calls", fmt::format("'{}' is {} this route", call.at.value, visit ? "an end of" : "not on"),
                               visit ? "a call lies between origin and destination" : "the route is " + summary(network(), model_.path),
                               Severity::error});
                continue;
            }
            add_activity(*visit, call.why.empty() ? "call" : call.why, ActivityKind::call, call.dwell);
            visit->must_stop = visit->timing_point = true;
        }
    }

    void add_borders() {
        for (std::size_t i = 0; i + 1 < model_.visits.size(); ++i) {
            const Border* border = network().border_between(model_.visits[i].station, model_.visits[i + 1].station);
            if (!border) continue;
            for (const std::size_t side : {i, i + 1}) {
                model_.visits[side].timing_point = true;
                for (const auto& [at, law] : border->formalities) {
                    if (at != model_.visits[side].station || side == 0 || side + 1 == model_.visits.size()) continue;
                    add_activity(model_.visits[side], "formalities", ActivityKind::formalities, law.value);
                    note(Weight::stands, file_name(border->file), fmt::format("formalities at {}", station(at).name), law.provenance);
                }
            }
        }
    }

    void add_gauge_change(std::size_t index) {
        Visit& visit = model_.visits[index];
        visit.timing_point = visit.must_stop = true;
        if (scenario_.journey.regauging && scenario_.journey.regauging->value == "prepared") return;
        const GaugeChange& change = *network().gauge_change_at(visit.station);
        const std::size_t set_up = add_activity(visit, "gauge change: set-up", ActivityKind::gauge_change, change.works.set_up);
        const std::size_t exchange = add_activity(visit, "gauge change: " + change.works.method, ActivityKind::gauge_change, change.works.batch,
                                                  {set_up}, change.works.cars_per_batch);
        add_activity(visit, "gauge change: brake test", ActivityKind::gauge_change, change.works.brake_test, {exchange});
        note(Weight::long_stands, file_name(change.file),
             fmt::format("times and cars per batch of the gauge change at {}", station(visit.station).name), change.works.provenance);
    }

    void add_practice() {
        std::set<std::string> countries;
        for (const Visit& visit : model_.visits) countries.insert(station(visit.station).country);
        for (const std::string& country : countries)
            for (const PracticeStopSheet& stop : practice_of(country).stops) add_practice_stop(stop, practice_of(country));
        for (std::size_t i = 0; i < model_.path.steps.size(); ++i) add_technical_stops(i);
    }

    void add_practice_stop(const PracticeStopSheet& stop, const PracticeSheet& practice) {
        const auto id = network().find_station(stop.at.value);  // a practice file covers more than one scenario loads
        for (std::size_t i = 1; id && i + 1 < model_.visits.size(); ++i)
            if (model_.visits[i].station == *id) add_practice_stop(stop, practice, model_.visits[i]);
    }

    void add_practice_stop(const PracticeStopSheet& stop, const PracticeSheet& practice, Visit& visit_here) {
        Visit* visit = &visit_here;
        std::vector<std::size_t> after;  // the locomotive comes when the gauge change is done
        for (std::size_t i = 0; i < visit->activities.size(); ++i)
            if (visit->activities[i].kind == ActivityKind::gauge_change && kind_of(stop.activity) == ActivityKind::locomotive_change) after = {i};
        add_activity(*visit, stop.activity, kind_of(stop.activity), stop.takes, std::move(after));
        note(Weight::stands, file_name(practice.file), fmt::format("{} at {}", stop.activity, station(visit->station).name),
             inherit(stop.provenance, practice.provenance));
    }

    void add_technical_stops(std::size_t index) {
        const Section& section = network().sections()[model_.path.steps[index].section];
        const std::string& line = network().lines()[section.line].id;
        const PracticeSheet& practice = practice_of(country_of(model_.path.steps[index]));
        const TechnicalStopSheet* rule = rule_for(practice.technical_stops, line);
        if (!rule) return;
        const bool last = index + 2 == model_.visits.size();  // the journey ends there: what falls on the last section is done before it
        if (last && index == 0) return;                       // no station between to halt at
        model_.visits[last ? index : index + 1].technical.push_back(
            {section.begin, section.begin + section.length, rule->every, rule->jitter, rule->dwell, DrawKey{"technical-stop-phase", main_train, line},
             DrawKey{"technical-stop-place", main_train, line}, DrawKey{"technical-stop-dwell", main_train, line}});
        note(Weight::long_stands, file_name(practice.file), "spacing and length of technical stops", inherit(rule->provenance, practice.provenance));
    }

    void add_reversal(std::size_t index) {
        Visit& visit = model_.visits[index];
        const PracticeSheet& practice = practice_of(station(visit.station).country);
        if (!practice.reversal)
            fail(practice.country.place, "reversal",
                 fmt::format("the train reverses at {} and the practice of {} does not say how long that takes", station(visit.station).name,
                             practice.country.value),
                 "give it a `reversal`");
        add_activity(visit, "reversal", ActivityKind::reversal, practice.reversal->value);
        visit.timing_point = true;
        const Provenance& possible = station(visit.station).reversal->provenance;
        note(Weight::stands, file_name(practice.file), "time for a reversal", inherit(practice.reversal->provenance, practice.provenance));
        note(Weight::details, "networks", fmt::format("that trains can reverse at {}", station(visit.station).name), possible);
    }

    void mark_timing_points() {
        for (const Name& via : scenario_.journey.via)
            if (Visit* visit = first_visit(network().station(via, "journey.via"))) visit->timing_point = true;
        for (std::size_t i = 1; i + 1 < model_.visits.size(); ++i) {
            Visit& visit = model_.visits[i];
            const bool junction =
                network().sections()[model_.path.steps[i - 1].section].line != network().sections()[model_.path.steps[i].section].line;
            if (junction || options_.timing_points == TimingPoints::all) visit.timing_point = true;
        }
        model_.visits.back().timing_point = model_.visits.back().must_stop = true;
    }

    void add_claims() {
        for (const ClaimSheet& claim : scenario_.claims) {
            const Visit* from = first_visit(network().station(claim.from, "claims.from"));
            const Visit* to = first_visit(network().station(claim.to, "claims.to"));
            if (!from || !to || to <= from) {
                findings_.add({claim.from.place, "claims",
                               fmt::format("'{}': the route does not run from {} to {}", claim.says, claim.from.value, claim.to.value),
                               "the route is " + summary(network(), model_.path), Severity::error});
                continue;
            }
            const auto index = [&](const Visit* visit) { return static_cast<std::size_t>(visit - model_.visits.data()); };
            model_.visits[index(from)].timing_point = model_.visits[index(to)].timing_point = true;
            model_.claims.push_back({claim.says, claim.source, index(from), index(to), claim.at_least, claim.at_most});
        }
    }

    void add_train_to_weak_inputs() {
        const TrainSheet& train = model_.train;
        const auto from_train = [&](Weight weight, const char* what, const Provenance& own) {
            note(weight, file_name(train.file), what, inherit(own, train.provenance));
        };
        from_train(Weight::stands, "number of cars", train.cars.provenance);
        from_train(Weight::speeds, "pace of one journey", train.journey_pace.provenance);
        if (feels_gradients()) from_train(Weight::details, "mass of a car", inherit(train.car.mass.provenance, train.car.provenance));
        from_train(Weight::details, "braking", train.service_deceleration.provenance);
        from_train(Weight::details, "build-up time of the brakes", train.brake_build_up.provenance);
    }

    // How much of a window's width an input commonly makes: long stands first, then speeds, then other stays, then the rest. Judgement.
    enum class Weight { long_stands, speeds, stands, details };

    // Lists what is weakly known, once.
    void note(Weight weight, const std::string& file, const std::string& what, const Provenance& provenance) {
        if (provenance.confidence != Confidence::low) return;
        const std::string full = file + ": " + what;
        const bool listed = std::any_of(weak_.begin(), weak_.end(), [&](const auto& weak) { return weak.second.what == full; });
        if (!listed) weak_.push_back({weight, {full, provenance.source, Confidence::low}});
    }

    void list_weak_inputs() {
        std::stable_sort(weak_.begin(), weak_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (const auto& weak : weak_) model_.weak_inputs.push_back(weak.second);
    }

    const Scenario& scenario_;
    const BuildOptions& options_;
    Model model_;
    Findings findings_;
    std::map<std::string, std::size_t> countries_;
    std::map<const TractionSheet*, std::size_t> tractions_;
    std::vector<std::pair<Weight, WeakInput>> weak_;
};

}  // namespace

Model build(const Scenario& scenario, const BuildOptions& options) { return ModelBuilder{scenario, options}.build(); }

}  // namespace railwindow
