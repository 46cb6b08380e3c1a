#pragma once
// The parts of the way that the trains of the convoy share with ordinary trains, with all that is drawn for them.

#include <railwindow/core/noise.hpp>
#include <railwindow/network/network.hpp>
#include <railwindow/simulation/shared_line.hpp>
#include <railwindow/simulation/traffic_sheet.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// A section of a stretch, up the chainage.
struct StretchSection {
    Length begin, length;  ///< chainage on the line, and the section's length
    Speed limit;           ///< the highest speed
    bool double_track;     ///< whether it has two tracks
};

/// A station of a stretch, up the chainage.
struct StretchStation {
    DrawKey usable, tracks;  ///< what is drawn for it
};

/// A train of the timetable on a stretch: where it comes in and goes out, up the chainage.
struct TimetabledTrain {
    std::string name;      ///< for logs and diagrams
    Way way;               ///< its direction
    std::size_t from, to;  ///< stations of the stretch
    Instant enters;        ///< when it comes in
    Speed speed;           ///< between stations
    Length length;         ///< of the train
    Rank rank;             ///< against the special train
};

/// Keys of what is drawn for a line: places by line and kilometre cell, trains by line, direction and hour. None has a train of the convoy or
/// a part of the line in it, so whoever runs on the line finds the same loops and meets the same trains.
struct LineKeys {
    DrawKey loop_phase, loop_place, loop_usable, headway, density, cleared;  ///< what is drawn once for the line, or for one of its cells
    struct Trains {
        DrawKey phase, time, kind, speed, length;  ///< what is drawn for an hour, or for one train
    };                                             ///< Of the trains of one direction.
    std::array<Trains, 2> trains;                  ///< by Way
};

/// One line, or a district of it, as far as the main train runs over it without reversing, and its ordinary traffic.
struct SharedStretch {
    LineId line;                             ///< of the network
    std::size_t shared_line;                 ///< of Model::shared_lines
    std::size_t first, last;                 ///< visits of the main train
    std::size_t stage;                       ///< of the main train's itinerary
    Way way;                                 ///< of the main train
    std::vector<StretchSection> sections;    ///< up the chainage
    std::vector<StretchStation> stations;    ///< one more than sections
    Length line_begin, line_end;             ///< chainage of the line's ends
    TrafficRuleSheet rule;                   ///< with what the scenario has changed
    double scale;                            ///< factor on the trains per day
    LineKeys keys;                           ///< what is drawn
    std::vector<TimetabledTrain> timetable;  ///< trains that run by a timetable
};

}  // namespace railwindow
