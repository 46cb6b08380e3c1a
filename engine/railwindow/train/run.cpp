#include <railwindow/train/journey.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/train/shown.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace railwindow {
namespace kernel {
namespace {

[[noreturn]] void refuse(const std::string& field, const std::string& what, const std::string& remedy) {
    throw InputError{wrong(field, what, remedy)};
}

void check_factor(const char* name, double factor) {
    if (!(factor > 0) || !std::isfinite(factor)) refuse(std::string{"conditions."} + name, shown(factor, ""), "a factor above 0");
}

void check_offsets(const char* subject, double place, double from, double to) {
    if (!(place >= from && place <= to)) refuse(subject, shown(place, "m"), "between " + shown(from, "m") + " and " + shown(to, "m"));
}

}  // namespace

void check_movement(const Course& course, const Consist&, const Movement& movement, std::span<const CourseOffset> timing_points, std::size_t times) {
    const double end = to_si(course.length), from = to_si(movement.from.from_begin()), to = to_si(movement.to.from_begin());
    check_offsets("movement.from", from, 0, end);
    check_offsets("movement.to", to, from, end);
    if (timing_points.size() != times) refuse("passing_times", std::to_string(times), "one for each timing point");
    double before = from;
    for (const CourseOffset point : timing_points) {
        check_offsets("timing_points", to_si(point.from_begin()), before, to);
        before = to_si(point.from_begin());
    }
    for (std::size_t i = 0; i < movement.caps.size(); ++i)
        if (!(to_si(movement.caps[i]) > 0)) refuse("caps[" + std::to_string(i) + "]", shown(to_si(movement.caps[i]), "m/s"), "a speed above 0");
    before = 0;
    for (const Stretch& stretch : movement.coasting) {
        check_offsets("movement.coasting", to_si(stretch.begin.from_begin()), before, end);
        check_offsets("movement.coasting", before = to_si(stretch.end.from_begin()), to_si(stretch.begin.from_begin()), end);
    }
    if (!(to_si(movement.initial_speed) >= 0)) refuse("movement.initial_speed", shown(to_si(movement.initial_speed), "m/s"), "0 or more");
    if (!(to_si(movement.final_speed) >= 0)) refuse("movement.final_speed", shown(to_si(movement.final_speed), "m/s"), "0 or more");
    check_factor("mass", movement.conditions.mass);
    check_factor("power", movement.conditions.power);
    check_factor("resistance", movement.conditions.resistance);
    check_factor("grip", movement.conditions.grip);
    const double share =
        std::holds_alternative<LoweredCap>(movement.supplement) ? std::get<LoweredCap>(movement.supplement).share : stretch_of(movement.supplement);
    if (!(share >= 0 && share < 1)) refuse("supplement", shown(share, ""), "a share from 0 to below 1");
}

namespace {

double draw_braking_line(const Consist& consist, const Movement& movement, std::span<Element> elements) {
    const double v_end = to_si(movement.final_speed);
    return brake_backwards(to_si(consist.brakes.deceleration), 0.5 * v_end * v_end, elements);
}

/// Energy with which a train may enter `first`: of its ceiling, or of the braking line.
double most_at_begin(const Consist& consist, const Element& first) {
    const double line = first.line_end + to_si(consist.brakes.deceleration) * (first.end - first.begin);
    return std::min(first.ceiling_energy, std::max(first.line_target, line));
}

/// Finds the zones of a train; its cells are filled when somebody asks for them. Zones reach as far as any movement of this train can, not as far as
/// some have got: what a run is does not depend on those before it.
void begin_forces(const Consist& consist, const Conditions& conditions, bool coasting, ForceCells& cells) {
    find_zones(consist, conditions, coasting, static_cast<double>(coarse_cells(to_si(consist.speed_limit))) * coarse_width, cells.zones);
    cells.known = false;
}

/// The forces of a train, found anew unless they stand there already: in the table of an equal train, or else in that which was
/// not asked for longest.
Tabulated& forces_of(const Consist& consist, const Conditions& conditions, bool coasts, Workspace::Buffers& buffers) {
    std::array<Tabulated, 4>& tables = buffers.tables;
    auto table = std::find_if(tables.begin(), tables.end(), [&](const Tabulated& t) { return t.coarse > 0 && t.consist == consist; });
    if (table == tables.end()) {
        table = std::min_element(tables.begin(), tables.end(), [](const Tabulated& a, const Tabulated& b) { return a.asked < b.asked; });
        table->consist = consist;
        table->coarse = 0;
    }
    table->asked = ++buffers.asked;
    if (table->coarse != buffers.grid.coarse || table->conditions != conditions) {
        table->conditions = conditions;
        table->coarse = buffers.grid.coarse;
        table->coasts = false;
        begin_forces(consist, conditions, false, table->power);
    }
    if (coasts && !table->coasts) {
        table->coasts = true;
        begin_forces(consist, conditions, true, table->coasting);
    }
    return *table;
}

}  // namespace

void prepare(const Course& course, const Consist& consist, const Movement& movement, std::span<const CourseOffset> timing_points,
             Workspace::Buffers& buffers) {
    buffers.elements = lay_out(course, consist, movement, timing_points, buffers.layout);
    buffers.forces = buffers.tables.data();
    if (buffers.elements.empty()) return;
    const double v_start = to_si(movement.initial_speed);
    buffers.top = draw_braking_line(consist, movement, buffers.elements);
    if (std::holds_alternative<ConstantSpeed>(consist.rung)) return;
    const Element& first = buffers.elements.front();
    const double allowed = most_at_begin(consist, first);
    // A state on the braking line is known to a nanometre, not to the last bit.
    if (0.5 * v_start * v_start > allowed * (1 + 1e-9))
        throw Infeasible{"movement.initial_speed: " + shown(v_start * 3.6, "km/h at ") + shown(first.begin, "m; at most ") +
                         shown(std::sqrt(2.0 * allowed) * 3.6, "km/h") + " keeps the limits ahead"};
    extend(buffers.top, buffers.grid);
    buffers.forces = &forces_of(consist, movement.conditions, !movement.coasting.empty(), buffers);
}

Stall stall_of(const Consist& consist, const Movement& movement, const Element& element, const State& state) {
    const Conditions& conditions = movement.conditions;
    const double inertia = conditions.mass * to_si(consist.mass) * consist.rotating_mass_factor;
    const double pull_back = inertia * (element.pull_back + element.pull_back_rise * (state.at - element.begin));
    return {.at = CourseOffset{from_si<Length>(state.at)},
            .time = from_si<Duration>((1.0 + stretch_of(movement.supplement)) * state.time),
            .needed = from_si<Force>(pull_back) + resistance_of(consist, conditions).constant,
            .available = from_si<Force>(element.coasting ? 0.0 : effort_at(consist, conditions, 1e-3))};
}

void refuse_state(const Element& element, double from, double top, const State& state) {
    throw std::logic_error{"running times: from " + shown(from, "m") + " on at " + shown(3.6 * top, "km/h") + " or less a train cannot be at " +
                           shown(state.at, "m") + " at " + shown(3.6 * state.speed, "km/h") + " after " + shown(state.time, "s") + " (element from " +
                           shown(element.begin, "m") + " to " + shown(element.end, "m") + ")"};
}

double stretch_of(const Supplement& supplement) {
    const auto* stretched = std::get_if<StretchedTime>(&supplement);
    return stretched ? stretched->share : 0.0;
}

}  // namespace kernel

