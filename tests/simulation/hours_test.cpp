// Hours to run, curfews and opening hours.

#include <railwindow/core/error.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/drawn.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace simulation_hours_test {

using namespace railwindow;

namespace {

// 20 m/s, 0.5 m/s^2: B is passed after 520 s and C after 1020 s, D reached after 1540 s; from stand to stand 10 km take 540 s. It leaves at 00:00
// UTC.
Scenario line() { return drawn("A --10km,72-- B --10km,72-- C --10km,72-- D"); }

DailyHours hours(const char* text) { return std::get<DailyHours>(parse_hours(text)); }

RunningHoursSheet only(const char* run) {
    RunningHoursSheet sheet;
    sheet.run = Written<DailyHours>{hours(run), {}};
    return sheet;
}
RunningHoursSheet curfew(const char* not_run) {
    RunningHoursSheet sheet;
    sheet.not_run = Written<DailyHours>{hours(not_run), {}};
    return sheet;
}
RunningHoursSheet at_stations(RunningHoursSheet sheet, std::vector<Name> stations) {
    sheet.stations = std::move(stations);
    return sheet;
}

Scenario with(Scenario scenario, RunningHoursSheet sheet) {
    scenario.journey.hours.push_back(std::move(sheet));
    return scenario;
}

Scenario leaving(Scenario scenario, int hour, int minute) {
    scenario.journey.depart.at = Written<WrittenTime>{{LocalTime{2020, 1, 1, hour, minute, 0}, {}}, {}};
    return scenario;
}

constexpr int hour = 3600;

// Since midnight of 1 January, UTC.
long long clock(Instant at) { return (at - Instant{std::chrono::sys_days{std::chrono::year{2020} / 1 / 1}}).count() / 1000; }
long long arrival(const Trace& trace, std::size_t visit) { return clock(trace.main().visits.at(visit).arrive); }
long long departure(const Trace& trace, std::size_t visit) { return clock(trace.main().visits.at(visit).depart); }

void check_parts(const Trace& trace) {
    for (const TrainTrace& train : trace.trains) CHECK(train.parts.sum() == train.visits.back().arrive - train.visits.front().depart);
}

Scenario noisy() {
    Scenario scenario = line();
    scenario.train.journey_pace.value = Uncertain<double>{Law{Normal{0.0, 0.1}}};
    scenario.journey.calls = {{name_of("B"), Uncertain<Duration>{Law{Uniform{0.0, 600.0}}}, "", {}}};
    return scenario;
}

std::string refusal(Scenario scenario) {
    try {
        build(scenario);
    } catch (const InputError& error) {
        return error.what();
    }
    return "none";
}

}  // namespace

TEST_CASE("drawn: a train that would pass a station outside the hours stops there and goes on when they begin") {
    const Model model = build(with(line(), at_stations(curfew("00:10-02:00"), {name_of("C")})));
    const Trace trace = simulate(model, {}, Logging::on);
    CHECK(arrival(trace, 1) == 520);
    CHECK(arrival(trace, 2) == 1040);
    CHECK(departure(trace, 2) == 2 * hour);
    CHECK(arrival(trace, 3) == 2 * hour + 540);
    CHECK(trace.main().parts[TimePart::holds] == Millis{(2 * hour - 1040) * 1000});
    check_parts(trace);
    const auto wait = std::find_if(trace.log.begin(), trace.log.end(), [](const LogEntry& e) { return e.what == Happening::waits; });
    REQUIRE(wait != trace.log.end());
    CHECK(wait->visit == 2);
    CHECK(wait->why == "for the hours to run, 02:00-00:10");
    CHECK(wait->lasts == Millis{(2 * hour - 1040) * 1000});
}

TEST_CASE("drawn: hours end and begin by the minute") {
    const auto passes = [](const char* closed) {
        const Trace trace = simulate(build(with(line(), at_stations(curfew(closed), {name_of("C")}))), {});
        return arrival(trace, 2) == departure(trace, 2);
    };
    CHECK(passes("00:18-02:00"));        // passed at 00:17:00
    CHECK_FALSE(passes("00:17-02:00"));  // the first moment of the curfew
    CHECK(passes("00:10-00:17"));        // the first moment after it
    CHECK_FALSE(passes("00:10-00:18"));
}

TEST_CASE("drawn: hours pass midnight, and a curfew is all the other hours") {
    for (const RunningHoursSheet& sheet : {at_stations(curfew("23:55-00:30"), {name_of("B")}), at_stations(only("00:30-23:55"), {name_of("B")})}) {
        const Trace trace = simulate(build(with(leaving(line(), 23, 50), sheet)), {});
        CHECK(arrival(trace, 1) == 23 * hour + 50 * 60 + 540);
        CHECK(departure(trace, 1) == 24 * hour + 30 * 60);
        check_parts(trace);
    }
    const Trace before = simulate(build(with(leaving(line(), 23, 45), at_stations(curfew("23:55-00:30"), {name_of("B")}))), {});
    CHECK(departure(before, 1) == 23 * hour + 45 * 60 + 520);
}

