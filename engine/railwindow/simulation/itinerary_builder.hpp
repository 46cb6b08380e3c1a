#pragma once
// Inside of `build`: the steps from a scenario to one train's itinerary, in the order in which they are taken. build_itinerary.cpp
// finds the path and lays it out, build_working.cpp says how fast and by what each part is worked, build_stops.cpp what is done where
// the train stands, build_disruptions.cpp what may disturb it; build.cpp does so for every alternative and puts them together.

#include <railwindow/simulation/choices.hpp>
#include <railwindow/simulation/model.hpp>
#include <railwindow/simulation/route_request.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace railwindow::building {

inline constexpr const char* main_train = "main";

inline std::string file_name(const std::string& path) { return std::filesystem::path{path}.filename().string(); }

[[noreturn]] inline void fail(const Place& place, std::string subject, std::string what, std::string remedy) {
    throw InputError{Finding{place, std::move(subject), std::move(what), std::move(remedy), Severity::error}};
}

/// How much of a window's width an input commonly makes: long stands first, then speeds, then other stays, then the rest. Judgement.
enum class Weight { long_stands, speeds, stands, details };

/// What all itineraries of a model tell of: problems, what is weakly known, which calls found their station.
struct BuildNotes {
    Findings findings;
    std::vector<std::pair<Weight, WeakInput>> weak;
    std::vector<Finding> missed_calls;  ///< those of the latest itinerary that are not on its route
    std::vector<Facility> facilities;   ///< of the latest alternative
    std::vector<std::string> doubts;    ///< about ways: what hardly anybody means
    std::vector<Waiting> waits{};       ///< of all alternatives, each once

    /// Lists `what` of `file`, once, where it has a low confidence or where nobody says where it comes from.
    void list_if_weak(Weight weight, const std::string& file, const std::string& what, const Provenance& provenance, const UseOfNumber& use = {});
};

/// A station as a train's n-th visit of it: train, station, how many visits before.
using PointName = std::tuple<std::size_t, StationId, std::size_t>;
/// The names of all visits of train `train`.
std::vector<PointName> names_of_visits(const Itinerary& itinerary, std::size_t train);

/// A train of the convoy and the part of the main train's way that it runs.
struct ConvoyMember {
    const ConvoyTrainSheet& sheet;
    const Itinerary& main;
    std::size_t first, last;  ///< visits of the main train
    TrainSheet train;
};

/// What holds for the whole convoy is drawn by the main train's name, what is a train's own by its own: pace and technical stops are the
/// convoy's, cars, locomotives and stays each train's.
class ItineraryBuilder {
public:
    /// Of the main train, or of `member` of its convoy.
    ItineraryBuilder(const Scenario& scenario, const Network& network, const ChosenJourney& chosen, const BuildOptions& options, BuildNotes& notes,
                     const ConvoyMember* member = nullptr)
        : scenario_{scenario},
          network_{network},
          chosen_{chosen},
          options_{options},
          notes_{notes},
          member_{member},
          train_{member ? member->sheet.name.value : main_train},
          itinerary_{train_,
                     {},
                     {},
                     {},
                     member ? member->train : scenario.train,
                     {"cars", train_, ""},
                     {"car-mass", train_, ""},
                     {"resistance", main_train, ""},
                     {"journey-pace", main_train, ""},
                     {"departure", main_train, journey().from.one().value},
                     {},
                     {},
                     {},
                     {},
                     {},
                     {}} {}

    Itinerary build() {
        find_path();
        lay_out_visits();
        for (std::size_t i = 0; i < itinerary_.path.steps.size(); ++i) set_pace(i);
        for (std::size_t i = 0; i < itinerary_.path.steps.size(); ++i) set_traction(i);
        add_departure();
        if (!member_) add_calls();
        if (!member_) add_plans();
        if (!member_) add_receptions();
        add_long_stands();
        add_borders();
        for (const std::size_t i : itinerary_.path.gauge_changes) add_gauge_change(i);
        add_practice();
        for (const std::size_t i : itinerary_.path.reversals) add_reversal(i);
        add_locomotive_changes();
        add_hours();
        add_passages();
        add_hourly_paces();
        check_train();
        add_disruptions();
        mark_timing_points();
        add_train_to_weak_inputs();
        return std::move(itinerary_);
    }

private:
    const Network& network() const { return network_; }
    const JourneySheet& journey() const { return chosen_.journey; }
    const Station& station(StationId id) const { return network().stations()[id]; }
    // The corridor is the user's to choose: with `via` the best way that passes it, without it the only one.
    void find_path();
    void take_part_of_main();
    void require_gauge_change(const RouteRequest& asked, Path& path) const;
    void require_one_place(const RouteRequest& asked, const Path& path, std::size_t end) const;
    void doubt_way(const RouteRequest& asked);
    void require_only_way(const RouteRequest& asked) const;
    void lay_out_visits();
    const PracticeSheet& practice_of(const std::string& country);

