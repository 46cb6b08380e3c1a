// What if the reception at Khasan took two hours? Change the scenario in code; on the same draws only the change differs.
#include <railwindow/railwindow.hpp>

#include <iostream>

using namespace railwindow;

int main(int argc, char** argv) {
    const Scenario as_written = load_scenario(argc > 1 ? argv[1] : "scenarios/pyongyang-vladivostok-2019.yaml");
    Scenario changed = as_written;
    for (CallSheet& call : changed.journey.calls)
        if (call.at.value == "khasan") call.dwell = 2 * h;

    const Comparison comparison = compare({{"as written", "", as_written}, {"two hours", "", changed}}, {.estimate = {.runs = 2000}});
    for (const VariantOutcome& variant : comparison.variants) {  // each with the windows of its own destination
        const TimeZone& zone = variant.model->network.stations()[variant.model->timing_points.back().station].zone;
        std::cout << variant.name << ":";
        for (const Quantile& arrival : variant.time) std::cout << "  " << quantile_name(arrival.p) << ' ' << short_time(Instant{arrival.value}, zone);
        std::cout << '\n';
    }
    const PairedDifference& later = *comparison.variants[1].against_base;  // run by run
    std::cout << "The train arrives later by";
    for (const Quantile& by : later.difference) std::cout << "  " << quantile_name(by.p) << ' ' << hours_and_minutes(by.value);
    std::cout << "\nin " << later.pairs << " paired runs; it is the later one in " << 100 * later.later.value << " % of all.\n";
}
