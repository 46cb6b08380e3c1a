#include <railwindow/score/calibration.hpp>

#include <railwindow/core/error.hpp>

#include <fmt/format.h>
#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <set>

namespace railwindow {
namespace {

using Vector = Eigen::VectorXd;
using Matrix = Eigen::MatrixXd;

// a + b x + x C x / 2 in the distance x from the centre of a design.
struct Quadratic {
    Vector gradient;
    Matrix curvature;
};

struct Journey {
    std::string name;
    Record record;
    std::vector<Forecast> forecasts;
};

// The four numbers: their names and priors. They are logarithms: 0 is a factor of 1.
struct Numbers {
    std::vector<std::string> names{"spread"};
    std::vector<double> priors{0};

    PaceTrial trial(const Vector& at) const {
        PaceTrial made{std::exp(at(0)), {}};
        for (std::size_t i = 1; i < names.size(); ++i) made.median[names[i]] = std::exp(at(static_cast<Eigen::Index>(i)));
        return made;
    }
    Vector deviations() const { return Eigen::Map<const Vector>(priors.data(), static_cast<Eigen::Index>(priors.size())); }
};

Numbers numbers_of(const std::vector<Journey>& journeys) {
    Numbers numbers;
    std::map<std::string, double> medians;
    for (const Journey& journey : journeys)
        for (const Forecast& forecast : journey.forecasts)
            for (const CountryWorking& country : forecast.model->main().countries) {
                if (country.pace.median_prior > 0) medians[country.name] = country.pace.median_prior;
                numbers.priors[0] = std::max(numbers.priors[0], country.pace.spread_prior);
            }
    for (const auto& [country, prior] : medians) {
        numbers.names.push_back(country);
        numbers.priors.push_back(prior);
    }
    return numbers;
}

std::vector<Journey> journeys_of(const std::vector<Scenario>& scenarios) {
    std::vector<Journey> journeys;
    for (const Scenario& scenario : scenarios) {
        Journey journey{scenario.name, scenario.record, forecasts_of(scenario)};
        for (Forecast& forecast : journey.forecasts) std::erase_if(forecast.targets, [](const Target& target) { return !counts(target.observed); });
        std::erase_if(journey.forecasts, [](const Forecast& forecast) { return forecast.targets.empty(); });
        if (!journey.forecasts.empty()) journeys.push_back(std::move(journey));
    }
    return journeys;
}

// ln(elapsed time): by run and target, and as observed with the variance of the observed interval.
struct Elapsed {
    std::vector<std::vector<double>> runs;
    std::vector<double> observed, variance;
};

std::optional<Elapsed> elapsed_of(const Journey& journey, const PaceTrial& trial, const EstimateOptions& options) {
    Elapsed elapsed;
    for (const Forecast& forecast : journey.forecasts) {
        const ForecastRuns runs = run_forecast(with_pace(forecast, trial), options);
        if (!runs.complete) return {};
        const Millis start = forecast.start.time_since_epoch();
        for (std::size_t i = 0; i < forecast.targets.size(); ++i) {
            const Observation& seen = forecast.targets[i].observed;
            const Millis took = seen.low->time_since_epoch() + (*seen.high - *seen.low) / 2 - start;
            elapsed.observed.push_back(std::log(to_duration(took) / s));
            const double width = to_duration(*seen.high - *seen.low) / to_duration(took);
            elapsed.variance.push_back(width * width / 12);
            std::vector<double> column;
            for (const Millis time : runs.by_target[i])
                column.push_back(time == ForecastRuns::never ? std::nan("") : std::log(std::max(1.0, to_duration(time - start) / s)));
            elapsed.runs.push_back(std::move(column));
        }
    }
    return elapsed;
}

// The logarithm of the normal density at what was observed.
double log_likelihood(const Elapsed& elapsed) {
    const auto n = static_cast<Eigen::Index>(elapsed.observed.size());
    Vector sum = Vector::Zero(n), x(n);
    Matrix squares = Matrix::Zero(n, n);
    double runs = 0;
    for (std::size_t run = 0; run < elapsed.runs.front().size(); ++run) {
        for (Eigen::Index i = 0; i < n; ++i) x(i) = elapsed.runs[static_cast<std::size_t>(i)][run] - elapsed.observed[static_cast<std::size_t>(i)];
        if (!x.allFinite()) continue;
        sum += x;
        squares += x * x.transpose();
        ++runs;
    }
    const Vector mean = sum / runs;
    Matrix covariance = squares / runs - mean * mean.transpose();
    for (Eigen::Index i = 0; i < n; ++i) covariance(i, i) += elapsed.variance[static_cast<std::size_t>(i)] + 1e-8;
    const Eigen::LDLT<Matrix> solved{covariance};
    return -0.5 * (mean.dot(solved.solve(mean)) + solved.vectorD().array().log().sum());
}

// Centre, both ends of every axis, every corner.
std::vector<Vector> design(const Vector& half) {
    const Eigen::Index n = half.size();
    std::vector<Vector> points{Vector::Zero(n)};
    for (Eigen::Index i = 0; i < n; ++i)
        for (const double sign : {-1.0, 1.0}) points.push_back(sign * half(i) * Vector::Unit(n, i));
    for (unsigned corner = 0; corner < 1u << n; ++corner) {
        Vector point = half;
        for (Eigen::Index i = 0; i < n; ++i)
            if ((corner >> i) & 1u) point(i) = -point(i);
        points.push_back(point);
    }
    return points;
}

// Least squares through the values at the points of the design.
Quadratic quadratic_through(const std::vector<Vector>& points, const Vector& values) {
    const Eigen::Index n = points.front().size(), terms = 1 + n + n * (n + 1) / 2;
    Matrix rows(static_cast<Eigen::Index>(points.size()), terms);
    for (Eigen::Index row = 0; row < rows.rows(); ++row) {
        const Vector& x = points[static_cast<std::size_t>(row)];
        Eigen::Index term = 0;
        rows(row, term++) = 1;
        for (Eigen::Index i = 0; i < n; ++i) rows(row, term++) = x(i);
        for (Eigen::Index i = 0; i < n; ++i)
            for (Eigen::Index j = i; j < n; ++j) rows(row, term++) = x(i) * x(j);
    }
    const Vector fitted = rows.colPivHouseholderQr().solve(values);
    Quadratic quadratic{fitted.segment(1, n), Matrix::Zero(n, n)};
    Eigen::Index term = 1 + n;
    for (Eigen::Index i = 0; i < n; ++i)
        for (Eigen::Index j = i; j < n; ++j, ++term) {
            quadratic.curvature(i, j) += fitted(term);
            quadratic.curvature(j, i) += fitted(term);
        }
    return quadratic;
}

struct Maximum {
    Vector at;
    Vector deviations;
    Vector beyond;  // the end of the design, where it was cut off; else 0
};

// Newton's step on prior and likelihoods. What the likelihood bends upwards is taken as straight, and the step ends where the design
// has no say any more, at twice its half widths.
Maximum maximum_of(const std::vector<Quadratic>& likelihoods, const Vector& centre, const Vector& half, const Vector& prior) {
    const Eigen::Index n = centre.size();
    Vector gradient = Vector::Zero(n);
    Matrix curvature = Matrix::Zero(n, n);
    for (const Quadratic& one : likelihoods) {
        gradient += one.gradient;
        curvature += one.curvature;
    }
    const Eigen::SelfAdjointEigenSolver<Matrix> axes{curvature};
    const Matrix bent = axes.eigenvectors() * axes.eigenvalues().cwiseMin(0).asDiagonal() * axes.eigenvectors().transpose();
    const Vector precision = prior.array().square().inverse();
    const Matrix hessian = bent - Matrix{precision.asDiagonal()};
    const Vector step = (-hessian).ldlt().solve(gradient - precision.cwiseProduct(centre));
    const Matrix covariance = (-hessian).inverse();
    const Vector within = step.cwiseMax(-2 * half).cwiseMin(2 * half);
    return {centre + within, covariance.diagonal().array().sqrt(), step - within};
}

// What one look at a design saw.
struct Look {
    Vector centre, half;
    std::vector<Quadratic> quadratics;  // by journey

