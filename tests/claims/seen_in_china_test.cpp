// Stays and speeds of special trains that were seen in China and at the Yalu, each held against its own law.

#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/networks.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace claims_seen_in_china_test {

using namespace railwindow;

namespace {

/// A special train over the networks of this repository from `from` to `to`.
Scenario special_train(const std::string& from, const std::string& to, const std::vector<std::string>& via, const LocalTime& depart) {
    Scenario scenario = whole_railway();
    scenario.rolling_stock = load_scenario(source("scenarios/history/2010-08-changchun-harbin.yaml")).rolling_stock;
    scenario.journey = {};
    scenario.journey.from = Name{from, {}};
    scenario.journey.to = Name{to, {}};
    for (const std::string& name : via) scenario.journey.via.push_back({name, {}});
    scenario.journey.depart.at = Written<WrittenTime>{{depart, {}}, {}};
    return scenario;
}
Scenario replay(const std::string& name) { return load_scenario(source("scenarios/history/" + name + ".yaml")); }

/// Which of `runs` runs have it, of what `measured` says of a trace.
template <class Measure>
double share(const Scenario& scenario, Measure has, std::uint64_t runs = 2'000) {
    const Model model = build(scenario);
    Simulator simulator{model};
    std::uint64_t found = 0;
    for (std::uint64_t run = 0; run < runs; ++run) found += has(model, simulator.run({1, run}));
    return static_cast<double>(found) / static_cast<double>(runs);
}

/// The share of runs that stay shorter at `station` than `stay`.
double shorter_stays(const Scenario& scenario, const std::string& station, Duration stay) {
    return share(scenario, [&](const Model& model, const Trace& trace) {
        const auto& planned = way_of(model, trace).main().visits;
        for (std::size_t i = 0; i < std::min(planned.size(), trace.main().visits.size()); ++i)
            if (model.network.stations()[planned[i].station].id == station)
                return to_duration(trace.main().visits[i].depart - trace.main().visits[i].arrive) < stay;
        return false;
    });
}

/// The share of runs that take less than `elapsed` from end to end.
double quicker(const Scenario& scenario, Duration elapsed) {
    return share(scenario, [&](const Model&, const Trace& trace) {
        return !trace.main().stranded && to_duration(trace.main().visits.back().arrive - trace.main().visits.front().depart) < elapsed;
    });
}

}  // namespace

// 30 or 100 min on 3 May 2010 (sources differ), 60 min on 27 May 2011; a little over 20 min at Manzhouli on 25 August 2011; up to
// two hours at Sinuiju. Sources stand at the laws.
TEST_CASE("law: stays that were seen at Dandong, Sinuiju and Manzhouli lie in the central 95 % of what the model draws") {
    const Scenario from_beijing = replay("2019-01-beijing-pyongyang");
    for (const Duration stay : {30 * minute, 60 * minute, 100 * minute}) {
        const double below = shorter_stays(from_beijing, "dandong", stay);
        INFO("Dandong, " << stay / minute << " min: " << below);
        CHECK(below > 0.025);
        CHECK(below < 0.975);
    }
    const double at_sinuiju = shorter_stays(replay("2019-01-pyongyang-beijing"), "sinuiju-chongnyon", 118 * minute);
    INFO("Sinuiju, 118 min: " << at_sinuiju);
    CHECK(at_sinuiju < 0.975);
    const double at_manzhouli =
        shorter_stays(special_train("karymskaya", "hailar", {"zabaikalsk", "manzhouli"}, {2011, 8, 25, 0, 0, 0}), "manzhouli", 22 * minute);
    INFO("Manzhouli, 22 min: " << at_manzhouli);
    CHECK(at_manzhouli > 0.025);
    CHECK(at_manzhouli < 0.975);
}

// The slowest leg of all, Mudanjiang - Changchun on 20 May 2011, may have waited for its hour, as it came at 08:20.
TEST_CASE("law: the slowest and the quickest leg seen on Chinese lines are no rarer than one run in fifty") {
    const double to_dandong = quicker(special_train("beijing", "dandong", {"shenyang"}, {2011, 5, 26, 14, 18, 0}), 15.2 * h);
    const double to_changchun = quicker(special_train("mudanjiang", "changchun", {"harbin"}, {2011, 5, 20, 21, 0, 0}), 11.33 * h);
    const double to_jilin = quicker(replay("2010-08-jian-jilin"), 6.4 * h);
    INFO("Beijing - Dandong in 15.2 h: " << to_dandong << ", Mudanjiang - Changchun in 11.3 h: " << to_changchun
                                         << ", Ji'an - Jilin in 6.4 h: " << to_jilin);
    CHECK(to_dandong > 0.02);
    CHECK(to_dandong < 0.98);
    CHECK(to_changchun < 0.98);
    CHECK(to_jilin > 0.02);
}

}  // namespace claims_seen_in_china_test
