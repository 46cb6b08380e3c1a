#pragma once
// The ordinary trains of a stretch in one run, and the places where they can meet.
//
// A line has a loop at every station, and between stations one in each kilometre cell, unless a station is nearer than half a spacing and stands
// for it. The rate of trains is constant over the day: hour by hour as many come in as it says, none lost to rounding, at any time of their
// hour. A train comes into the part of the line that is looked at when it would, had it run from the line's end at the median speed
// of its kind; so parts of one line see the same trains. Their own starts and stops take no time; speeds are those between stations.

#include <railwindow/core/noise.hpp>
#include <railwindow/simulation/shared_line.hpp>
#include <railwindow/simulation/shared_stretch.hpp>

#include <optional>
#include <vector>

namespace railwindow {

/// Where trains may meet.
struct StretchPlace {
    Length chainage;
    std::optional<std::size_t> station;  ///< of the stretch; nothing: a loop between
};

/// A train of the convoy that has been given its way.
struct StretchTrain {
    std::size_t train;
    TrainSort sort;
    LineTrain runs;
};

/// One stretch of a run so far.
struct StretchState {
    bool drawn = false;
    std::vector<StretchPlace> places;  ///< up the chainage, as the stations of `line`
    SharedLine line;
    Millis cleared_before{};
    Instant begins;                  ///< no ordinary train is drawn that came in earlier
    std::vector<TrainSort> sorts;    ///< of the ordinary trains, one each, then of the convoy
    std::vector<LineTrain> trains;   ///< likewise
    std::vector<std::size_t> kinds;  ///< of the ordinary trains: of the rule, then those of the timetable
    std::vector<StretchTrain> convoy;
};

/// Priority of the special trains in a line's working; ordinary ones have one more or less, or the same.
inline constexpr int special_priority = 1;

/// Draws loops, tracks and headways.
void draw_line(const SharedStretch& stretch, const Noise& noise, StretchState& state);
/// How many trains a day in each direction the stretch lets through at most with the loops and headway of `noise`, at median speeds: on single track
/// one each way by turns through the section between loops that takes the longest, on double track one in every headway. Infinity without kinds of
/// trains.
double trains_carried(const SharedStretch& stretch, const Noise& noise);
/// The longest that an ordinary train should be on the stretch: at the median speed of the slowest kind.
Millis slowest_run(const SharedStretch& stretch);
/// Draws the ordinary trains that come in from state.begins to `end`, and adds all those of the timetable; those of the convoy are put behind them.
void draw_trains(const SharedStretch& stretch, const Noise& noise, StretchState& state, Instant end);

}  // namespace railwindow