    Maximum maximum(const Vector& prior, std::optional<std::size_t> without) const {
        std::vector<Quadratic> used = quadratics;
        if (without) used.erase(used.begin() + static_cast<std::ptrdiff_t>(*without));
        return maximum_of(used, centre, half, prior);
    }
};

class Fit {
public:
    Fit(std::vector<Journey> journeys, Numbers numbers, const CalibrationOptions& options)
        : journeys_{std::move(journeys)}, numbers_{std::move(numbers)}, options_{options} {}

    /// Around the best answer so far. False when it was stopped.
    bool look(double width) {
        Look look{looks_.empty() ? Vector::Zero(numbers_.deviations().size()) : best().at, width * numbers_.deviations(), {}};
        const std::vector<Vector> points = design(look.half);
        for (const Journey& journey : journeys_) {
            Vector values(static_cast<Eigen::Index>(points.size()));
            for (std::size_t i = 0; i < points.size(); ++i) {
                const EstimateOptions runs{options_.runs, options_.score.seed, options_.score.threads, {}, options_.score.progress};
                const auto elapsed = elapsed_of(journey, numbers_.trial(look.centre + points[i]), runs);
                if (!elapsed) return false;
                values(static_cast<Eigen::Index>(i)) = log_likelihood(*elapsed);
            }
            const double weight = journey.record == Record::special_train ? 1 : options_.ordinary_weight;
            look.quadratics.push_back(quadratic_through(points, weight * values));
        }
        looks_.push_back(std::move(look));
        return true;
    }