TEST_CASE("drawn: at its origin a train has not set out before the hours begin") {
    RunningHoursSheet sheet = only("21:00-05:00");
    sheet.lines = {name_of("A-B")};
    const Trace trace = simulate(build(with(leaving(line(), 20, 50), sheet)), {});
    CHECK(departure(trace, 0) == 21 * hour);
    CHECK(arrival(trace, 3) == 21 * hour + 1540);
    CHECK(trace.main().parts[TimePart::holds] == Millis{0});
    check_parts(trace);
}

TEST_CASE("drawn: hours are local to each station") {
    Scenario scenario = line();
    scenario.networks[0].stations[1].time_zone = name_of("Asia/Pyongyang");
    // B is passed at 09:08:40 by its clock, C at 00:17 UTC.
    const Trace trace = simulate(build(with(scenario, at_stations(curfew("09:00-10:00"), {name_of("B"), name_of("C")}))), {});
    CHECK(departure(trace, 1) == 1 * hour);
    CHECK(arrival(trace, 2) == departure(trace, 2));
}

TEST_CASE("drawn: by night and by daylight are by the sun of the place") {
    // On the equator at 0 E in January the sun rises at about 05:59 and sets at about 18:07.
    const Trace day = simulate(build(with(line(), at_stations(only("daylight"), {name_of("B")}))), {});
    CHECK((departure(day, 1) > 5 * hour + 55 * 60 && departure(day, 1) < 6 * hour + 4 * 60));
    const Trace night = simulate(build(with(leaving(line(), 12, 0), at_stations(only("night"), {name_of("B")}))), {});
    CHECK((departure(night, 1) > 18 * hour && departure(night, 1) < 18 * hour + 12 * 60));
}

TEST_CASE("drawn: hours of a country hold where it begins, and several must all allow it") {
    Scenario scenario = line();
    scenario.networks[0].stations[2].country = "YY";
    scenario.networks[0].stations[3].country = "YY";
    PracticeSheet practice = scenario.practice[0];
    practice.country = name_of("YY");
    scenario.practice.push_back(practice);
    RunningHoursSheet there = curfew("00:00-03:00");
    there.countries = {name_of("YY")};
    scenario = with(scenario, there);
    CHECK(departure(simulate(build(scenario), {}), 2) == 3 * hour);
    CHECK(departure(simulate(build(with(scenario, at_stations(only("04:00-05:00"), {name_of("C")}))), {}), 2) == 4 * hour);
}

TEST_CASE("drawn: where the hours never come together the run ends") {
    const Scenario never = with(with(line(), at_stations(only("04:00-05:00"), {name_of("C")})), at_stations(only("06:00-07:00"), {name_of("C")}));
    const Trace trace = simulate(build(never), {});
    REQUIRE(trace.main().stranded);
    CHECK(std::holds_alternative<BeyondHorizon>(trace.main().stranded->why));
    const Trace origin =
        simulate(build(with(with(line(), at_stations(only("04:00-05:00"), {name_of("A")})), at_stations(only("06:00-07:00"), {name_of("A")}))), {});
    REQUIRE(origin.main().stranded);
}

TEST_CASE("drawn: all trains of a convoy keep to the hours, in their order") {
    Scenario scenario = with(line(), at_stations(curfew("00:10-02:00"), {name_of("C")}));
    ConvoyTrainSheet ahead, behind;
    ahead.name = name_of("advance");
    ahead.ahead = Uncertain<Duration>{480 * s};
    behind.name = name_of("support");
    behind.behind = Uncertain<Duration>{900 * s};
    scenario.convoy = ConvoySheet{300 * s, {ahead, behind}, {}};
    const Trace trace = simulate(build(scenario), {});
    CHECK(clock(trace.trains[1].visits[2].depart) == -480 + 1020);  // passed at 00:09
    CHECK(departure(trace, 2) == 2 * hour);
    CHECK(clock(trace.trains[2].visits[2].depart) == 2 * hour + 300);
    check_parts(trace);
}

TEST_CASE("law: hours that hold or not are modes, and each is the run of the scenario where that is certain") {
    RunningHoursSheet sheet = at_stations(curfew("00:10-06:00"), {name_of("C")});
    const Model certain = build(with(noisy(), sheet)), free = build(noisy());
    sheet.weight = 0.25;
    const Model open = build(with(noisy(), sheet));
    REQUIRE(open.alternatives.size() == 2);
    CHECK(open.alternatives[0].name == "only outside 00:10-06:00");
    CHECK(open.alternatives[0].probability == 0.25);
    for (std::uint64_t run = 0; run < 60; ++run) {
        const Trace trace = simulate(open, {1, run}), alone = simulate(trace.alternative == 0 ? certain : free, {1, run});
        for (std::size_t i = 0; i < 4; ++i) CHECK(trace.main().visits[i].arrive == alone.main().visits[i].arrive);
    }
}

