#include <railwindow/simulation/build_convoy.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow::building {
namespace {

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

// The main train's file with what is different about this train.
TrainSheet train_of(const ConvoyTrainSheet& sheet, const TrainSheet& main) {
    TrainSheet train = main;
    if (sheet.light_locomotive && !train.dynamics.full_curves)
        fail(sheet.place, "convoy." + sheet.name.value + ".light_locomotive", "only the rung full_curves knows locomotives without cars",
             "choose it in the train's dynamics, or give the train `cars`");
    if (sheet.cars) train.cars = {*sheet.cars, sheet.provenance};
    if (sheet.light_locomotive) train.cars = {Uncertain<double>{0.0}, sheet.provenance};
    return train;
}

}  // namespace

void add_convoy(Alternative& alternative, const Scenario& scenario, const Network& network, const ChosenJourney& chosen, const BuildOptions& options,
                BuildNotes& notes) {
    const std::vector<ConvoyTrainSheet>& sheets = scenario.convoy->trains;
    alternative.headway = to_millis(scenario.convoy->headway);
    for (const ConvoyTrainSheet& sheet : sheets) {
        const Itinerary main = alternative.main();
        const Part part = part_in(sheet.countries, network, main);
        const ConvoyMember member{sheet, main, part.first, part.last, train_of(sheet, scenario.train)};
        if (part.first == part.last) {
            Itinerary none = main;
            none.name = sheet.name.value;
            none.visits.clear();
            alternative.trains.push_back(std::move(none));
            continue;
        }
        alternative.trains.push_back(ItineraryBuilder{scenario, network, chosen, options, notes, &member}.build());
        if (sheet.provenance.confidence == Confidence::low)
            notes.weak.push_back(
                {Weight::details, {file_name(scenario.file) + ": lead of train " + sheet.name.value, sheet.provenance.source, Confidence::low}});
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
        findings.add({convoy.trains[i].place, "convoy." + convoy.trains[i].name.value + ".countries", "the way has no section in these countries",
                      "the route is " + summary(model.network, model.main().path), Severity::error});
    }
}

}  // namespace railwindow::building