    Maximum best() const { return looks_.back().maximum(numbers_.deviations(), {}); }

    /// The last look lies where all journeys together want it. Where leaving one out leads beyond its end, a look before tells the answer, which is
    /// wider: cut off there it would know the journey that it has not seen. Where all together lead beyond it, there is nothing better.
    Maximum without(std::size_t journey) const {
        const Vector prior = numbers_.deviations();
        for (auto look = looks_.rbegin();; ++look) {
            const Maximum found = look->maximum(prior, journey), all = look->maximum(prior, {});
            const bool cut = ((found.beyond.array() != 0) && (all.beyond.array() == 0)).any();
            if (!cut || look + 1 == looks_.rend()) return found;
        }
    }

    const std::vector<Journey>& journeys() const { return journeys_; }
    const Numbers& numbers() const { return numbers_; }

private:
    std::vector<Journey> journeys_;
    Numbers numbers_;
    const CalibrationOptions& options_;
    std::vector<Look> looks_;
};

void require_priors(const Numbers& numbers, const std::vector<Scenario>& scenarios) {
    const bool all = std::all_of(numbers.priors.begin(), numbers.priors.end(), [](double prior) { return prior > 0; });
    if (numbers.names.size() > 1 && all) return;
    const Place place = scenarios.empty() || scenarios.front().practice.empty() ? Place{} : scenarios.front().practice.front().country.place;
    throw InputError{Finding{place, "pace", "no practice file of these scenarios gives priors of its pace, so nothing can be fitted",
                             "write `pace: {median: 1, spread: 1, median_prior: 0.1, spread_prior: 0.3, source: ...}`", Severity::error}};
}

// A fit is judged by journeys that it has not seen.
void require_another(const std::vector<Journey>& journeys) {
    const bool scored = std::any_of(journeys.begin(), journeys.end(), [](const Journey& one) { return one.record == Record::special_train; });
    if (scored && journeys.size() > 1) return;
    throw InputError{Finding{{},
                             "fit",
                             scored ? fmt::format("only {} has observations that count, so there is nothing to leave out", journeys.front().name)
                                    : std::string{"no special train here has observations that count, so no fit can be scored"},
                             "name at least two journeys with observed intervals of 3 h or less, one of them a special train's, or leave out --fit",
                             Severity::error}};
}

// Of all journeys, known and unknown to the numbers: only to compare two fits on the same ones.
double total_crps(const Backtest& result) {
    double sum = 0;
    for (const ScoreGroup* group : {&result.known, &result.unseen})
        for (const JourneyScore& journey : group->journeys) sum += journey.crps;
    return sum;
}

constexpr std::uint64_t least_runs = 100;  // means and covariances of a handful of times; judgement

}  // namespace

Calibration calibrate(const std::vector<Scenario>& scenarios, const CalibrationOptions& options) {
    if (options.runs < least_runs)
        throw InputError{Finding{{},
                                 "fit-runs",
                                 fmt::format("{} runs are too few for a fit", options.runs),
                                 fmt::format("ask for at least {}", least_runs),
                                 Severity::error}};
    std::vector<Journey> journeys = journeys_of(scenarios);
    require_another(journeys);
    const Numbers numbers = numbers_of(journeys);
    require_priors(numbers, scenarios);
    Fit fit{std::move(journeys), numbers, options};
    Calibration result;
    result.stopped_early = true;
    for (const double width : {1.0, 0.5, 0.25})
        if (!fit.look(width)) return result;

    const Maximum best = fit.best();
    for (Eigen::Index i = 0; i < best.at.size(); ++i) {
        const auto k = static_cast<std::size_t>(i);
        const double factor = std::exp(best.at(i));
        result.fitted.push_back({numbers.names[k], numbers.priors[k], factor, best.deviations(i), HUGE_VAL, 0});
    }
    std::map<std::string, PaceTrial> plain, left_out;
    for (const Scenario& scenario : scenarios) {
        plain[scenario.name] = numbers.trial(Vector::Zero(best.at.size()));
        left_out[scenario.name] = numbers.trial(best.at);
    }
    for (std::size_t j = 0; j < fit.journeys().size(); ++j) {
        const Maximum others = fit.without(j);
        left_out[fit.journeys()[j].name] = numbers.trial(others.at);
        for (Eigen::Index i = 0; i < best.at.size(); ++i) {
            Fitted& one = result.fitted[static_cast<std::size_t>(i)];
            one.lowest = std::min(one.lowest, std::exp(others.at(i)));
            one.highest = std::max(one.highest, std::exp(others.at(i)));
        }
    }
    result.plain = backtest(scenarios, options.score, plain);
    result.left_out = backtest(scenarios, options.score, left_out);
    result.stopped_early = result.plain.stopped_early || result.left_out.stopped_early;
    result.improves = !result.stopped_early && total_crps(result.left_out) < total_crps(result.plain);
    return result;
}

}  // namespace railwindow
