#include <railwindow/simulation/choices.hpp>

#include <numeric>

namespace railwindow {
namespace {

// One thing that is left open: its options, how each changes the journey, and what it is called.
struct Option {
    ChoiceKind kind;
    double weight;
    std::string name;
    void (*apply)(ChosenJourney&, const Option&);
    const WeightedStation* station = nullptr;
    const CorridorSheet* corridor = nullptr;
    const PlanSheet* plan = nullptr;
    const RunningHoursSheet* hours = nullptr;
    const WeightedDeparture* departure = nullptr;
    bool holds = true;  // the plan or the hours; else they only stay to be checked
};

double total(const std::vector<Option>& options) {
    return std::accumulate(options.begin(), options.end(), 0.0, [](double sum, const Option& option) { return sum + option.weight; });
}

// Every journey of `journeys` with every one of `options`.
std::vector<ChosenJourney> combined(const std::vector<ChosenJourney>& journeys, const std::vector<Option>& options) {
    std::vector<ChosenJourney> result;
    for (const ChosenJourney& journey : journeys)
        for (const Option& option : options) {
            ChosenJourney chosen = journey;
            chosen.probability *= option.weight / total(options);
            option.apply(chosen, option);
            if (options.size() > 1) {
                chosen.name += (chosen.name.empty() ? "" : ", ") + option.name;
                chosen.chosen.push_back({option.kind, option.station ? option.station->station.value : option.name, option.name});
            }
            result.push_back(std::move(chosen));
        }
    return result;
}

std::vector<Option> stations(ChoiceKind kind, const StationChoice& choice, const std::string& word, void (*apply)(ChosenJourney&, const Option&)) {
    std::vector<Option> options;
    for (const WeightedStation& station : choice.options)
        options.push_back({kind, station.weight, word + ' ' + station.station.value, apply, &station});
    return options;
}

std::string name_of(const CorridorSheet& corridor) {
    if (!corridor.name.empty()) return corridor.name;
    std::string name;
    for (const Name& via : corridor.via) name += (name.empty() ? "via " : ", ") + via.value;
    for (const Name& avoided : corridor.avoid) name += (name.empty() ? "without " : ", without ") + avoided.value;
    return name;
}

void take(ChosenJourney& chosen, const Option& option) {
    chosen.journey.via = option.corridor->via;
    chosen.journey.avoid.insert(chosen.journey.avoid.end(), option.corridor->avoid.begin(), option.corridor->avoid.end());
    if (option.corridor->regauging) chosen.journey.regauging = option.corridor->regauging;
}

std::vector<Option> departures(const JourneySheet& journey) {
    std::vector<Option> options;
    for (const WeightedDeparture& departure : journey.departures) {
        options.push_back({ChoiceKind::departure, departure.weight, "leaving " + departure.name,
                           [](ChosenJourney& to, const Option& option) { to.journey.depart = option.departure->when; }});
        options.back().departure = &departure;
    }
    return options;
}

void work_to(ChosenJourney& chosen, const Option& option) {
    if (option.plan) chosen.journey.plans.push_back(*option.plan), chosen.journey.plans.back().weight = option.holds ? 1 : 0;
    if (option.hours) chosen.journey.hours.push_back(*option.hours), chosen.journey.hours.back().weight = option.holds ? 1 : 0;
}

// Worked to each plan or not, within all hours or not; what is certain is no choice.
std::vector<ChosenJourney> with_plans(std::vector<ChosenJourney> chosen, const JourneySheet& journey) {
    const auto add = [&](double weight, Option with, const std::string& without) {
        Option free = with;
        with.weight = weight;
        free.weight = 1 - weight;
        free.name = without;
        free.holds = false;
        std::vector<Option> options;
        if (weight > 0) options.push_back(with);
        if (weight < 1) options.push_back(free);
        chosen = combined(chosen, options);
    };
    for (ChosenJourney& one : chosen) one.journey.plans.clear(), one.journey.hours.clear();
    for (const PlanSheet& plan : journey.plans)
        add(plan.weight, {ChoiceKind::plan, 1, "to the plan for " + plan.at.value, work_to, nullptr, nullptr, &plan}, "no plan for " + plan.at.value);
    for (const RunningHoursSheet& hours : journey.hours) {
        const std::string when = hours.run ? hours_text(hours.run->value) : "outside " + hours_text(hours.not_run->value);
        add(hours.weight, {ChoiceKind::hours, 1, "only " + when, work_to, nullptr, nullptr, nullptr, &hours}, "not only " + when);
    }
    return chosen;
}

std::vector<ChosenJourney> with_regauging(const ChosenJourney& journey) {
    if (!journey.journey.regauging) return {journey};
    const StationChoice choice = *journey.journey.regauging;
    std::vector<Option> options = stations(ChoiceKind::regauging, choice, "regauging at", [](ChosenJourney& to, const Option& option) {
        to.journey.regauging = StationChoice{option.station->station};
        to.regauging = option.name;
    });
    for (Option& option : options)
        if (option.station->station.value == "prepared") option.name = "regauging prepared";
    auto chosen = combined({journey}, options);
    for (ChosenJourney& one : chosen) one.regauging_is_open = choice.options.size() > 1;
    return chosen;
}

}  // namespace

std::vector<ChosenJourney> choices_of(const JourneySheet& journey) {
    std::vector<ChosenJourney> chosen{{journey, 1.0, {}, {}, false}};
    chosen.front().journey.routes.clear();
    chosen.front().journey.departures.clear();
    chosen = combined(chosen, stations(ChoiceKind::origin, journey.from, "from",
                                       [](ChosenJourney& to, const Option& option) { to.journey.from = StationChoice{option.station->station}; }));
    chosen = combined(chosen, stations(ChoiceKind::destination, journey.to, "to",
                                       [](ChosenJourney& to, const Option& option) { to.journey.to = StationChoice{option.station->station}; }));
    if (!journey.departures.empty()) chosen = combined(chosen, departures(journey));
    std::vector<Option> corridors;
    for (const CorridorSheet& corridor : journey.routes)
        corridors.push_back({ChoiceKind::corridor, corridor.weight, name_of(corridor), take, nullptr, &corridor});
    if (!corridors.empty()) chosen = combined(chosen, corridors);
    chosen = with_plans(std::move(chosen), journey);
    std::vector<ChosenJourney> result;
    for (const ChosenJourney& one : chosen)
        for (ChosenJourney& regauged : with_regauging(one)) result.push_back(std::move(regauged));
    return result;
}

}  // namespace railwindow
