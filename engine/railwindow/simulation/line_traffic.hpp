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
        Length distance;        ///< from the origin of the main train
        Instant at;             ///< when it is there
    };                          ///< Where it is at one time.
    std::string name;           ///< of its kind, of the timetable, or of the convoy
    bool special;               ///< whether it belongs to the convoy
    std::vector<Point> points;  ///< in the order of time
    Millis delay{};             ///< against running alone
};

/// Where trains can meet on a stretch.
struct MeetingPlace {
    Length distance;  ///< from the origin of the main train
    int tracks;       ///< the running line among them; 1: nothing stands there
    Length usable;    ///< the longest train that it takes
};

/// The ordinary trains that were looked at on one stretch: those on the line while the convoy is, or who might come across it.
struct LineTraffic {
    std::size_t trains = 0;            ///< how many
    Millis delay{};                    ///< of all of them together, against running alone
    Millis caused{};                   ///< what of it the convoy has caused: they are delayed by each other without it, too
    std::vector<StringLine> strings;   ///< empty unless a log was asked for
    std::vector<MeetingPlace> places;  ///< likewise, up the chainage
};

}  // namespace railwindow
