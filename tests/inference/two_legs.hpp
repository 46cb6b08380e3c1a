#pragma once
// A railway whose posterior can be written down: A, an hour to B, an hour to C or to D, at constant speed; the train leaves A at any time of six
// hours with equal probability.

#include <railwindow/inference/infer.hpp>
#include <railwindow/simulation/scenario.hpp>
#include <support/drawn.hpp>

#include <string>
#include <vector>

namespace two_legs {

using namespace railwindow;

inline Written<WrittenTime> at(int hour, int minute = 0) { return {{LocalTime{2020, 1, 1, hour, minute, 0}, {}}, {}}; }

/// Hours since the first possible departure.
inline double hours(Millis time) {
    const auto start = instant_of(at(0).value, *TimeZone::find("UTC"));
    return to_duration(time - std::get<Instant>(start).time_since_epoch()) / h;
}

inline Scenario railway(std::vector<WeightedStation> destinations = {{name_of("C"), 1}}) {
    Scenario scenario = drawn("A --60km,60-- B --60km,60-- C");
    scenario.networks[0].stations.push_back(drawn_station("D", 0.5, 1));
    scenario.networks[0].lines.push_back(drawn_line("B-D", "B", "D", 60 * km, 60 * km / h));
    scenario.train.car.length = 1 * mm;  // no tail that would carry the speed of one section into the next
    scenario.train.dynamics = {};
    scenario.train.dynamics.constant_speed = true;
    scenario.practice[0].reports = ReportsSheet{0.98, 0.9, 0.8, 12 * h, {}};
    scenario.journey.to.options = std::move(destinations);
    scenario.journey.depart = {};
    scenario.journey.depart.between = {{at(0), at(6)}};
    return scenario;
}

/// A report at `station`, with its bounds still to be given.
inline ObservedSheet report(const std::string& station, ObservedEvent event = ObservedEvent::arrive) {
    ObservedSheet seen;
    seen.at = name_of(station);
    seen.event = event;
    seen.source = "drawn";
    return seen;
}
inline ObservedSheet between(const std::string& station, Written<WrittenTime> low, Written<WrittenTime> high,
                             std::optional<double> reliability = {}) {
    ObservedSheet seen = report(station);
    seen.between = {{low, high}};
    seen.reliability = reliability;
    return seen;
}

}  // namespace two_legs
