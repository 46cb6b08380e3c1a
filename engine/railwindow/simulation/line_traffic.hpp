#pragma once
// What a run tells of the ordinary trains on one line.

#include <railwindow/core/clock.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace railwindow {

/// One train on a stretch: a line of the string-line diagram.
struct StringLine {
    struct Point {
        Length distance;  ///< from the origin of the main train
        Instant at;
    };
    std::string name;  ///< of its kind, of the timetable, or of the convoy
    bool special;      ///< whether it belongs to the convoy
    std::vector<Point> points;
};

/// The ordinary trains that were looked at on one stretch: those on the line while the convoy is, or who might come across it.
struct LineTraffic {
    std::size_t trains = 0;
    Millis delay{};                   ///< of all of them together, against running alone
    Millis caused{};                  ///< what of it the convoy has caused: they are delayed by each other without it, too
    std::vector<StringLine> strings;  ///< empty unless a log was asked for
};

}  // namespace railwindow
