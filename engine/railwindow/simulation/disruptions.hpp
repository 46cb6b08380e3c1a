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

inline constexpr Length kilometre_cell = 10 * km;
inline constexpr Millis hour_cell = std::chrono::hours{1}, day_cell = std::chrono::hours{24};
/// Laws are cut at this share of their draws: no stand without end, and nothing older has to be looked for.
/// Source: judgement (reference practice: truncate lognormal laws at P99.9).
inline constexpr double longest_share = 0.999;

/// Events in cells: how many a cell holds, and where in it each lies.
struct CellProcess {
    double mean;  ///< in one cell of a month whose factor is 1
    MonthFactors months;
    DrawKey count, place;

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
    CellProcess where;
    Uncertain<Length> length;
    Uncertain<Speed> speed;
    DrawKey length_key, speed_key;
};

/// Of the places where the train comes to a stand.
struct HoldProcess {
    CellProcess where;
    Uncertain<Duration> lasts;
    DrawKey lasts_key;
    std::string_view why;
};

/// Successive sections of one line, run in one direction of one stage.
struct TrackPart {
    std::size_t stage;
    Length begin, end;    ///< chainage, whatever the direction
    CourseOffset course;  ///< where the part begins on the course
    bool up;              ///< run up the chainage
    std::optional<RestrictionProcess> restrictions{};
    std::vector<HoldProcess> holds{};

    /// The place of a chainage of the part.
    CourseOffset at(Length chainage) const { return course + (up ? chainage - begin : end - chainage); }
};

/// Of the times when something begins that lasts.
struct SpellProcess {
    CellProcess when;
    Uncertain<Duration> lasts;
    Millis longest;
    DrawKey lasts_key;
};

/// The wire of one line.
struct WireProcess {
    std::optional<SpellProcess> outages{}, low_voltage{};
    std::optional<Uncertain<Duration>> rescue{};
    Uncertain<double> power{1.0};  ///< that a low voltage leaves
    DrawKey rescue_key, power_key;
};

/// A line that may be closed at any of its places.
struct ClosureProcess {
    SpellProcess when;
    Length begin, end;  ///< chainage of the whole line
    DrawKey place_key;
};

/// What may disturb one train on its way.
struct Disruptions {
    std::vector<TrackPart> parts;  ///< those where something may lie
    std::vector<WireProcess> wires;
    std::vector<ClosureProcess> closures;
    std::vector<std::optional<std::size_t>> wire, closure;  ///< of `wires` and `closures`, by step of the path; empty where none has one
};

/// Something that holds for a while.
struct Spell {
    Instant begin, end;
    double size;  ///< share of power that is left; chainage in metres
};

/// The spells of one process that a run has looked at: those of all cells from some first one up to `next`.
struct Spells {
    std::optional<std::int64_t> next;
    std::vector<Spell> known;
};

}  // namespace railwindow
