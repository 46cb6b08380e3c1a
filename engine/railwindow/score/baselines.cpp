#include <railwindow/score/baselines.hpp>

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <set>

namespace railwindow {
namespace {

constexpr double prior_deviation = 0.5;  // of ln(speed) of a country about the mean of all: weak
constexpr std::size_t cells = 2'001;

struct Weighted {
    const ElapsedExample* example;
    double weight;
};

std::vector<Weighted> without(const std::vector<ElapsedExample>& examples, const std::string& left_out) {
    std::map<std::string, int> seen;
    for (const ElapsedExample& example : examples) ++seen[example.journey];
    std::vector<Weighted> used;
    for (const ElapsedExample& example : examples)
        if (example.journey != left_out) used.push_back({&example, 1.0 / seen[example.journey]});
    return used;
}

Speed mean_speed(const std::vector<Weighted>& examples) {
    double sum = 0, weights = 0;
    for (const auto& [example, weight] : examples) {
        Length length{};
        for (const auto& part : example->by_country) length += part.second;
        sum += weight * std::log(length / example->elapsed / (m / s));
        weights += weight;
    }
    return std::exp(sum / weights) * (m / s);
}

}  // namespace

Duration sixty_km_h(const Target& target) { return target.distance / press_speed + target.fixed_stands; }

Duration CountrySpeeds::median(const std::vector<std::pair<std::string, Length>>& by_country) const {
    Duration time{};
    for (const auto& [country, length] : by_country) {
        const auto found = std::find_if(speed.begin(), speed.end(), [&, &name = country](const auto& known) { return known.first == name; });
        time += length / (found == speed.end() ? elsewhere : found->second);
    }
    return time;
}

std::vector<Millis> CountrySpeeds::times(const std::vector<std::pair<std::string, Length>>& by_country) const {
    const Duration middle = median(by_country);
    std::vector<Millis> times;
    for (std::size_t i = 0; i < cells; ++i)
        times.push_back(to_millis(std::exp(log_deviation * standard_normal_quantile((static_cast<double>(i) + 0.5) / cells)) * middle));
    return times;
}

CountrySpeeds country_speeds(const std::vector<ElapsedExample>& examples, const std::string& left_out) {
    const std::vector<Weighted> used = without(examples, left_out);
    CountrySpeeds fitted;
    if (used.empty()) return {{}, press_speed, prior_deviation};
    fitted.elsewhere = mean_speed(used);
    std::set<std::string> countries;
    for (const auto& [example, weight] : used)
        for (const auto& part : example->by_country) countries.insert(part.first);
    for (const std::string& country : countries) fitted.speed.emplace_back(country, fitted.elsewhere);
    const auto n = static_cast<Eigen::Index>(fitted.speed.size());
    const auto residual = [&](const ElapsedExample& example) { return std::log(example.elapsed / fitted.median(example.by_country)); };
    for (int step = 0; step < 20; ++step) {
        Eigen::MatrixXd normal = Eigen::MatrixXd::Identity(n, n) / (prior_deviation * prior_deviation);
        Eigen::VectorXd right(n);
        for (Eigen::Index c = 0; c < n; ++c)
            right(c) = -std::log(fitted.speed[static_cast<std::size_t>(c)].second / fitted.elsewhere) / (prior_deviation * prior_deviation);
        double squares = 0, weights = 0;
        for (const auto& [example, weight] : used) {
            squares += weight * residual(*example) * residual(*example);
            weights += weight;
        }
        const double variance = std::max(1e-4, squares / weights);
        for (const auto& [example, weight] : used) {
            Eigen::VectorXd share = Eigen::VectorXd::Zero(n);  // -d ln(time) / d ln(speed)
            const Duration time = fitted.median(example->by_country);
            for (const auto& [country, length] : example->by_country)
                for (Eigen::Index c = 0; c < n; ++c)
                    if (fitted.speed[static_cast<std::size_t>(c)].first == country)
                        share(c) += length / fitted.speed[static_cast<std::size_t>(c)].second / time;
            normal += weight / variance * share * share.transpose();
            right -= weight / variance * residual(*example) * share;
        }
        const Eigen::VectorXd change = normal.ldlt().solve(right);
        for (Eigen::Index c = 0; c < n; ++c)
            fitted.speed[static_cast<std::size_t>(c)].second = std::exp(change(c)) * fitted.speed[static_cast<std::size_t>(c)].second;
        if (change.norm() < 1e-9) break;
    }
    double squares = 0, journeys = 0;
    for (const auto& [example, weight] : used) {
        squares += weight * residual(*example) * residual(*example);
        journeys += weight;
    }
    fitted.log_deviation = std::sqrt(squares / std::max(1.0, journeys - 1));
    return fitted;
}

}  // namespace railwindow
