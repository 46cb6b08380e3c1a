#include <railwindow/simulation/itinerary_builder.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow::building {
namespace {

constexpr std::size_t most_waits = 64;  // each run keeps which of them it had, one bit for each

template <class Weighted>
void to_shares_up_to(std::vector<Weighted>& all) {
    double sum = 0;
    for (Weighted& one : all) one.second = sum += one.second;
    for (Weighted& one : all) one.second /= sum;
}

}  // namespace

std::size_t ItineraryBuilder::wait_for(std::string what, bool voluntary) {
    std::vector<Waiting>& waits = notes_.waits;
    const auto known = std::find_if(waits.begin(), waits.end(), [&](const Waiting& one) { return one.what == what; });
    if (known != waits.end()) return static_cast<std::size_t>(known - waits.begin());
    if (waits.size() == most_waits)
        fail(journey().from.one().place, "journey.calls", fmt::format("there are more than {} things to wait for", most_waits),
             "write `reception: false` at some of the calls");
    waits.push_back({std::move(what), voluntary});
    return waits.size() - 1;
}

bool ItineraryBuilder::has_receptions(ReceptionPlace place, const std::optional<bool>& own, const std::string& country) {
    if (scenario_.record != Record::special_train || own == false) return false;
    const std::optional<ReceptionsSheet>& receptions = practice_of(country).receptions;
    return receptions && (own == true || std::count(receptions->at.begin(), receptions->at.end(), place) > 0);
}

// A plan for the place says more than the law does: it stands instead.
void ItineraryBuilder::add_receptions() {
    const auto planned = [&](std::size_t visit) {
        return std::any_of(journey().plans.begin(), journey().plans.end(),
                           [&](const PlanSheet& plan) { return plan.at.value == station(itinerary_.visits[visit].station).id; });
    };
    const std::size_t last = itinerary_.visits.size() - 1;
    const bool ends = !itinerary_.continues_to;
    if (ends && has_receptions(ReceptionPlace::destination, journey().reception, station(itinerary_.visits[last].station).country))
        received_at_.insert(last);
    for (const std::size_t visit : received_at_)
        if (!planned(visit)) add_reception(visit);
}

void ItineraryBuilder::add_reception(std::size_t visit) {
    const Station& place = station(itinerary_.visits[visit].station);
    const PracticeSheet& practice = practice_of(place.country);
    const ReceptionsSheet& sheet = *practice.receptions;
    const auto here = [&](const Written<DailyHours>& hours) { return at_station(hours.value, itinerary_.visits[visit].station); };
    const auto key = [&](const char* purpose) { return DrawKey{purpose, main_train, place.id}; };
    Reception reception{here(sheet.hours),
                        sheet.probability,
                        {},
                        key("reception"),
                        key("reception-window"),
                        key("reception-minute"),
                        wait_for("reception at " + place.name, true)};
    for (const ReceptionWindowSheet& window : sheet.windows) reception.windows.emplace_back(here(window.between), window.weight);
    to_shares_up_to(reception.windows);
    std::vector<std::size_t> hold_at;
    for (const Name& name : sheet.hold_at)  // a practice file covers more than one scenario loads
        if (const auto id = network().find_station(name.value))
            for (std::size_t i = 1; i < visit; ++i)
                if (itinerary_.visits[i].station == *id && itinerary_.visits[visit].distance - itinerary_.visits[i].distance <= sheet.hold_within)
                    hold_at.push_back(i);
    std::sort(hold_at.begin(), hold_at.end());
    note(Weight::long_stands, file_name(practice.file), "hours of receptions", inherit(sheet.provenance, practice.provenance), key("reception"));
    itinerary_.visits[visit].timing_point = true;
    itinerary_.plans.push_back({visit,
                                DepartAt{},
                                {},
                                std::move(hold_at),
                                "for its reception at " + place.name,
                                key("planned-arrival"),
                                key("plan-behind-announcement"),
                                std::move(reception)});
}

// For each country in turn the first of its rules that fits the way through it.
void ItineraryBuilder::add_long_stands() {
    if (scenario_.record != Record::special_train) return;
    if (member_) return take_long_stands_of_main();
    const std::vector<Visit>& visits = itinerary_.visits;
    const auto country_at = [&](std::size_t visit) -> const std::string& { return station(visits[visit].station).country; };
    for (std::size_t first = 0, next = 0; first < visits.size(); first = next) {
        while (next < visits.size() && country_at(next) == country_at(first)) ++next;
        if (first == 0 && next == visits.size()) return;  // it never leaves the country
        const JourneyWay heading = next < visits.size() ? JourneyWay::outward : JourneyWay::homeward;
        const auto fits = [&](const LongStandSheet& sheet) {
            bool there = sheet.lines.empty();
            for (std::size_t visit = first + 1; visit < next; ++visit) there |= comes_along(sheet.lines, visit);
            return there && sheet.journey == heading;
        };
        const std::vector<LongStandSheet>& sheets = practice_of(country_at(first)).long_stands;
        const auto sheet = std::find_if(sheets.begin(), sheets.end(), fits);
        if (sheet != sheets.end()) add_long_stand(*sheet, country_at(first), first, next - 1);
    }
}

