// Special trains among ordinary ones: one mechanism per drawing, and what holds for any line and any traffic on the way through a scenario.

#include <support/drawn.hpp>
#include <support/properties.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/simulation/ordinary_traffic.hpp>
#include <railwindow/simulation/simulate.hpp>

#include <algorithm>
#include <cmath>
#include <random>

namespace railwindow::simulation_sharing_test {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Speed ordinary_speed = 72 * km / h;

/// Four stations of one line, 10 km apart. 20 m/s and 0.5 m/s^2: 500 s a section, 20 s more for a start and 20 s for a stop.
Scenario line(int tracks = 1) {
    Scenario scenario = drawn("A --10km,72-- B --10km,72-- C --10km,72-- D");
    LineSheet& line = scenario.networks[0].lines[0];
    line.id = name_of("line");
    line.track.tracks = tracks;
    line.chainage = {{name_of("A"), {0 * m, {}}}, {name_of("B"), {10 * km, {}}}, {name_of("C"), {20 * km, {}}}, {name_of("D"), {30 * km, {}}}};
    scenario.networks[0].lines.resize(1);
    TrafficRuleSheet rule;
    rule.loops.usable = Uncertain<Length>{500 * m};
    rule.loops.station_tracks = Uncertain<double>{2.0};
    rule.headway = Uncertain<Duration>{4 * minute};
    rule.trains_per_day = Uncertain<double>{0.0};
    rule.cleared_before = Uncertain<Duration>{0 * s};
    scenario.practice[0].traffic = {rule};
    return scenario;
}

/// A train of the timetable that leaves so many minutes after midnight, when the main train does.
TimetabledTrainSheet train(const char* name, const char* from, const char* to, int minute_of_day, Rank rank, Length length = 300 * m) {
    const LocalTime at{minute_of_day < 0 ? 2019 : 2020,    minute_of_day < 0 ? 12 : 1,  minute_of_day < 0 ? 31 : 1,
                       (minute_of_day + 1440) % 1440 / 60, (minute_of_day + 1440) % 60, 0};
    return {name_of(name), name_of("line"), name_of(from), name_of(to), {{at, {}}, {}}, ordinary_speed, length, rank};
}

Scenario with(Scenario scenario, std::vector<TimetabledTrainSheet> trains) {
    scenario.traffic.emplace();
    scenario.traffic->trains = std::move(trains);
    return scenario;
}

Millis at(const Trace& trace, std::size_t visit) {
    return trace.main().visits[visit].depart - Instant{std::chrono::sys_days{std::chrono::year{2020} / 1 / 1}};
}

const StringLine& string_of(const Trace& trace, const std::string& name) {
    const auto& strings = trace.lines.at(0).strings;
    return *std::find_if(strings.begin(), strings.end(), [&](const StringLine& one) { return one.name == name; });
}

bool same_ticks(const TrainTrace& a, const TrainTrace& b) {
    const auto same = [](const VisitTimes& x, const VisitTimes& y) { return x.arrive == y.arrive && x.depart == y.depart && x.moving == y.moving; };
    return std::equal(a.visits.begin(), a.visits.end(), b.visits.begin(), b.visits.end(), same) && a.parts.spent == b.parts.spent;
}

/// Loops, tracks, trains and ranks of all kinds, some sections with two tracks, and a main train with calls and a pace of its own.
Scenario any_line(std::uint32_t seed) {
    std::mt19937 bits{seed};
    const auto upto = [&](int from, int to) { return from + static_cast<int>(bits() % static_cast<std::uint32_t>(to - from + 1)); };
    Scenario scenario = line();
    LineSheet& sheet = scenario.networks[0].lines[0];
    for (const auto& [from, to] : {std::pair{"A", "B"}, std::pair{"B", "C"}, std::pair{"C", "D"}})
        if (upto(0, 3) == 0) {
            SectionSheet two{name_of(from), name_of(to), {}};
            two.track.tracks = 2;
            sheet.sections.push_back(two);
        }
    TrafficRuleSheet& rule = scenario.practice[0].traffic[0];
    if (upto(0, 1) == 0) rule.loops.every = upto(2, 6) * km, rule.loops.jitter = 1 * km;
    rule.loops.usable = Uncertain<Length>{Law{Uniform{100.0, 900.0}}};
    rule.loops.station_tracks = Uncertain<double>{Law{Uniform{0.6, 4.4}}};
    rule.trains_per_day = Uncertain<double>{static_cast<double>(upto(0, 60))};
    rule.cleared_before = Uncertain<Duration>{upto(0, 3) * 10 * minute};
    for (const char* name : {"freight", "passenger"})
        rule.trains.push_back({name_of(name), static_cast<double>(upto(1, 3)), Uncertain<Speed>{Law{Uniform{5.0, 25.0}}},
                               Uncertain<Length>{Law{Uniform{50.0, 800.0}}}, static_cast<Rank>(upto(0, 2))});
    scenario.train.journey_pace.value = Uncertain<double>{Law{Normal{0.0, 0.1}}};
    if (upto(0, 1) == 0) scenario.journey.calls = {{name_of("C"), Uncertain<Duration>{upto(1, 30) * minute}, "", {}}};
    if (upto(0, 2) == 0) {
        ConvoyTrainSheet support;
        support.name = name_of("support");
        support.behind = Uncertain<Duration>{upto(5, 20) * minute};
        scenario.convoy = ConvoySheet{3 * minute, {support}, {}};
    }
    scenario.traffic.emplace();
    return scenario;
}

}  // namespace

