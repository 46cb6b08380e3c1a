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

void add_step(Stage& stage, const Network& network, const PathStep& step, std::size_t index, Length wave) {
    const Section& section = network.sections()[step.section];
    const PieceGradient gradient = gradient_of(network, step, index);
    const CourseOffset begin{stage.course.length};
    stage.begins.push_back(begin);
    const bool waves = wave > 0 * m && gradient.wave > 0;
    const auto halves = waves ? 2 * std::max(1L, std::lround(section.length / wave)) : 1L;
    for (long i = 0; i < halves; ++i) {
        stage.course.pieces.push_back({begin + static_cast<double>(i) / static_cast<double>(halves) * section.length, section.limit.value, gradient.mean, static_cast<std::uint32_t>(index)});
        stage.gradients.push_back({index, gradient.mean, !waves ? 0.0 : i % 2 == 0 ? gradient.wave : -gradient.wave});
    }
    stage.course.length += section.length;
}

}  // namespace

std::vector<Stage> stages_of(const Network& network, const Path& path, std::span<const Length> waves) {
    std::vector<std::size_t> ends = path.reversals;
    ends.push_back(path.steps.size());
    std::vector<Stage> stages;
    std::size_t first = 0;
    for (const std::size_t last : ends) {
        Stage stage{first, last, {}, {}, {}};
        for (std::size_t i = first; i < last; ++i) add_step(stage, network, path.steps[i], i, waves.empty() ? 0 * m : waves[i]);
        stage.begins.push_back(CourseOffset{stage.course.length});
        stages.push_back(std::move(stage));
        first = last;
    }
    return stages;
}

}  // namespace railwindow
