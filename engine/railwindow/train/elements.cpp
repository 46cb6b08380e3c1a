#include <railwindow/train/elements.hpp>

#include <railwindow/train/shown.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace railwindow::kernel {
namespace {

constexpr double beyond = std::numeric_limits<double>::infinity();

double begin_of(const Course& course, std::size_t i) { return to_si(course.pieces[i].begin.from_begin()); }
double end_of(const Course& course, std::size_t i) { return i + 1 < course.pieces.size() ? begin_of(course, i + 1) : to_si(course.length); }

/// The next piece after `i` that has an extent, or the number of pieces.
std::size_t next_piece(const Course& course, std::size_t i) {
    do ++i;
    while (i < course.pieces.size() && end_of(course, i) <= begin_of(course, i));
    return i;
}

/// The piece on which a train standing at `at` would leave; the first one for places before the course.
std::size_t piece_at(const Course& course, double at) {
    const auto after = std::upper_bound(course.pieces.begin(), course.pieces.end(), at,
                                        [](double x, const CoursePiece& p) { return x < to_si(p.begin.from_begin()); });
    std::size_t i = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - course.pieces.begin() - 1, 0));
    if (end_of(course, i) <= begin_of(course, i) && next_piece(course, i) < course.pieces.size()) i = next_piece(course, i);
    return i;
}

/// The same for a tail behind a head on piece `i`: mostly it is the same piece.
std::size_t piece_before(const Course& course, std::size_t i, double at) {
    while (i > 0 && begin_of(course, i) > at) --i;
    if (end_of(course, i) <= begin_of(course, i) && next_piece(course, i) < course.pieces.size()) i = next_piece(course, i);
    return i;
}

/// Storage that is longer than anything a movement can need was too short.
[[noreturn]] void overrun(const char* what) { throw std::logic_error{std::string{"running times: more "} + what + " than a movement can have"}; }

// Out of line, so that the sweep stays small.
[[noreturn]] void refuse_pace(std::size_t pace, std::size_t caps) {
    throw InputError{wrong("caps", std::to_string(caps), "one for every pace of the course, up to " + std::to_string(pace))};
}

/// Fills `stages` with the pieces from `tail` to before `to`, and two that are not run: the head comes to the first of them where the
/// movement ends on a boundary of pieces, and looks for the begin of the next one then. Returns the address of the first.
const Stage* fill_stages(const Course& course, const Consist& consist, const Movement& movement, std::size_t tail, std::vector<Stage>& stages) {
    double share = 1.0;
    if (const auto* lowered = std::get_if<LoweredCap>(&movement.supplement)) share = 1.0 - lowered->share;
    const std::size_t pieces = course.pieces.size(), paces = movement.caps.size();
    if (stages.size() < pieces + 2) stages.resize(pieces + 2);
    const CoursePiece* piece = course.pieces.data() + tail;
    const CoursePiece* const end = course.pieces.data() + pieces;
    const Speed* const caps = movement.caps.data();
    const double train_limit = to_si(consist.speed_limit), to = to_si(movement.to.from_begin()), course_end = to_si(course.length);
    Stage* stage = stages.data();
    for (double begin = to_si(piece->begin.from_begin()); piece < end && begin < to; ++piece) {
        if (piece->pace >= paces) refuse_pace(piece->pace, paces);
        *stage = {begin, share * std::min(std::min(to_si(piece->limit), train_limit), to_si(caps[piece->pace])), piece->gradient};
        const double next = piece + 1 < end ? to_si(piece[1].begin.from_begin()) : course_end;
        stage += next > begin;
        begin = next;
    }
    stage[0] = {piece < end ? to_si(piece->begin.from_begin()) : beyond, beyond, 0};
    stage[1] = {beyond, beyond, 0};
    return stage;
}

/// Of the train with its head at `at` on the stage `head`, its tail on `first`.
double mean_gradient(const Course& course, const Stage* first, const Stage* head, double at, double length) {
    double sum = 0, covered = 0;
    for (const Stage* stage = first; stage <= head; ++stage) {
        const double part = std::min(stage[1].begin, at) - std::max(stage->begin, at - length);
        sum += stage->gradient * part;
        covered += part;
    }
    return (sum + course.pieces[0].gradient * (length - covered)) / length;
}

/// Timing points and ends of coasting stretches: places where an element must end.
class Marks {
public:
    Marks(std::span<const CourseOffset> points, std::span<const Stretch> coasting) : points_{points}, coasting_{coasting} {}

    /// Moves to `at`; returns the number of timing points passed by that.
    std::uint32_t advance(double at) {
        std::uint32_t passed = 0;
        for (; point_ < points_.size() && to_si(points_[point_].from_begin()) <= at; ++point_) ++passed;
        while (stretch_ < coasting_.size() && to_si(coasting_[stretch_].end.from_begin()) <= at) ++stretch_;
        coasting_now_ = stretch_ < coasting_.size() && to_si(coasting_[stretch_].begin.from_begin()) <= at;
        return passed;
    }
    bool coasting() const { return coasting_now_; }
    double next() const {
        double place = point_ < points_.size() ? to_si(points_[point_].from_begin()) : beyond;
        if (stretch_ < coasting_.size()) {
            const Stretch& s = coasting_[stretch_];
            place = std::min(place, to_si((coasting_now_ ? s.end : s.begin).from_begin()));
        }
        return place;
    }

private:
    std::span<const CourseOffset> points_;
    std::span<const Stretch> coasting_;
    std::size_t point_ = 0, stretch_ = 0;
    bool coasting_now_ = false;
};

