#include <railwindow/core/distribution.hpp>

#include <railwindow/core/error.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace railwindow {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

template <std::size_t Size>
double polynomial(const double (&coefficients)[Size], double x) {  // highest power first
    double value = 0.0;
    for (const double c : coefficients) value = value * x + c;
    return value;
}

// The three rational approximations of AS 241: centre, and the two ranges of the tail.
constexpr double centre_above[] = {2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
                                   13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608};
constexpr double centre_below[] = {5226.495278852545925,  28729.085735721942674, 39307.89580009271061,  21213.794301586595867,
                                   5394.1960214247511077, 687.1870074920579083,  42.313330701600911252, 1.0};
constexpr double near_above[] = {7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
                                 3.64784832476320460504,   5.7694972214606914055,    4.6303378461565452959,  1.42343711074968357734};
constexpr double near_below[] = {1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
                                 0.68976733498510000455,    1.6763848301838038494,   2.05319162663775882187,   1.0};
constexpr double far_above[] = {2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
                                0.29656057182850489123,    1.7848265399172913358,     5.4637849111641143699,    6.6579046435011037772};
constexpr double far_below[] = {2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
                                0.0148753612908506148525,   0.13692988092273580531,   0.59983220655588793769,   1.0};

struct Check {
    void operator()(const Constant& law) const { finite({law.value}); }
    void operator()(const Uniform& law) const {
        finite({law.low, law.high}), ordered({law.low, law.high}, "the values must be in order: low <= high");
    }
    void operator()(const Triangular& law) const {
        finite({law.low, law.mode, law.high}), ordered({law.low, law.mode, law.high}, "the values must be in order: low <= mode <= high");
    }
    void operator()(const Normal& law) const { finite({law.mean, law.standard_deviation}), not_negative(law.standard_deviation); }
    void operator()(const Lognormal& law) const {
        finite({law.median, law.log_deviation}), not_negative(law.log_deviation);
        if (law.median <= 0) fail("the median of a lognormal law must be positive");
    }
    void operator()(const Mixture& law) const {
        if (law.parts.empty()) fail("a mixture needs at least one part");
        for (const WeightedLaw& part : law.parts) {
            finite({part.weight}), not_negative(part.weight);
        }
        if (total_weight(law) <= 0) fail("the weights of a mixture must not all be zero");
        if (!std::isfinite(total_weight(law))) fail("the weights of a mixture are too large");
    }

    void operator()(const OwnLaw& law) const {
        if (!law.quantile) fail("a law of one's own needs its quantile function");
        double before = -infinity;
        for (int i = 0; i <= 100; ++i) {
            const double u = (i + 0.5) / 101, value = law.quantile(u);
            finite({value});
            if (value < before) fail("the quantiles of a law of one's own must not fall as u grows");
            if (law.quantile(u) != value) fail("a law of one's own must give one value for one u: it may depend on nothing else");
            before = value;
        }
    }

    static double total_weight(const Mixture& law) {
        return std::accumulate(law.parts.begin(), law.parts.end(), 0.0, [](double sum, const WeightedLaw& part) { return sum + part.weight; });
    }

private:
    [[noreturn]] static void fail(const char* why) {
        Finding finding;
        finding.subject = "law";
        finding.what = why;
        throw InputError{std::move(finding)};
    }
    static void finite(std::initializer_list<double> values) {
        if (!std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); })) fail("the parameters must be finite");
    }
    static void ordered(std::initializer_list<double> values, const char* why) {
        if (!std::is_sorted(values.begin(), values.end())) fail(why);
    }
    static void not_negative(double value) {
        if (value < 0) fail("a spread or weight must not be negative");
    }
};

