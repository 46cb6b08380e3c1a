#include <railwindow/drivers/draw_groups.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace railwindow {
namespace {

// A purpose, and how readers call the number that it is drawn for; empty: it is a choice, a place or a moment.
struct DrawPurpose {
    std::string_view word, number = {};
};

// Purposes that stand for the same thing, and how readers call it. A family whose draws say where they belong is told apart by country.
struct DrawFamily {
    std::string_view name;
    bool by_country;
    std::vector<DrawPurpose> purposes;
};

std::string_view work_name(ActivityKind kind) {
    switch (kind) {
        case ActivityKind::call:
            return "calls";
        case ActivityKind::formalities:
            return "formalities at borders";
        case ActivityKind::gauge_change:
            return "gauge change";
        case ActivityKind::locomotive_change:
            return "changes of locomotives";
        case ActivityKind::reversal:
            return "reversals";
        case ActivityKind::technical_stop:
        case ActivityKind::other:
            break;
    }
    return "other work at stops";
}

constexpr std::array work_kinds{ActivityKind::call,     ActivityKind::formalities, ActivityKind::gauge_change, ActivityKind::locomotive_change,
                                ActivityKind::reversal, ActivityKind::other};

// Words for what is drawn. A purpose that is missing here is shown among the other draws, and tests say so.
const std::vector<DrawFamily>& families() {
    static const std::vector<DrawFamily> all{
        {"time of departure", false, {{"departure", "time of departure"}}},
        {"pace of the journey", false, {{"journey-pace", "pace of the journey"}}},
        {"pace of lines", true, {{"operating-speed", "operating speeds of lines"}}},
        {"pace by time of day", false, {{"time-of-day", "pace by time of day"}}},
        {"speed from section to section", false, {{"section-pace"}}},
        {"cars, mass and resistance",
         false,
         {{"cars", "number of cars"},
          {"car-mass", "mass of a car"},
          {"resistance", "resistance of the train"},
          {"track-resistance", "resistance of the track"}}},
        {"locomotives", false, {{"locomotives"}, {"traction-power", "power of the locomotives"}}},
        {"gradients", false, {{"gradient", "share of the ruling gradients"}}},
        {"technical stops", true, {{"technical-stop-phase"}, {"technical-stop-place"}, {"technical-stop-dwell", "length of technical stops"}}},
        {"long stands", true, {{"long-stand"}, {"long-stand-place"}, {"long-stand-length", "length of a long stand"}, {"long-stand-morning"}}},
        {"receptions", true, {{"reception"}, {"reception-window"}, {"reception-minute"}}},
        {"plans", false, {{"planned-arrival", "times of plans"}, {"plan-behind-announcement", "time of plans behind their announcement"}}},
        {"hours of passage", false, {{"passage"}, {"passage-later"}}},
        {"gaps in the convoy", false, {{"convoy-gap", "gaps in the convoy"}}},
        {"ordinary trains",
         false,
         {{"ordinary-trains"},
          {"ordinary-train-time"},
          {"ordinary-train-kind"},
          {"ordinary-train-speed", "speed of ordinary trains"},
          {"ordinary-train-length"},
          {"loop-phase"},
          {"loop-place"},
          {"loop-length", "length of loops"},
          {"headway", "headway"},
          {"trains-per-day", "ordinary trains a day"},
          {"line-cleared", "time before which lines are cleared"},
          {"station-loop"},
          {"station-tracks"}}}};
    return all;
}

// Of the disruptions, by kind: number, place and length of each, and what else is drawn for one.
void for_each_disruption(auto of) {
    for (std::size_t i = 0; i < disruption_kinds; ++i) {
        const std::string kind{name(static_cast<DisruptionKind>(i))};
        std::string words = "length of " + kind;
        std::replace(words.begin(), words.end(), '_', ' ');
        of(kind, std::string{});
        of(kind + "-place", std::string{});
        of(kind + "-lasts", words);
    }
    of("restriction-length", "kilometres of a restriction");
    of("restriction-speed", "speed at restrictions");
    of("rescue", "time to a rescue");
    of("low-voltage", "power at low voltage");
    of("closure-place", std::string{});
}

// All trains of all ways.
void for_each_itinerary(const Model& model, auto of) {
    for (const Alternative& alternative : model.alternatives)
        for (const Itinerary& train : alternative.trains) of(train);
    for (const Diversion& diversion : model.diversions)
        for (const Itinerary& train : diversion.way.trains) of(train);
}

}  // namespace

void DrawGroups::Words::set(std::uint32_t word, std::uint32_t number) {
    if (4 * (size_ + 1) > entries_.size()) {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> before(std::max<std::size_t>(64, 2 * entries_.size()));
        before.swap(entries_);
        size_ = 0;
        for (const auto& [known, value] : before)
            if (value != 0) set(known, value - 1);
    }
    std::size_t at = word & (entries_.size() - 1);
    while (entries_[at].second != 0 && entries_[at].first != word) at = (at + 1) & (entries_.size() - 1);
    if (entries_[at].second == 0) entries_[at] = {word, number + 1}, ++size_;  // the first that claims a word keeps it
}

