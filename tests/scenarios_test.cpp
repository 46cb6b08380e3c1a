// Every scenario file is a test: it runs, its times make sense, and what its head comment asks is answered as expected.

#include <railwindow/estimate/estimate.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/near.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>

namespace scenarios_test {

using namespace railwindow;

namespace {

std::vector<std::string> scenario_files() {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source("scenarios")))
        if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
    return files;
}

Scenario load(const std::string& name) { return load_scenario(source("scenarios/" + name + ".yaml")); }

Duration median(const std::vector<Quantile>& quantiles) { return to_duration(quantiles.at(1).value); }

// Medians of an estimate, by station id.
struct Medians {
    Model model;
    Estimate result;

    explicit Medians(const Scenario& scenario, std::uint64_t runs = 8'192) : model{build(scenario)}, result{estimate(model, {.runs = runs})} {}

    const TimingPointEstimate& at(const std::string& id, TimingEvent event) const {
        for (const TimingPointEstimate& point : result.timing_points)
            if (point.event == event && model.network.stations()[model.timing_points[point.point].station].id == id) return point;
        throw std::logic_error{"no timing point " + id};
    }
    Duration elapsed(const std::string& id) const { return median(at(id, TimingEvent::arrive).elapsed); }
    std::string local(const std::string& id, TimingEvent event) const {
        const TimingPointEstimate& point = at(id, event);
        return iso_time(Instant{point.time.at(1).value}, model.network.stations()[model.timing_points[point.point].station].zone);
    }
    Duration leg(const std::string& from, const std::string& to) const {
        for (const LegEstimate& leg : result.legs)
            if (model.network.stations()[model.timing_points[leg.from].station].id == from &&
                model.network.stations()[model.timing_points[leg.to].station].id == to)
                return median(leg.total);
        throw std::logic_error{"no leg " + from};
    }
};

template <class Q>
bool between(Q value, Q low, Q high) {
    return value >= low && value <= high;
}

}  // namespace

TEST_CASE("law: every scenario file runs, and time never goes backwards") {
    CHECK(scenario_files().size() >= 4);
    for (const std::string& file : scenario_files()) {
        CAPTURE(file);
        const Scenario scenario = load_scenario(file);
        CHECK(scenario.question.size() > 20);
        const Model model = build(scenario);
        Simulator simulator{model};
        for (std::uint64_t run = 0; run < 200; ++run) {
            const Trace& trace = simulator.run({1, run});
            const bool ended = trace.main().stranded || trace.main().visits.size() == way_of(model, trace).main().visits.size();
            REQUIRE(ended);
            for (std::size_t i = 0; i < trace.main().visits.size(); ++i) {
                CHECK(trace.main().visits[i].depart >= trace.main().visits[i].arrive);
                if (i > 0) CHECK(trace.main().visits[i].arrive > trace.main().visits[i - 1].depart);
            }
        }
    }
}

TEST_CASE("law: no section is run faster than its limit") {
    for (const std::string& file : scenario_files()) {
        CAPTURE(file);
        const Model model = build(load_scenario(file));
        for (std::uint64_t run = 0; run < 50; ++run) {
            const Trace trace = simulate(model, {1, run});
            for (std::size_t i = 1; i < trace.main().visits.size(); ++i) {
                const Section& section = model.network.sections()[way_of(model, trace).main().path.steps[i - 1].section];
                const Duration least = section.length / std::min(section.limit.value, model.main().train.limit.value);
                CHECK(to_duration(trace.main().visits[i].arrive - trace.main().visits[i - 1].depart) >= least - 2 * ms);
            }
        }
    }
}

TEST_CASE("law: a longer stay never arrives earlier") {
    Scenario shorter = load("pyongyang-vladivostok-2019"), longer = shorter;
    shorter.journey.calls[0].dwell = Uncertain<Duration>{60 * minute};
    longer.journey.calls[0].dwell = Uncertain<Duration>{90 * minute};
    const Model a = build(shorter), b = build(longer);
    for (std::uint64_t run = 0; run < 500; ++run)
        CHECK(simulate(a, {1, run}).main().visits.back().arrive <= simulate(b, {1, run}).main().visits.back().arrive);
}

