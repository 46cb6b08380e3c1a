// Trains on one line: one mechanism per drawing, and what holds for any line and any traffic.

#include <support/properties.hpp>

#include <railwindow/simulation/shared_line.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <random>

namespace railwindow::simulation_shared_line_test {
namespace {

using std::chrono::minutes;

Instant at_minute(int count) { return Instant{minutes{count}}; }

/// Stations with two tracks of 500 m, ten minutes apart.
SharedLine single_track(std::size_t stations) {
    return {std::vector<LineStation>(stations, {.tracks = 2, .usable = 500 * m}), std::vector<LineSection>(stations - 1)};
}

TrainSort sort_on(const SharedLine& line, int priority, Length length = 400 * m, Millis running = minutes{10}) {
    TrainSort sort;
    sort.length = length;
    sort.priority = priority;
    for (auto& way : sort.running) way.assign(line.sections.size(), running);
    for (auto& way : sort.dwell) way.assign(line.stations.size(), Millis{0});
    return sort;
}

LineRecord run(const SharedLine& line, const std::vector<TrainSort>& sorts, const std::vector<LineTrain>& trains) {
    REQUIRE(fault(line, sorts, trains) == "");
    return LineWorking{}.run(line, sorts, trains, true);
}

struct Drawn {
    SharedLine line;
    std::vector<TrainSort> sorts;
    std::vector<LineTrain> trains;
};

Drawn any_traffic(std::uint32_t seed, bool with_double_track) {
    std::mt19937 bits{seed};
    const auto upto = [&](int from, int to) { return from + static_cast<int>(bits() % static_cast<std::uint32_t>(to - from + 1)); };
    Drawn drawn;
    const int stations = upto(2, 12);
    for (int i = 0; i < stations; ++i) drawn.line.stations.push_back({.tracks = upto(1, 4), .usable = upto(2, 9) * 100.0 * m});
    for (int i = 0; i + 1 < stations; ++i)
        drawn.line.sections.push_back({.double_track = with_double_track && upto(0, 2) == 0, .headway = minutes{upto(1, 8)}});
    for (int i = upto(1, 4); i > 0; --i) {
        TrainSort sort = sort_on(drawn.line, upto(0, 2), upto(1, 12) * 100.0 * m);
        sort.cleared_before = minutes{upto(0, 3) * 20};
        for (std::size_t way = 0; way < 2; ++way) {
            for (Millis& running : sort.running[way]) running = minutes{upto(1, 30)};
            for (std::size_t at = 0; at < sort.dwell[way].size(); ++at) {
                const LineStation& station = drawn.line.stations[at];
                if (station.tracks > 1 && sort.length <= station.usable && upto(0, 3) == 0) sort.dwell[way][at] = minutes{upto(1, 20)};
            }
        }
        drawn.sorts.push_back(sort);
    }
    const int window = std::array{10, 60, 600}[static_cast<std::size_t>(upto(0, 2))];  // from a rush to single trains
    const bool end_to_end = upto(0, 1) == 0;
    for (int i = upto(1, 60); i > 0; --i) {
        const int low = end_to_end ? 0 : upto(0, stations - 2), high = end_to_end ? stations - 1 : upto(low + 1, stations - 1);
        const auto a = static_cast<std::size_t>(low), b = static_cast<std::size_t>(high);
        const bool up = upto(0, 1) == 0;
        const auto sort = static_cast<std::size_t>(upto(0, static_cast<int>(drawn.sorts.size()) - 1));
        drawn.trains.push_back(
            {.sort = sort, .way = up ? Way::up : Way::down, .from = up ? a : b, .to = up ? b : a, .enters = at_minute(upto(-200, window - 200))});
    }
    return drawn;
}

/// Each train's passings, in its own order.
std::vector<std::vector<Passing>> by_train(const Drawn& drawn, const LineRecord& record) {
    std::vector<std::vector<Passing>> ways(drawn.trains.size());
    for (const Passing& passing : record.passings) ways[passing.train].push_back(passing);
    return ways;
}

/// What is wrong with the run; empty when it keeps the rules.
std::string broken_rule(const Drawn& drawn, const LineRecord& record) {
    const auto ways = by_train(drawn, record);
    struct Stay {
        Instant from, to;
    };
    std::map<std::size_t, std::vector<Stay>> sections;
    std::map<std::size_t, std::vector<std::pair<Instant, int>>> stations;
    for (std::size_t i = 0; i < ways.size(); ++i) {
        const LineTrain& train = drawn.trains[i];
        const TrainSort& sort = drawn.sorts[train.sort];
        const std::size_t way = train.way == Way::up ? 0 : 1;
        if (ways[i].size() != std::max(train.from, train.to) - std::min(train.from, train.to) + 1) return "a station is missing or doubled";
        if (ways[i].back().station != train.to) return "a train does not arrive";
        if (record.delay[i] < Millis{0}) return "a train is faster than alone";
        if (ways[i].front().departure < train.enters) return "a train leaves before its time";
        for (std::size_t k = 0; k + 1 < ways[i].size(); ++k) {
            const Passing &here = ways[i][k], &next = ways[i][k + 1];
            const std::size_t section = std::min(here.station, next.station);
            if (next.station != (train.way == Way::up ? here.station + 1 : here.station - 1)) return "a train leaps";
            if (next.arrival - here.departure < sort.running[way][section]) return "a section is run too fast";
            if (!drawn.line.sections[section].double_track) {
                if (next.arrival - here.departure != sort.running[way][section]) return "a train stands on single track";
                sections[section].push_back({here.departure, next.arrival});
            }
            if (k == 0 || here.station == 0 || here.station + 1 == drawn.line.stations.size()) continue;
            const LineStation& station = drawn.line.stations[here.station];
            const std::size_t behind = train.way == Way::up ? here.station - 1 : here.station;
            if (drawn.line.sections[behind].double_track) continue;  // may have stood at the home signal
            if (here.departure - here.arrival < sort.dwell[way][here.station]) return "a stay is cut short";
            if (here.departure == here.arrival) continue;
            if (sort.length > station.usable || station.tracks < 2) return "a train stands where it does not fit";
            stations[here.station].push_back({here.arrival, +1});
            stations[here.station].push_back({here.departure, -1});
        }
    }
    for (auto& [section, stays] : sections) {
        std::sort(stays.begin(), stays.end(), [](const Stay& a, const Stay& b) { return a.from < b.from; });
        for (std::size_t k = 1; k < stays.size(); ++k)
            if (stays[k].from < stays[k - 1].to) return "two trains in one section";
    }
    for (auto& [station, changes] : stations) {
        std::sort(changes.begin(), changes.end());
        int standing = 0;
        for (const auto& change : changes)
            if ((standing += change.second) > drawn.line.stations[station].tracks) return "more trains than tracks";
    }
    return {};
}

}  // namespace

TEST_CASE("drawn: an opposing train of lower priority waits in the loop") {
    const SharedLine line = single_track(4);
    const std::vector<TrainSort> sorts{sort_on(line, 1), sort_on(line, 0)};
    // Up enters at 5; the other could start into the section first, and would be in the way.
    const LineRecord record = run(line, sorts, {{0, Way::up, 0, 3, at_minute(5)}, {1, Way::down, 3, 0, at_minute(0)}});
    CHECK(record.arrival[0] == at_minute(35));
    CHECK(record.delay[0] == minutes{0});
    REQUIRE(record.holds.size() == 1);
    CHECK(record.holds[0].train == 1);
    CHECK(record.holds[0].station == 2);
    CHECK(record.holds[0].ready == at_minute(10));
    CHECK(record.holds[0].released == at_minute(25));
    CHECK(record.delay[1] == minutes{15});
}

TEST_CASE("drawn: with equal priority the earlier one goes first") {
    const SharedLine line = single_track(2);
    const std::vector<TrainSort> sorts{sort_on(line, 1)};
    const LineRecord record = run(line, sorts, {{0, Way::up, 0, 1, at_minute(3)}, {0, Way::down, 1, 0, at_minute(2)}});
    CHECK(record.delay[1] == minutes{0});
    CHECK(record.arrival[0] == at_minute(22));
}

TEST_CASE("drawn: a train longer than the loop waits for the other where it fits") {
    SharedLine line = single_track(4);
    line.stations[1].usable = line.stations[2].usable = 300 * m;
    const std::vector<TrainSort> sorts{sort_on(line, 0, 900 * m), sort_on(line, 0, 200 * m)};
    const LineRecord record = run(line, sorts, {{0, Way::up, 0, 3, at_minute(1)}, {1, Way::down, 3, 0, at_minute(0)}});
    // It asked first: when the other has reached the second loop, where that fits, all three sections are its own.
    REQUIRE(record.holds.size() == 2);
    CHECK(record.holds[0].train == 0);
    CHECK(record.holds[0].station == 0);
    CHECK(record.holds[0].released == at_minute(10));
    CHECK(record.arrival[0] == at_minute(40));
    CHECK(record.holds[1].train == 1);
    CHECK(record.holds[1].station == 2);
    CHECK(record.holds[1].released == at_minute(30));
    CHECK(record.arrival[1] == at_minute(50));
}

TEST_CASE("drawn: the line is shut before a special train") {
    const SharedLine line = single_track(4);
    std::vector<TrainSort> sorts{sort_on(line, 1), sort_on(line, 0)};
    const std::vector<LineTrain> trains{{0, Way::up, 0, 3, at_minute(60)}, {1, Way::up, 0, 3, at_minute(0)}};
    CHECK(run(line, sorts, trains).delay[1] == minutes{0});
    sorts[0].cleared_before = minutes{55};
    const LineRecord shut = run(line, sorts, trains);
    CHECK(shut.delay[0] == minutes{0});
    CHECK(shut.holds[0].train == 1);
    CHECK(shut.arrival[1] > shut.arrival[0]);
}

TEST_CASE("drawn: a fast train of higher priority overtakes in a loop") {
    const SharedLine line = single_track(5);
    const std::vector<TrainSort> sorts{sort_on(line, 1, 400 * m, minutes{5}), sort_on(line, 0)};
    const LineRecord record = run(line, sorts, {{0, Way::up, 0, 4, at_minute(16)}, {1, Way::up, 0, 4, at_minute(0)}});
    CHECK(record.delay[0] == minutes{0});
    CHECK(record.arrival[1] > record.arrival[0]);
}

TEST_CASE("drawn: double track keeps a headway and does not know the other direction") {
    SharedLine line = single_track(3);
    for (LineSection& section : line.sections) section = {.double_track = true, .headway = minutes{4}};
    for (LineStation& station : line.stations) station.tracks = 4;
    const std::vector<TrainSort> sorts{sort_on(line, 0)};
    const LineRecord record =
        run(line, sorts, {{0, Way::up, 0, 2, at_minute(0)}, {0, Way::up, 0, 2, at_minute(1)}, {0, Way::down, 2, 0, at_minute(0)}});
    CHECK(record.delay == std::vector<Millis>{minutes{0}, minutes{3}, minutes{0}});
}

TEST_CASE("found: 2026-11-25 a train that needs the whole line waits for those on the move, not until no other train is left") {
    SharedLine line = single_track(8);
    const std::vector<TrainSort> sorts{sort_on(line, 1, 900 * m), sort_on(line, 0, 200 * m)};
    std::vector<LineTrain> trains{{0, Way::up, 0, 7, at_minute(60)}};
    for (int minute = 0; minute < 1440; minute += 30) {
        trains.push_back({1, Way::up, 0, 7, at_minute(minute)});
        trains.push_back({1, Way::down, 7, 0, at_minute(minute + 15)});
    }
    const LineRecord record = run(line, sorts, trains);
    CHECK(record.delay[0] <= minutes{20});  // until a meet is over, and who then runs is in a loop
    // The same among equals: it asked before those that come later.
    const LineRecord equal = run(line, {sort_on(line, 0, 900 * m), sorts[1]}, trains);
    CHECK(equal.delay[0] <= minutes{60});
}

TEST_CASE("law: on any single-track line and with any traffic every train arrives and the rules are kept") {
    holds("rules", [](std::uint32_t seed) {
        const Drawn drawn = any_traffic(seed, false);
        RC_ASSERT(fault(drawn.line, drawn.sorts, drawn.trains) == "");
        RC_ASSERT(broken_rule(drawn, LineWorking{}.run(drawn.line, drawn.sorts, drawn.trains, true)) == "");
    });
}

TEST_CASE("law: with double track between, too") {
    holds("rules", [](std::uint32_t seed) {
        const Drawn drawn = any_traffic(seed, true);
        RC_ASSERT(broken_rule(drawn, LineWorking{}.run(drawn.line, drawn.sorts, drawn.trains, true)) == "");
    });
}

TEST_CASE("law: lower traffic that follows leaves every tick of the train ahead") {
    holds("unmoved", [](std::uint32_t seed) {
        Drawn drawn = any_traffic(seed, seed % 2 == 0);
        const Way way = drawn.trains.front().way;
        const std::size_t end = drawn.line.stations.size() - 1;
        TrainSort main = drawn.sorts.front();
        main.priority = 9;
        drawn.sorts.push_back(main);
        const LineTrain leader{drawn.sorts.size() - 1, way, way == Way::up ? 0 : end, way == Way::up ? end : 0, at_minute(0)};
        std::vector<LineTrain> behind{leader};
        for (LineTrain train : drawn.trains) {
            train.way = way, train.from = leader.from, train.to = leader.to;
            train.enters = at_minute(1) + (train.enters - at_minute(-200));
            behind.push_back(train);
        }
        const LineRecord alone = LineWorking{}.run(drawn.line, drawn.sorts, {leader}, true);
        const LineRecord followed = LineWorking{}.run(drawn.line, drawn.sorts, behind, true);
        std::vector<Instant> before, after;
        for (const Passing& passing : alone.passings) before.push_back(passing.departure);
        for (const Passing& passing : followed.passings)
            if (passing.train == 0) after.push_back(passing.departure);
        RC_ASSERT(before == after);
    });
}

TEST_CASE("law: a working that is used again gives the same run") {
    const Drawn one = any_traffic(7, true), other = any_traffic(8, false);
    LineWorking working;
    const std::vector<Instant> first = working.run(one.line, one.sorts, one.trains).arrival;
    working.run(other.line, other.sorts, other.trains);
    CHECK(working.run(one.line, one.sorts, one.trains).arrival == first);
}

}  // namespace railwindow::simulation_shared_line_test
