// Every run as one line of JSON, written as soon as it is computed: memory does not grow with the number of runs.
#include <railwindow/railwindow.hpp>

#include <cstdlib>
#include <iostream>

using namespace railwindow;

int main(int argc, char** argv) {
    const Model model = build(load_scenario(argc > 1 ? argv[1] : "scenarios/pyongyang-vladivostok-2019.yaml"));
    const std::uint64_t runs = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 3;
    Simulator simulator{model};  // one for each thread
    for (std::uint64_t run = 0; run < runs; ++run) {
        const Trace& trace = simulator.run({.seed = 1, .run = run});
        const Itinerary& way = way_of(model, trace).main();
        std::cout << R"({"run": )" << run << R"(, "cars": )" << trace.main().cars << R"(, "arrivals": {)";
        const char* separator = "";
        for (std::size_t i = 1; i < trace.main().visits.size(); ++i) {
            if (!way.visits[i].timing_point) continue;
            const Station& station = model.network.stations()[way.visits[i].station];
            std::cout << separator << '"' << station.id << R"(": ")" << iso_time(trace.main().visits[i].arrive, station.zone) << '"';
            separator = ", ";
        }
        std::cout << (trace.main().stranded ? R"(}, "arrived": false})" : R"(}, "arrived": true})") << '\n';
    }
}