struct QuantileOf {
    double u;
    double operator()(const Constant& law) const { return law.value; }
    double operator()(const Uniform& law) const { return law.low + u * (law.high - law.low); }
    double operator()(const Triangular& law) const {
        const double width = law.high - law.low, rise = law.mode - law.low;
        if (width <= 0) return law.mode;
        return u * width < rise ? law.low + std::sqrt(u * width * rise) : law.high - std::sqrt((1 - u) * width * (law.high - law.mode));
    }
    double operator()(const Normal& law) const { return law.mean + law.standard_deviation * standard_normal_quantile(u); }
    double operator()(const Lognormal& law) const {  // its tails are never 0 nor infinite
        using Limits = std::numeric_limits<double>;
        return std::clamp(law.median * std::exp(law.log_deviation * standard_normal_quantile(u)), Limits::denorm_min(), Limits::max());
    }
    double operator()(const Mixture& law) const {
        const double total = Check::total_weight(law);
        double left = u * total;
        for (const WeightedLaw& part : law.parts) {
            if (left < part.weight) return part.law.quantile(open(left / part.weight));
            left -= part.weight;
        }
        const auto last = std::find_if(law.parts.rbegin(), law.parts.rend(), [](const WeightedLaw& part) { return part.weight > 0; });
        return last->law.quantile(open(1.0));  // rounding ate the rest
    }

    double operator()(const OwnLaw& law) const { return law.quantile(u); }

private:
    static double open(double x) { return std::clamp(x, 0x1p-54, 1.0 - 0x1p-53); }
};

struct Mean {
    double operator()(const Constant& law) const { return law.value; }
    double operator()(const Uniform& law) const { return (law.low + law.high) / 2; }
    double operator()(const Triangular& law) const { return (law.low + law.mode + law.high) / 3; }
    double operator()(const Normal& law) const { return law.mean; }
    double operator()(const Lognormal& law) const { return law.median * std::exp(law.log_deviation * law.log_deviation / 2); }
    double operator()(const Mixture& law) const {
        double sum = 0.0;
        for (const WeightedLaw& part : law.parts) sum += part.weight * part.law.mean();
        return sum / Check::total_weight(law);
    }
    double operator()(const OwnLaw& law) const {
        double sum = 0.0;
        for (int i = 0; i < 1000; ++i) sum += law.quantile((i + 0.5) / 1000);
        return sum / 1000;
    }
};

struct Support {
    using Range = std::pair<double, double>;
    Range operator()(const Constant& law) const { return {law.value, law.value}; }
    Range operator()(const Uniform& law) const { return {law.low, law.high}; }
    Range operator()(const Triangular& law) const { return {law.low, law.high}; }
    Range operator()(const Normal& law) const { return law.standard_deviation > 0 ? Range{-infinity, infinity} : Range{law.mean, law.mean}; }
    Range operator()(const Lognormal& law) const {
        return law.log_deviation > 0 ? Range{std::numeric_limits<double>::denorm_min(), infinity} : Range{law.median, law.median};  // never 0
    }
    Range operator()(const Mixture& law) const {
        Range all{infinity, -infinity};
        for (const WeightedLaw& part : law.parts) {
            if (part.weight <= 0) continue;
            const Range one = part.law.support();
            all = {std::min(all.first, one.first), std::max(all.second, one.second)};
        }
        return all;
    }
    Range operator()(const OwnLaw& law) const { return {law.quantile(0x1p-53), law.quantile(1 - 0x1p-53)}; }  // the ends of what is drawn
};

}  // namespace

double standard_normal_quantile(double p) {
    const double q = p - 0.5;
    if (std::abs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(centre_above, r) / polynomial(centre_below, r);
    }
    const double r = std::sqrt(-std::log(q < 0 ? p : 1 - p));
    const double x = r <= 5.0 ? polynomial(near_above, r - 1.6) / polynomial(near_below, r - 1.6)
                              : polynomial(far_above, r - 5.0) / polynomial(far_below, r - 5.0);
    return q < 0 ? -x : x;
}

// Out of line: who includes the header need not compile how seven forms are copied and moved.
Law::Law() : form_{Constant{0.0}} {}
Law::Law(const Law&) = default;
Law::Law(Law&&) noexcept = default;
Law& Law::operator=(const Law&) = default;
Law& Law::operator=(Law&&) noexcept = default;
Law::~Law() = default;

Law::Law(Form form) : form_{std::move(form)} { std::visit(Check{}, form_); }
double Law::quantile(double u) const { return std::visit(QuantileOf{u}, form_); }
double Law::mean() const { return std::visit(Mean{}, form_); }
std::pair<double, double> Law::support() const { return std::visit(Support{}, form_); }

}  // namespace railwindow
