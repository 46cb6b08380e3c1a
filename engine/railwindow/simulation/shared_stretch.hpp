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
    Length begin, length;  ///< chainage on the line
    Speed limit;
    bool double_track;
};

/// A station of a stretch, up the chainage.
struct StretchStation {
    DrawKey usable, tracks;
};

/// A train of the timetable on a stretch: where it comes in and goes out, up the chainage.
struct TimetabledTrain {
    std::string name;
    Way way;
    std::size_t from, to;  ///< stations of the stretch
    Instant enters;
    Speed speed;
    Length length;
    Rank rank;
};

/// Keys of what is drawn for a line: places by line and kilometre cell, trains by line, direction and hour. None has a train of the convoy or
/// a part of the line in it, so whoever runs on the line finds the same loops and meets the same trains.
struct LineKeys {
    DrawKey loop_phase, loop_place, loop_usable, headway, density, cleared;
    struct Trains {
        DrawKey phase, time, kind, speed, length;
    };
    std::array<Trains, 2> trains;  ///< by Way
};

/// One line, or a district of it, as far as the main train runs over it without reversing, and its ordinary traffic.
struct SharedStretch {
    LineId line;
    std::size_t shared_line;  ///< of Model::shared_lines
    std::size_t first, last;  ///< visits of the main train
    std::size_t stage;
    Way way;  ///< of the main train
    std::vector<StretchSection> sections;
    std::vector<StretchStation> stations;  ///< one more than sections
    Length line_begin, line_end;           ///< chainage of the line's ends
    TrafficRuleSheet rule;                 ///< with what the scenario has changed
    double scale;
    LineKeys keys;
    std::vector<TimetabledTrain> timetable;
};

}  // namespace railwindow
