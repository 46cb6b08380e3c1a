#pragma once
// What anybody could forecast without a model, to be beaten.

#include <railwindow/score/forecast.hpp>

namespace railwindow {

/// "About 60 kilometres per hour" (Kyodo and others, September 2023), the press's rule of thumb.
inline constexpr Speed press_speed = 60 * km / h;

/// The time from start to target at 60 km/h, with the mean times of what is to be done on the way.
Duration sixty_km_h(const Target& target);

/// One journey's time to one place, as the lognormal is fitted to it.
struct ElapsedExample {
    std::string journey;                                     ///< the scenario's name
    std::vector<std::pair<std::string, Length>> by_country;  ///< distance by ISO 3166 code
    Duration elapsed;                                        ///< what it took, stands included
};

/// A mean speed for each country, stands included, and the deviation of ln(time) about what they give.
struct CountrySpeeds {
    std::vector<std::pair<std::string, Speed>> speed;  ///< by ISO 3166 code
    Speed elsewhere;                                   ///< of a country without examples: the mean of all
    double log_deviation = 0;                          ///< standard deviation of ln(time)

    /// The median time for so many kilometres in each country.
    Duration median(const std::vector<std::pair<std::string, Length>>& by_country) const;
    /// Equally likely times: the middles of cells of equal probability.
    std::vector<Millis> times(const std::vector<std::pair<std::string, Length>>& by_country) const;
};

/// Fitted to `examples` without those of `left_out`; each journey weighs the same.
/// Source: weighted least squares of ln(time) (Gauss-Newton) with each ln(speed) within 0.5 of the common mean before the fit.
CountrySpeeds country_speeds(const std::vector<ElapsedExample>& examples, const std::string& left_out);

}  // namespace railwindow