// Whether the train comes to a visit along one of the lines.
bool ItineraryBuilder::comes_along(const std::vector<Name>& lines, std::size_t visit) const {
    const std::string& line = network().lines()[network().sections()[itinerary_.path.steps[visit - 1].section].line].id;
    return std::any_of(lines.begin(), lines.end(), [&](const Name& name) { return name.value == line; });
}

// From the visit `first` in the country to its `last`: each station with the weight of the way to it from the one before, as far as it is clear of
// the border.
void ItineraryBuilder::add_long_stand(const LongStandSheet& sheet, const std::string& country, std::size_t first, std::size_t last) {
    const std::vector<Visit>& visits = itinerary_.visits;
    const Length border = visits[sheet.journey == JourneyWay::outward ? last : first].distance;
    std::vector<std::pair<std::size_t, double>> places;
    for (std::size_t visit = first + 1; visit <= last && visit + 1 < visits.size(); ++visit) {
        const Length away = std::max(border - visits[visit].distance, visits[visit].distance - border);
        if (away >= sheet.clear_of_border && (sheet.lines.empty() || comes_along(sheet.lines, visit)))
            places.emplace_back(visit, (visits[visit].distance - visits[visit - 1].distance) / km);
    }
    double way = 0;
    for (const auto& [visit, length] : places) way += length;
    const double probability = sheet.probability * std::min(1.0, way * km / sheet.along);
    if (places.empty() || probability <= 0) return;
    to_shares_up_to(places);
    const PracticeSheet& practice = practice_of(country);
    const StationId clock = visits[places.front().first].station;
    std::optional<std::pair<LocalHours, LocalHours>> night;
    if (sheet.at_night) night.emplace(at_station(sheet.at_night->value, clock), at_station(sheet.until->value, clock));
    const auto key = [&](const char* purpose) { return DrawKey{purpose, main_train, country}; };
    const std::string what = "long stand in " + country;
    itinerary_.long_stands.push_back({probability, std::move(places), sheet.takes, std::move(night), key("long-stand"), key("long-stand-place"),
                                      key("long-stand-length"), key("long-stand-morning"), what, wait_for(what, true)});
    note(Weight::long_stands, file_name(practice.file), "probability and length of long stands", inherit(sheet.provenance, practice.provenance),
         key("long-stand"));
}

// The convoy stands together: where a train of it does not come to the place, it does not stand.
void ItineraryBuilder::take_long_stands_of_main() {
    itinerary_.long_stands = member_->main.long_stands;
    for (LongStand& stand : itinerary_.long_stands)
        for (auto& [visit, up_to] : stand.places)
            visit = visit > member_->first && visit - member_->first + 1 < itinerary_.visits.size() ? visit - member_->first : 0;
}

void ItineraryBuilder::add_passages() {
    if (scenario_.record != Record::special_train) return;
    for (std::size_t step = 0; step < itinerary_.path.steps.size(); ++step) {
        Visit& visit = itinerary_.visits[step];
        const Station& place = station(visit.station);
        const std::string& line = network().lines()[network().sections()[itinerary_.path.steps[step].section].line].id;
        const PracticeSheet& practice = practice_of(place.country);
        for (const PassageSheet& sheet : practice.passages) {
            if (sheet.at.value != place.id || sheet.onto.value != line) continue;
            const auto key = [&](const char* purpose) { return DrawKey{purpose, main_train, place.id + ' ' + line}; };
            const std::string what = fmt::format("{} at {}", hours_text(sheet.hours.value), place.name);
            itinerary_.passages.push_back(
                {sheet.probability, key("passage"), to_millis(sheet.at_most), sheet.later, key("passage-later"), wait_for(what, false)});
            visit.running.push_back({at_station(sheet.hours.value, visit.station), "for " + what, itinerary_.passages.size() - 1});
            note(Weight::stands, file_name(practice.file), "hours of the passage at " + place.name, inherit(sheet.provenance, practice.provenance),
                 key("passage"));
        }
    }
}

}  // namespace railwindow::building
