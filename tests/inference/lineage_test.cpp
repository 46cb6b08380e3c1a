// Runs with a lineage: what lies ahead of a place may be drawn anew without touching what lies behind it.

#include <railwindow/inference/infer.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/draw_places.hpp>
#include <railwindow/simulation/simulate.hpp>
#include <support/files.hpp>

#include <doctest/doctest.h>

#include <array>
#include <filesystem>

namespace inference_lineage_test {

using namespace railwindow;

TEST_CASE("exact: the newest refresh that claims a name holds for it") {
    const DrawKey departure{"departure", "main", "A"}, near{"stay", "main", "B"}, far{"stay", "main", "C"};
    DrawPlaces places;
    places.note(near, 4);
    places.note(far, 9);
    places.note(far, 6);
    places.note(far, 8);
    CHECK(places.of(far) == 6);
    CHECK(places.of(departure) == 0);
    CHECK(places.size() == 2);
    const std::array<Refresh, 2> refreshes{{{100, 3}, {200, 5}}};
    const Lineage lineage{&places, refreshes};
    const auto drawn = [&](DrawKey key) { return Noise{7, 1, &lineage}.uniform(key); };
    const auto of_run = [&](std::uint64_t run, DrawKey key) { return Noise{7, run}.uniform(key); };
    CHECK(drawn(departure) == of_run(1, departure));
    CHECK(drawn(near) == of_run(100, near));
    CHECK(drawn(far) == of_run(200, far));
    CHECK(drawn(far.at(3)) == of_run(1, far.at(3)));  // a sibling is another name
    const Lineage none{&places, {}};
    CHECK(Noise{7, 1, &none}.uniform(far) == of_run(1, far));
}

TEST_CASE("law: a table of places keeps thousands of names apart") {
    DrawPlaces places;
    const DrawKey key{"cell", "", "line"};
    for (std::uint64_t i = 0; i < 5000; ++i) places.note(key.at(i), static_cast<std::uint32_t>(i % 97 + 1));
    CHECK(places.size() == 5000);
    CHECK(places.last() == 97);
    for (std::uint64_t i = 0; i < 5000; ++i) CHECK(places.of(key.at(i)) == i % 97 + 1);
    CHECK(places.of(key.at(5000)) == 0);
}

namespace {

// Whether the times of `again` are those of `first` up to the place.
bool same_up_to(const Trace& first, const Trace& again, std::size_t visit, bool departs) {
    const std::vector<VisitTimes>&a = first.main().visits, &b = again.main().visits;
    for (std::size_t i = 0; i <= visit; ++i) {
        if ((i < a.size()) != (i < b.size())) return false;
        if (i >= a.size()) return true;
        if (a[i].arrive != b[i].arrive || ((i < visit || departs) && a[i].depart != b[i].depart)) return false;
    }
    return true;
}

}  // namespace

// Names that are listed too far ahead would change what was seen.
TEST_CASE("law: draws ahead of a place touch no time up to it, and change something behind it") {
    int scenarios = 0, changed = 0, compared = 0;
    for (const auto& entry : std::filesystem::directory_iterator(committed("scenarios"))) {
        if (entry.path().extension() != ".yaml") continue;
        const Model model = build(load_scenario(entry.path().string()));
        const Alternative& alternative = model.alternatives.front();
        const DrawPlaces places = places_of_draws(alternative);
        const std::size_t visits = alternative.main().visits.size();
        Simulator simulator{model};
        for (std::uint64_t run = 0; run < 3; ++run) {
            const Trace first = simulator.run_as(0, {1, run});
            if (first.diversion) continue;
            for (std::size_t visit = 1; visit + 1 < visits; visit += 1 + visits / 12)
                for (const bool departs : {false, true}) {
                    const std::array<Refresh, 1> refreshes{{{1000 + visit, departs ? departure_place(visit) : arrival_place(visit)}}};
                    const Lineage lineage{&places, refreshes};
                    const Trace again = simulator.run_as(0, {1, run, &lineage});
                    if (again.diversion) continue;
                    INFO(entry.path().filename().string() << ", run " << run << ", visit " << visit << (departs ? ", departure" : ", arrival"));
                    CHECK(same_up_to(first, again, visit, departs));
                    ++compared;
                    changed += first.main().visits.back().arrive != again.main().visits.back().arrive;
                }
        }
        ++scenarios;
    }
    CHECK(scenarios > 15);
    CHECK(changed > compared / 2);
}

TEST_CASE("law: what lies ahead of a sighting is drawn anew with acceptance 1") {
    const Model model = build(load_scenario(committed("scenarios/pyongyang-vostochny-2023.yaml")));
    InferOptions options;
    options.runs = options.most_runs = 12 * 1024;
    const Inference result = infer(model, options);
    CHECK(result.sampling.refreshed);
    CHECK(result.sampling.replays > 0);
    CHECK(result.sampling.accepted == result.sampling.replays);
}

}  // namespace inference_lineage_test