TEST_CASE("drawn: an opposing train of lower rank waits in the loop, and the special train runs as if alone") {
    const Trace alone = simulate(build(line()), {});
    const Trace shared = simulate(build(with(line(), {train("goods", "D", "A", 0, Rank::lower)})), {}, Logging::on);
    CHECK(same_ticks(alone.main(), shared.main()));
    REQUIRE(shared.lines.size() == 1);
    CHECK(shared.lines[0].trains == 1);
    // It is at C after 500 s and could be at B after 1,000; the special train passes B at 520 s and C at 1,020.
    CHECK(shared.lines[0].delay == seconds{520});
    CHECK(shared.lines[0].caused == seconds{520});
    const StringLine& goods = string_of(shared, "goods");
    CHECK_FALSE(goods.special);
    CHECK(goods.points.front().distance == 30 * km);
    CHECK(goods.points.back().distance == 0 * km);
    CHECK(goods.points.back().at - goods.points.front().at == seconds{2020});
}

TEST_CASE("drawn: of equal rank the earlier one goes first, and the stop costs what braking and starting cost") {
    const Trace trace = simulate(build(with(line(), {train("goods", "D", "A", -1, Rank::equal)})), {}, Logging::on);
    // It passes C at 440 s and asks for the section to B before the special train, which would pass B at 520 s and stops there at 540 s.
    CHECK(at(trace, 1) == seconds{940});
    CHECK(trace.main().visits[1].arrive - trace.main().visits[0].depart == seconds{540});
    CHECK(at(trace, 2) == seconds{940 + 520});
    CHECK(at(trace, 3) == seconds{940 + 520 + 520});
    CHECK(trace.main().parts[TimePart::waiting_for_others] == seconds{400});
    CHECK(trace.main().parts.sum() == trace.main().visits.back().arrive - trace.main().visits.front().arrive);
    CHECK(trace.lines[0].delay == Millis{0});
    const auto waits = std::find_if(trace.log.begin(), trace.log.end(), [](const LogEntry& entry) { return entry.what == Happening::waits; });
    REQUIRE(waits != trace.log.end());
    CHECK(waits->visit == 1);
    CHECK(waits->why == "for other trains on the line");
}

TEST_CASE("drawn: a special train longer than the loop is not sent into it") {
    Scenario scenario = with(line(), {train("goods", "D", "A", -1, Rank::equal)});
    scenario.practice[0].traffic[0].loops.usable = Uncertain<Length>{199 * m};  // it has 10 cars of 20 m
    scenario.traffic->trains[0].length = 100 * m;
    const Trace trace = simulate(build(scenario), {});
    // It asks for all three sections at 0 s, before the other, which passes D and is in the last section, asks for the next: that waits at C, where
    // it fits.
    CHECK(trace.main().visits[1].depart == trace.main().visits[1].arrive);
    CHECK(trace.main().visits[2].depart == trace.main().visits[2].arrive);
    CHECK(trace.main().parts[TimePart::waiting_for_others] == seconds{440});  // at its origin
    CHECK(at(trace, 0) == seconds{440});
    CHECK(at(trace, 3) == seconds{440 + 1540});
    CHECK(trace.lines[0].delay == seconds{1020});  // until the special train is at C
}

