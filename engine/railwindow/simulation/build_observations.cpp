#include <railwindow/simulation/build_observations.hpp>

#include <fmt/format.h>

namespace railwindow::building {
namespace {

class ReportBuilder {
public:
    /// Of a journey that was `changed` some places may not be passed.
    ReportBuilder(Model& model, Findings& findings, bool changed) : model_{model}, findings_{findings}, changed_{changed} {}

    void add(const ObservedSheet& seen) {
        const auto at = station(seen.at, "observed");
        if (!at) return;
        std::optional<Instant> low, high;
        if (seen.between) low = time(seen.between->at(0), *at, "observed"), high = time(seen.between->at(1), *at, "observed");
        if (seen.not_before) low = time(*seen.not_before, *at, "observed");
        if (seen.not_after) high = time(*seen.not_after, *at, "observed");
        check_order(low, high, seen.place, "observed.between");
        model_.observations.push_back({*at, seen.event, seen.before.value_or(0 * m), low, high, seen.counts, seen.source, seen.place});
    }

    void add(const PressSheet& press) {
        const auto at = station(press.at, "press");
        if (!at) return;
        const auto low = time(press.between.at(0), *at, "press"), high = time(press.between.at(1), *at, "press");
        check_order(low, high, press.place, "press.between");
        if (low && high) model_.press.push_back({*at, press.event, *low, *high, press.source});
    }

    // The station, if some way comes there; a timing point from then on.
    std::optional<StationId> station(const Name& name, const std::string& key) {
        const StationId id = model_.network.station(name, key + ".at");
        bool visited = false;
        for (Alternative& alternative : model_.alternatives)
            for (Visit& visit : alternative.trains.front().visits)
                if (visit.station == id) visited = visit.timing_point = true;
        if (visited) return id;
        if (changed_) return {};
        findings_.add({name.place, key, fmt::format("'{}' is not on this route", name.value),
                       "the route is " + summary(model_.network, model_.main().path), Severity::error});
        return {};
    }

private:
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

    Model& model_;
    Findings& findings_;
    bool changed_;
};

}  // namespace

void add_observations(const Scenario& scenario, Model& model, Findings& findings) {
    ReportBuilder builder{model, findings, !scenario.changes.empty()};
    for (const ObservedSheet& seen : scenario.observed) builder.add(seen);
    for (const PressSheet& press : scenario.press) builder.add(press);
    for (const StaySheet& stay : scenario.stays) builder.station(stay.at, "stays");
}

}  // namespace railwindow::building
