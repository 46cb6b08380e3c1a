#pragma once
// Trains on one line of stations and sections: what they do to each other. A pure discrete-event run: who runs comes in with
// running times per section, what comes out is where each train was held and when it got there.
//
// Single track is worked from station to station, one train to a section. A train leaves its place only when all it needs to
// reach the next place where it may stand is reserved: the sections, a track at every station it runs through, and a track
// at the place itself. So a moving train always gets there. Of the tracks of a station, trains of one direction may
// *stand* on all but one, or, when they run through without standing, pass on any that is free; a train stands only where it fits.
// On double track each direction is a queue with a headway, and its end, the home signal, is a place to stand.
//
// Who needs many sections at once, as one does that is too long for the loops, would wait for ever on a busy line: while one of them is taken
// another becomes free. So the first of those that wait keeps the others off what it needs as soon as only trains on the move are in its way: what
// stands on its way, and what is on the way to stand there, leaves it a track at every station ("prepared").
//
// No deadlock: suppose no train moves, dwells or is still to enter, and some train is left. If the first of them is prepared, it is granted what it
// asks for: nobody is on the move, and it gives way to none of those that wait. If it is not, it keeps nobody off. Every section of single
// track is free. Say a train towards higher stations is left (else mirror the line); take the foremost of them. At every
// station ahead stand no trains of its direction and at most all but one track's worth of the other, so a track is free,
// for passing as well as for standing; it is within its direction's share; and nothing ahead in its direction is in a
// queue. The station where it fits, or its destination, is therefore in reach and its request is admissible. Precedence
// cannot deny it: a train gives way only to trains that move, dwell or are still to enter, and there are none. So the
// dispatcher, who grants every admissible request, has granted it: a contradiction, too. Each grant takes a train nearer to its
// destination and waiting on the clock ends, so all arrive.

#include <railwindow/core/clock.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace railwindow {

/// Towards higher or lower station numbers.
enum class Way : std::uint8_t { up, down };
/// A place where trains can stand.
struct LineStation {
    /// 1: a halt, where nothing stands but trains that end there. The two ends of the line are yards: any number may stand in them.
    int tracks = 2;
    /// What stands clear on any of its tracks.
    Length usable = 0 * m;
};
/// The track between two stations.
struct LineSection {
    bool double_track = false;  ///< whether each direction has its own track
    /// Double track: between two trains of one direction at either end; positive.
    Millis headway{0};
};

/// Station i and i + 1 bound section i.
struct SharedLine {
    std::vector<LineStation> stations;  ///< in the order of their numbers
    std::vector<LineSection> sections;  ///< one fewer than stations
};

/// How one sort of train runs; both directions.
struct TrainSort {
    std::array<std::vector<Millis>, 2> running;  ///< by Way, then section
    std::array<std::vector<Millis>, 2> dwell;    ///< by Way, then station: the least stay; the train does not run through where it is positive
    Length length = 0 * m;                       ///< of the train
    int priority = 0;                            ///< higher goes first
    /// Lower priorities are clear of every section so long before this train reaches it.
    Millis cleared_before{0};
};
/// A train on the line.
struct LineTrain {
    std::size_t sort = 0;          ///< index into the sorts
    Way way = Way::up;             ///< its direction
    std::size_t from = 0, to = 0;  ///< stations: where it comes in, where it goes out
    Instant enters;                ///< when it is ready to leave `from`
};
/// When a train was at a station.
struct Passing {
    std::uint32_t train, station;  ///< their numbers
    Instant arrival, departure;    ///< equal where it did not stand; who waits at the home signal has not arrived
};
/// A train that had to wait.
struct LineHold {
    std::uint32_t train, station;  ///< their numbers
    Instant ready, released;       ///< when it wanted to go on, and when it could
    bool at_home_signal;           ///< on double track, before the station
};
/// What a run tells.
struct LineRecord {
    std::vector<Instant> arrival;   ///< by train
    std::vector<Millis> delay;      ///< by train: against running alone
    std::vector<LineHold> holds;    ///< only those longer than nothing, in order of release
    std::vector<Passing> passings;  ///< in order of departure; empty unless asked for
    std::uint64_t events = 0;       ///< that the run took
};

