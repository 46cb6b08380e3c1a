#include <railwindow/route/course_of.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

// Mean and wave of a section in the direction of travel. The wave keeps within the ruling gradients of both directions.
PieceGradient gradient_of(const Network& network, const PathStep& step, std::size_t index) {
    const Section& section = network.sections()[step.section];
    const auto& from = network.stations()[begin_of(network, step)].elevation;
    const auto& to = network.stations()[end_of(network, step)].elevation;
    PieceGradient gradient{index, from && to ? (to->value - from->value) / section.length : 0.0, 0.0};
    if (!section.ruling_gradient) return gradient;
    const bool up = step.direction == Direction::up_chainage;
    const auto& ahead = up ? section.ruling_gradient->forward : section.ruling_gradient->reverse;
    const auto& back = up ? section.ruling_gradient->reverse : section.ruling_gradient->forward;
    const double climb = ahead ? ahead->ratio : std::abs(gradient.mean), fall = back ? back->ratio : std::abs(gradient.mean);
    gradient.wave = std::max(0.0, std::min(climb - gradient.mean, fall + gradient.mean));
    return gradient;
}

// A section's values in the direction of travel, each from its begin up to the next: those down the chainage in reverse order.
template <class T, class Value>
auto ahead(const std::vector<HoldsFrom<T>>& values, Length length, Direction direction, Value value) {
    std::vector<HoldsFrom<decltype(value(values.front().value))>> in_order;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t j = values.size() - 1 - i;
        if (direction == Direction::up_chainage)
            in_order.push_back({values[i].begin, value(values[i].value)});
        else
            in_order.push_back({j + 1 < values.size() ? length - values[j + 1].begin : 0 * m, value(values[j].value)});
    }
    return in_order;
}

// The known profile, or between the known heights an even number of half waves of about half the length `wave` each.
std::vector<HoldsFrom<PieceGradient>> gradients_of(const Network& network, const PathStep& step, std::size_t index, Length wave) {
    const Section& section = network.sections()[step.section];
    const double sign = step.direction == Direction::up_chainage ? 1.0 : -1.0;
    if (!section.gradients.empty())
        return ahead(section.gradients, section.length, step.direction, [&](Gradient gradient) {
            return PieceGradient{index, sign * gradient.ratio, 0.0};
        });
    const PieceGradient gradient = gradient_of(network, step, index);
    const bool waves = wave > 0 * m && gradient.wave > 0;
    const auto halves = waves ? 2 * std::max(1L, std::lround(section.length / wave)) : 1L;
    std::vector<HoldsFrom<PieceGradient>> gradients;
    for (long i = 0; i < halves; ++i)
        gradients.push_back({static_cast<double>(i) / static_cast<double>(halves) * section.length,
                             {index, gradient.mean,
                              !waves       ? 0.0
                              : i % 2 == 0 ? gradient.wave
                                           : -gradient.wave}});
    return gradients;
}

void add_step(Stage& stage, const Network& network, const PathStep& step, std::size_t index, Length wave) {
    const Section& section = network.sections()[step.section];
    const auto limits = ahead(section.limits.empty() ? std::vector<HoldsFrom<Speed>>{{0 * m, section.limit.value}} : section.limits, section.length,
                              step.direction, [](Speed limit) { return limit; });
    const auto gradients = gradients_of(network, step, index, wave);
    const CourseOffset begin{stage.course.length};
    stage.begins.push_back(begin);
    for (std::size_t limit = 0, gradient = 0; limit < limits.size() && gradient < gradients.size();) {
        const Length from = std::max(limits[limit].begin, gradients[gradient].begin);
        stage.course.pieces.push_back({begin + from, limits[limit].value, gradients[gradient].value.mean, static_cast<std::uint32_t>(index)});
        stage.gradients.push_back(gradients[gradient].value);
        const Length next_limit = limit + 1 < limits.size() ? limits[limit + 1].begin : section.length;
        const Length next_gradient = gradient + 1 < gradients.size() ? gradients[gradient + 1].begin : section.length;
        if (next_limit <= next_gradient) ++limit;
        if (next_gradient <= next_limit) ++gradient;
    }
    stage.course.length += section.length;
}

// The station's own track, beyond the junction.
void add_track_to_clear(Stage& stage, Length longest) {
    stage.course.pieces.push_back({CourseOffset{stage.course.length}, stage.course.pieces.back().limit, 0.0, stage.course.pieces.back().pace});
    stage.gradients.push_back({stage.gradients.back().step, 0.0, 0.0});
    stage.course.length += longest;
}

}  // namespace

std::vector<Stage> stages_of(const Network& network, const Path& path, std::span<const Length> waves, Length longest) {
    std::vector<std::size_t> ends = path.reversals;
    ends.push_back(path.steps.size());
    std::vector<Stage> stages;
    std::size_t first = 0;
    for (const std::size_t last : ends) {
        Stage stage{first, last, {}, {}, {}, Turn::none};
        for (std::size_t i = first; i < last; ++i) add_step(stage, network, path.steps[i], i, waves.empty() ? 0 * m : waves[i]);
        stage.begins.push_back(CourseOffset{stage.course.length});
        if (last < path.steps.size()) stage.turn = path.steps[last - 1].section == path.steps[last].section ? Turn::same_track : Turn::past_junction;
        if (stage.turn == Turn::past_junction && longest > 0 * m) add_track_to_clear(stage, longest);
        stages.push_back(std::move(stage));
        first = last;
    }
    return stages;
}

}  // namespace railwindow
