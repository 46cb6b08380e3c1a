// When does it arrive? One scenario file, the windows of every timing point.
#include <railwindow/railwindow.hpp>

#include <iostream>

using namespace railwindow;

int main(int argc, char** argv) try {
    const Model model = build(load_scenario(argc > 1 ? argv[1] : "scenarios/press-20-hours.yaml"));
    const Estimate windows = estimate(model, {.runs = 2000, .seed = 1, .quantiles = {0.05, 0.5, 0.95}});
    std::cout << model.question << '\n';
    for (const TimingPointEstimate& point : windows.timing_points) {
        if (point.event != TimingEvent::arrive || point.time.empty()) continue;  // no run may have come here
        const Station& station = model.network.stations()[model.timing_points[point.point].station];
        std::cout << station.name << ':';
        for (const Quantile& quantile : point.time)
            std::cout << "  " << quantile_name(quantile.p) << ' ' << short_time(Instant{quantile.value}, station.zone);
        std::cout << '\n';
    }
    return 0;
} catch (const InputError& error) {  // each finding with its place: file:line:col: what is wrong; what would be right
    for (const Finding& finding : error.findings()) std::cerr << to_string(finding) << '\n';
    return 2;
} catch (const Infeasible& error) {  // well asked, and there is no answer
    std::cerr << "no answer: " << error.what() << '\n';
    return 3;
}
