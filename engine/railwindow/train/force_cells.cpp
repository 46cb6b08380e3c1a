#include <railwindow/train/force_cells.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace railwindow::kernel {
namespace {

/// Effort of one unit at ascending speeds: a walk along its curve.
class CurveWalk {
public:
    CurveWalk(const std::vector<EffortPoint>& curve, double power) : curve_{curve}, power_{power} {}

    /// Effort at `v`. A lower voltage gives the same effort at a proportionally lower speed.
    double operator()(double v) {
        const double rated = v / power_;
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

/// Sum of all efforts at each of `speeds` (ascending).
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
        for (std::size_t j = 0; j < speeds.size(); ++j) forces[j] = std::min(most, power * per_speed[j]);
        if (!rung.grip) return;
        for (std::size_t j = 0; j < speeds.size(); ++j) forces[j] = std::min(forces[j], grip_at(*rung.grip, conditions.grip, speeds[j]));
    }
    void operator()(const FullCurves& rung) const {
        for (const TractionUnit& unit : rung.units) {
            CurveWalk walk{unit.effort, conditions.power};
            const double most = continuous_limit(rung.rating, unit.continuous_effort);
            for (std::size_t j = 0; j < speeds.size(); ++j) {
                double force = std::min(most, walk(speeds[j]));
                if (unit.grip) force = std::min(force, grip_at(*unit.grip, conditions.grip, speeds[j]));
                forces[j] += force;
            }
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

void extend(double top_speed, Grid& grid) {
    const auto coarse = static_cast<std::size_t>(top_speed / coarse_width) + 2;
    for (; grid.coarse < coarse; ++grid.coarse) {
        const std::size_t first = grid.coarse * fine_per_coarse;
        const double low = knot(first), high = knot(first + fine_per_coarse);
        grid.cells.push_back({2.0 / (high - low), high - low, 0.5 / (static_cast<double>(grid.coarse) + 0.5)});
        for (std::size_t k = first; k < first + fine_per_coarse; ++k) {
            const double middle = 0.5 * (knot(k) + knot(k + 1)), reach = 0.5 * (knot(k + 1) - knot(k));
            for (const double x : {-1.0, 1.0}) {
                grid.node.push_back(std::sqrt(2.0 * (middle + x * reach / std::sqrt(3.0))));
                grid.per_node.push_back(1.0 / grid.node.back());
            }
            grid.middle.push_back(middle);
            grid.per_reach_fine.push_back(1.0 / reach);
            const double half = 2.0 * reach / (high - low), centre = (2.0 * middle - low - high) / (high - low);
            grid.weights.push_back({.mean_by_mean = half, .half_by_mean = 3.0 * half * centre, .half_by_half = half * half,
                                    .quad_by_mean = 2.5 * half * (3.0 * centre * centre - 1.0 + half * half),
                                    .quad_by_half = 5.0 * half * half * centre});
        }
    }
}

void tabulate(const Consist& consist, const Conditions& conditions, bool coasting, const Grid& grid, ForceCells& cells) {
    cells.fine.resize(grid.coarse * fine_per_coarse);
    cells.coarse.resize(grid.coarse);
    if (const auto* rung = std::get_if<ConstantAcceleration>(&consist.rung)) {
        const double rate = coasting ? 0.0 : to_si(rung->rate);
        std::fill(cells.fine.begin(), cells.fine.end(), ForceCells::Fine{rate, 0.0});
        std::fill(cells.coarse.begin(), cells.coarse.end(), ForceCells::Coarse{rate, 0.0, 0.0});
        return;
    }
    cells.forces.assign(grid.node.size(), 0.0);
    if (!coasting) std::visit(Efforts{conditions, grid.node, grid.per_node, cells.forces}, consist.rung);
    const Davis davis = resistance_of(consist, conditions);
    const double a = to_si(davis.constant), b = to_si(davis.linear), c = to_si(davis.quadratic);
    const double per_inertia = 1.0 / (conditions.mass * to_si(consist.mass) * consist.rotating_mass_factor);
    for (std::size_t j = 0; j < cells.forces.size(); ++j)
        cells.forces[j] = per_inertia * (cells.forces[j] - (a + grid.node[j] * (b + c * grid.node[j])));
    for (std::size_t i = 0; i < grid.coarse; ++i) {
        ForceCells::Coarse sum{0, 0, 0};
        for (std::size_t k = i * fine_per_coarse; k < (i + 1) * fine_per_coarse; ++k) {
            const double low = cells.forces[2 * k], high = cells.forces[2 * k + 1];
            const double mean = 0.5 * (low + high), half = 0.5 * std::sqrt(3.0) * (high - low);
            const Grid::Weights& w = grid.weights[k];
            const double slope = half * grid.per_reach_fine[k];
            cells.fine[k] = {mean - slope * grid.middle[k], slope};
            sum.mean += w.mean_by_mean * mean;
            sum.half += w.half_by_mean * mean + w.half_by_half * half;
            sum.quad += w.quad_by_mean * mean + w.quad_by_half * half;
        }
        cells.coarse[i] = sum;
    }
}

}  // namespace railwindow::kernel
