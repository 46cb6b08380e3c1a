#pragma once
// Ordinary traffic of a line as written: in a practice file what runs there as a rule, in a scenario what runs there this time.

#include <railwindow/core/clock.hpp>
#include <railwindow/network/sheet.hpp>

#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// How an ordinary train ranks against the special train.
enum class Rank { lower, equal, higher };

/// Trains of one kind.
struct OrdinaryTrainsSheet {
    Name name;
    double weight = 1;
    Uncertain<Speed> speed;    ///< between stations, drawn for each train; never above the limit of the line
    Uncertain<Length> length;  ///< drawn for each train
    Rank rank = Rank::lower;
};

/// Where trains can stand on a line, beside its stations.
struct LoopsSheet {
    std::optional<Length> every{}, jitter{};  ///< spacing, triangular on every - jitter to every + jitter; empty: only the stations have loops
    Uncertain<Length> usable;                 ///< what stands clear, drawn for each loop and station
    Uncertain<double> station_tracks;         ///< drawn for each station, to the nearest whole number
};

/// The ordinary traffic of some lines of a country.
struct TrafficRuleSheet {
    std::vector<Name> lines;           ///< ids; empty: every other line of the country
    bool closed = false;               ///< the line is shut for the special train: there is traffic only where a scenario asks for it
    std::optional<Length> district{};  ///< the line is worked in parts of about this length, cut at stations; empty: in one
    LoopsSheet loops;
    Uncertain<Duration> headway;         ///< on double track, drawn for each line
    Uncertain<double> trains_per_day;    ///< in each direction, drawn for each line
    Uncertain<Duration> cleared_before;  ///< so long before the special train those of lower rank are off its way, drawn for each line
    std::vector<OrdinaryTrainsSheet> trains;
    Provenance provenance;
};

/// A train of the timetable.
struct TimetabledTrainSheet {
    Name name, line, from, to;
    Written<WrittenTime> depart;  ///< local to `from`
    Speed speed{};
    Length length{};
    Rank rank = Rank::lower;
};

/// What a scenario says of ordinary traffic.
struct TrafficSheet {
    bool running = true;                                ///< false: none, whatever the practice says
    double scale = 1;                                   ///< factor on the trains per day
    std::optional<Uncertain<Duration>> cleared_before;  ///< instead of the practice
    std::optional<Rank> rank;                           ///< of all ordinary trains, instead of the practice
    std::vector<TimetabledTrainSheet> trains;
    Place place;
};

}  // namespace railwindow
