#include <railwindow/simulation/model_builder.hpp>

#include <fmt/format.h>

namespace railwindow {
namespace building {

std::optional<StationId> ModelBuilder::reported_station(const Name& at, const Place& place, const char* key) {
    const StationId id = network().station(at, fmt::format("{}.at", key));
    Visit* visit = first_visit(id);
    if (visit) {
        visit->timing_point = true;
        return id;
    }
    findings_.add({place, key, fmt::format("'{}' is not on this route", at.value), "the route is " + summary(network(), model_.path), Severity::error});
    return {};
}

std::optional<Instant> ModelBuilder::reported_time(const Written<WrittenTime>& time, StationId at, const char* key) {
    const auto found = instant_of(time.value, station(at).zone);
    if (const auto* instant = std::get_if<Instant>(&found)) return *instant;
    const TimeError& error = std::get<TimeError>(found);
    findings_.add({time.place, key, error.what, error.remedy, Severity::error});
    return {};
}

void ModelBuilder::add_observations() {
    const auto ordered = [&](std::optional<Instant> low, std::optional<Instant> high, const Place& place, const char* key) {
        if (low && high && *high < *low)
            findings_.add({place, fmt::format("{}.between", key), "the latest time comes before the earliest", "write [earliest, latest]", Severity::error});
    };
    for (const ObservedSheet& seen : scenario_.observed) {
        const auto at = reported_station(seen.at, seen.place, "observed");
        if (!at) continue;
        const auto time = [&](const Written<WrittenTime>& written) { return reported_time(written, *at, "observed"); };
        std::optional<Instant> low, high;
        if (seen.between) low = time(seen.between->at(0)), high = time(seen.between->at(1));
        if (seen.not_before) low = time(*seen.not_before);
        if (seen.not_after) high = time(*seen.not_after);
        ordered(low, high, seen.place, "observed");
        model_.observations.push_back({*at, seen.event, seen.before.value_or(0 * m), low, high, seen.counts, seen.source});
    }
    for (const PressSheet& press : scenario_.press) {
        const auto at = reported_station(press.at, press.place, "press");
        if (!at) continue;
        const auto low = reported_time(press.between.at(0), *at, "press"), high = reported_time(press.between.at(1), *at, "press");
        ordered(low, high, press.place, "press");
        if (low && high) model_.press.push_back({*at, press.event, *low, *high, press.source});
    }
    for (const StaySheet& stay : scenario_.stays) reported_station(stay.at, stay.at.place, "stays");
}

}  // namespace building
}  // namespace railwindow
