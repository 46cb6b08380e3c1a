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

// Out of line, so that the sweep stays small.
[[noreturn]] void refuse_pace(std::size_t pace, std::size_t caps) {
    throw InputError{wrong("caps", std::to_string(caps), "one for every pace of the course, up to " + std::to_string(pace))};
}

/// Head and tail of the train moving along the course.
class Sweep {
public:
    Sweep(const Course& course, const Consist& consist, const Movement& movement, std::vector<Held>& window)
        : course_{course},
          pieces_{course.pieces.data()},
          count_{course.pieces.size()},
          caps_{movement.caps},
          length_{to_si(consist.length)},
          per_length_{1.0 / length_},
          train_limit_{to_si(consist.speed_limit)},
          strip_{consist.gradient_model == GradientModel::strip} {
        if (const auto* lowered = std::get_if<LoweredCap>(&movement.supplement)) ceiling_share_ = 1.0 - lowered->share;
        if (window.size() <= count_) window.resize(count_ + 1);
        first_ = last_ = window.data();
        const double from = to_si(movement.from.from_begin());
        tail_ = piece_at(course, from - length_);
        head_ = piece_at(course, from);
        uniform_from_ = head_;
        for (std::size_t i = tail_; i <= head_; i = next_piece(course, i)) hold(i);
        gradient_ = strip_ ? mean_gradient(from) : pieces_[head_].gradient;
        look_ahead();
        look_behind();
        set_rise();
    }

    double next() const { return std::min(next_head_, next_tail_); }
    double ceiling() const { return first_->ceiling; }
    double gradient() const { return gradient_; }
    double rise() const { return rise_; }

    /// Moves the head from `at` to `to`, which is not beyond next().
    void advance(double at, double to) {
        gradient_ += rise_ * (to - at);
        if (to < next_head_ && to < next_tail_) return;
        if (to >= next_head_) {
            if (pieces_[after_head_].gradient != pieces_[head_].gradient) uniform_from_ = after_head_;
            hold(head_ = after_head_);
            look_ahead();
        }
        if (to >= next_tail_) {
            tail_ = after_tail_;
            while (first_->piece < tail_) ++first_;
            look_behind();
        }
        set_rise();
    }

private:
    /// Keeps the candidates in ascending order of ceiling, so that the first is the least.
    void hold(std::size_t i) {
        const CoursePiece& piece = pieces_[i];
        if (piece.pace >= caps_.size()) refuse_pace(piece.pace, caps_.size());
        const double ceiling = ceiling_share_ * std::min(std::min(to_si(piece.limit), train_limit_), to_si(caps_[piece.pace]));
        while (last_ > first_ && last_[-1].ceiling >= ceiling) --last_;
        *last_++ = {i, ceiling};
    }

    double mean_gradient(double head) const {
        double sum = 0;
        double covered = 0;
        for (std::size_t i = tail_; i <= head_; i = next_piece(course_, i)) {
            const double part = std::min(end_of(course_, i), head) - std::max(begin_of(course_, i), head - length_);
            sum += pieces_[i].gradient * part;
            covered += part;
        }
        return (sum + pieces_[0].gradient * (length_ - covered)) / length_;
    }

    double begin(std::size_t i) const { return i < count_ ? to_si(pieces_[i].begin.from_begin()) : beyond; }
    /// The piece after `i`, without those that have no length; the number of pieces after the last.
    std::size_t after(std::size_t i) const {
        ++i;
        while (i + 1 < count_ && pieces_[i + 1].begin <= pieces_[i].begin) ++i;
        return i < count_ && begin(i) < to_si(course_.length) ? i : count_;
    }
    void look_ahead() { next_head_ = begin(after_head_ = after(head_)); }
    void look_behind() { next_tail_ = begin(after_tail_ = after(tail_)) + length_; }
    void set_rise() {
        const double ahead = pieces_[head_].gradient;
        if (strip_) rise_ = (ahead - pieces_[tail_].gradient) * per_length_;
        if (!strip_ || tail_ >= uniform_from_) gradient_ = ahead;
    }

    const Course& course_;
    const CoursePiece* pieces_;
    std::size_t count_;
    std::span<const Speed> caps_;
    double length_, per_length_, train_limit_;
    bool strip_;
    double ceiling_share_ = 1.0;
    Held *first_ = nullptr, *last_ = nullptr;
    std::size_t head_ = 0, tail_ = 0, after_head_ = 0, after_tail_ = 0;
    std::size_t uniform_from_ = 0;  ///< from this piece to the head the gradient is the same
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

}  // namespace

std::span<Element> lay_out(const Course& course, const Consist& consist, const Movement& movement, std::span<const CourseOffset> timing_points,
                           std::vector<Held>& window, std::vector<Element>& storage) {
    const double gravity_per_inertia = knows_forces(consist) ? to_si(gravity) / consist.rotating_mass_factor : 0.0;
    Sweep sweep{course, consist, movement, window};
    Marks marks{timing_points, movement.coasting};
    const std::size_t most = 2 * (course.pieces.size() + movement.coasting.size()) + timing_points.size() + 1;
    if (storage.size() < most) storage.resize(most);
    double at = to_si(movement.from.from_begin());
    const double to = to_si(movement.to.from_begin());
    marks.advance(at);
    double next_mark = std::min(marks.next(), to);
    Element* element = storage.data() - 1;
    double ceiling = -1, gradient = 0, rise = 0;
    bool cut = true;
    while (at < to) {
        // A new element only where something changes: cutting a piece in two changes nothing.
        // (Without branches in the question: its answers follow no pattern.)
        if (cut | (sweep.ceiling() != ceiling) | (sweep.rise() != rise) | ((rise == 0) & (sweep.gradient() != gradient))) {
            ceiling = sweep.ceiling();
            rise = sweep.rise();
            gradient = sweep.gradient();
            ++element;
            element->begin = at;
            element->ceiling = ceiling;
            element->ceiling_energy = 0.5 * ceiling * ceiling;
            element->pull_back = gravity_per_inertia * gradient;
            element->pull_back_rise = gravity_per_inertia * rise;
            element->marks = 0;
            element->coasting = marks.coasting();
        }
        const double next = std::min(sweep.next(), next_mark);
        sweep.advance(at, next);
        at = element->end = next;
        cut = at >= next_mark;
        if (!cut) continue;
        element->marks = marks.advance(at);
        next_mark = std::min(marks.next(), to);
    }
    return {storage.data(), element + 1};
}

void brake_backwards(double deceleration, double final_energy, std::span<Element> elements) {
    double line = final_energy, target = final_energy;
    double ceiling_after = beyond, speed_after = 0;
    for (std::size_t i = elements.size(); i-- > 0;) {
        Element& e = elements[i];
        const bool aimed = ceiling_after < e.ceiling_energy && ceiling_after < line;
        if (aimed) line = target = ceiling_after;
        e.line_end = line;
        e.line_target = target;
        e.line_end_speed = aimed ? speed_after : std::sqrt(2.0 * line);
        line += deceleration * (e.end - e.begin);
        ceiling_after = e.ceiling_energy;
        speed_after = e.ceiling;
    }
}

}  // namespace railwindow::kernel
