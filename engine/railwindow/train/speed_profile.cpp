#include <railwindow/train/speed_profile.hpp>

#include <railwindow/train/journey.hpp>

#include <array>

namespace railwindow {
namespace {

struct Recorded {
    kernel::Phase phase;
    kernel::State from, to;
    const kernel::Element* element;
};

class Recorder {
public:
    Recorder(std::vector<Recorded>& list, const kernel::State& start) : list_{list}, last_{start} {}
    void phase(kernel::Phase phase, const kernel::State& now) {
        if (now.at > last_.at) list_.push_back({phase, last_, now, nullptr});
        last_ = now;
    }

private:
    std::vector<Recorded>& list_;
    kernel::State last_;
};

DrivingMode mode_of(const Recorded& part, bool clearing) {
    using kernel::Phase;
    if (part.phase == Phase::brake) return DrivingMode::braking;
    if (part.element->coasting) return DrivingMode::coasting;
    if (part.phase == Phase::cruise || part.phase == Phase::hold) return clearing ? DrivingMode::clearing : DrivingMode::cruising;
    if (part.to.energy > part.from.energy) return DrivingMode::accelerating;
    return part.to.energy < part.from.energy ? DrivingMode::diminishing : DrivingMode::cruising;
}

}  // namespace

std::string_view name(DrivingMode mode) {
    static constexpr std::array<std::string_view, 7> names{"accelerating", "cruising", "diminishing", "coasting", "braking", "clearing", "standstill"};
    return names[static_cast<std::size_t>(mode)];
}

std::string_view name(Binding binding) {
    static constexpr std::array<std::string_view, 7> names{"line limit", "operating speed", "train limit", "tail release", "brake curve", "effort", "none"};
    return names[static_cast<std::size_t>(binding)];
}

SpeedProfile speed_profile(const Course& course, const Consist& consist, const Movement& movement, Workspace& workspace) {
    kernel::check_movement(course, consist, movement, {}, 0);
    Workspace::Buffers& buffers = workspace.buffers();
    kernel::prepare(course, consist, movement, {}, buffers);
    const double v = to_si(movement.initial_speed);
    kernel::State state{.at = to_si(movement.from.from_begin()), .energy = 0.5 * v * v, .speed = v, .time = 0};
    std::vector<Recorded> parts;
    Recorder recorder{parts, state};
    const kernel::State start = state;
    SpeedProfile profile{.breakpoints = {}, .rung = rung_name(consist), .gradient_model = consist.gradient_model,
                         .supplement = movement.supplement, .stall = {}};
    std::size_t seen = 0;
    const auto adopt = [&](const kernel::Element& e) {
        for (; seen < parts.size(); ++seen) parts[seen].element = &e;
    };
    profile.stall = kernel::travel(consist, movement, buffers, state, recorder,
                                   [&](const kernel::Element& e, const kernel::State&) { adopt(e); });
    if (seen < parts.size()) adopt(*std::find_if(buffers.elements.begin(), buffers.elements.end(), [&](const auto& e) { return e.end > state.at; }));
    const double stretch = 1.0 + kernel::stretch_of(movement.supplement);
    const auto point = [&](const kernel::State& at) {
        return Breakpoint{.at = CourseOffset{from_si<Length>(at.at)}, .speed = from_si<Speed>(std::sqrt(2.0 * std::max(at.energy, 0.0))),
                          .time = from_si<Duration>(stretch * at.time), .mode = DrivingMode::standstill, .limit = {},
                          .binding = Binding::none, .gradient = 0, .traction = {}, .braking = {}, .resistance = {}, .energy = {}};
    };
    for (const Recorded& part : parts) {
        Breakpoint b = point(part.from);
        b.mode = mode_of(part, false);
        b.limit = from_si<Speed>(part.element->ceiling);
        profile.breakpoints.push_back(b);
    }
    profile.breakpoints.push_back(point(parts.empty() ? start : state));
    return profile;
}

}  // namespace railwindow
