#include <railwindow/train/force_cells.hpp>

#include <railwindow/train/passage.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

// Before a loop: what it reads and what it writes lie apart, so that it may run over several places at once.
#ifdef __clang__
#define RAILWINDOW_APART _Pragma("clang loop vectorize(assume_safety)")
#else
#define RAILWINDOW_APART _Pragma("GCC ivdep")
#endif

namespace railwindow::kernel {
namespace {

/// Effort of one unit along its curve; a lower voltage gives the same effort at a proportionally lower speed. One piece of the curve is kept at
/// hand, as speeds mostly ascend in small steps.
class CurveWalk {
public:
    CurveWalk(const std::vector<EffortPoint>& curve, double power) : curve_{curve}, per_power_{1.0 / power} {}

    double operator()(double v) {
        const double rated = v * per_power_;
        if (!(rated >= from_ && rated < to_)) find(rated);
        return power_ > 0 ? power_ / rated : at_zero_ + slope_ * rated;
    }

private:
    void find(double rated) {
        // Mostly the next piece is meant. The first corner is at 0.
        at_ += rated >= to_;
        const auto begins = [&](std::size_t i) { return i < curve_.size() ? to_si(curve_[i].speed) : std::numeric_limits<double>::infinity(); };
        if (!(rated >= begins(at_) && rated < begins(at_ + 1))) {
            const auto above =
                std::upper_bound(curve_.begin() + 1, curve_.end(), rated, [](double v, const EffortPoint& p) { return v < to_si(p.speed); });
            at_ = static_cast<std::size_t>(above - curve_.begin()) - 1;
        }
        from_ = begins(at_);
        to_ = begins(at_ + 1);
        at_zero_ = to_si(curve_[at_].effort);
        slope_ = power_ = 0;
        if (at_ + 1 < curve_.size()) {
            slope_ = (to_si(curve_[at_ + 1].effort) - at_zero_) / (to_ - from_);
            at_zero_ -= slope_ * from_;
        } else if (at_ > 0) {
            power_ = at_zero_ * from_;
        }
    }

    const std::vector<EffortPoint>& curve_;
    double per_power_;
    std::size_t at_ = 0;
    double from_ = 0, to_ = 0;                    ///< the piece at hand
    double at_zero_ = 0, slope_ = 0, power_ = 0;  ///< its effort: a line, or beyond the last corner power over speed
};

/// Sum of all efforts at each of `speeds`.
struct Efforts {
    const Conditions& conditions;
    std::span<const double> speeds;
    std::span<const double> per_speed;  ///< their inverse
    std::span<double> forces;

    void operator()(const ConstantSpeed&) const {}
    void operator()(const ConstantAcceleration&) const {}
    void operator()(const PowerAndMass& rung) const {
        const double most = std::min(to_si(rung.starting_effort), continuous_limit(rung.rating, rung.continuous_effort));
        const double power = conditions.power * to_si(rung.power);
        const double* per = per_speed.data();
        double* force = forces.data();
        RAILWINDOW_APART
        for (std::size_t j = 0; j < forces.size(); ++j) force[j] = std::min(most, power * per[j]);
        if (!rung.grip) return;
        for (std::size_t j = 0; j < speeds.size(); ++j) forces[j] = std::min(forces[j], grip_at(*rung.grip, conditions.grip, speeds[j]));
    }
    void operator()(const FullCurves& rung) const {
        std::fill(forces.begin(), forces.end(), 0.0);
        for (const TractionUnit& unit : rung.units) {
            if (unit.power && unit.effort.size() == 1)
                add_hyperbola(unit, rung.rating);
            else
                add_curve(unit, rung.rating);
        }
    }

