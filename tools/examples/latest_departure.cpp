// When must it leave to be in time? The latest departure, sure at 95 %.
#include <railwindow/railwindow.hpp>

#include <iomanip>
#include <iostream>

using namespace railwindow;

int main(int argc, char** argv) try {
    const Model model = build(load_scenario(argc > 1 ? argv[1] : "scenarios/pyongyang-vladivostok-2023.yaml"));
    const WrittenTime summit{{2023, 9, 12, 23, 59}, {}};  // local to the destination, as no offset is given
    const DepartBy answer = depart_by(model, {.arrive_by = {summit}, .confidence = 0.95, .curve = true, .runs = 2000});

    const TimeZone& zone = model.network.stations()[model.main().visits.front().station].zone;
    std::cout << "Leave by " << short_time(answer.latest.depart, zone) << ": " << std::fixed << std::setprecision(1)
              << 100 * answer.latest.in_time.value << " % of the runs are in time.\n";
    for (const DepartureTrial& trial : answer.curve)
        std::cout << short_time(trial.depart, zone) << std::setw(7) << 100 * trial.in_time.value << " %\n";
    return 0;
} catch (const InputError& error) {
    std::cerr << error.what() << '\n';
    return 2;
} catch (const Infeasible& error) {  // too few runs get there, however early it leaves
    std::cerr << "no answer: " << error.what() << '\n';
    return 3;
}
