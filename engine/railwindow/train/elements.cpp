#include <railwindow/train/elements.hpp>

#include <railwindow/train/shown.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

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

// Out of line, so that the sweep stays small.
[[noreturn]] void refuse_pace(std::size_t pace, std::size_t caps) {
    throw InputError{wrong("caps", std::to_string(caps), "one for every pace of the course, up to " + std::to_string(pace))};
}

/// Head and tail of the train moving along the course.
template <GradientModel model>
class Sweep {
public:
    Sweep(const Course& course, const Consist& consist, const Movement& movement, std::vector<Held>& window)
        : end_{course.pieces.data() + course.pieces.size()},
          caps_{movement.caps.data()},
          paces_{movement.caps.size()},
          course_length_{to_si(course.length)},
          length_{to_si(consist.length)},
          per_length_{1.0 / length_},
          train_limit_{to_si(consist.speed_limit)} {
        if (const auto* lowered = std::get_if<LoweredCap>(&movement.supplement)) ceiling_share_ = 1.0 - lowered->share;
        if (window.size() <= course.pieces.size()) window.resize(course.pieces.size() + 1);
        first_ = last_ = window.data();
        const double from = to_si(movement.from.from_begin());
        const std::size_t head = piece_at(course, from), tail = piece_before(course, head, from - length_);
        tail_ = course.pieces.data() + tail;
        uniform_from_ = head_ = course.pieces.data() + head;
        for (std::size_t i = tail; i <= head; i = next_piece(course, i)) hold(&course.pieces[i]);
        gradient_ = model == GradientModel::strip ? mean_gradient(course, tail, head, from) : head_->gradient;
        next_head_ = begin(after_head_ = after(head_));
        next_tail_ = begin(after_tail_ = after(tail_)) + length_;
        set_rise();
    }

    double next() const { return std::min(next_head_, next_tail_); }
    double ceiling() const { return first_->ceiling; }
    double gradient() const { return gradient_; }
    double rise() const { return rise_; }

    /// Moves the head from `at` to `to`, which is not beyond next().
    void advance(double at, double to) {
        if (model == GradientModel::strip) gradient_ += rise_ * (to - at);
        if (to >= next_head_) {
            if (after_head_->gradient != head_->gradient) uniform_from_ = after_head_;
            hold(head_ = after_head_);
            next_head_ = begin(after_head_ = after(head_));
        } else if (to < next_tail_) {
            return;
        }
        if (to >= next_tail_) {
            tail_ = after_tail_;
            first_ += first_->piece < tail_;
            while (first_->piece < tail_) ++first_;
            next_tail_ = begin(after_tail_ = after(tail_)) + length_;
        }
        set_rise();
    }

private:
    /// Keeps the candidates in ascending order of ceiling, so that the first is the least.
    void hold(const CoursePiece* piece) {
        if (piece->pace >= paces_) refuse_pace(piece->pace, paces_);
        const double ceiling = ceiling_share_ * std::min(std::min(to_si(piece->limit), train_limit_), to_si(caps_[piece->pace]));
        // Mostly there is one to ask.
        if (last_ > first_) last_ -= last_[-1].ceiling >= ceiling;
        while (last_ > first_ && last_[-1].ceiling >= ceiling) --last_;
        *last_++ = {piece, ceiling};
    }

    double mean_gradient(const Course& course, std::size_t tail, std::size_t head, double at) const {
        double sum = 0;
        double covered = 0;
        for (std::size_t i = tail; i <= head; i = next_piece(course, i)) {
            const double part = std::min(end_of(course, i), at) - std::max(begin_of(course, i), at - length_);
            sum += course.pieces[i].gradient * part;
            covered += part;
        }
        return (sum + course.pieces[0].gradient * (length_ - covered)) / length_;
    }

    double begin(const CoursePiece* piece) const { return piece < end_ ? to_si(piece->begin.from_begin()) : beyond; }
    /// The piece after `piece`, without those that have no length; the end after the last.
    const CoursePiece* after(const CoursePiece* piece) const {
        ++piece;
        while (piece + 1 < end_ && piece[1].begin <= piece->begin) ++piece;
        return piece < end_ && to_si(piece->begin.from_begin()) < course_length_ ? piece : end_;
    }
    void set_rise() {
        if (model == GradientModel::strip) rise_ = (head_->gradient - tail_->gradient) * per_length_;
        if (model == GradientModel::point || tail_ >= uniform_from_) gradient_ = head_->gradient;
    }

    const CoursePiece* end_;
    const Speed* caps_;
    std::size_t paces_;
    double course_length_, length_, per_length_, train_limit_;
    double ceiling_share_ = 1.0;
    Held *first_ = nullptr, *last_ = nullptr;
    const CoursePiece *head_ = nullptr, *tail_ = nullptr, *after_head_ = nullptr, *after_tail_ = nullptr;
    const CoursePiece* uniform_from_ = nullptr;  ///< from this piece to the head the gradient is the same
    double gradient_ = 0, rise_ = 0, next_head_ = beyond, next_tail_ = beyond;
};

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
                       std::vector<Held>& window, std::vector<Element>& storage) {
    const double gravity_per_inertia = knows_forces(consist) ? to_si(gravity) / consist.rotating_mass_factor : 0.0;
    Sweep<model> sweep{course, consist, movement, window};
    Marks marks{timing_points, movement.coasting};
    const std::size_t most = 2 * (course.pieces.size() + movement.coasting.size()) + timing_points.size() + 2;
    if (storage.size() < most) storage.resize(most);
    double at = to_si(movement.from.from_begin());
    const double to = to_si(movement.to.from_begin());
    marks.advance(at);
    double next_mark = std::min(marks.next(), to);
    Element* element = storage.data() - 1;
    double ceiling = -1, gradient = 0, rise = 0;
    bool due = true, coasting = marks.coasting();
    while (at < to) {
        // A new element only where something changes: cutting a piece in two changes nothing. Without a branch, as the answer
        // follows no pattern: what would begin a new element is written behind the last one in any case.
        const bool changes = due | (sweep.ceiling() != ceiling) | (sweep.rise() != rise) | ((sweep.rise() == 0) & (sweep.gradient() != gradient));
        ceiling = sweep.ceiling();
        rise = sweep.rise();
        gradient = sweep.gradient();
        element[1].begin = at;
        element[1].pull_back = gravity_per_inertia * gradient;
        element += changes;
        element->ceiling = ceiling;
        element->pull_back_rise = gravity_per_inertia * rise;
        element->marks = 0;
        element->coasting = coasting;
        const double next = std::min(sweep.next(), next_mark);
        sweep.advance(at, next);
        at = element->end = next;
        due = at >= next_mark;
        if (!due) continue;
        element->marks = marks.advance(at);
        next_mark = std::min(marks.next(), to);
        coasting = marks.coasting();
    }
    return {storage.data(), element + 1};
}

}  // namespace

std::span<Element> lay_out(const Course& course, const Consist& consist, const Movement& movement, std::span<const CourseOffset> timing_points,
                           std::vector<Held>& window, std::vector<Element>& storage) {
    const auto of_model = consist.gradient_model == GradientModel::strip ? cut<GradientModel::strip> : cut<GradientModel::point>;
    return of_model(course, consist, movement, timing_points, window, storage);
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