TEST_CASE("drawn: it is held in a loop between stations") {
    Scenario scenario = with(line(), {train("goods", "D", "A", -11, Rank::equal)});
    scenario.practice[0].traffic[0].loops.every = 5 * km;
    scenario.practice[0].traffic[0].loops.jitter = 0 * m;
    const Model model = build(scenario);
    const Trace trace = simulate(model, {1, Noise::median_run}, Logging::on);
    // With the phase at a half loops lie at 2.5 and 7.5 km of each section. The other leaves B at 340 s and is at the second loop at 465 s, where the
    // special train would pass at 395 s and stands at 415 s.
    const auto stands = std::find_if(trace.log.begin(), trace.log.end(), [](const LogEntry& entry) { return entry.what == Happening::stands; });
    REQUIRE(stands != trace.log.end());
    CHECK(stands->part == TimePart::waiting_for_others);
    CHECK(stands->lasts == seconds{50});
    CHECK(at(trace, 3) == seconds{465 + 20 + 125 + 500 + 500 + 20});
    CHECK(trace.main().parts[TimePart::waiting_for_others] == stands->lasts);
    CHECK(trace.main().parts.sum() == trace.main().visits.back().arrive - trace.main().visits.front().arrive);
}

TEST_CASE("drawn: the line is shut before the special train") {
    Scenario scenario = with(line(), {train("goods", "A", "D", -20, Rank::lower)});
    CHECK(simulate(build(scenario), {}).lines[0].caused == Millis{0});
    scenario.traffic->cleared_before = Uncertain<Duration>{45 * minute};
    const Trace shut = simulate(build(scenario), {});
    CHECK(shut.lines[0].caused > minutes{20});
    CHECK(same_ticks(shut.main(), simulate(build(line()), {}).main()));
}

TEST_CASE("drawn: on double track trains of the other direction do not matter, and one ahead is followed at the headway") {
    const Trace opposing = simulate(build(with(line(2), {train("goods", "D", "A", 0, Rank::higher)})), {});
    CHECK(same_ticks(opposing.main(), simulate(build(line()), {}).main()));
    const Trace behind = simulate(build(with(line(2), {train("goods", "A", "D", -1, Rank::equal)})), {});
    CHECK(at(behind, 0) == seconds{180});  // four minutes behind the other
}

TEST_CASE("law: without traffic, and where the practice closes the line, every tick is that of a line to itself") {
    Scenario none = line(), closed = line(), off = line();
    none.practice[0].traffic.clear();
    closed.practice[0].traffic[0].closed = true;
    closed.practice[0].traffic[0].trains_per_day = off.practice[0].traffic[0].trains_per_day = Uncertain<double>{80.0};
    closed.practice[0].traffic[0].trains =
        off.practice[0].traffic[0].trains = {{name_of("goods"), 1, Uncertain<Speed>{ordinary_speed}, Uncertain<Length>{300 * m}, Rank::equal}};
    off.traffic.emplace();
    off.traffic->running = false;
    const Model a = build(none), b = build(closed), c = build(off);
    off.traffic->running = true;
    const Model d = build(off);
    CHECK(b.shared_lines.empty());
    CHECK(c.shared_lines.empty());
    bool differs = false;
    for (std::uint64_t run = 0; run < 50; ++run) {
        const Trace alone = simulate(a, {1, run});
        CHECK(same_ticks(alone.main(), simulate(b, {1, run}).main()));
        CHECK(same_ticks(alone.main(), simulate(c, {1, run}).main()));
        differs |= !same_ticks(alone.main(), simulate(d, {1, run}).main());
    }
    CHECK(differs);
}

