#include <railwindow/simulation/build_convoy.hpp>

#include <railwindow/core/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace railwindow::building {
namespace {

std::string key_of(const ConvoyTrainSheet& sheet, const char* key) { return fmt::format("convoy.trains.{}.{}", sheet.name.value, key); }

// Visits `first` to `last` of the main train; none where they are equal.
struct Part {
    std::size_t first = 0, last = 0;
};

// Where the main train first is in one of these countries, up to where it leaves them.
Part part_in(const std::vector<Name>& countries, const Network& network, const Itinerary& main) {
    if (countries.empty()) return {0, main.visits.size() - 1};
    const auto inside = [&](const Visit& visit) {
        const std::string& country = network.stations()[visit.station].country;
        return std::any_of(countries.begin(), countries.end(), [&](const Name& name) { return name.value == country; });
    };
    const auto first = std::find_if(main.visits.begin(), main.visits.end(), inside);
    if (first == main.visits.end()) return {};
    const auto behind = std::find_if_not(first, main.visits.end(), inside);
    return {static_cast<std::size_t>(first - main.visits.begin()), static_cast<std::size_t>(behind - main.visits.begin()) - 1};
}

bool changes_gauge(const Itinerary& main, const Part& part) {
    const std::vector<std::size_t>& changes = main.path.gauge_changes;
    return std::any_of(changes.begin(), changes.end(), [&](std::size_t step) { return step > part.first && step < part.last; });
}

// Every country is one of the loaded networks'.
void check_countries(const ConvoyTrainSheet& sheet, const Network& network) {
    std::set<std::string_view> known;
    for (const Station& station : network.stations()) known.insert(station.country);
    for (const Name& country : sheet.countries)
        if (!known.contains(country.value))
            fail(country.place, key_of(sheet, "countries"), fmt::format("no station of the loaded networks lies in '{}'", country.value),
                 suggestion(country.value, {known.begin(), known.end()}));
}

// The main train's file with what is different about this train.
TrainSheet train_of(const ConvoyTrainSheet& sheet, const TrainSheet& main) {
    TrainSheet train = main;
    if (sheet.light_locomotive && !train.dynamics.full_curves)
        fail(sheet.place, key_of(sheet, "light_locomotive"), "only the rung full_curves knows locomotives without cars",
             "choose it in the train's dynamics, or give the train `cars`");
    if (sheet.cars && sheet.cars->lowest() < 0.5 && !train.dynamics.full_curves)
        fail(sheet.place, key_of(sheet, "cars"), "there may be none, and only the rung full_curves knows what runs without them",
             "give it one car or more");
    if (sheet.cars) train.cars = {*sheet.cars, sheet.provenance};
    if (sheet.light_locomotive) train.cars = {Uncertain<double>{0.0}, sheet.provenance};
    return train;
}

}  // namespace

void add_convoy(Alternative& alternative, const Scenario& scenario, const Network& network, const ChosenJourney& chosen, const BuildOptions& options,
                BuildNotes& notes) {
    const std::vector<ConvoyTrainSheet>& sheets = scenario.convoy->trains;
    alternative.headway = to_millis(scenario.convoy->headway);
    notes.list_if_weak(Weight::details, file_name(scenario.file), "headway of the convoy", scenario.convoy->provenance,
                       DrawKey{"convoy-gap", "", ""});
    for (const ConvoyTrainSheet& sheet : sheets) {
        const Itinerary main = alternative.main();
        const Part part = part_in(sheet.countries, network, main);
        check_countries(sheet, network);
        if (sheet.light_locomotive && changes_gauge(main, part))
            fail(sheet.place, key_of(sheet, "light_locomotive"), "the gauge changes on its way, and a locomotive is not set on other wheels",
                 "give it the `countries` of one gauge, and each of them a pilot of its own");
        const ConvoyMember member{sheet, main, part.first, part.last, train_of(sheet, scenario.train)};
        if (part.first == part.last) {
            Itinerary none = main;
            none.name = sheet.name.value;
            none.visits.clear();
            alternative.trains.push_back(std::move(none));
            continue;
        }
        alternative.trains.push_back(ItineraryBuilder{scenario, network, chosen, options, notes, &member}.build());
        notes.list_if_weak(Weight::details, file_name(scenario.file), fmt::format("lead and cars of train {}", sheet.name.value), sheet.provenance);
        Visit& meeting = alternative.trains.front().visits[part.first];  // here it takes its place in the convoy
        meeting.must_stop = meeting.timing_point = true;
    }
    for (std::size_t i = 0; i < sheets.size(); ++i)
        if (sheets[i].ahead) alternative.convoy.push_back(i + 1);
    alternative.convoy.push_back(0);
    for (std::size_t i = 0; i < sheets.size(); ++i)
        if (sheets[i].behind) alternative.convoy.push_back(i + 1);
}

void require_every_train(const Model& model, const ConvoySheet& convoy, Findings& findings) {
    for (std::size_t i = 0; i < convoy.trains.size(); ++i) {
        const auto has_way = [&](const Alternative& alternative) { return !alternative.trains[i + 1].visits.empty(); };
        if (std::any_of(model.alternatives.begin(), model.alternatives.end(), has_way)) continue;
        findings.add({convoy.trains[i].place, key_of(convoy.trains[i], "countries"), "the way has no section in these countries",
                      "the route is " + summary(model.network, model.main().path), Severity::error});
    }
}

}  // namespace railwindow::building