TEST_CASE("law: with hours, who leaves later arrives earlier by no more than a halt and a start cost") {
    Model model = build(with(noisy(), at_stations(curfew("06:00-18:00"), {name_of("A"), name_of("B"), name_of("C")})));
    for (std::uint64_t run = 0; run < 10; ++run) {
        Instant last{};
        for (int minute = 0; minute < 2880; minute += 5) {
            model.alternatives[0].trains[0].departure =
                DepartAt{Instant{std::chrono::sys_days{std::chrono::year{2020} / 1 / 1}} + std::chrono::minutes{minute}};
            const Trace trace = simulate(model, {1, run});
            check_parts(trace);
            // At up to 20 m/s e^0.4 and 0.5 m/s^2 a halt and a start cost v / a, 60 s.
            CHECK(trace.main().visits.back().arrive >= last - std::chrono::seconds{60});
            last = std::max(last, trace.main().visits.back().arrive);
        }
    }
}

TEST_CASE("drawn: formalities begin within the hours of their station, and their wait belongs to the border") {
    Scenario scenario = line();
    scenario.networks[0].stations[2].country = "YY";
    scenario.networks[0].stations[3].country = "YY";
    PracticeSheet practice = scenario.practice[0];
    practice.country = name_of("YY");
    scenario.practice.push_back(practice);
    BorderSheet border;
    border.id = name_of("B-C");
    border.between = {name_of("B"), name_of("C")};
    border.formalities = {{name_of("B"), {Uncertain<Duration>{1800 * s}, {}}}, {name_of("C"), {Uncertain<Duration>{600 * s}, {}}}};
    border.hours = {{name_of("B"), {hours("06:00-18:00"), {}}}, {name_of("C"), {hours("06:00-06:30"), {}}}};
    scenario.networks[0].borders = {border};
    const Model model = build(scenario);
    const Trace trace = simulate(model, {}, Logging::on);
    CHECK(arrival(trace, 1) == 540);
    CHECK(departure(trace, 1) == 6 * hour + 1800);
    // At C they are over for the day.
    CHECK(departure(trace, 2) == 30 * hour + 600);
    CHECK(trace.main().parts[TimePart::border] == Millis{(departure(trace, 1) - 540 + departure(trace, 2) - arrival(trace, 2)) * 1000});
    check_parts(trace);
    CHECK(std::any_of(trace.log.begin(), trace.log.end(), [](const LogEntry& e) {
        return e.what == Happening::waits && e.part == TimePart::border && e.lasts == Millis{(6 * hour - 540) * 1000};
    }));
    scenario.networks[0].borders[0].hours = {{name_of("D"), {hours("06:00-18:00"), {}}}};
    CHECK(refusal(scenario).find("there are no formalities at 'D'") != std::string::npos);
}

TEST_CASE("drawn: what is done at a named station waits for its hours, unless it is not done") {
    Scenario scenario = line();
    scenario.practice[0].stops = {
        {name_of("B"), StopActivity::inspection, Uncertain<Duration>{600 * s}, {}, Written<DailyHours>{hours("08:00-20:00"), {}}}};
    Trace trace = simulate(build(scenario), {});
    CHECK(departure(trace, 1) == 8 * hour + 600);
    CHECK(trace.main().parts[TimePart::planned_stops] == Millis{(8 * hour + 600 - 540) * 1000});
    check_parts(trace);
    scenario.practice[0].stops[0].takes = Uncertain<Duration>{0 * s};
    trace = simulate(build(scenario), {});
    CHECK(departure(trace, 1) == 520);
}

TEST_CASE("law: hours that hold nowhere or say nothing are refused") {
    CHECK(refusal(with(line(), at_stations(only("night"), {name_of("X")}))).find("journey.hours.stations") != std::string::npos);
    CHECK(refusal(with(line(), at_stations(only("night"), {name_of("D")}))).find("nowhere left or passed on this route") != std::string::npos);
    RunningHoursSheet sheet = only("night");
    CHECK(refusal(with(line(), sheet)).find("it does not say where the hours hold") != std::string::npos);
    sheet.lines = {name_of("A-C")};
    CHECK(refusal(with(line(), sheet)).find("have no line 'A-C'; did you mean") != std::string::npos);
    sheet.lines = {name_of("A-B")};
    sheet.not_run = sheet.run;
    CHECK(refusal(with(line(), sheet)).find("not exactly one of 'run' and 'not'") != std::string::npos);
    sheet.not_run.reset();
    sheet.weight = -1;
    CHECK(refusal(with(line(), sheet)).find("journey.hours.weight") != std::string::npos);
}

}  // namespace simulation_hours_test
