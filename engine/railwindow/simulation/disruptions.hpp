#pragma once
// What may disturb one train on its way, with every draw named. Events come as Poisson processes in cells: of a line's kilometres, or of hours
// and days since 1970 (UTC). A cell's events depend on line and cell alone, so all trains and variants that share a line share them.

#include <railwindow/core/clock.hpp>
#include <railwindow/core/noise.hpp>
#include <railwindow/simulation/disruption_sheet.hpp>
#include <railwindow/train/course.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace railwindow {

inline constexpr Length kilometre_cell = 100 * km;  ///< width of a cell of line
inline constexpr Millis hour_cell = std::chrono::hours{1},
                        /**< width of a short cell */ five_day_cell = std::chrono::hours{5 * 24};  ///< of a long one
/// Laws are cut at this share of their draws: no stand without end, and nothing older has to be looked for.
/// Source: judgement (reference practice: truncate lognormal laws at P99.9).
inline constexpr double longest_share = 0.999;

/// Events in cells: how many a cell holds, and where in it each lies.
struct CellProcess {
    double mean;           ///< in one cell of a month whose factor is 1
    MonthFactors months;   ///< factor on `mean` by month
    DrawKey count, place;  ///< what is drawn: the number of events of a cell, and where in it one lies

    /// The number of events of a cell.
    int events(const Noise& noise, std::int64_t cell, int month) const;
    /// Where in its cell an event lies, in (0, 1).
    double where(const Noise& noise, std::int64_t cell, int event) const { return noise.uniform(named(place, cell, event)); }
    /// The name of something about one event.
    static DrawKey named(const DrawKey& key, std::int64_t cell, int event) {
        return key.at(static_cast<std::uint64_t>(cell)).at(static_cast<std::uint64_t>(event));
    }
};

/// The smallest k with P(N <= k) >= u for N Poisson of this mean.
int poisson_quantile(double mean, double u);

/// January is 0, by UTC.
int month_of(Instant at);
/// The cell of that width that `at` lies in, since 1970.
std::int64_t cell_of(Instant at, Millis width);

/// Of the chainage at which a restriction begins; it holds from there up the chainage.
struct RestrictionProcess {
    CellProcess where;              ///< beginnings along the chainage, in cells of kilometre_cell
    Uncertain<Length> length;       ///< of one restriction
    Uncertain<Speed> speed;         ///< that it allows
    DrawKey length_key, speed_key;  ///< what is drawn for one restriction
};

/// Of the places where the train comes to a stand.
struct HoldProcess {
    CellProcess where;          ///< along the chainage, in cells of kilometre_cell
    Uncertain<Duration> lasts;  ///< how long the train stands
    DrawKey lasts_key;          ///< what is drawn for one stand
    std::string_view why;       ///< for logs: text of the model or of the program
};

/// Successive sections of one line, run in one direction of one stage.
struct TrackPart {
    std::size_t stage;                                 ///< of the itinerary
    Length begin, end;                                 ///< chainage, whatever the direction
    CourseOffset course;                               ///< where the part begins on the course
    bool up;                                           ///< run up the chainage
    std::optional<RestrictionProcess> restrictions{};  ///< that may lie on it; empty: none
    std::vector<HoldProcess> holds{};                  ///< that may stop the train on it, one process to a cause

    /// The place of a chainage of the part.
    CourseOffset at(Length chainage) const { return course + (up ? chainage - begin : end - chainage); }
};

/// Of the times when something begins that lasts.
struct SpellProcess {
    CellProcess when;           ///< beginnings, in cells of time
    Uncertain<Duration> lasts;  ///< how long one lasts
    Millis longest;             ///< no spell lasts longer
    DrawKey lasts_key;          ///< what is drawn for one spell
};

/// The wire of one line.
struct WireProcess {
    std::optional<SpellProcess> outages{}, low_voltage{};  ///< of the wire; empty: none
    std::optional<Uncertain<Duration>> rescue{};           ///< until a train without power is helped on; empty: nobody comes
    Uncertain<double> power{1.0};                          ///< that a low voltage leaves
    DrawKey rescue_key, power_key;                         ///< what is drawn for one spell
};

/// A line that may be closed at any of its places.
struct ClosureProcess {
    SpellProcess when;  ///< when it is closed, and for how long
    Length begin, end;  ///< chainage of the whole line
    DrawKey place_key;  ///< what is drawn for the place of a closure
};

/// What may disturb one train on its way.
struct Disruptions {
    std::vector<TrackPart> parts;                           ///< those where something may lie
    std::vector<WireProcess> wires;                         ///< of the lines run over
    std::vector<ClosureProcess> closures;                   ///< of the lines run over
    std::vector<std::optional<std::size_t>> wire, closure;  ///< of `wires` and `closures`, by step of the path; empty where none has one
};

/// Something that holds for a while.
struct Spell {
    Instant begin, end;  ///< it holds from the one to the other, the second not included
    double size;         ///< share of power that is left; chainage in metres
};

/// The spells of one process that a run has looked at: those of all cells from some first one up to `next`.
struct Spells {
    std::optional<std::int64_t> next;  ///< the first cell not looked at; empty: none has been
    std::vector<Spell> known;          ///< by their beginning
};

}  // namespace railwindow
