#include <railwindow/io/write_answer.hpp>

#include <railwindow/drivers/explain.hpp>
#include <railwindow/io/plain_words.hpp>
#include <railwindow/io/table_text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow {
namespace {

// The lengths of the routes that end at `station`: `1,228 km`, or `1,228 to 1,240 km`.
std::string lengths_to(const Model& model, StationId station) {
    Length least{}, most{};
    for (const Alternative& alternative : model.alternatives) {
        const Itinerary& way = alternative.main();
        if (way.visits.back().station != station) continue;
        least = most == Length{} ? way.path.length : std::min(least, way.path.length);
        most = std::max(most, way.path.length);
    }
    const auto whole = [](Length length) { return grouped(static_cast<std::uint64_t>(std::llround(length / km))); };
    return whole(least) == whole(most) ? whole(most) + " km" : fmt::format("{} to {} km", whole(least), whole(most));
}

std::string half_words(double p) { return p == 0.5 ? "half" : fmt::format("{:.4g} %", 100 * p); }

// Where and when; and how sure, which is empty where no journey gets there.
std::pair<std::string, std::string> destination_words(const Model& model, const DestinationEstimate& to, bool only) {
    const Station& station = model.network.stations()[to.station];
    const std::string where = only ? station.name : fmt::format("{:.3g} % {}", 100 * to.probability.value, station.name);
    if (to.arrival.empty()) return {where + ": no journey gets there.", {}};
    const Quantile& middle = middle_of(to.arrival);
    const Instant at{middle.value};
    const double lost = 1 - static_cast<double>(to.arriving) / static_cast<double>(to.runs);
    std::string second = window_words(to.arrival, station.zone);
    if (!second.empty()) second.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(second.front()))), second += ". ";
    second += fmt::format("{} of the journeys take {} or less, for {}.", middle.p == 0.5 ? "Half" : half_words(middle.p),
                          hours_and_minutes(middle_of(to.elapsed).value), lengths_to(model, to.station));
    if (lost >= 0.01) second += fmt::format(" {:.2g} % of them do not get there.", 100 * lost);
    return {fmt::format("{}: {} {} on {} (local time, UTC{}).", where, middle.p == 0.5 ? "about" : half_words(middle.p) + " by",
                        time_of_day(at, station.zone), long_day(at, station.zone), offset_text(station.zone.offset_at(shown_minute(at)))),
            second};
}

void write_destination(std::ostream& out, const Model& model, const DestinationEstimate& to, bool only, int width) {
    const auto [first, second] = destination_words(model, to, only);
    write_wrapped(out, first, width, 2);
    if (second.empty()) return;
    out << "  ";
    write_wrapped(out, second, width - 2, 2);
}

}  // namespace

void write_sampling(std::ostream& out, const Estimate& estimate, int width) {
    std::string text = fmt::format("{} simulated journey{}, seed {}", grouped(estimate.runs), estimate.runs == 1 ? "" : "s", estimate.seed);
    Millis worst{};
    bool known = true;
    for (const DestinationEstimate& to : estimate.destinations)
        for (const Quantile& quantile : to.arrival) {
            known &= quantile.error.has_value();
            worst = std::max(worst, quantile.error.value_or(Millis{}));
        }
    text += known ? fmt::format(": another seed would move the times of arrival by {} min (one standard error) or less.",
                                worst < std::chrono::minutes{10}
                                    ? fmt::format("{:.2g}", static_cast<double>(worst.count()) / 60000)
                                    : grouped(static_cast<std::uint64_t>(std::llround(static_cast<double>(worst.count()) / 60000))))
                  : ": too few to say how far another seed would move the times of arrival.";
    write_wrapped(out, text, width, 2);
}

namespace {

// What makes the window wide, in a sentence; nothing where nobody looked or nothing stands out.
std::string drivers_words(const Model& model, const Estimate& estimate) {
    constexpr std::size_t most_named = 3;
    std::string named;
    for (std::size_t i = 0; i < std::min(most_named, estimate.drivers.size()) && estimate.drivers[i].spread.value >= least_effect; ++i)
        named += fmt::format("{}{} ({:.0f} %)", i > 0 ? ", " : " ", estimate.drivers[i].name, 100 * std::min(1.0, estimate.drivers[i].spread.value));
    if (named.empty()) return {};
    const bool several = estimate.destinations.size() > 1;
    return fmt::format(
        "What spreads the window{} most, with shares of the variance that may overlap:{}. `explain` says more, and which report would "
        "narrow it most.",
        several ? " at " + model.network.stations()[estimate.destinations.front().station].name : "", named);
}

}  // namespace

std::vector<std::string> answer_words(const Model& model, const Estimate& estimate) {
    std::vector<std::string> all;
    for (const DestinationEstimate& to : estimate.destinations) {
        const auto [first, second] = destination_words(model, to, estimate.destinations.size() == 1);
        all.push_back(second.empty() ? first : first + ' ' + second);
    }
    return all;
}

void write_answer(std::ostream& out, const Model& model, const Estimate& estimate, int width) {
    constexpr std::size_t most_named = 3;
    for (const DestinationEstimate& to : estimate.destinations) write_destination(out, model, to, estimate.destinations.size() == 1, width);
    if (const std::string wide = drivers_words(model, estimate); !wide.empty()) write_wrapped(out, wide, width, 2);
    if (model.weak_inputs.empty()) return;
    std::string rests = "It rests on weakly known numbers, first of all on";
    for (std::size_t i = 0; i < std::min(most_named, model.weak_inputs.size()); ++i) rests += (i > 0 ? "; " : " ") + weak_words(model.weak_inputs[i]);
    write_wrapped(out, rests + '.', width, 2);
}

}  // namespace railwindow
