// What the press claimed about the journeys of 2018, 2019 and 2023, held against the replays: the simulation beside the claim.

#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/score/backtest.hpp>
#include <railwindow/score/baselines.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace claims_history_claims_test {

using namespace railwindow;

namespace {

Scenario replay(const std::string& name) { return load_scenario(source("scenarios/history/" + name + ".yaml")); }

// The scores of one replay, of 2,000 runs.
struct Scored {
    Backtest result;
    explicit Scored(const std::string& name) : result{backtest({replay(name)}, {.runs = 2000})} {}

    const TargetScore& at(const std::string& station) const {
        const auto found =
            std::find_if(result.targets.begin(), result.targets.end(), [&](const TargetScore& t) { return t.target.station_id == station; });
        REQUIRE(found != result.targets.end());
        return *found;
    }
    Window window90(const std::string& station) const { return at(station).full->levels.back().window; }
    // Whether the 90 % window holds a journey of this length.
    bool holds(const std::string& station, Duration elapsed) const {
        const Millis there = at(station).start.time_since_epoch() + to_millis(elapsed);
        return window90(station).low <= there && there <= window90(station).high;
    }
    double inside90(const std::string& station) const { return at(station).full->levels.back().inside; }
};

LocalTime local(const std::string& zone, Instant at) { return TimeZone::find(zone)->local_at(at); }

}  // namespace

TEST_CASE("law: SC05 SC08 SC40 SC56 the journey of 2023 leaves on Sunday, 10 September, at no certain hour of the afternoon") {
    const Model model = build(replay("2023-09-pyongyang-vostochny"));
    const auto& depart = std::get<DepartBetween>(model.main().departure);
    const LocalTime first = local("Asia/Pyongyang", depart.earliest), last = local("Asia/Pyongyang", depart.latest);
    CHECK(std::tuple{first.year, first.month, first.day} == std::tuple{2023, 9, 10});
    CHECK(first.hour >= 12);
    CHECK(last.day == 10);
    CHECK(depart.latest - depart.earliest >= std::chrono::hours{4});
    CHECK(std::chrono::weekday{std::chrono::sys_days{std::chrono::year{2023} / 9 / 10}} == std::chrono::Sunday);
}

TEST_CASE("law: SC07 SC09 Khasan early on Tuesday, 33 to 40 hours after Pyongyang, is inside the window; 60 km/h misses it") {
    const Scored journey{"2023-09-pyongyang-vostochny"};
    CHECK(journey.inside90("khasan") == 1);
    CHECK(journey.holds("khasan", 33 * h));
    CHECK(journey.holds("khasan", 40 * h));
    const Target& khasan = journey.at("khasan").target;
    CHECK(khasan.distance / press_speed < 15 * h);
    CHECK(sixty_km_h(khasan) < 20 * h);
    CHECK(journey.at("khasan").full->crps < 0.3 * journey.at("khasan").full->sixty_crps);
}

TEST_CASE("law: SC21 over 60 hours to the Hanoi summit: it took 65 h 40, which is inside the window") {
    const Scored journey{"2019-02-pyongyang-dong-dang"};
    CHECK(journey.holds("dong-dang", 65.67 * h));
    CHECK(journey.inside90("dong-dang") == 1);
    CHECK(journey.holds("dong-dang", 60 * h));
}

TEST_CASE("law: SC47 60 hours back to Pyongyang are inside the window, from Dong Dang and not from Hanoi") {
    const Scored journey{"2019-03-dong-dang-pyongyang"};
    CHECK(journey.at("pyongyang").from == "Dong Dang");
    CHECK(journey.holds("pyongyang", 60.4 * h));
}

TEST_CASE("law: SC25 the visit of 2019 begins on 24 April and ends on 26 April") {
    const Scored out{"2019-04-khasan-vladivostok"}, back{"2019-04-vladivostok-tumangang"};
    const Window arrival = out.window90("vladivostok");
    CHECK(local("Asia/Vladivostok", Instant{arrival.low}).day == 24);
    CHECK(local("Asia/Vladivostok", Instant{arrival.high}).day == 24);
    CHECK(local("Asia/Vladivostok", back.at("tumangang").start).day == 26);
    CHECK(back.at("tumangang").consistent);
}

TEST_CASE("law: SC28 the journeys of March 2018, January, February and April 2019 are all replayed") {
    for (const char* name : {"2018-03-dandong-beijing", "2018-03-beijing-dandong", "2019-01-pyongyang-beijing", "2019-02-pyongyang-dong-dang",
                             "2019-04-khasan-vladivostok"}) {
        const Scenario scenario = replay(name);
        CHECK(scenario.record == Record::special_train);
        CHECK_FALSE(scenario.observed.empty());
        for (const ObservedSheet& seen : scenario.observed) CHECK_FALSE(seen.source.empty());
    }
}