template <GradientModel model>
std::span<Element> cut(const Course& course, const Consist& consist, const Movement& movement, std::span<const CourseOffset> timing_points,
                       Layout& layout) {
    constexpr bool strip = model == GradientModel::strip;
    const double gravity_per_inertia = knows_forces(consist) ? to_si(gravity) / consist.rotating_mass_factor : 0.0;
    const double length = to_si(consist.length), per_length = 1.0 / length;
    double at = to_si(movement.from.from_begin());
    const double to = to_si(movement.to.from_begin());
    if (!(at < to)) return {};
    const std::size_t first_head = piece_at(course, at), first_tail = piece_before(course, first_head, at - length);
    const Stage* const beyond_last = fill_stages(course, consist, movement, first_tail, layout.stages);
    const std::size_t stages = static_cast<std::size_t>(beyond_last - layout.stages.data());
    // The head is held once on every stage, and on the one beyond where the movement ends with the last.
    if (layout.window.size() < stages + 1) layout.window.resize(stages + 1);
    // An element ends where the head or the tail comes to a stage, at a timing point, at an end of coasting, or at the end; what would begin
    // another one is written behind the last.
    const std::size_t most = 2 * (stages + movement.coasting.size()) + timing_points.size() + 2;
    if (layout.elements.size() < most) layout.elements.resize(most);
    // The bounds above are proven, and still asked for: once for every stage and element.
    const Stage** const window_end = layout.window.data() + layout.window.size();
    const Element* const last_element = layout.elements.data() + layout.elements.size() - 1;

    // Head and tail move along the stages; the window has its ceilings in ascending order, so that the first is the least. It is never empty:
    // the head stands in it last. The tail stays behind the head, as the train has a length, and so never comes to a stage that is not run.
    const Stage *tail = layout.stages.data(), *head = tail, *uniform_from = head;
    const Stage **first = layout.window.data(), **last = first;
    const auto hold = [&] {
        // Mostly there is one to ask.
        if (last > first) last -= last[-1]->ceiling >= head->ceiling;
        while (last > first && last[-1]->ceiling >= head->ceiling) --last;
        if (last == window_end) [[unlikely]]
            overrun("stages");
        *last++ = head;
    };
    for (hold(); head[1].begin <= at; hold()) ++head;
    uniform_from = head;
    double next_head = head[1].begin, next_tail = beyond, gradient = 0, rise = 0;
    if (strip) gradient = mean_gradient(course, tail, head, at, length);
    // Where a tail changes something: on a strip at the begin of every stage, else where the least ceiling is released.
    const auto look_ahead = [&] {
        if (strip) {
            next_tail = tail[1].begin + length;
            rise = (head->gradient - tail->gradient) * per_length;
            if (tail >= uniform_from) gradient = head->gradient;
        } else {
            next_tail = last - first > 1 ? (*first)[1].begin + length : beyond;
            gradient = head->gradient;
        }
    };
    look_ahead();
    Marks marks{timing_points, movement.coasting};
    marks.advance(at);
    double next_mark = std::min(marks.next(), to);
    Element* element = layout.elements.data() - 1;
    double ceiling_was = -1, gradient_was = 0, rise_was = 0;
    bool due = true, coasting = marks.coasting();
    while (at < to) {
        // A new element only where something changes: cutting a piece in two changes nothing. Without a branch, as the answer
        // follows no pattern: what would begin a new element is written behind the last one in any case.
        if (element == last_element) [[unlikely]]
            overrun("elements");
        const double ceiling = (*first)->ceiling;
        const bool changes = due | (ceiling != ceiling_was) | (rise != rise_was) | ((rise == 0) & (gradient != gradient_was));
        ceiling_was = ceiling;
        rise_was = rise;
        gradient_was = gradient;
        element[1].begin = at;
        element[1].pull_back = gravity_per_inertia * gradient;
        element += changes;
        element->ceiling = ceiling;
        element->pull_back_rise = gravity_per_inertia * rise;
        element->marks = 0;
        element->coasting = coasting;
        const double next = std::min(std::min(next_head, next_tail), next_mark);
        if (strip) gradient += rise * (next - at);
        at = element->end = next;
        if (next >= next_head) {
            ++head;
            if (head->gradient != head[-1].gradient) uniform_from = head;
            hold();
            next_head = head[1].begin;
        }
        if (next >= next_tail) {
            if (strip)
                first += *first < ++tail;
            else
                first += last - first > 1;  // unless the head's own ceiling, which is no higher, has put it out already
        }
        look_ahead();
        due = at >= next_mark;
        if (!due) continue;
        element->marks = marks.advance(at);
        next_mark = std::min(marks.next(), to);
        coasting = marks.coasting();
    }
    return {layout.elements.data(), element + 1};
}

}  // namespace

std::span<Element> lay_out(const Course& course, const Consist& consist, const Movement& movement, std::span<const CourseOffset> timing_points,
                           Layout& layout) {
    const auto of_model = consist.gradient_model == GradientModel::strip ? cut<GradientModel::strip> : cut<GradientModel::point>;
    return of_model(course, consist, movement, timing_points, layout);
}

double brake_backwards(double deceleration, double final_energy, std::span<Element> elements) {
    double line = final_energy, target = final_energy, top = 0;
    double ceiling_after = beyond;
    for (std::size_t i = elements.size(); i-- > 0;) {
        Element& e = elements[i];
        // Where the next ceiling is no lower than this one, the line that ends at it binds nowhere.
        target = ceiling_after < line ? ceiling_after : target;
        line = std::min(line, ceiling_after);
        e.line_end = line;
        e.line_target = target;
        line += deceleration * (e.end - e.begin);
        top = std::max(top, e.ceiling);
        e.ceiling_energy = ceiling_after = 0.5 * e.ceiling * e.ceiling;
    }
    return top;
}

}  // namespace railwindow::kernel
