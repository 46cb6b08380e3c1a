#include <railwindow/train/elements.hpp>

#include <railwindow/train/shown.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace railwindow::kernel {
namespace {

constexpr double beyond = std::numeric_limits<double>::infinity();

double begin_of(const Course& course, std::size_t i) { return to_si(course.pieces[i].begin.from_begin()); }
double end_of(const Course& course, std::size_t i) {
    return i + 1 < course.pieces.size() ? begin_of(course, i + 1) : to_si(course.length);
}

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

/// Head and tail of the train moving along the course.
class Sweep {
public:
    Sweep(const Course& course, const Consist& consist, const Movement& movement, std::vector<Held>& window)
        : course_{course}, caps_{movement.caps}, window_{window}, length_{to_si(consist.length)},
          train_limit_{to_si(consist.speed_limit)}, strip_{consist.gradient_model == GradientModel::strip} {
        if (const auto* lowered = std::get_if<LoweredCap>(&movement.supplement)) ceiling_share_ = 1.0 - lowered->share;
        const double from = to_si(movement.from.from_begin());
        tail_ = piece_at(course, from - length_);
        head_ = piece_at(course, from);
        window_.clear();
        uniform_from_ = head_;
        for (std::size_t i = tail_; i <= head_; i = next_piece(course, i)) hold(i);
        gradient_ = strip_ ? mean_gradient(from) : course.pieces[head_].gradient;
        look_ahead();
        look_behind();
        set_rise();
    }

    double next() const { return std::min(next_head_, next_tail_); }
    double ceiling() const { return window_[first_].ceiling; }
    double gradient() const { return gradient_; }
    double rise() const { return rise_; }

    /// Moves the head from `at` to `to`, which is not beyond next().
    void advance(double at, double to) {
        gradient_ += rise_ * (to - at);
        if (to < next_head_ && to < next_tail_) return;
        if (to >= next_head_) {
            if (course_.pieces[after_head_].gradient != course_.pieces[head_].gradient) uniform_from_ = after_head_;
            hold(head_ = after_head_);
            look_ahead();
        }
        if (to >= next_tail_) {
            tail_ = after_tail_;
            while (window_[first_].piece < tail_) ++first_;
            look_behind();
        }
        set_rise();
    }

private:
    /// Keeps the candidates in ascending order of ceiling, so that the first is the least.
    void hold(std::size_t i) {
        const CoursePiece& piece = course_.pieces[i];
        if (piece.pace >= caps_.size())
            throw InputError{wrong("caps", std::to_string(caps_.size()), "one for every pace of the course, up to " + std::to_string(piece.pace))};
        double ceiling = std::min(to_si(piece.limit), train_limit_);
        ceiling = ceiling_share_ * std::min(ceiling, to_si(caps_[piece.pace]));
        while (window_.size() > first_ && window_.back().ceiling >= ceiling) window_.pop_back();
        window_.push_back({i, ceiling});
    }

    double mean_gradient(double head) const {
        double sum = 0;
        double covered = 0;
        for (std::size_t i = tail_; i <= head_; i = next_piece(course_, i)) {
            const double part = std::min(end_of(course_, i), head) - std::max(begin_of(course_, i), head - length_);
            sum += course_.pieces[i].gradient * part;
            covered += part;
        }
        return (sum + course_.pieces.front().gradient * (length_ - covered)) / length_;
    }

    void look_ahead() {
        after_head_ = next_piece(course_, head_);
        next_head_ = after_head_ < course_.pieces.size() ? begin_of(course_, after_head_) : beyond;
    }
    void look_behind() {
        after_tail_ = next_piece(course_, tail_);
        next_tail_ = after_tail_ < course_.pieces.size() ? begin_of(course_, after_tail_) + length_ : beyond;
    }
    void set_rise() {
        const double ahead = course_.pieces[head_].gradient;
        rise_ = strip_ ? (ahead - course_.pieces[tail_].gradient) / length_ : 0.0;
        if (!strip_ || tail_ >= uniform_from_) gradient_ = ahead;
    }

    const Course& course_;
    std::span<const Speed> caps_;
    std::vector<Held>& window_;
    double length_, train_limit_;
    bool strip_;
    double ceiling_share_ = 1.0;
    std::size_t first_ = 0, head_ = 0, tail_ = 0, after_head_ = 0, after_tail_ = 0;
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

void lay_out(const Course& course, const Consist& consist, const Movement& movement, std::span<const CourseOffset> timing_points,
             std::vector<Held>& window, std::vector<Element>& elements) {
    const double gravity_per_inertia = knows_forces(consist) ? to_si(gravity) / consist.rotating_mass_factor : 0.0;
    Sweep sweep{course, consist, movement, window};
    Marks marks{timing_points, movement.coasting};
    double at = to_si(movement.from.from_begin());
    const double to = to_si(movement.to.from_begin());
    marks.advance(at);
    double next_mark = std::min(marks.next(), to);
    elements.clear();
    double ceiling = -1, gradient = 0, rise = 0;
    bool cut = true;
    while (at < to) {
        // A new element only where something changes: cutting a piece in two changes nothing.
        if (cut || sweep.ceiling() != ceiling || sweep.rise() != rise || (rise == 0 && sweep.gradient() != gradient)) {
            ceiling = sweep.ceiling();
            rise = sweep.rise();
            gradient = sweep.gradient();
            elements.push_back({.begin = at, .end = to, .ceiling = ceiling, .ceiling_energy = 0.5 * ceiling * ceiling,
                                .pull_back = gravity_per_inertia * gradient, .pull_back_rise = gravity_per_inertia * rise,
                                .line_end = 0, .line_target = 0, .line_end_speed = 0, .marks = 0, .coasting = marks.coasting()});
        }
        const double next = std::min(sweep.next(), next_mark);
        sweep.advance(at, next);
        at = elements.back().end = next;
        cut = at >= next_mark;
        if (!cut) continue;
        elements.back().marks = marks.advance(at);
        next_mark = std::min(marks.next(), to);
    }
}

void brake_backwards(double deceleration, double final_energy, std::vector<Element>& elements) {
    double line = final_energy, target = final_energy;
    double ceiling_after = beyond;
    for (std::size_t i = elements.size(); i-- > 0;) {
        Element& e = elements[i];
        if (ceiling_after < e.ceiling_energy && ceiling_after < line) line = target = ceiling_after;
        e.line_end = line;
        e.line_target = target;
        e.line_end_speed = std::sqrt(2.0 * line);
        line += deceleration * (e.end - e.begin);
        ceiling_after = e.ceiling_energy;
    }
}

}  // namespace railwindow::kernel
