// A railway drawn in code: no files at all. Two lines meet at a border; the stand there follows a law of our own.
#include <railwindow/railwindow.hpp>

#include <cmath>
#include <iostream>

using namespace railwindow;

namespace {

StationSheet station(const char* id, const char* country, const char* zone, double longitude) {
    return {.id = {id}, .name = id, .country = country, .position = {43, longitude}, .time_zone = {zone}};
}

LineSheet line(const char* id, const char* from, const char* to, Length length, Uncertain<Speed> speed) {
    LineSheet sheet{.id = {id}, .name = id};
    sheet.track = {.gauge = {{{1435}}}, .limit = {{80 * km / h}}, .operating_speed = {{std::move(speed)}}};
    sheet.chainage = {{{from}, {0 * m}}, {{to}, {length}}};
    return sheet;
}

TrainSheet ten_cars() {
    TrainSheet train{.name = "ten cars", .gauges = {{1435}}};
    train.cars.value = 10.0;
    train.car = {.length = 25 * m, .mass = {60 * t}};
    train.locomotive_length.value = 20 * m;
    train.limit.value = 80 * km / h;
    train.dynamics.constant_acceleration = 0.1 * m / (s * s);
    train.service_deceleration.value = 0.3 * m / (s * s);
    return train;
}

}  // namespace

int main() {
    NetworkSheet network{.file = "drawn here", .name = "two countries"};
    network.stations = {station("hill", "KP", "Asia/Pyongyang", 129), station("bridge", "KP", "Asia/Pyongyang", 130.2),
                        station("harbour", "RU", "Asia/Vladivostok", 131.4)};
    network.lines = {line("old-line", "hill", "bridge", 104 * km, Uncertain<Speed>{Law{Uniform{30 / 3.6, 50 / 3.6}}}),
                     line("new-line", "bridge", "harbour", 101 * km, 60 * km / h)};

    Scenario scenario{.name = "drawn", .question = "When does a train leaving Hill at noon reach Harbour?", .networks = {network}};
    scenario.practice = {{.country = {"KP"}}, {.country = {"RU"}}};
    scenario.train = ten_cars();
    scenario.journey.from = Name{"hill"};
    scenario.journey.to = Name{"harbour"};
    scenario.journey.depart.at = {{{2024, 6, 1, 12, 0}, {}}, {}};
    const OwnLaw patience{[](double u) { return 1800 - 900 * std::log1p(-u); }};  // half an hour, then one in e leaves every quarter
    scenario.journey.calls = {{.at = {"bridge"}, .dwell = Uncertain<Duration>{Law{patience}}, .why = "customs"}};

    const Model model = build(scenario);
    write_table(std::cout, model, estimate(model, {.runs = 4096}));
}
