#include <railwindow/train/force_cells.hpp>

#include <railwindow/train/passage.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

namespace railwindow::kernel {
namespace {

/// Effort of one unit at speeds that mostly ascend: a walk along its curve.
class CurveWalk {
public:
    CurveWalk(const std::vector<EffortPoint>& curve, double power) : curve_{curve}, power_{power} {}

    /// Effort at `v`. A lower voltage gives the same effort at a proportionally lower speed.
    double operator()(double v) {
        const double rated = v / power_;
        if (rated < to_si(curve_[at_].speed)) at_ = 0;
        while (at_ + 1 < curve_.size() && to_si(curve_[at_ + 1].speed) <= rated) ++at_;
        const EffortPoint& low = curve_[at_];
        if (at_ + 1 == curve_.size()) return to_si(low.effort) * (at_ == 0 ? 1.0 : to_si(low.speed) / rated);
        const EffortPoint& high = curve_[at_ + 1];
        return to_si(low.effort) + (rated - to_si(low.speed)) / (to_si(high.speed) - to_si(low.speed)) * (to_si(high.effort) - to_si(low.effort));
    }

private:
    const std::vector<EffortPoint>& curve_;
    double power_;
    std::size_t at_ = 0;
};

double grip_at(const Grip& grip, double factor, double v) {
    return factor * adhesion(grip.law, from_si<Speed>(v)) * to_si(grip.driven_mass) * to_si(gravity);
}

double continuous_limit(Rating rating, const std::optional<Force>& effort) {
    return rating == Rating::continuous ? to_si(*effort) : std::numeric_limits<double>::infinity();
}

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
#pragma GCC ivdep
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
#pragma GCC ivdep
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
    const auto coarse = static_cast<std::size_t>(top_speed / coarse_width) + 4;
    if (coarse <= grid.coarse) return;
    grid.coarse = coarse;
    const std::size_t fine = coarse * fine_per_coarse;
    for (std::vector<double>* list : {&grid.middle, &grid.per_reach, &grid.mean_by_mean, &grid.half_by_mean, &grid.half_by_half, &grid.quad_by_mean,
                                      &grid.quad_by_half, &grid.medium_mean_by_mean, &grid.medium_half_by_mean, &grid.medium_half_by_slope})
        list->assign(fine, 0.0);
    for (std::vector<double>* list : {&grid.node, &grid.per_node}) list->assign(2 * fine, 0.0);
    for (std::vector<double>* list : {&grid.per_coarse_reach, &grid.gain, &grid.beta}) list->assign(coarse, 0.0);
    for (std::vector<double>* list : {&grid.medium_middle, &grid.per_medium_reach}) list->assign(2 * coarse, 0.0);
    for (std::size_t j = 0; j < 2 * coarse; ++j) {
        const double low = knot(j * fine_per_medium), high = knot((j + 1) * fine_per_medium);
        grid.medium_middle[grid.medium_place(j)] = 0.5 * (low + high);
        grid.per_medium_reach[grid.medium_place(j)] = 2.0 / (high - low);
    }
    for (std::size_t k = 0; k < fine; ++k) {
        const std::size_t i = k / fine_per_coarse, at = grid.place(k);
        const double low = knot(i * fine_per_coarse), high = knot((i + 1) * fine_per_coarse);
        const double middle = 0.5 * (knot(k) + knot(k + 1)), reach = 0.5 * (knot(k + 1) - knot(k));
        grid.node[at] = std::sqrt(2.0 * (middle - reach / std::sqrt(3.0)));
        grid.node[at + fine] = std::sqrt(2.0 * (middle + reach / std::sqrt(3.0)));
        grid.per_node[at] = 1.0 / grid.node[at];
        grid.per_node[at + fine] = 1.0 / grid.node[at + fine];
        grid.middle[at] = middle;
        grid.per_reach[at] = 1.0 / reach;
        const double half = 2.0 * reach / (high - low), centre = (2.0 * middle - low - high) / (high - low);
        grid.mean_by_mean[at] = half;
        grid.half_by_mean[at] = 3.0 * half * centre;
        grid.half_by_half[at] = half * half;
        grid.quad_by_mean[at] = 2.5 * half * (3.0 * centre * centre - 1.0 + half * half);
        grid.quad_by_half[at] = 5.0 * half * half * centre;
        const std::size_t medium = grid.medium_place(k / fine_per_medium);
        const double share = reach * grid.per_medium_reach[medium], off = (middle - grid.medium_middle[medium]) * grid.per_medium_reach[medium];
        grid.medium_mean_by_mean[at] = share;
        grid.medium_half_by_mean[at] = 3.0 * share * off;
        grid.medium_half_by_slope[at] = share * share * reach;
        grid.per_coarse_reach[i] = 2.0 / (high - low);
        grid.gain[i] = high - low;
        grid.beta[i] = 0.5 / (static_cast<double>(i) + 0.5);
    }
}

namespace {

/// Net acceleration at the nodes, in place of the efforts.
void accelerate(const Consist& consist, const Conditions& conditions, const Grid& grid, std::vector<double>& forces) {
    const Davis davis = resistance_of(consist, conditions);
    const double per_inertia = 1.0 / (conditions.mass * to_si(consist.mass) * consist.rotating_mass_factor);
    const double a = per_inertia * to_si(davis.constant), b = per_inertia * to_si(davis.linear), c = per_inertia * to_si(davis.quadratic);
    const double* v = grid.node.data();
    double* force = forces.data();
    for (std::size_t j = 0, n = forces.size(); j < n; ++j) force[j] = per_inertia * force[j] - (a + v[j] * (b + c * v[j]));
}

/// One row of fine cells: their linear pieces, and their share in the coarse cells.
void project(const Grid& grid, std::size_t row, ForceCells& cells) {
    const std::size_t n = grid.coarse, first = row * n, upper = grid.coarse * fine_per_coarse;
    const double *low = cells.forces.data() + first, *high = cells.forces.data() + upper + first;
    double *at_zero = cells.at_zero.data() + first, *slope = cells.slope.data() + first;
    double *mean = cells.mean.data(), *half = cells.half.data(), *quad = cells.quad.data();
    const double *middle = grid.middle.data() + first, *per_reach = grid.per_reach.data() + first;
    const double *mm = grid.mean_by_mean.data() + first, *hm = grid.half_by_mean.data() + first, *hh = grid.half_by_half.data() + first,
                 *qm = grid.quad_by_mean.data() + first, *qh = grid.quad_by_half.data() + first;
#pragma GCC ivdep
    for (std::size_t i = 0; i < n; ++i) {
        const double m = 0.5 * (low[i] + high[i]), h = 0.86602540378443864676 * (high[i] - low[i]);  // sqrt(3)/2
        slope[i] = h * per_reach[i];
        at_zero[i] = m - slope[i] * middle[i];
        mean[i] += mm[i] * m;
        half[i] += hm[i] * m + hh[i] * h;
        quad[i] += qm[i] * m + qh[i] * h;
    }
}

/// By how much the parabolas of two smooth cells may differ at the edge between them, in m/s^2. In a cell that is as much as three times
/// the part of third degree, which changes its sign twice there. Judgement.
constexpr double roughness = 2e-5;

/// Each coarse cell's parabola over speed in place of that over energy; where those of two cells meet, the force is smooth.
void smoothen(const Grid& grid, ForceCells& cells) {
    const std::size_t n = grid.coarse;
    cells.smooth.resize(n);
    cells.smooth_below.resize(n);
    cells.smooth_from.resize(n);
    const double *mean = cells.mean.data(), *half = cells.half.data(), *quad = cells.quad.data(), *beta = grid.beta.data();
    SmoothCell* smooth = cells.smooth.data();
#pragma GCC ivdep
    for (std::size_t i = 0; i < n; ++i) {
        const double bend = 0.5 * beta[i] * half[i];
        smooth[i] = {mean[i] - bend - 0.5 * quad[i], 2.0 * half[i] - 1.2 * beta[i] * quad[i], 4.0 * bend + 6.0 * quad[i]};
    }
    std::uint32_t first = 0;
    double edge = 0, slope = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double middle = smooth[i].in_middle + 0.25 * smooth[i].square;
        const double off = middle - 0.5 * smooth[i].linear - edge, slope_off = smooth[i].linear - smooth[i].square - slope;
        if (std::abs(off) + std::abs(slope_off) * (1.0 / 24) > roughness) first = static_cast<std::uint32_t>(i);
        cells.smooth_from[i] = first;
        edge = middle + 0.5 * smooth[i].linear;
        slope = smooth[i].linear + smooth[i].square;
    }
    auto last = static_cast<std::uint32_t>(n);
    for (std::size_t i = n; i-- > 0;) {
        cells.smooth_below[i] = last;
        if (cells.smooth_from[i] == i) last = static_cast<std::uint32_t>(i);
    }
}

}  // namespace