namespace {

struct NoRecord {
    static constexpr bool records = false;
    void phase(kernel::Phase, const kernel::State&) {}
};

}  // namespace

Workspace::Workspace() : buffers_{std::make_unique<Buffers>()} {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

RunOutcome run(const Course& course, const Consist& consist, const Movement& movement, std::span<const CourseOffset> timing_points,
               std::span<Duration> passing_times, Workspace& workspace) {
    kernel::check_movement(course, consist, movement, timing_points, passing_times.size());
    Workspace::Buffers& buffers = workspace.buffers();
    kernel::prepare(course, consist, movement, timing_points, buffers);
    const double stretch = 1.0 + kernel::stretch_of(movement.supplement);
    const double v = to_si(movement.initial_speed);
    kernel::State state{.at = to_si(movement.from.from_begin()), .energy = 0.5 * v * v, .speed = v, .time = 0};
    NoRecord none;
    std::size_t passed = 0;
    while (passed < timing_points.size() && timing_points[passed] <= movement.from) passing_times[passed++] = {};
    const auto stall = kernel::travel(consist, movement, buffers, state, none, [&](const kernel::Element& e, const kernel::State& now) {
        for (std::uint32_t i = 0; i < e.marks; ++i) passing_times[passed++] = from_si<Duration>(stretch * now.time);
    });
    if (!stall) return from_si<Duration>(stretch * state.time);
    while (passed < passing_times.size()) passing_times[passed++] = from_si<Duration>(std::numeric_limits<double>::infinity());
    return *stall;
}

Speed greatest_initial_speed(const Course& course, const Consist& consist, const Movement& movement, Workspace& workspace) {
    kernel::check_movement(course, consist, movement, {}, 0);
    Workspace::Buffers& buffers = workspace.buffers();
    buffers.elements = kernel::lay_out(course, consist, movement, {}, buffers.layout);
    if (buffers.elements.empty()) return movement.final_speed;
    const kernel::Element& first = buffers.elements.front();
    if (std::holds_alternative<ConstantSpeed>(consist.rung)) return from_si<Speed>(first.ceiling);
    kernel::draw_braking_line(consist, movement, buffers.elements);
    return from_si<Speed>(std::sqrt(2.0 * kernel::most_at_begin(consist, first)));
}

}  // namespace railwindow