    // One effort and one power: no branch, so that the loop runs over several speeds at once.
    void add_hyperbola(const TractionUnit& unit, Rating rating) const {
        const double count = unit.count, most = std::min(to_si(unit.effort.front().effort), continuous_limit(rating, unit.continuous_effort));
        const double power = conditions.power * to_si(*unit.power);
        const AdhesionLaw law = unit.grip ? unit.grip->law : AdhesionLaw{.a = std::numeric_limits<double>::infinity()};
        const double weight = unit.grip ? conditions.grip * to_si(unit.grip->driven_mass) * to_si(gravity) : 1.0;
        const double *per = per_speed.data(), *v = speeds.data();
        double* force = forces.data();
        RAILWINDOW_APART
        for (std::size_t j = 0; j < forces.size(); ++j) {
            const double kmh = 3.6 * v[j], grip = weight * (law.a + law.b / (law.c + law.d * kmh) + law.e * kmh);
            force[j] += count * std::min(std::min(most, power * per[j]), grip);
        }
    }

    void add_curve(const TractionUnit& unit, Rating rating) const {
        CurveWalk walk{unit.effort, conditions.power};
        const double most = continuous_limit(rating, unit.continuous_effort);
        for (std::size_t j = 0; j < speeds.size(); ++j) {
            double force = std::min(most, walk(speeds[j]));
            if (unit.power) force = std::min(force, conditions.power * to_si(*unit.power) * per_speed[j]);
            if (unit.grip) force = std::min(force, grip_at(*unit.grip, conditions.grip, speeds[j]));
            forces[j] += unit.count * force;
        }
    }
};

}  // namespace

double grip_at(const Grip& grip, double factor, double v) {
    return factor * adhesion(grip.law, from_si<Speed>(v)) * to_si(grip.driven_mass) * to_si(gravity);
}

double continuous_limit(Rating rating, const std::optional<Force>& effort) {
    return rating == Rating::continuous ? to_si(*effort) : std::numeric_limits<double>::infinity();
}

Davis resistance_of(const Consist& consist, const Conditions& conditions) {
    if (const auto* rung = std::get_if<PowerAndMass>(&consist.rung)) return conditions.resistance * rung->resistance;
    if (const auto* rung = std::get_if<FullCurves>(&consist.rung)) return conditions.resistance * rung->resistance;
    return {};
}

double effort_at(const Consist& consist, const Conditions& conditions, double v) {
    double force = 0;
    const double per_speed = 1.0 / v;
    std::visit(Efforts{conditions, {&v, 1}, {&per_speed, 1}, {&force, 1}}, consist.rung);
    return force;
}

double acceleration_at(const Consist& consist, const Conditions& conditions, bool coasting, double v) {
    if (const auto* rung = std::get_if<ConstantAcceleration>(&consist.rung)) return coasting ? 0.0 : to_si(rung->rate);
    const double inertia = conditions.mass * to_si(consist.mass) * consist.rotating_mass_factor;
    const Davis davis = resistance_of(consist, conditions);
    const double resistance = to_si(davis.constant) + v * (to_si(davis.linear) + v * to_si(davis.quadratic));
    return ((coasting ? 0.0 : effort_at(consist, conditions, v)) - resistance) / inertia;
}

void extend(double top_speed, Grid& grid) {
    const std::size_t coarse = coarse_cells(top_speed);
    if (coarse <= grid.coarse) return;
    grid.coarse = coarse;
    const std::size_t fine = coarse * fine_per_coarse;
    for (std::vector<double>* list :
         {&grid.middle, &grid.reach, &grid.per_reach, &grid.mean_by_mean, &grid.half_by_mean, &grid.half_by_half, &grid.quad_by_mean,
          &grid.quad_by_half, &grid.medium_mean_by_mean, &grid.medium_half_by_mean, &grid.medium_half_by_slope})
        list->assign(fine, 0.0);
    for (std::vector<double>* list : {&grid.fine_node, &grid.per_fine_node}) list->assign(2 * fine, 0.0);
    for (std::vector<double>* list : {&grid.node, &grid.per_node}) list->assign(3 * coarse, 0.0);
    for (std::vector<double>* list : {&grid.per_coarse_reach, &grid.gain, &grid.beta}) list->assign(coarse, 0.0);
    for (std::vector<double>* list : {&grid.medium_middle, &grid.per_medium_reach}) list->assign(2 * coarse, 0.0);
    for (std::size_t i = 0; i < coarse; ++i) {
        const double low = knot(i * fine_per_coarse), high = knot((i + 1) * fine_per_coarse);
        for (std::size_t n = 0; n < 3; ++n) {
            const double v = std::sqrt(low + high + (static_cast<double>(n) - 1.0) * std::sqrt(0.6) * (high - low));
            grid.node[n * coarse + i] = v;
            grid.per_node[n * coarse + i] = 1.0 / v;
        }
        grid.per_coarse_reach[i] = 2.0 / (high - low);
        grid.gain[i] = high - low;
        grid.beta[i] = 0.5 / (static_cast<double>(i) + 0.5);
    }
    for (std::size_t j = 0; j < 2 * coarse; ++j) {
        const double low = knot(j * fine_per_medium), high = knot((j + 1) * fine_per_medium);
        grid.medium_middle[j] = 0.5 * (low + high);
        grid.per_medium_reach[j] = 2.0 / (high - low);
    }
    for (std::size_t k = 0; k < fine; ++k) {
        const std::size_t i = k / fine_per_coarse;
        const double low = knot(i * fine_per_coarse), high = knot((i + 1) * fine_per_coarse);
        const double middle = 0.5 * (knot(k) + knot(k + 1)), reach = 0.5 * (knot(k + 1) - knot(k));
        grid.fine_node[2 * k] = std::sqrt(2.0 * (middle - reach / std::sqrt(3.0)));
        grid.fine_node[2 * k + 1] = std::sqrt(2.0 * (middle + reach / std::sqrt(3.0)));
        grid.per_fine_node[2 * k] = 1.0 / grid.fine_node[2 * k];
        grid.per_fine_node[2 * k + 1] = 1.0 / grid.fine_node[2 * k + 1];
        grid.middle[k] = middle;
        grid.reach[k] = reach;
        grid.per_reach[k] = 1.0 / reach;
        const double half = 2.0 * reach / (high - low), centre = (2.0 * middle - low - high) / (high - low);
        grid.mean_by_mean[k] = half;
        grid.half_by_mean[k] = 3.0 * half * centre;
        grid.half_by_half[k] = half * half;
        grid.quad_by_mean[k] = 2.5 * half * (3.0 * centre * centre - 1.0 + half * half);
        grid.quad_by_half[k] = 5.0 * half * half * centre;
        const std::size_t medium = k / fine_per_medium;
        const double share = reach * grid.per_medium_reach[medium], off = (middle - grid.medium_middle[medium]) * grid.per_medium_reach[medium];
        grid.medium_mean_by_mean[k] = share;
        grid.medium_half_by_mean[k] = 3.0 * share * off;
        grid.medium_half_by_slope[k] = share * share * reach;
    }
}

namespace {

/// Net acceleration at speeds `v`.
void accelerations(const Consist& consist, const Conditions& conditions, bool coasting, std::span<const double> v, std::span<const double> per_speed,
                   std::span<double> forces) {
    if (coasting)
        std::fill(forces.begin(), forces.end(), 0.0);
    else
        std::visit(Efforts{conditions, v, per_speed, forces}, consist.rung);
    const Davis davis = resistance_of(consist, conditions);
    const double per_inertia = 1.0 / (conditions.mass * to_si(consist.mass) * consist.rotating_mass_factor);
    const double a = per_inertia * to_si(davis.constant), b = per_inertia * to_si(davis.linear), c = per_inertia * to_si(davis.quadratic);
    const double* speed = v.data();
    double* force = forces.data();
    RAILWINDOW_APART
    for (std::size_t j = 0; j < forces.size(); ++j) force[j] = per_inertia * force[j] - (a + speed[j] * (b + c * speed[j]));
}

/// A coarse cell's parabola over speed in place of that over energy.
SmoothCell smooth_cell(const Grid& grid, const ForceCells& cells, std::size_t i) {
    const double beta = grid.beta[i], half = cells.half[i], quad = cells.quad[i], bend = 0.5 * beta * half;
    return {cells.mean[i] - bend - 0.5 * quad, 2.0 * half - 1.2 * beta * quad, 4.0 * bend + 6.0 * quad};
}

/// Coarse cells from the forces at their nodes, by Gauss' rule.
void project(const Grid& grid, ForceCells& cells) {
    const std::size_t n = grid.coarse;
    const double *low = cells.forces.data(), *middle = low + n, *high = middle + n;
    double *mean = cells.mean.data(), *half = cells.half.data(), *quad = cells.quad.data();
    RAILWINDOW_APART
    for (std::size_t i = 0; i < n; ++i) {
        mean[i] = (5.0 * (low[i] + high[i]) + 8.0 * middle[i]) * (1.0 / 18);
        half[i] = 0.64549722436790281420 * (high[i] - low[i]);  // 5/6 sqrt(3/5)
        quad[i] = (5.0 * (low[i] + high[i]) - 10.0 * middle[i]) * (1.0 / 9);
    }
    cells.smooth.resize(n);
    for (std::size_t i = 0; i < n; ++i) cells.smooth[i] = smooth_cell(grid, cells, i);
}

/// Coarse cell `i` from its fine ones: where the force has a corner, three nodes are too few.
void project_fine(const Grid& grid, std::size_t i, ForceCells& cells) {
    double mean = 0, half = 0, quad = 0;
    for (std::size_t k = i * fine_per_coarse; k < (i + 1) * fine_per_coarse; ++k) {
        const double m = cells.at_zero[k] + cells.slope[k] * grid.middle[k], h = cells.slope[k] * grid.reach[k];
        mean += grid.mean_by_mean[k] * m;
        half += grid.half_by_mean[k] * m + grid.half_by_half[k] * h;
        quad += grid.quad_by_mean[k] * m + grid.quad_by_half[k] * h;
    }
    cells.mean[i] = mean, cells.half[i] = half, cells.quad[i] = quad;
    cells.smooth[i] = smooth_cell(grid, cells, i);
}

/// By how much the parabolas of two smooth cells may differ at the edge between them, in m/s^2. In a cell that is as much as three times
/// the part of third degree, which changes its sign twice there. Judgement.
constexpr double roughness = 2e-5;

/// By how much the force does not pass evenly from one coarse cell to the next.
double unevenness(const SmoothCell& below, const SmoothCell& above) {
    const double off = (above.in_middle - below.in_middle) + 0.25 * (above.square - below.square) - 0.5 * (above.linear + below.linear);
    const double slope_off = (above.linear - below.linear) - (above.square + below.square);
    return std::abs(off) + std::abs(slope_off) * (1.0 / 24);
}
bool even(const SmoothCell& below, const SmoothCell& above) { return unevenness(below, above) <= roughness; }

/// Refines where three nodes are too few.
void refine_corners(const Consist& consist, const Conditions& conditions, bool coasting, const Grid& grid, ForceCells& cells) {
    constexpr std::uint8_t wanted = 2;
    // The corners of an effort curve: each is small, but all bend the same way.
    if (const auto* rung = std::get_if<FullCurves>(&consist.rung); rung && !coasting)
        for (const TractionUnit& unit : rung->units)
            for (const EffortPoint& corner : unit.effort) {
                const auto i = static_cast<std::size_t>(conditions.power * to_si(corner.speed) * (1.0 / coarse_width));
                if (i < grid.coarse) cells.refined[i] = wanted;
            }
    // And cells that do not fit together.
    for (std::size_t i = 1; i < grid.coarse; ++i)
        if (!even(cells.smooth[i - 1], cells.smooth[i])) cells.refined[i - 1] = cells.refined[i] = wanted;
    for (std::size_t i = 0; i < grid.coarse; ++i) {
        const std::size_t first = i;
        while (i < grid.coarse && cells.refined[i] == wanted) ++i;
        if (first == i) continue;
        refine(consist, conditions, coasting, grid, first, i, cells);
        for (std::size_t j = first; j < i; ++j) project_fine(grid, j, cells);
    }
}

/// Finds where the force is smooth.
void find_ranges(ForceCells& cells) {
    const std::size_t n = cells.smooth.size();
    cells.smooth_below.resize(n);
    cells.smooth_from.resize(n);
    cells.rough.resize(n);
    std::uint32_t first = 0;
    cells.smooth_from[0] = 0;
    cells.rough[0] = 0;
    for (std::size_t i = 1; i < n; ++i) {
        const double off = unevenness(cells.smooth[i - 1], cells.smooth[i]);
        cells.rough[i] = off;
        cells.rough[i - 1] = std::max(cells.rough[i - 1], off);
        if (!(off <= roughness)) first = static_cast<std::uint32_t>(i);
        cells.smooth_from[i] = first;
    }
    auto last = static_cast<std::uint32_t>(n);
    for (std::size_t i = n; i-- > 0;) {
        cells.smooth_below[i] = last;
        if (cells.smooth_from[i] == i) last = static_cast<std::uint32_t>(i);
    }
}

/// The same force at every speed: cells do with it what closed forms do.
void fill_evenly(double rate, std::size_t coarse, ForceCells& cells) {
    cells.mean.assign(coarse, rate);
    for (std::vector<double>* list : {&cells.half, &cells.quad}) list->assign(coarse, 0.0);
    cells.smooth.assign(coarse, {rate, 0.0, 0.0});
    cells.smooth_from.resize(coarse);
    cells.smooth_below.resize(coarse);
    std::iota(cells.smooth_from.begin(), cells.smooth_from.end(), 0u);
    std::iota(cells.smooth_below.begin(), cells.smooth_below.end(), 1u);
    cells.rough.assign(coarse, 0.0);
    cells.at_zero.assign(coarse * fine_per_coarse, rate);
    cells.slope.assign(coarse * fine_per_coarse, 0.0);
    cells.refined.assign(coarse, 1);
}

}  // namespace

void refine(const Consist& consist, const Conditions& conditions, bool coasting, const Grid& grid, std::size_t first, std::size_t last,
            ForceCells& cells) {
    constexpr std::size_t nodes = 2 * fine_per_coarse;
    if (cells.forces.size() < (last - first) * nodes) cells.forces.resize((last - first) * nodes);
    const auto of_cells = [&](const std::vector<double>& list) { return std::span{list}.subspan(first * nodes, (last - first) * nodes); };
    const std::span forces{cells.forces.data(), (last - first) * nodes};
    accelerations(consist, conditions, coasting, of_cells(grid.fine_node), of_cells(grid.per_fine_node), forces);
    const double *middle = grid.middle.data() + first * fine_per_coarse, *per_reach = grid.per_reach.data() + first * fine_per_coarse;
    double *at_zero = cells.at_zero.data() + first * fine_per_coarse, *slope = cells.slope.data() + first * fine_per_coarse;
    for (std::size_t k = 0; k < forces.size() / 2; ++k) {
        const double low = forces[2 * k], high = forces[2 * k + 1];
        slope[k] = 0.86602540378443864676 * (high - low) * per_reach[k];  // sqrt(3)/2
        at_zero[k] = 0.5 * (low + high) - slope[k] * middle[k];
    }
    std::fill(cells.refined.begin() + static_cast<std::ptrdiff_t>(first), cells.refined.begin() + static_cast<std::ptrdiff_t>(last), 1);
}

void tabulate(const Consist& consist, const Conditions& conditions, bool coasting, const Grid& grid, ForceCells& cells) {
    if (const auto* rung = std::get_if<ConstantAcceleration>(&consist.rung)) {
        fill_evenly(coasting ? 0.0 : to_si(rung->rate), grid.coarse, cells);
        cells.known = true;
        return;
    }
    if (cells.forces.size() < grid.node.size()) cells.forces.resize(grid.node.size());
    for (std::vector<double>* list : {&cells.mean, &cells.half, &cells.quad}) list->resize(grid.coarse);
    for (std::vector<double>* list : {&cells.at_zero, &cells.slope}) list->resize(grid.coarse * fine_per_coarse);
    cells.refined.assign(grid.coarse, 0);
    accelerations(consist, conditions, coasting, grid.node, grid.per_node, {cells.forces.data(), grid.node.size()});
    project(grid, cells);
    refine_corners(consist, conditions, coasting, grid, cells);
    find_ranges(cells);
    cells.known = true;
}

}  // namespace railwindow::kernel

#undef RAILWINDOW_APART
