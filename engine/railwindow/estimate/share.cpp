#include <railwindow/estimate/share.hpp>

#include <cmath>

namespace railwindow {

Share share_of(std::uint64_t count, std::uint64_t runs) {
    const double n = static_cast<double>(runs), p = static_cast<double>(count) / n;
    return {p, std::sqrt(p * (1 - p) / n)};
}

double lower_bound(std::uint64_t count, std::uint64_t runs) {
    const double n = static_cast<double>(runs), p = static_cast<double>(count) / n;
    return (p + 0.5 / n - std::sqrt(p * (1 - p) / n + 0.25 / (n * n))) / (1 + 1 / n);
}

std::uint64_t fewest_for(double confidence, std::uint64_t runs) {
    std::uint64_t low = 0, high = runs + 1;  // below `low` all are too few, `high` is enough or impossible
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        if (lower_bound(middle, runs) >= confidence)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

}  // namespace railwindow
