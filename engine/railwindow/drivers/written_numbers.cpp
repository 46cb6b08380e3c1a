#include <railwindow/drivers/written_numbers.hpp>

#include <algorithm>
#include <memory>
#include <set>

namespace railwindow {
namespace {

using Kind = ExactNumber::Kind;

void scale_track(TrackSheet& track, Kind kind, double factor) {
    if (kind == Kind::operating_speeds && track.operating_speed)
        track.operating_speed->value = Uncertain<Speed>{factor * track.operating_speed->value.lowest()};
    if (kind == Kind::limits && track.limit) track.limit->value = factor * track.limit->value;
    if (kind != Kind::ruling_gradients || !track.ruling_gradient) return;
    for (std::optional<Gradient>* one : {&track.ruling_gradient->forward, &track.ruling_gradient->reverse})
        if (*one) *one = Gradient{factor * (*one)->ratio};
}

// Places on the line keep their share of its way.
void stretch(LineSheet& line, double factor) {
    const Length begin = line.chainage.front().second.value;
    const auto move = [&](Written<Length>& at) { at.value = begin + factor * (at.value - begin); };
    for (auto& [station, at] : line.chainage) move(at);
    for (LimitFromSheet& one : line.limits) move(one.at);
    for (GradientFromSheet& one : line.gradients) move(one.at);
    for (LandmarkSheet& one : line.landmarks) move(one.at);
}

// About the first station whose height is known, so that every grade of the line grows alike.
void scale_heights(const LineSheet& line, std::vector<NetworkSheet>& networks, double factor) {
    std::set<std::string> on_line;
    for (const auto& [station, at] : line.chainage) on_line.insert(station.value);
    std::optional<Length> base;
    for (NetworkSheet& network : networks)
        for (StationSheet& station : network.stations) {
            if (!station.elevation || !on_line.contains(station.id.value)) continue;
            if (!base) base = station.elevation->value;
            station.elevation->value = *base + factor * (station.elevation->value - *base);
        }
}

void scale_line(const ExactNumber& number, std::vector<NetworkSheet>& networks, double factor) {
    for (NetworkSheet& network : networks)
        for (LineSheet& line : network.lines) {
            if (line.id.value != number.line) continue;
            if (number.kind == Kind::kilometres) return stretch(line, factor);
            if (number.kind == Kind::heights) return scale_heights(line, networks, factor);
            scale_track(line.track, number.kind, factor);
            for (SectionSheet& section : line.sections) scale_track(section.track, number.kind, factor);
            if (number.kind == Kind::limits)
                for (LimitFromSheet& one : line.limits) one.limit = factor * one.limit;
            return;
        }
}

void scale(const ExactNumber& number, Scenario& scenario, double factor) {
    if (number.kind == Kind::braking)
        scenario.train.service_deceleration.value = factor * scenario.train.service_deceleration.value;
    else if (number.kind == Kind::brake_build_up)
        scenario.train.brake_build_up.value = factor * scenario.train.brake_build_up.value;
    else {
        for (PracticeSheet& practice : scenario.practice)
            if (number.kind == Kind::operating_speeds && practice.country.value == number.line && practice.operating_speed)
                practice.operating_speed->value = Uncertain<Speed>{factor * practice.operating_speed->value.lowest()};
        scale_line(number, scenario.networks, factor);
    }
}

}  // namespace

WrittenNumbers written_numbers(const Scenario& scenario, const Model& model, const BuildOptions& options) {
    constexpr double step = 0.1, step_of_kilometres = 0.01;
    WrittenNumbers result;
    std::vector<ExactNumber> numbers;
    for (const WeakInput& weak : model.weak_inputs)
        if (const auto* number = std::get_if<ExactNumber>(&weak.use)) {
            numbers.push_back(*number);
            result.all.push_back({weak.what, number->kind == Kind::kilometres ? step_of_kilometres : step});
        }
    result.with = [scenario = std::make_shared<const Scenario>(scenario), numbers, options](const std::vector<double>& factors) {
        Scenario changed = *scenario;
        for (std::size_t i = 0; i < numbers.size(); ++i)
            if (factors.at(i) != 1) scale(numbers[i], changed, factors[i]);
        return build(changed, options);
    };
    return result;
}

}  // namespace railwindow
