#include <railwindow/inference/weighted.hpp>

#include <railwindow/inference/particles.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace railwindow {

Share share_by_batch(const std::vector<double>& part, const std::vector<double>& whole) {
    const double total = std::accumulate(whole.begin(), whole.end(), 0.0);
    if (!(total > 0)) return {};
    const double share = std::accumulate(part.begin(), part.end(), 0.0) / total, n = static_cast<double>(whole.size());
    double squares = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        const double rest = part[i] - share * whole[i];
        squares += rest * rest;
    }
    return {share, n > 1 ? std::sqrt(n / (n - 1) * squares) / total : 0};
}

namespace {

class Distribution {
public:
    explicit Distribution(std::vector<WeightedTime> times) : times_{std::move(times)} {
        std::erase_if(times_, [](const WeightedTime& one) { return one.weight == 0; });
        std::sort(times_.begin(), times_.end(), [](const WeightedTime& a, const WeightedTime& b) { return a.time < b.time; });
        sums_.reserve(times_.size());
        for (const WeightedTime& one : times_) sums_.push_back((sums_.empty() ? 0 : sums_.back()) + one.weight);
    }

    bool empty() const { return times_.empty(); }

    std::size_t rank(double p) const {
        const double total = static_cast<double>(sums_.back()), mean = total / static_cast<double>(times_.size());
        const double wanted = p * total - 1e-9 * mean;  // p n may come out just above a whole number
        const auto enough =
            std::lower_bound(sums_.begin(), sums_.end(), wanted, [](std::uint64_t sum, double w) { return static_cast<double>(sum) < w; });
        return static_cast<std::size_t>(std::min(enough, sums_.end() - 1) - sums_.begin());
    }

    Quantile quantile(double p) const {
        const std::size_t here = rank(p);
        Quantile result{p, Millis{times_[here].time}, {}};
        const std::uint64_t unit = sums_.back();
        std::vector<double> below(batches), all(batches);
        for (const WeightedTime& one : times_) {
            const double weight = static_cast<double>(one.weight) / static_cast<double>(unit);
            all[one.batch] += weight;
            if (one.time <= times_[here].time) below[one.batch] += weight;
        }
        const double error = share_by_batch(below, all).error;
        if (p - error > 0 && p + error < 1) result.error = Millis{(times_[rank(p + error)].time - times_[rank(p - error)].time) / 2};
        return result;
    }

private:
    std::vector<WeightedTime> times_;
    std::vector<std::uint64_t> sums_;
};

}  // namespace

std::vector<Quantile> weighted_quantiles(std::vector<WeightedTime> times, const std::vector<double>& quantiles) {
    const Distribution distribution{std::move(times)};
    std::vector<Quantile> result;
    if (distribution.empty()) return result;
    for (const double p : quantiles) result.push_back(distribution.quantile(p));
    return result;
}

Duration weighted_crps(std::vector<WeightedTime> times, Instant low, Instant high) {
    std::sort(times.begin(), times.end(), [](const WeightedTime& a, const WeightedTime& b) { return a.time < b.time; });
    double total = 0;
    for (const WeightedTime& one : times) total += static_cast<double>(one.weight);
    if (!(total > 0)) return {};
    constexpr int places = 9;
    double sum = 0;
    for (int i = 0; i < places; ++i) {
        const double truth = static_cast<double>(low.time_since_epoch().count()) + (i + 0.5) / places * static_cast<double>((high - low).count());
        double below = 0, before = std::min(truth, static_cast<double>(times.front().time));
        const auto up_to = [&](double next) {  // F is constant from `before` on; the truth is a step of its own
            const double until = std::clamp(truth, before, next), share = below / total;
            sum += (until - before) * share * share + (next - until) * (1 - share) * (1 - share);
            before = next;
        };
        for (const WeightedTime& one : times) {
            up_to(static_cast<double>(one.time));
            below += static_cast<double>(one.weight);
        }
        up_to(std::max(truth, before));
    }
    return sum / places * ms;
}

}  // namespace railwindow
