// Waiting that is decided: receptions at the hours of hosts, the long stand of a journey, places passed at certain hours.

#include <railwindow/estimate/depart_by.hpp>
#include <railwindow/estimate/estimate.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/drawn.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

namespace simulation_waits_test {

using namespace railwindow;

namespace {

using std::chrono::hours;
using std::chrono::minutes;

// 20 m/s, 0.5 m/s^2: B is passed after 520 s and C after 1020 s, D reached after 1540 s; from stand to stand 10 km take 540 s.
Scenario line() { return drawn("A --10km,72-- B --10km,72-- C --10km,72-- D"); }

Written<DailyHours> daily(const char* text) { return {std::get<DailyHours>(parse_hours(text)), {}}; }

ReceptionsSheet receptions(double probability) {
    ReceptionsSheet sheet;
    sheet.at = {ReceptionPlace::destination};
    sheet.hours = daily("06:00-22:00");
    sheet.probability = probability;
    sheet.windows = {{daily("06:00-08:00"), 1}, {daily("08:00-09:30"), 2}, {daily("10:00-12:00"), 1}};
    return sheet;
}

Scenario received(double probability) {
    Scenario scenario = line();
    scenario.practice[0].receptions = receptions(probability);
    return scenario;
}

Scenario leaving(Scenario scenario, int hour, int minute = 0) {
    scenario.journey.depart = {};
    scenario.journey.depart.at = Written<WrittenTime>{{LocalTime{2020, 1, 1, hour, minute, 0}, {}}, {}};
    return scenario;
}

Scenario leaving_between(Scenario scenario, LocalTime from, LocalTime to) {
    scenario.journey.depart = {};
    scenario.journey.depart.between = {{Written<WrittenTime>{{from, {}}, {}}, Written<WrittenTime>{{to, {}}, {}}}};
    return scenario;
}

constexpr Instant midnight{std::chrono::sys_days{std::chrono::year{2020} / 1 / 1}};
Millis clock(Instant at) { return at - midnight; }
Millis of_day(Instant at) { return clock(at) % hours{24}; }

void check_parts(const Trace& trace) {
    for (const TrainTrace& train : trace.trains) CHECK(train.parts.sum() == train.visits.back().arrive - train.visits.front().depart);
}

// A country of 400 km from A to E, the border and another one beyond: A - B - C - D - E | F.
Scenario two_countries() {
    Scenario scenario = drawn("A --100km,72-- B --100km,72-- C --100km,72-- D --100km,72-- E --100km,72-- F");
    scenario.networks[0].stations[5].country = "YY";
    scenario.practice.push_back(PracticeSheet{.file = "drawn", .country = name_of("YY")});
    return scenario;
}

LongStandSheet stand(double probability) {
    LongStandSheet sheet;
    sheet.probability = probability;
    sheet.takes = Uncertain<Duration>{Law{Uniform{2.0 * 3600, 10.0 * 3600}}};
    sheet.clear_of_border = 150 * km;
    sheet.along = 200 * km;
    return sheet;
}

// How long a run stands at each of its visits.
std::vector<Millis> stays(const Trace& trace) {
    std::vector<Millis> all;
    for (const VisitTimes& visit : trace.main().visits) all.push_back(visit.depart - visit.arrive);
    return all;
}

}  // namespace

TEST_CASE("drawn: who could come by day comes then, who could come at night waits for the first reception, slower on its way") {
    const Model model = build(received(1));
    for (std::uint64_t run = 0; run < 50; ++run) {
        const Trace night = simulate(model, {1, run});
        const Millis came = of_day(night.main().visits[3].arrive);
        CHECK(came >= hours{6});
        CHECK(came < hours{12});
        CHECK(night.main().parts[TimePart::holds] == clock(night.main().visits[3].arrive) - Millis{1'540'000});
        CHECK(night.waits == 1);
        check_parts(night);
    }
    const Trace day = simulate(build(leaving(received(1), 12)), {});
    CHECK(clock(day.main().visits[3].arrive) == hours{12} + Millis{1'540'000});
    CHECK(day.waits == 0);
}

TEST_CASE("exact: the hours of arrival are those of the law, and of an independent Monte Carlo") {
    constexpr double probability = 0.8;
    constexpr std::uint64_t runs = 20'000;
    const Model model = build(leaving_between(received(probability), {2020, 1, 1, 0, 0, 0}, {2020, 1, 2, 0, 0, 0}));
    Simulator simulator{model};
    std::vector<double> share(24), drawn_share(24);
    for (std::uint64_t run = 0; run < runs; ++run) {
        const auto hour = std::chrono::floor<hours>(of_day(simulator.run({1, run}).main().visits[3].arrive)).count();
        share[static_cast<std::size_t>(hour)] += 1.0 / runs;
    }
    // Free arrivals are uniform over the day. Of those that keep to hours who could be there from 22:00 on to the first reception M comes at M; M
    // has density f, a quarter on 6 to 8, half on 8 to 9:30, a quarter on 10 to 12, constant in half hours.
    const auto density = [](double hour) { return hour < 6 || hour >= 12 ? 0 : hour < 8 ? 0.125 : hour < 9.5 ? 1.0 / 3 : hour < 10 ? 0 : 0.125; };
    double up_to = 0;
    std::vector<double> expected(24);
    for (int half = 0; half < 48; ++half) {
        const double from = half / 2.0, until = from + 0.5, f = density(from);
        const double waits = f / 24 * ((until * until - from * from) / 2 + 2 * (until - from));
        const double comes = from < 22 ? (up_to * 0.5 + f * 0.125) / 24 : 0;
        up_to += f * 0.5;
        expected[static_cast<std::size_t>(half / 2)] += probability * (waits + comes) + (1 - probability) * 0.5 / 24;
    }
    CHECK(near(up_to, 1, 1e-12));
    for (std::size_t hour = 0; hour < 24; ++hour) CHECK(std::abs(share[hour] - expected[hour]) < 4 * std::sqrt(expected[hour] / runs));
    std::mt19937_64 random{7};
    std::uniform_real_distribution<double> unit{0, 1};
    for (std::uint64_t i = 0; i < runs; ++i) {
        double hour = 24 * unit(random);
        if (unit(random) < probability) {
            const double which = unit(random), minute = unit(random);
            const double first = which < 0.25 ? 6 + 2 * minute : which < 0.75 ? 8 + 1.5 * minute : 10 + 2 * minute;
            if (hour < first || hour >= 22) hour = first;
        }
        drawn_share[static_cast<std::size_t>(hour)] += 1.0 / runs;
    }
    for (std::size_t hour = 0; hour < 24; ++hour)
        CHECK(std::abs(share[hour] - drawn_share[hour]) < 4 * std::sqrt((share[hour] + drawn_share[hour] + 1e-4) / runs));
}

TEST_CASE("law: who could come later is never received earlier") {
    const Model model = build(received(0.8));
    const Reception& reception = *model.main().plans[0].reception;
    for (std::uint64_t run = 0; run < 50; ++run) {
        Instant before = Instant::min();
        for (Instant could_be = midnight; could_be < midnight + hours{48}; could_be += minutes{7}) {
            const Instant comes = received_at(reception, {1, run}, could_be);
            CHECK(comes >= could_be);
            CHECK(comes >= before);
            CHECK(received_at(reception, {1, run}, comes) == comes);
            before = comes;
        }
    }
}

TEST_CASE("law: a run that does not wait is the run of a journey without receptions, and one that waits ran the same") {
    const Model with = build(received(0.5)), without = build(line());
    std::set<bool> waited;
    for (std::uint64_t run = 0; run < 200; ++run) {
        const Trace a = simulate(with, {1, run}), b = simulate(without, {1, run});
        CHECK(a.main().parts[TimePart::moving] == b.main().parts[TimePart::moving]);
        if (a.waits == 0) CHECK(a.main().visits[3].arrive == b.main().visits[3].arrive);
        waited.insert(a.waits != 0);
    }
    CHECK(waited.size() == 2);
}

TEST_CASE("drawn: an early train stands where the practice lets it hold, and only as near as it says") {
    Scenario scenario = received(1);
    scenario.practice[0].receptions->hold_at = {name_of("B"), name_of("elsewhere")};
    scenario.practice[0].receptions->hold_within = 20 * km;
    const Trace held = simulate(build(scenario), {});
    CHECK(clock(held.main().visits[1].arrive) == Millis{540'000});
    CHECK(held.main().visits[3].arrive - held.main().visits[1].depart == Millis{1'040'000});  // it leaves in time, and runs as ever
    CHECK(of_day(held.main().visits[3].arrive) >= hours{6});
    scenario.practice[0].receptions->hold_within = 19 * km;
    const Trace slower = simulate(build(scenario), {});
    CHECK(slower.main().visits[1].depart == slower.main().visits[1].arrive);
    CHECK(slower.main().visits[3].arrive == held.main().visits[3].arrive);
}

TEST_CASE("drawn: a call is a reception where it says so, and its stay begins with it") {
    Scenario scenario = received(1);
    scenario.journey.calls = {{name_of("C"), Uncertain<Duration>{1 * h}, ""}};
    scenario.journey.calls[0].reception = true;
    scenario.journey.reception = false;
    const Trace trace = simulate(build(scenario), {});
    CHECK(of_day(trace.main().visits[2].arrive) >= hours{6});
    CHECK(trace.main().visits[2].depart - trace.main().visits[2].arrive == hours{1});
    CHECK(trace.main().visits[3].arrive - trace.main().visits[2].depart == Millis{540'000});
    scenario.journey.calls[0].reception = {};  // the practice speaks of destinations alone
    CHECK(simulate(build(scenario), {}).waits == 0);
}

TEST_CASE("law: ordinary trains wait for no reception and make no long stand, and a plan for the place stands instead of its hours") {
    Scenario ordinary = received(1);
    ordinary.record = Record::ordinary_train;
    CHECK(build(ordinary).waits.empty());
    Scenario planned = received(1);
    PlanSheet plan;
    plan.at = name_of("D");
    plan.arrive = WhenSheet{Written<WrittenTime>{{LocalTime{2020, 1, 1, 3, 0, 0}, {}}, {}}, {}, {}, {}};
    planned.journey.plans.push_back(plan);
    CHECK(clock(simulate(build(planned), {}).main().visits[3].arrive) == hours{3});
}

TEST_CASE("stat: a journey has one long stand or none, as often as its probability, along the way and clear of the border") {
    Scenario scenario = two_countries();
    scenario.practice[0].long_stands = {stand(0.3)};
    const Model model = build(scenario);
    Simulator simulator{model};
    constexpr std::uint64_t runs = 4000;
    std::vector<std::uint64_t> at(6);
    for (std::uint64_t run = 0; run < runs; ++run) {
        const Trace& trace = simulator.run({1, run});
        const std::vector<Millis> stood = stays(trace);
        const auto count = std::count_if(stood.begin(), stood.end(), [](Millis stay) { return stay > Millis{0}; });
        CHECK(count == static_cast<std::ptrdiff_t>(trace.waits));
        CHECK(count <= 1);
        for (std::size_t i = 0; i < stood.size(); ++i)
            if (stood[i] > Millis{0}) {
                ++at[i];
                CHECK(stood[i] >= hours{2});
                CHECK(stood[i] <= hours{10});
            }
        check_parts(trace);
    }
    // After 100 or 200 of the 400 km to the border; 300 km are too near to it.
    CHECK(at[0] + at[3] + at[4] + at[5] == 0);
    for (const std::size_t visit : {1, 2}) CHECK(std::abs(static_cast<double>(at[visit]) - 600) < 4 * std::sqrt(600 * 0.85));
    CHECK(std::abs(static_cast<double>(at[1] + at[2]) - 1200) < 4 * std::sqrt(1200 * 0.7));
}

TEST_CASE("drawn: who comes to its long stand at night stands until the morning") {
    Scenario scenario = leaving(two_countries(), 20);
    LongStandSheet night = stand(1);
    night.at_night = daily("20:00-03:00");
    night.until = daily("05:00-08:00");
    night.along = 100 * km;
    night.clear_of_border = 250 * km;  // at B alone, which is reached after 1 h 24 min
    scenario.practice[0].long_stands = {night};
    const Model model = build(scenario), by_day = build(leaving(scenario, 8));
    std::set<Millis> times;
    for (std::uint64_t run = 0; run < 40; ++run) {
        const Trace trace = simulate(model, {1, run});
        const Millis left = clock(trace.main().visits[1].depart);
        CHECK(left >= hours{24 + 5});
        CHECK(left < hours{24 + 8});
        times.insert(left);
        const Millis stood = stays(simulate(by_day, {1, run}))[1];
        CHECK(stood >= hours{2});
        CHECK(stood <= hours{10});
    }
    CHECK(times.size() == 40);  // never all on one minute
}

TEST_CASE("law: long stands are of the way out or home as their rule says, of its lines, and none of who stays in the country") {
    const auto waits = [](Scenario scenario, LongStandSheet sheet) {
        scenario.practice[0].long_stands = {std::move(sheet)};
        return build(scenario).waits.size();
    };
    LongStandSheet homeward = stand(1), along = stand(1), elsewhere = stand(1);
    homeward.journey = JourneyWay::homeward;
    along.lines = {name_of("A-B")};
    elsewhere.lines = {name_of("E-F")};
    Scenario home = two_countries(), inland = two_countries();
    home.journey.from = name_of("F");
    home.journey.to = name_of("A");
    inland.journey.to = name_of("D");
    CHECK(waits(two_countries(), stand(1)) == 1);
    CHECK(waits(two_countries(), homeward) == 0);
    CHECK(waits(two_countries(), along) == 1);
    CHECK(waits(two_countries(), elsewhere) == 0);  // no station of that line lies within the country and clear of the border
    CHECK(waits(home, homeward) == 1);
    CHECK(waits(home, stand(1)) == 0);
    CHECK(waits(inland, stand(1)) == 0);
}

TEST_CASE("law: the decisions of a run are those of every variant, whatever else it changes") {
    Scenario scenario = two_countries();
    scenario.practice[0].long_stands = {stand(0.5)};
    Scenario other = scenario;
    other.journey.calls = {{name_of("C"), Uncertain<Duration>{1 * h}, "", {}}};
    other.train.journey_pace.value = Uncertain<double>{0.1};
    const Model a = build(scenario), b = build(other);
    for (std::uint64_t run = 0; run < 200; ++run) {
        const Trace first = simulate(a, {1, run}), second = simulate(b, {1, run});
        CHECK(first.waits == second.waits);
        const std::vector<Millis> one = stays(first), two = stays(second);
        for (std::size_t visit = 0; visit < one.size(); ++visit) CHECK(std::max(one[visit], visit == 2 ? Millis{hours{1}} : Millis{0}) == two[visit]);
    }
}

TEST_CASE("drawn: a place is passed at its hours by those who keep to them, if that costs no more than a bound") {
    PassageSheet bridge;
    bridge.at = name_of("B");
    bridge.onto = name_of("B-C");
    bridge.hours = daily("18:00-05:00");
    bridge.probability = 0.7;
    bridge.at_most = 3 * h;
    bridge.later = Uncertain<Duration>{Law{Uniform{0, 3600}}};
    Scenario scenario = leaving(line(), 16);
    scenario.practice[0].passages = {bridge};
    const Model model = build(scenario);
    constexpr int runs = 2000;
    int kept = 0;
    std::set<Millis> times;
    for (std::uint64_t run = 0; run < runs; ++run) {
        const Trace trace = simulate(model, {1, run});
        const Millis left = clock(trace.main().visits[1].depart);
        if (trace.waits == 0) {
            CHECK(left == hours{16} + Millis{520'000});
            continue;
        }
        ++kept;
        CHECK(left >= hours{18});
        CHECK(left <= hours{19});
        times.insert(left);
        check_parts(trace);
    }
    CHECK(std::abs(kept - 0.7 * runs) < 4 * std::sqrt(0.21 * runs));
    CHECK(times.size() > 1000);
    CHECK(simulate(build(leaving(scenario, 14)), {}).waits == 0);  // almost four hours: too long
    CHECK(simulate(build(leaving(scenario, 22)), {}).waits == 0);
    scenario.practice[0].passages[0].onto = name_of("A-B");  // not the line that it runs onto
    CHECK(build(scenario).waits.empty());
}

TEST_CASE("law: who wants to be in time does not wait of his own will, unless that is asked for") {
    Scenario scenario = received(0.9);
    const Model model = build(scenario);
    DepartByOptions question{.arrive_by = {{LocalTime{2020, 1, 2, 5, 0, 0}, {}}, {}}, .confidence = 0.9, .runs = 500};
    const DepartBy in_time = depart_by(model, question);
    CHECK(in_time.latest.depart == midnight + hours{29} - minutes{26});  // 1540 s are 25 min 40 s
    CHECK(in_time.latest.in_time.value == 1);
    question.voluntary_waits = true;
    const DepartBy waits = depart_by(model, question);
    CHECK(waits.latest.depart == midnight + hours{22} - minutes{26});  // later ones mostly wait for the morning
    CHECK(waits.voluntary_waits);
}

TEST_CASE("law: modes are told with their probabilities and windows, and add up to all runs") {
    const Model model = build(received(0.75));
    const Estimate result = estimate(model, {.runs = 4096});
    REQUIRE(result.modes.size() == 2);
    CHECK(result.modes[0].waits == std::vector<std::size_t>{0});
    CHECK(result.modes[1].waits.empty());
    CHECK(result.modes[0].runs + result.modes[1].runs == 4096);
    CHECK(std::abs(result.modes[0].probability.value - 0.75) < 4 * result.modes[0].probability.error);
    CHECK(result.modes[1].arrival[1].value == (midnight + Millis{1'540'000}).time_since_epoch());
    CHECK(result.modes[0].arrival[0].value >= (midnight + hours{6}).time_since_epoch());
    CHECK(estimate(build(line()), {.runs = 64}).modes.empty());
}

TEST_CASE("exact: spreads of speeds follow confidence, about medians that stay") {
    Scenario scenario = drawn("A --100km,400-- B");
    scenario.networks[0].stations.push_back(drawn_station("C", 0, 2));
    scenario.networks[0].lines.push_back(drawn_line("B-C", "B", "C", 100 * km, 400 * km / h));
    scenario.journey.to = StationChoice{name_of("C")};
    scenario.train.dynamics = {};
    scenario.train.dynamics.constant_speed = true;
    scenario.train.car.length = 1 * mm;
    const Uncertain<Speed> law{Law{Uniform{10, 30}}};
    scenario.networks[0].lines[0].track.operating_speed = {law, {"timed", Confidence::medium}};
    scenario.networks[0].lines[1].track.operating_speed = {law, {"nobody timed it", Confidence::low}};
    const Model plain = build(scenario);
    scenario.practice[0].speed_spread = SpeedSpreadSheet{0.5, 1.5, {}};
    const Model by_confidence = build(scenario);
    for (std::uint64_t run = 0; run < 100; ++run) {
        const auto time = [&](const Model& model, std::size_t visit) {
            const Trace trace = simulate(model, {1, run});
            const std::vector<VisitTimes>& visits = trace.main().visits;
            return static_cast<double>((visits[visit].moving - visits[visit - 1].moving).count());
        };
        const double middle = 100e3 / 20 * 1000;  // ms at the median of the law
        for (const auto& [visit, factor] : {std::pair{std::size_t{1}, 0.5}, std::pair{std::size_t{2}, 1.5}})
            CHECK(near(std::log(time(by_confidence, visit) / middle), factor * std::log(time(plain, visit) / middle), 1e-5));
    }
}

}  // namespace simulation_waits_test