TEST_CASE("law: ordinary trains behind the special train leave every tick of it") {
    holds("unmoved", [](std::uint32_t seed) {
        std::mt19937 bits{seed};
        Scenario scenario = any_line(seed);
        scenario.practice[0].traffic[0].trains_per_day = Uncertain<double>{0.0};
        std::vector<TimetabledTrainSheet> trains;
        for (std::uint32_t i = 0; i < 1 + bits() % 6; ++i) {
            trains.push_back(train("goods", "A", "D", 1 + static_cast<int>(bits() % 60), Rank::lower, (1 + static_cast<int>(bits() % 900)) * m));
            trains.back().speed = (5 + static_cast<int>(bits() % 20)) * m / s;
        }
        const Noise noise{1, seed};
        const Trace alone = simulate(build(scenario), noise), followed = simulate(build(with(scenario, trains)), noise);
        RC_ASSERT(followed.lines.at(0).trains == trains.size());
        RC_ASSERT(same_ticks(alone.main(), followed.main()));
    });
}

TEST_CASE("law: a train of the convoy behind the main train leaves every tick of it among any traffic") {
    holds("unmoved", [](std::uint32_t seed) {
        Scenario scenario = any_line(seed);
        scenario.convoy.reset();
        const Trace alone = simulate(build(scenario), {1, seed});
        ConvoyTrainSheet support;
        support.name = name_of("support");
        support.behind = Uncertain<Duration>{10 * minute};
        scenario.convoy = ConvoySheet{3 * minute, {support}, {}};
        const Trace convoy = simulate(build(scenario), {1, seed});
        RC_ASSERT(same_ticks(alone.main(), convoy.main()));
        RC_ASSERT(convoy.trains[1].visits.size() == 4);
    });
}

TEST_CASE("law: among any traffic every train arrives, time is accounted for and the main train runs as the line's working has it") {
    holds("rules", [](std::uint32_t seed) {
        Scenario scenario = any_line(seed);
        const bool districts = seed % 4 == 0;
        if (districts) scenario.practice[0].traffic[0].district = 15 * km;
        const Model model = build(scenario);
        const Trace trace = simulate(model, {1, seed}, Logging::on);
        for (const TrainTrace& train : trace.trains) {
            RC_ASSERT(!train.stranded);
            RC_ASSERT(train.visits.size() == 4);
            RC_ASSERT(train.parts.sum() == train.visits.back().arrive - train.visits.front().arrive);
        }
        RC_ASSERT(trace.lines[0].delay >= Millis{0});
        for (const StringLine& string : trace.lines[0].strings) {
            RC_ASSERT(string.points.size() >= 2);
            for (std::size_t i = 1; i < string.points.size(); ++i) RC_ASSERT(string.points[i].at >= string.points[i - 1].at);
        }
        if (districts || trace.trains.size() > 1) return;  // a wait at the end of one district is not foreseen in the next; nor that of a train ahead
        const std::vector<StringLine::Point>& points = string_of(trace, "main").points;
        for (const VisitTimes& visit : trace.main().visits) {
            const auto index = static_cast<std::size_t>(&visit - trace.main().visits.data());
            const Length distance = model.main().visits[index].distance;
            const bool there = std::any_of(points.begin(), points.end(), [&](const StringLine::Point& p) {
                return abs(p.distance - distance) < 1 * m && p.at == (index + 1 < trace.main().visits.size() ? visit.depart : visit.arrive);
            });
            RC_ASSERT(there);
        }
    });
}

TEST_CASE("exact: a line is cut into districts at the same stations in both directions") {
    const auto stretches = [](Scenario scenario, Length district) {
        scenario.practice[0].traffic[0].district = district;
        const Model model = build(scenario);
        std::vector<std::string> ends;
        for (const SharedStretch& stretch : model.alternatives.at(0).shared)
            for (const std::size_t visit : {stretch.first, stretch.last})
                ends.push_back(model.network.stations()[model.main().visits[visit].station].id);
        return ends;
    };
    Scenario back = line();
    back.journey.from = name_of("D");
    back.journey.to = name_of("A");
    CHECK(stretches(line(), 15 * km) == std::vector<std::string>{"A", "C", "C", "D"});
    CHECK(stretches(back, 15 * km) == std::vector<std::string>{"D", "C", "C", "A"});
    CHECK(stretches(line(), 30.1 * km) == std::vector<std::string>{"A", "D"});
}