    const std::string& country_of(const PathStep& step) const { return station(network().sections()[step.section].from).country; }
    void set_pace(std::size_t index);

    const DynamicsSheet& dynamics() const { return itinerary_.train.dynamics; }
    bool feels_gradients() const { return dynamics().full_curves || dynamics().power_and_mass; }

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
    void set_traction(std::size_t index);
    // Where the locomotives in front cannot go on, something has to be said of how long it takes to put others there.
    void add_locomotive_changes();
    bool can_go_on(std::size_t traction, std::size_t step) const;
    void add_locomotive_change(Visit& visit);
    // The kernel's own check, on the lightest and the heaviest train that can be drawn.
    void check_train();
    Instant instant(const Written<WrittenTime>& time, const TimeZone& zone, const char* subject);
    Departure departure(const WhenSheet& when, const TimeZone& zone, const char* subject);
    void add_departure();
    std::size_t add_activity(Visit& visit, std::string what, ActivityKind kind, Uncertain<Duration> takes, std::vector<std::size_t> after = {},
                             int cars_per_batch = 0);
    // The visits that names of the journey mean; names that may mean several are found wrong.
    std::vector<FoundVisit> visits_named(const std::vector<NamedVisit>& names, VisitRange allowed, const char* subject, bool keys) const;
    // What a locomotive waits for where the gauge is changed: the last step of that.
    static std::vector<std::size_t> after_gauge_change(const Visit& visit);
    void add_calls();
    void add_call(const CallSheet& call, Visit& visit);
    void require_after_departure(Instant bound, const Place& place, const char* subject) const;
    // build_plans.cpp
    void add_plans();
    void add_plan(const PlanSheet& plan, std::size_t visit);
    std::vector<std::size_t> holding_places(const PlanSheet& plan, std::size_t visit);
    void add_hours();
    // build_waits.cpp
    bool has_receptions(ReceptionPlace place, const std::optional<bool>& own, const std::string& country);
    void add_receptions();
    void add_reception(std::size_t visit);
    void add_long_stands();
    void add_long_stand(const LongStandSheet& sheet, const std::string& country, std::size_t first, std::size_t last);
    bool comes_along(const std::vector<Name>& lines, std::size_t visit) const;
    void take_long_stands_of_main();
    void add_passages();
    std::size_t wait_for(std::string what, bool voluntary);
    void add_hourly_paces();
    bool hold_for(const RunningHoursSheet& hours, std::size_t step) const;
    LocalHours at_station(const DailyHours& hours, StationId id) const;
    void miss(const Name& name, const char* subject, const std::string& where, std::string remedy);
    void add_borders();
    void add_gauge_change(std::size_t index);
    std::size_t facility_at(StationId station, int lifts);
    void add_practice();
    void add_practice_stop(const PracticeStopSheet& stop, const PracticeSheet& practice);
    void add_practice_stop(const PracticeStopSheet& stop, const PracticeSheet& practice, Visit& visit);
    void add_technical_stops(std::size_t index);
    void add_reversal(std::size_t index);
    void add_disruptions();
    void add_disrupted_parts(std::size_t stage);
    std::pair<Length, Length> extent(LineId line) const;
    double part_of_line(LineId line, const std::string& country) const;
    void note_disruptions(std::size_t step);
    void mark_timing_points();
    void add_train_to_weak_inputs();

    // Lists what is weakly known, once.
    void note(Weight weight, const std::string& file, const std::string& what, const Provenance& provenance, const UseOfNumber& use = {});

    const Scenario& scenario_;
    const Network& network_;
    const ChosenJourney& chosen_;
    const BuildOptions& options_;
    BuildNotes& notes_;
    const ConvoyMember* member_;  // nothing: the main train
    std::string train_;           // its name
    Itinerary itinerary_;
    std::vector<StationId> stations_;    // of the whole way, with those behind the last visit of a train that continues
    std::set<std::size_t> received_at_;  // visits of calls where hosts receive
    std::map<std::string, std::size_t> countries_;
    std::map<const TractionSheet*, std::size_t> tractions_;
};

}  // namespace railwindow::building
