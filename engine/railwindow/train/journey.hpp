#pragma once
// Inside of the kernel: a movement from its checks to its end, for any recorder.

#include <railwindow/train/forward.hpp>

#include <array>

namespace railwindow {

struct Workspace::Buffers {
    kernel::Layout layout;
    std::span<kernel::Element> elements;  ///< of the movement at hand, in `layout`
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

/// Runs a prepared movement; `at_end_of` is called after every element that was run through.
template <class Recorder, class AtEnd>
std::optional<Stall> travel(const Consist& consist, const Movement& movement, const Workspace::Buffers& buffers, State& state, Recorder& recorder,
                            AtEnd at_end_of) {
    const bool instant = std::holds_alternative<ConstantSpeed>(consist.rung);
    Forward<Recorder> forward{buffers.grid, *buffers.forces, consist, movement.conditions, recorder};
    for (const Element& element : buffers.elements) {
        if (instant)
            forward.run_at_ceiling(element, state);
        else if (!forward.run(element, state))
            return stall_of(consist, movement, element, state);
        at_end_of(element, state);
    }
    return std::nullopt;
}

}  // namespace kernel
}  // namespace railwindow