TEST_CASE("found: 2026-11-25 a line worked in districts is listed once among what is weakly known") {
    Scenario scenario = line();
    TrafficRuleSheet& rule = scenario.practice[0].traffic[0];
    rule.district = 15 * km;
    rule.provenance = {"made up", Confidence::low};
    const Model model = build(scenario);
    REQUIRE(model.alternatives.at(0).shared.size() == 2);
    CHECK(std::count_if(model.weak_inputs.begin(), model.weak_inputs.end(),
                        [](const WeakInput& weak) { return weak.what.find("ordinary trains") != std::string::npos; }) == 1);
}

TEST_CASE("exact: as many trains come in as the density says, whatever the rate") {
    for (const double per_day : {0.7, 5.0, 33.0}) {
        Scenario scenario = line(2);
        TrafficRuleSheet& rule = scenario.practice[0].traffic[0];
        rule.trains_per_day = Uncertain<double>{per_day};
        rule.trains = {{name_of("goods"), 1, Uncertain<Speed>{0.25 * m / s}, Uncertain<Length>{300 * m}, Rank::lower}};  // 33 h 20 min for the line
        const Model model = build(scenario);
        double trains = 0;
        constexpr std::uint64_t runs = 400;
        for (std::uint64_t run = 0; run < runs; ++run) trains += static_cast<double>(simulate(model, {1, run}).lines[0].trains);
        // Looked at from 33 h 20 min before the main train to as long after its 1,540 s; both directions.
        const double days = (2 * 120'000.0 + 1'540.0) / 86'400;
        CHECK(std::abs(trains / runs / (2 * days * per_day) - 1) < 4 / std::sqrt(static_cast<double>(runs)) / (days * per_day));
    }
}

TEST_CASE("exact: a line takes as many trains as its loops and speeds let through, and more are refused") {
    Scenario scenario = line();
    TrafficRuleSheet& rule = scenario.practice[0].traffic[0];
    rule.trains = {{name_of("goods"), 1, Uncertain<Speed>{ordinary_speed}, Uncertain<Length>{300 * m}, Rank::lower}};
    const auto carried = [&] { return trains_carried(build(scenario).alternatives.at(0).shared.at(0), {0, Noise::median_run}); };
    CHECK(std::abs(carried() - 86.4) < 1e-9);  // 500 s up, 500 s down
    rule.loops.station_tracks = Uncertain<double>{1.0};
    CHECK(std::abs(carried() - 28.8) < 1e-9);  // no loop on 30 km
    rule.trains_per_day = Uncertain<double>{28.0};
    CHECK(build(scenario).notes.empty());
    rule.trains_per_day = Uncertain<double>{Law{Uniform{20.0, 34.0}}};
    CHECK(build(scenario).notes.size() == 1);  // in some runs
    rule.trains_per_day = Uncertain<double>{29.0};
    CHECK_THROWS_AS(build(scenario), InputError);
    scenario.networks[0].lines[0].track.tracks = 2;
    CHECK(std::abs(carried() - 360) < 1e-9);  // every four minutes
}

TEST_CASE("law: wrong traffic is refused with its place") {
    Scenario unknown = with(line(), {train("goods", "A", "D", 0, Rank::lower)});
    unknown.traffic->trains[0].line = name_of("lien");
    CHECK_THROWS_AS(build(unknown), InputError);
    Scenario nowhere = with(line(), {train("goods", "A", "X", 0, Rank::lower)});
    CHECK_THROWS_AS(build(nowhere), InputError);
    Scenario crowded = line();
    crowded.practice[0].traffic[0].trains_per_day = Uncertain<double>{481.0};
    CHECK_THROWS_AS(build(crowded), InputError);
    Scenario silent = line();
    silent.practice[0].traffic.clear();
    silent.traffic.emplace();
    CHECK_THROWS_AS(build(silent), InputError);
}

}  // namespace railwindow::simulation_sharing_test