TEST_CASE("law: Pyongyang to Vladivostok in 2019 route and windows" * doctest::test_suite("slow")) {
    const Medians journey{load("pyongyang-vladivostok-2019")};
    CHECK(between(journey.model.main().path.length, 1205 * km, 1250 * km));
    REQUIRE(journey.model.main().path.gauge_changes.size() == 1);
    const std::size_t change = journey.model.main().path.gauge_changes.front();
    CHECK(journey.model.main().path.steps[change - 1].gauge == Gauge{1435});
    CHECK(journey.model.main().path.steps[change].gauge == Gauge{1520});
    CHECK(between(journey.elapsed("khasan"), 24 * h, 36 * h));
    CHECK(between(journey.leg("khasan", "vladivostok"), 5.5 * h, 8.5 * h));
    REQUIRE(journey.result.claims.size() == 1);
    CHECK(journey.result.claims[0].agreeing >= 0.95);  // "20 hours or more"
    CHECK(journey.local("pyongyang", TimingEvent::depart).substr(19) == "+09:00");
    CHECK(journey.local("khasan", TimingEvent::arrive).substr(19) == "+10:00");
}

TEST_CASE("law: turning at Baranovsky is shorter and still changes gauge once") {
    Scenario scenario = load("pyongyang-vladivostok-2019");
    scenario.journey.via = {Name{"rajin", {}}, Name{"baranovsky", {}}};
    const Model model = build(scenario);
    CHECK(between(model.main().path.length, 1160 * km, 1205 * km));
    CHECK(model.main().path.gauge_changes.size() == 1);
    CHECK(model.main().path.reversals.size() == 1);
}

TEST_CASE("law: in 2016 Pyongyang kept UTC+8:30") {
    Scenario scenario = load("pyongyang-vladivostok-2019");
    scenario.journey.depart = WhenSheet{Written<WrittenTime>{{LocalTime{2016, 4, 23, 20, 0, 0}, {}}, {}}, {}, {}, {}};
    const Medians journey{scenario, 64};
    CHECK(journey.local("pyongyang", TimingEvent::depart) == "2016-04-23T20:00:00+08:30");
    CHECK(journey.local("khasan", TimingEvent::arrive).substr(19) == "+10:00");
}

TEST_CASE("law: the press's own assumptions give 20 to 26 hours and the note says by how much the simulated journeys differ" *
          doctest::test_suite("slow")) {
    const Scenario scenario = load("press-20-hours");
    const Medians press{scenario}, simulated{load("pyongyang-vladivostok-2019")}, later{load("pyongyang-vostochny-2023")};
    const Duration total = press.elapsed("vladivostok");
    CHECK(between(total, 20 * h, 26 * h));
    REQUIRE(scenario.notes.size() == 1);
    const auto hours = [](Duration d) { return std::to_string(std::lround(d / h)) + " h"; };
    CHECK(scenario.notes[0].find(hours(simulated.elapsed("vladivostok") - total) + " more in the 2019 file") != std::string::npos);
    CHECK(scenario.notes[0].find(hours(later.elapsed("khasan") - press.elapsed("khasan")) + " more to Khasan in the 2023 file") != std::string::npos);
}

TEST_CASE("law: what was seen in 2019 and 2023 lies inside the windows" * doctest::test_suite("slow")) {
    const Medians kyongsong{load("kyongsong-vladivostok-2019")}, vostochny{load("pyongyang-vostochny-2023")};
    const auto inside = [](const Medians& journey, const std::string& id, LocalTime local) {
        const TimingPointEstimate& point = journey.at(id, TimingEvent::arrive);
        const TimeZone& zone = journey.model.network.stations()[journey.model.timing_points[point.point].station].zone;
        const Instant seen = std::get<Instant>(zone.instant_of(local));
        return Instant{point.time.front().value} <= seen && seen <= Instant{point.time.back().value};
    };
    CHECK(inside(kyongsong, "khasan", {2019, 4, 24, 10, 35, 0}));
    CHECK(inside(kyongsong, "vladivostok", {2019, 4, 24, 17, 55, 0}));
    CHECK(inside(vostochny, "khasan", {2023, 9, 12, 6, 0, 0}));
    CHECK(inside(vostochny, "vostochny-cosmodrome-railhead", {2023, 9, 13, 13, 0, 0}));
}

}  // namespace scenarios_test
