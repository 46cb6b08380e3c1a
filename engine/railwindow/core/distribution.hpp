#pragma once
// What is not known exactly: a law of probability, drawn by its own inverse distribution function so that one uniform number
// gives one value, on every machine, and a larger uniform never gives a smaller value.

#include <railwindow/core/physical_range.hpp>
#include <railwindow/core/units.hpp>

#include <functional>
#include <utility>
#include <variant>
#include <vector>

namespace railwindow {

/// The x with P(X <= x) = p for a standard normal X; p in (0, 1).
/// Source: Wichura (1988), algorithm AS 241 (PPND16), Applied Statistics 37, 477-484.   Accuracy: 1e-15 relative (noise tests).
double standard_normal_quantile(double p);

class Law;

/// Always the same.
struct Constant {
    double value;  ///< in SI units
};
/// Every value from `low` to `high` equally likely.
struct Uniform {
    double low;   ///< in SI units
    double high;  ///< in SI units
};
/// Rising from `low` to `mode`, falling to `high`.
struct Triangular {
    double low;   ///< in SI units
    double mode;  ///< the likeliest value
    double high;  ///< in SI units
};
/// The normal law.
struct Normal {
    double mean;                ///< in SI units
    double standard_deviation;  ///< in SI units
};
/// exp(Normal(log_median, log_deviation)).
struct Lognormal {
    double median;         ///< above 0, in SI units
    double log_deviation;  ///< standard deviation of the natural logarithm
};
struct WeightedLaw;
/// One of several laws, chosen with probability proportional to its weight. The uniform number first chooses, in the order
/// written, and what is left of it is stretched over (0, 1) and drawn from the chosen law.
struct Mixture {
    std::vector<WeightedLaw> parts;  ///< at least one
};

/// A law of one's own: the value below which the share u in (0, 1) of the draws lies, in SI units. It must not fall as u grows and must depend
/// on nothing but u: then the same seed gives the same bits, whatever threads ask. Several threads call it at once.
/// Its mean, which only the comparison of routes uses, is that of 1,000 quantiles.
struct OwnLaw {
    std::function<double(double u)> quantile;  ///< the inverse distribution function
};

/// A law of probability for a number in SI units.
class Law {
public:
    /// The laws there are.
    using Form = std::variant<Constant, Uniform, Triangular, Normal, Lognormal, Mixture, OwnLaw>;
    Law();
    /// The same law.
    Law(const Law&);
    Law(Law&&) noexcept;
    Law& operator=(const Law&);
    Law& operator=(Law&&) noexcept;
    ~Law();
    /// Throws: InputError when the parameters make no law (unordered, negative spread, not finite; for a law of one's own: falls, or answers
    /// twice differently, at one of 101 places).
    Law(Form form);  // NOLINT: a form is a law

    /// The value below which the share `u` in (0, 1) of the draws lies.
    double quantile(double u) const;
    /// The mean of the draws.
    double mean() const;
    /// The smallest and largest possible value (infinite for normal and lognormal).
    std::pair<double, double> support() const;
    /// True when every draw is the same.
    bool is_constant() const { return support().first == support().second; }
    /// The law with its parameters.
    const Form& form() const { return form_; }

private:
    Form form_;
};

/// A part of a mixture: its law, and its weight beside those of the others.
struct WeightedLaw {
    double weight;  ///< not negative
    Law law;        ///< of this part
};

/// A quantity that may be uncertain: a law with a unit.
template <class Q>
class Uncertain {
public:
    Uncertain() = default;
    /// The quantity that is known exactly.
    Uncertain(Q exactly) : law_{Constant{to_si(exactly)}} {}  // NOLINT: an exact value is the plainest law
    /// The quantity drawn from `law`, whose values are in SI units.
    explicit Uncertain(Law law) : law_{std::move(law)} {}

    /// The value below which the share `u` in (0, 1) of the draws lies. What a law's tail has beyond the physical range is drawn as its end.
    Q quantile(double u) const { return physical(law_.quantile(u)); }
    /// The mean of the draws, within the physical range.
    Q mean() const { return physical(law_.mean()); }
    /// The smallest possible value.
    Q lowest() const { return from_si<Q>(law_.support().first); }
    /// The largest possible value.
    Q highest() const { return from_si<Q>(law_.support().second); }
    /// The law of its value in SI units.
    const Law& law() const { return law_; }

private:
    static Q physical(double si) {
        if constexpr (std::is_same_v<Q, double>)
            return si;
        else
            return from_si<Q>(physical_range<Q>.nearest(si));
    }
    Law law_;
};

}  // namespace railwindow