void tabulate(const Consist& consist, const Conditions& conditions, bool coasting, const Grid& grid, ForceCells& cells) {
    cells.at_zero.resize(grid.node.size() / 2);
    cells.slope.resize(grid.node.size() / 2);
    for (std::vector<double>* list : {&cells.mean, &cells.half, &cells.quad}) list->assign(grid.coarse, 0.0);
    if (const auto* rung = std::get_if<ConstantAcceleration>(&consist.rung)) {
        const double rate = coasting ? 0.0 : to_si(rung->rate);
        std::fill(cells.at_zero.begin(), cells.at_zero.end(), rate);
        std::fill(cells.slope.begin(), cells.slope.end(), 0.0);
        std::fill(cells.mean.begin(), cells.mean.end(), rate);
        cells.smooth_from.resize(grid.coarse);
        cells.smooth_below.resize(grid.coarse);
        std::iota(cells.smooth_from.begin(), cells.smooth_from.end(), 0u);
        std::iota(cells.smooth_below.begin(), cells.smooth_below.end(), 1u);
        return;
    }
    cells.forces.resize(grid.node.size());
    if (coasting)
        std::fill(cells.forces.begin(), cells.forces.end(), 0.0);
    else
        std::visit(Efforts{conditions, grid.node, grid.per_node, cells.forces}, consist.rung);
    accelerate(consist, conditions, grid, cells.forces);
    for (std::size_t row = 0; row < fine_per_coarse; ++row) project(grid, row, cells);
    smoothen(grid, cells);
}

}  // namespace railwindow::kernel
