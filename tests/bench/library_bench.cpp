// The library inside a server: small questions on one loaded railway, from two threads.

#include <railwindow/railwindow.hpp>

#include <benchmark/benchmark.h>

#include <malloc.h>

#include <array>
#include <atomic>
#include <stdexcept>
#include <thread>

namespace {

using namespace railwindow;

constexpr std::uint64_t questions = 10'000, runs = 16;

// The q-th question: another destination and another departure each time, so that nothing can be remembered.
Millis median_arrival(const Scenario& loaded, std::uint64_t q) {
    static constexpr std::array<const char*, 4> destinations{"vladivostok", "ussuriysk", "baranovsky", "khasan"};
    Scenario asked = loaded;
    asked.journey.to = Name{destinations[q % destinations.size()], {}};
    asked.journey.depart = {.at = Written<WrittenTime>{{LocalTime{2019, 1 + static_cast<int>(q % 12), 1 + static_cast<int>(q % 28), 6, 0, 0}, {}}, {}}};
    const Model model = build(asked);
    return estimate(model, {.runs = runs, .seed = q, .threads = 1}).timing_points.back().time[1].value;
}

Scenario loaded_railway() {
    Scenario scenario = load_scenario(RAILWINDOW_TEST_DIR "/../scenarios/press-20-hours.yaml");
    scenario.claims.clear();
    scenario.journey.via = {Name{"rajin", {}}};
    scenario.journey.calls.clear();
    return scenario;
}

void library_queries(benchmark::State& state) {
    const Scenario loaded = loaded_railway();
    std::atomic<std::uint64_t> asked{0};
    const auto ask = [&](std::uint64_t until) {
        for (std::uint64_t q = asked++; q < until; q = asked++) benchmark::DoNotOptimize(median_arrival(loaded, q));
    };
    const auto ask_on_two_threads = [&](std::uint64_t until) {
        std::thread other{ask, until};
        ask(until);
        other.join();
        asked = until;
    };
    const Millis answer = median_arrival(loaded, 0);
    ask_on_two_threads(200);
    if (median_arrival(loaded, 0) != answer) throw std::logic_error{"the same question has another answer"};
    const auto before = mallinfo2().uordblks;
    std::uint64_t until = 200;
    for (auto _ : state) ask_on_two_threads(until += questions);
    const auto after = mallinfo2().uordblks;
    state.SetItemsProcessed(static_cast<std::int64_t>(until - 200));
    state.counters["growth_kB"] = (static_cast<double>(after) - static_cast<double>(before)) / 1e3;
}

}  // namespace

BENCHMARK(library_queries)->Name("library/queries/10000")->UseRealTime()->Unit(benchmark::kSecond)->Iterations(1);