/// What is wrong with the line or the traffic, in words; empty when nothing is.
std::string fault(const SharedLine& line, const std::vector<TrainSort>& sorts, const std::vector<LineTrain>& trains);

/// Runs traffic on a line. Reuse one for many runs: it keeps its memory.
/// Cost: per event a heap of the trains on the line and a look at each train that waits; tests/bench/line_bench.cpp.
class LineWorking {
public:
    /// What `trains` do on `line`; `fault` of them must be empty. Ties go to the earlier in `trains`.
    const LineRecord& run(const SharedLine& line, const std::vector<TrainSort>& sorts, const std::vector<LineTrain>& trains,
                          bool with_passings = false);

private:
    enum class Doing : std::uint8_t { outside, running, dwelling, waiting, done };
    struct Position {
        Doing doing = Doing::outside;
        bool at_home = false, holds_track = false;
        std::uint32_t node = 0;    // the station where its next event is, or where it waits
        std::uint32_t target = 0;  // reserved up to here
        bool target_home = false;
        std::uint64_t order = 0;  // in the queue of the double track it is on
        Instant next, arrived;
    };
    struct Queue {
        Instant next_entry = Instant::min(), last_exit;
        std::uint64_t entered = 0, served = 0;
    };
    struct Due {
        Instant at;
        std::uint32_t train;
    };
    struct Route {
        std::uint32_t target;
        bool home;
    };

    void begin();
    void enter(std::uint32_t train);
    void advance(std::uint32_t train);
    void ready(std::uint32_t train);
    void dispatch();
    bool granted(std::uint32_t train);
    bool keeps_off(std::uint32_t first, std::uint32_t train, const Route& route) const;
    std::uint32_t wanted(std::uint32_t train) const;
    bool admissible(std::uint32_t train, Route& route) const;
    bool gives_way(std::uint32_t train, const Route& route) const;
    bool hindered(const LineTrain& preferred, const Position& position, std::uint32_t train, const Route& route, Instant clear) const;
    void reserve(std::uint32_t train, const Route& route);
    void start_section(std::uint32_t train);
    void finish(std::uint32_t train);
    void add(Instant at, std::uint32_t train);

    bool stands(const LineTrain& train, std::uint32_t station) const;
    bool is_yard(std::uint32_t station) const { return station == 0 || station + 1 == line_->stations.size(); }
    bool counts(std::uint32_t station) const { return !is_yard(station) && line_->stations[station].tracks > 1; }
    int taken(std::uint32_t station) const { return tracks_[station][0] + tracks_[station][1]; }
    Millis alone(const LineTrain& train, std::uint32_t from, std::uint32_t to) const;
    std::uint32_t section_ahead(const LineTrain& train, std::uint32_t station) const { return train.way == Way::up ? station : station - 1; }
    static std::uint32_t after(const LineTrain& train, std::uint32_t station) { return train.way == Way::up ? station + 1 : station - 1; }

    const SharedLine* line_ = nullptr;
    const std::vector<TrainSort>* sorts_ = nullptr;
    const std::vector<LineTrain>* trains_ = nullptr;
    bool with_passings_ = false;
    Instant now_;
    int lowest_priority_ = 0;
    std::vector<std::array<std::vector<Millis>, 2>> reach_;  // by sort and way: time alone from the line's end to a station's departure
    std::vector<Position> positions_;
    std::vector<std::array<int, 2>> tracks_;  // stations: taken or reserved, by Way
    std::vector<std::array<int, 2>> parked_;  // of these, by trains that stand there or go there to stand
    std::vector<std::uint8_t> busy_;          // sections of single track
    std::vector<std::array<Queue, 2>> queues_;
    std::vector<Due> agenda_;
    std::vector<std::uint32_t> by_entry_, preferred_, waiting_;
    LineRecord record_;
};

}  // namespace railwindow