TEST_CASE("law: SC31 SC35 an hour at Khasan, and 7 h 20 from there to Vladivostok with it, are what runs do") {
    const Model model = build(load_scenario(source("scenarios/kyongsong-vladivostok-2019.yaml")));
    const Itinerary& way = model.main();
    const auto khasan = static_cast<std::size_t>(
        std::find_if(way.visits.begin(), way.visits.end(), [&](const Visit& v) { return model.network.stations()[v.station].id == "khasan"; }) -
        way.visits.begin());
    std::vector<Millis> stay, total;
    Simulator simulator{model};
    for (std::uint64_t run = 0; stay.size() < 500; ++run) {
        const Trace& trace = simulator.run({1, run});
        if (trace.alternative != 0 || trace.main().stranded) continue;
        stay.push_back(trace.main().visits[khasan].depart - trace.main().visits[khasan].arrive);
        total.push_back(trace.main().visits.back().arrive - trace.main().visits[khasan].arrive);
    }
    for (auto& [times, reported] : {std::pair{&stay, 1 * h}, std::pair{&total, 7.33 * h}}) {
        std::sort(times->begin(), times->end());
        CHECK(central_window(*times, 0.9).low <= to_millis(reported));
        CHECK(to_millis(reported) <= central_window(*times, 0.9).high);
    }
}

TEST_CASE("law: SC33 SC34 Vladivostok at about 18:00, 6 h 20 after Khasan, is inside the window; nine hours are not") {
    const Scored journey{"2019-04-khasan-vladivostok"};
    CHECK(journey.inside90("vladivostok") == 1);
    CHECK(journey.holds("vladivostok", 6.33 * h));
    CHECK_FALSE(journey.holds("vladivostok", 9 * h));
    REQUIRE(journey.at("vladivostok").full->press.size() == 2);
    for (const PressScore& press : journey.at("vladivostok").full->press) CHECK(press.crps > journey.at("vladivostok").full->crps);
}

TEST_CASE("law: SC49 SC55 the train of 2023 stops at Khasan for a reception and is at Vostochny when the forum ends") {
    const Scenario scenario = replay("2023-09-pyongyang-vostochny");
    REQUIRE(scenario.journey.calls.size() == 1);
    CHECK(scenario.journey.calls[0].at.value == "khasan");
    CHECK(scenario.journey.calls[0].dwell.lowest() >= 0.5 * h);
    CHECK(scenario.journey.calls[0].dwell.highest() <= 2.5 * h);
    const Scored journey{"2023-09-pyongyang-vostochny"};
    CHECK(journey.inside90("vostochny-cosmodrome-railhead") == 1);
    const Window window = journey.window90("vostochny-cosmodrome-railhead");
    CHECK(local("Asia/Yakutsk", Instant{window.low}).day >= 12);
}

// The numbers of our documents: what the whole set of replays scores. The priors knew these journeys; see the remark of every result.
TEST_CASE("golden: coverage lies in the model's own bands and the baselines are beaten" * doctest::test_suite("slow")) {
    std::vector<Scenario> scenarios;
    for (const char* name : {"2019-01-beijing-pyongyang", "2019-01-pyongyang-beijing", "2019-02-pyongyang-dong-dang", "2019-03-dong-dang-pyongyang",
                             "2019-04-khasan-vladivostok", "2023-09-pyongyang-vostochny"})
        scenarios.push_back(replay(name));
    const Backtest result = backtest(scenarios, {.runs = 4000});
    CHECK(result.known.all.observations == 20);
    for (const Coverage& coverage : result.known.coverage) {
        CHECK(coverage.low <= coverage.covered);
        CHECK(coverage.covered <= coverage.high);
    }
    CHECK(result.known.all.crps <= 0.6 * result.known.all.sixty_crps);
    CHECK(result.known.all.crps <= 0.85 * result.known.all.lognormal_crps);
}

// From the departure at one station to the arrival at another, run by run.
TEST_CASE("law: medians of the recorded legs lie where they were recorded" * doctest::test_suite("slow")) {
    const auto median = [](const std::string& name, const std::string& from, const std::string& to) {
        Scenario scenario = replay(name);
        scenario.journey.reception = false;  // legs as they are run, whenever the hosts are up
        const Model model = build(scenario);
        const Samples samples = sample(model, {.runs = 8192});
        const auto point = [&](const std::string& id) { return timing_point_at(model, *model.network.find_station(id)).value(); };
        const std::vector<Millis> legs = sorted_differences(samples.points[point(to)].arrive, samples.points[point(from)].depart);
        CHECK(legs.size() > 0.95 * 8192);
        return to_duration(quantile_of(legs, 0.5).value);
    };
    const auto between = [](Duration value, Duration low, Duration high) {
        INFO("hours: " << (value / h));
        CHECK(low <= value);
        CHECK(value <= high);
    };
    between(median("2019-04-khasan-vladivostok", "khasan", "vladivostok"), 5.5 * h, 8.5 * h);
    between(median("2019-01-pyongyang-beijing", "pyongyang", "dandong"), 5 * h, 7 * h);
    between(median("2019-01-pyongyang-beijing", "dandong", "beijing"), 12.5 * h, 14.5 * h);
    between(median("2019-02-pyongyang-dong-dang", "pyongyang", "dong-dang"), 58 * h, 75 * h);
}

}  // namespace claims_history_claims_test
