#include <railwindow/io/page_controls.hpp>

#include <railwindow/compare/unchanged.hpp>
#include <railwindow/core/clock.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/io/json_numbers.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <set>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;
using Texts = std::vector<std::string>;

// `2019-04-23 18:00`, as files write it; seconds where there are any.
std::string written_time(Instant at, const TimeZone& zone) {
    const std::string iso = iso_time(at, zone), clock = iso.substr(0, 10) + ' ' + iso.substr(11, 5);
    return iso.substr(17, 2) == "00" ? clock : clock + iso.substr(16, 3);
}

class Controls {
public:
    explicit Controls(const AskedQuestion& question) : question_{question} {}

    Json all() {
        add_departure();
        add_ends();
        add_calls();
        add_receptions();
        add_regauging();
        add_cars();
        add_paces();
        add_switch("disruptions", "Disruptions", !all_off(), {all_off() ? "disruptions={}" : "disruptions=off"});
        add_switch("traffic", "Ordinary trains", !question_.model.shared_lines.empty(),
                   {question_.model.shared_lines.empty() ? "traffic=on" : "traffic=off"});
        add_variants();
        return std::move(list_);
    }

private:
    // Whether the question can be asked with this, and not only gets the same answer.
    bool is_felt(const Texts& sets, const std::string& variant = {}) const {
        constexpr std::uint64_t tried = 128;
        WhatIf what_if = question_.what_if;
        if (!variant.empty()) what_if.variant = variant;
        what_if.sets.insert(what_if.sets.end(), sets.begin(), sets.end());
        try {
            return same_runs(question_.model, build(question_.load(what_if)), question_.seed, tried) < tried;
        } catch (const InputError&) {
        } catch (const Infeasible&) {
        }
        return false;
    }

    void add_departure() {
        const Model& model = question_.model;
        const Station& origin = model.network.stations()[model.main().visits.front().station];
        Instant from{}, until{};
        std::string form = "at";
        std::visit(
            [&](const auto& departure) {
                using Law = std::decay_t<decltype(departure)>;
                if constexpr (std::is_same_v<Law, DepartAt>)
                    from = until = departure.at;
                else if constexpr (std::is_same_v<Law, DepartWithin>)
                    form = "spread", from = departure.at - departure.spread, until = departure.at + departure.spread;
                else
                    form = "between", from = departure.earliest, until = departure.latest;
            },
            model.main().departure);
        if (!is_felt({"journey.depart=" + written_time(from + std::chrono::hours{1}, origin.zone)})) return;
        list_.push_back({{"id", "depart"},
                         {"kind", "departure"},
                         {"label", "Departure"},
                         {"set", "journey.depart"},
                         {"form", form},
                         {"from", written_time(from, origin.zone)},
                         {"until", written_time(until, origin.zone)},
                         {"station", origin.name}});
        if (question_.scenario.journey.departures.size() > 1) list_.back()["several"] = question_.scenario.journey.departures.size();
    }

    void add_ends() {
        add_stations("from", "Origin", question_.scenario.journey.from);
        add_stations("to", "Destination", question_.scenario.journey.to);
    }

    // One of the stations that the scenario leaves open.
    void add_stations(const std::string& key, const char* label, const StationChoice& choice) {
        if (choice.options.size() < 2) return;
        Json options = Json::array();
        for (const WeightedStation& one : choice.options) add_station(options, "journey." + key, one.station.value);
        add_choice(key, label, std::move(options));
    }

    void add_station(Json& options, const std::string& path, const std::string& id) const {
        const Texts sets{path + '=' + id};
        if (is_felt(sets)) options.push_back({{"id", id}, {"label", name_of(id)}, {"sets", sets}});
    }

    void add_choice(const std::string& id, const char* label, Json options) {
        if (!options.empty()) list_.push_back({{"id", id}, {"kind", "choice"}, {"label", label}, {"options", std::move(options)}});
    }

    void add_switch(const std::string& id, const std::string& label, bool on, const Texts& sets) {
        if (is_felt(sets)) list_.push_back({{"id", id}, {"kind", "switch"}, {"label", label}, {"on", on}, {"sets", sets}});
    }