std::uint32_t DrawGroups::Words::find(std::uint32_t word, std::uint32_t otherwise) const {
    if (entries_.empty()) return otherwise;
    std::size_t at = word & (entries_.size() - 1);
    while (entries_[at].second != 0 && entries_[at].first != word) at = (at + 1) & (entries_.size() - 1);
    return entries_[at].second == 0 ? otherwise : entries_[at].second - 1;
}

DrawGroups::DrawGroups(const Model& model) {
    struct Counted {
        std::string name;
        std::uint32_t purpose;
        bool by_country;
    };
    std::vector<Counted> counted;
    std::vector<std::string> names;
    const auto add_family = [&](std::string_view name, bool by_country) {
        names.emplace_back(name);
        by_country_.push_back(by_country);
        return static_cast<std::uint32_t>(names.size() - 1);
    };
    for (const DrawFamily& family : families()) {
        const std::uint32_t number = add_family(family.name, family.by_country);
        for (const DrawPurpose& purpose : family.purposes) {
            families_.set(DrawKey::word(purpose.word), number);
            if (!purpose.number.empty()) counted.push_back({std::string{purpose.number}, DrawKey::word(purpose.word), family.by_country});
        }
    }
    const std::uint32_t disrupted = add_family("disruptions", true);
    for_each_disruption([&](const std::string& purpose, const std::string& words) {
        families_.set(DrawKey::word(purpose), disrupted);
        if (!words.empty()) counted.push_back({words, DrawKey::word(purpose), true});
    });
    for (const ActivityKind kind : work_kinds) {
        const bool by_country = kind == ActivityKind::other || kind == ActivityKind::locomotive_change;
        const std::uint32_t number = add_family(work_name(kind), by_country);
        for_each_itinerary(model, [&](const Itinerary& train) {
            for (const Visit& visit : train.visits)
                for (const Activity& activity : visit.activities)
                    if (work_name(activity.kind) == work_name(kind)) families_.set(activity.key.purpose(), number);
        });
    }
    add_family("other draws", false);

    std::set<std::string> countries;
    for_each_itinerary(model, [&](const Itinerary& train) {
        for (const Visit& visit : train.visits) countries.insert(model.network.stations()[visit.station].country);
        for (const CountryWorking& country : train.countries) countries.insert(country.name);
    });
    const std::vector<std::string> listed{countries.begin(), countries.end()};
    const auto number_of = [&](const std::string& country) {
        return static_cast<std::uint32_t>(std::lower_bound(listed.begin(), listed.end(), country) - listed.begin()) + 1;
    };
    std::vector<std::set<std::uint32_t>> places(listed.size() + 1);
    const auto add_place = [&](const std::string& place, const std::string& country) {
        countries_.set(DrawKey::word(place), number_of(country));
        places[countries_.find(DrawKey::word(place), 0)].insert(DrawKey::word(place));
    };
    for (const std::string& country : listed) add_place(country, country);
    for_each_itinerary(model, [&](const Itinerary& train) {
        for (const Visit& visit : train.visits) {
            const Station& station = model.network.stations()[visit.station];
            add_place(station.id, station.country);
        }
        // A line that crosses a border is worked, as the model has it, by the country where the train comes to it first.
        for (const PathStep& step : train.path.steps) {
            const Section& section = model.network.sections()[step.section];
            add_place(model.network.lines()[section.line].id, model.network.stations()[section.from].country);
        }
    });
    for (std::size_t family = 0; family < names.size(); ++family) {
        first_.push_back(groups_.size());
        groups_.push_back({names[family], ""});
        if (by_country_[family])
            for (const std::string& country : listed) groups_.push_back({names[family] + " in " + country, country});
    }

    for (const Counted& one : counted) {
        if (!one.by_country) numbers_.push_back({one.name, "", one.purpose, {}});
        for (std::size_t i = 0; one.by_country && i < listed.size(); ++i)
            numbers_.push_back({one.name + " in " + listed[i], listed[i], one.purpose, {places[i + 1].begin(), places[i + 1].end()}});
    }
    std::set<std::pair<std::uint32_t, std::uint32_t>> done;
    for_each_itinerary(model, [&](const Itinerary& train) {
        for (const Visit& visit : train.visits)
            for (const Activity& activity : visit.activities) {
                const Station& station = model.network.stations()[visit.station];
                if (done.insert({activity.key.purpose(), activity.key.place()}).second)
                    numbers_.push_back({activity.what + " at " + station.name, station.country, activity.key.purpose(), {activity.key.place()}});
            }
    });
}

bool DrawnNumber::is(const DrawKey& key) const {
    return key.purpose() == purpose && (places.empty() || std::binary_search(places.begin(), places.end(), key.place()));
}

std::size_t DrawGroups::of(const DrawKey& key) const {
    const std::uint32_t family = families_.find(key.purpose(), static_cast<std::uint32_t>(first_.size() - 1));
    return first_[family] + (by_country_[family] ? countries_.find(key.place(), 0) : 0);
}

}  // namespace railwindow
