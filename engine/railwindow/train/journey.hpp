#pragma once
// Inside of the kernel: a movement from its checks to its end, for any recorder.

#include <railwindow/train/forward.hpp>

#include <array>
#include <limits>

namespace railwindow {

struct Workspace::Buffers {
    kernel::Layout layout;
    std::span<kernel::Element> elements;  ///< of the movement at hand, in `layout`
    double top = 0;                       ///< the highest ceiling of the movement at hand
    kernel::Grid grid;
    std::array<kernel::Tabulated, 4> tables;  ///< of the trains that share the workspace
    std::uint64_t asked = 0;
    kernel::Tabulated* forces = nullptr;  ///< of the movement at hand, in `tables`
};

namespace kernel {

/// Throws: InputError or Infeasible as `run`.
void check_movement(const Course& course, const Consist& consist, const Movement& movement, std::span<const CourseOffset> timing_points,
                    std::size_t times);

/// Prepares elements and force cells of `movement` in `buffers`.
/// Throws: Infeasible where the train is too fast at the start.
void prepare(const Course& course, const Consist& consist, const Movement& movement, std::span<const CourseOffset> timing_points,
             Workspace::Buffers& buffers);

/// The stall of `consist` at `state` in `element`.
Stall stall_of(const Consist& consist, const Movement& movement, const Element& element, const State& state);

/// How much longer than the shortest time the supplement makes it.
double stretch_of(const Supplement& supplement);

/// Ends the run as a bug of ours: a train that was at `from` at the start cannot be at `state` in `element`.
[[noreturn]] void refuse_state(const Element& element, double from, double top, const State& state);

/// Whether a train that started at `from` can be at `state`: not before it, and no earlier than at the speed `top`, but for a share that rounding and
/// the rules' own errors do not reach. Where a value is no number, the answer is no.
inline bool can_be(double from, double top, const State& state) {
    return state.at >= from && state.energy >= 0 && state.time < std::numeric_limits<double>::infinity() &&
           state.time * top >= (1 - 1e-6) * (state.at - from) - 1e-6;
}

/// Runs a prepared movement; `at_end_of` is called after every element that was run through.
template <class Recorder, class AtEnd>
std::optional<Stall> travel(const Consist& consist, const Movement& movement, const Workspace::Buffers& buffers, State& state, Recorder& recorder,
                            AtEnd at_end_of) {
    const bool instant = std::holds_alternative<ConstantSpeed>(consist.rung);
    Forward<Recorder> forward{buffers.grid, *buffers.forces, consist, movement.conditions, recorder};
    const double from = state.at;
    for (const Element& element : buffers.elements) {
        if (instant) {
            forward.run_at_ceiling(element, state);
        } else if (!forward.run(element, state)) {
            if (!can_be(from, buffers.top, state) || state.energy > 0 || state.at > element.end) refuse_state(element, from, buffers.top, state);
            return stall_of(consist, movement, element, state);
        }
        // Each element begins where the one before it ended.
        if (state.at != element.end) [[unlikely]]
            refuse_state(element, from, buffers.top, state);
        // It keeps the braking line, but for what the rules' own errors reach.
        if (!instant && state.energy > (1 + 1e-3) * element.line_end + 1e-2) [[unlikely]]
            refuse_state(element, from, buffers.top, state);
        at_end_of(element, state);
    }
    if (!buffers.elements.empty() && !can_be(from, buffers.top, state)) refuse_state(buffers.elements.back(), from, buffers.top, state);
    return std::nullopt;
}

}  // namespace kernel
}  // namespace railwindow