    void add_calls() {
        const std::vector<CallSheet>& calls = question_.scenario.journey.calls;
        for (std::size_t i = 0; i < calls.size(); ++i) {
            const auto minutes = [&](double u) { return std::round(calls[i].dwell.quantile(u) / minute); };
            const double middle = minutes(0.5), high = std::max(180.0, 60 * std::ceil(2 * minutes(0.99) / 60));
            const std::string path = fmt::format("journey.calls[{}].dwell", i);
            if (!is_felt({fmt::format("{}={:.0f} min", path, middle + 60)})) continue;
            list_.push_back({{"id", fmt::format("stay-{}", i)},
                             {"kind", "number"},
                             {"label", "Stay at " + name_of(calls[i].at.value)},
                             {"set", path},
                             {"unit", "min"},
                             {"value", middle},
                             {"low", 0},
                             {"high", high},
                             {"step", 5},
                             {"written", Json::array({minutes(0.001), minutes(0.999)})}});
            if (!calls[i].why.empty()) list_.back()["why"] = calls[i].why;
        }
    }

    void add_receptions() {
        const JourneySheet& journey = question_.scenario.journey;
        const bool on = journey.reception.value_or(true);
        Texts sets{fmt::format("journey.reception={}", !on)};
        for (std::size_t i = 0; i < journey.calls.size(); ++i) sets.push_back(fmt::format("journey.calls[{}].reception={}", i, !on));
        add_switch("receptions", "Hosts receive at their hours", on, sets);
    }

    void add_regauging() {
        std::set<std::string> places;
        for (const Alternative& alternative : question_.model.alternatives)
            for (const Visit& visit : alternative.main().visits)
                if (question_.model.network.gauge_change_at(visit.station)) places.insert(question_.model.network.stations()[visit.station].id);
        Json options = Json::array();
        for (const std::string& place : places) add_station(options, "journey.regauging", place);
        if (const Texts prepared{"journey.regauging=prepared"}; !places.empty() && is_felt(prepared))
            options.push_back({{"id", "prepared"}, {"label", "nowhere: other bogies wait"}, {"sets", prepared}});
        add_choice("regauging", "Wheels are changed at", std::move(options));
    }

    void add_cars() {
        const double cars = std::round(question_.scenario.train.cars.value.quantile(0.5));
        if (cars < 1 || !is_felt({fmt::format("edits.train.cars={:.0f}", cars + 5)})) return;
        list_.push_back({{"id", "cars"},
                         {"kind", "number"},
                         {"label", "Cars"},
                         {"set", "edits.train.cars"},
                         {"unit", ""},
                         {"value", cars},
                         {"low", 1},
                         {"high", std::max(40.0, 10 * std::ceil(1.5 * cars / 10))},
                         {"step", 1}});
    }

    void add_paces() {
        std::set<std::string> on_way;
        for (const Alternative& alternative : question_.model.alternatives)
            for (const CountryWorking& country : alternative.main().countries) on_way.insert(country.name);
        for (const PracticeSheet& practice : question_.scenario.practice) {
            const std::string& country = practice.country.value;
            const std::string path = fmt::format("edits.practice.{}.pace.median", country);
            if (!practice.pace || !on_way.contains(country) || !is_felt({path + "=0.8"})) continue;
            const double median = rounded(practice.pace->median, 100);
            list_.push_back({{"id", "pace-" + country},
                             {"kind", "number"},
                             {"label", "Pace in"},
                             {"country", country},
                             {"set", path},
                             {"unit", ""},
                             {"value", median},
                             {"low", rounded(median * 0.6, 100)},
                             {"high", rounded(median * 1.4, 100)},
                             {"step", 0.01}});
        }
    }

    // A variant is one more question of the same file; with sets of the command line it might be none.
    void add_variants() {
        Json options = Json::array();
        for (const NamedChange& variant : question_.scenario.variants)
            if (variant.name != question_.what_if.variant && is_felt({}, variant.name))
                options.push_back({{"id", variant.name}, {"label", variant.name}, {"why", variant.why}, {"variant", variant.name}});
        add_choice("variant", "Variant of the scenario", std::move(options));
    }

    bool all_off() const {
        for (std::size_t kind = 0; kind < disruption_kinds; ++kind)
            if (const auto& factor = question_.scenario.disruptions[DisruptionKind{static_cast<int>(kind)}]; !factor || factor->value > 0)
                return false;
        return true;
    }

    std::string name_of(const std::string& id) const {
        const auto& stations = question_.model.network.stations();
        for (const Station& station : stations)
            if (station.id == id) return station.name;
        return id;
    }

    const AskedQuestion& question_;
    Json list_ = Json::array();
};

}  // namespace

std::string page_controls_json(const AskedQuestion& question) {
    return Controls{question}.all().dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace railwindow
