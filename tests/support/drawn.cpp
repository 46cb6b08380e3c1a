#include <support/drawn.hpp>

#include <sstream>
#include <stdexcept>

namespace railwindow {
namespace {

// A drawing that cannot be read is a mistake of the test, not of what it tests.
void require(bool readable) {
    if (!readable) throw std::invalid_argument{"the drawing cannot be read"};
}

struct DrawnSection {
    Length length;
    Speed limit;
};

// "--2km,160--"
DrawnSection parse_section(const std::string& word) {
    double kilometres = 0, kmh = 0;
    require(std::sscanf(word.c_str(), "--%lfkm,%lf--", &kilometres, &kmh) == 2);
    return {kilometres * km, kmh * km / h};
}

Sourced<Uncertain<Speed>> exactly(Speed speed) { return {Uncertain<Speed>{speed}, {}}; }

}  // namespace

StationSheet drawn_station(const std::string& id, double latitude, double longitude, const std::string& country) {
    return {name_of(id), id, "", country, {latitude, longitude}, {}, name_of("UTC"), {}, {}};
}

LineSheet drawn_line(const std::string& id, const std::string& from, const std::string& to, Length length, Speed limit, Gauge gauge) {
    LineSheet line;
    line.id = name_of(id);
    line.name = id;
    line.track.gauge = {gauge};
    line.track.limit = Sourced<Speed>{limit, {}};
    line.track.operating_speed = exactly(limit);
    line.chainage = {{name_of(from), {0 * m, {}}}, {name_of(to), {length, {}}}};
    return line;
}

Scenario drawn(std::string_view text) {
    std::istringstream words{std::string{text}};
    std::string station, section;
    require(static_cast<bool>(words >> station));
    NetworkSheet sheet;
    sheet.file = "drawn";
    double longitude = 0;
    sheet.stations.push_back(drawn_station(station, 0, longitude));
    const std::string first = station;
    while (words >> section) {
        const std::string before = station;
        require(static_cast<bool>(words >> station));
        const DrawnSection parsed = parse_section(section);
        longitude += parsed.length / (111 * km);
        sheet.stations.push_back(drawn_station(station, 0, longitude));
        sheet.lines.push_back(drawn_line(before + "-" + station, before, station, parsed.length, parsed.limit));
    }
    Scenario scenario;
    scenario.name = "drawn";
    scenario.networks = {sheet};
    scenario.practice = {PracticeSheet{.file = "drawn", .country = name_of("XX")}};
    TrainSheet& train = scenario.train;
    train.gauges = {{1435}};
    train.cars.value = Uncertain<double>{10.0};
    train.car.length = 20 * m;
    train.car.mass.value = Uncertain<Mass>{60 * t};
    train.limit.value = 500 * km / h;
    train.dynamics.constant_acceleration = 0.5 * m / (s * s);
    train.service_deceleration.value = 0.5 * m / (s * s);
    train.journey_pace.value = Uncertain<double>{0.0};
    scenario.journey.from = name_of(first);
    scenario.journey.to = name_of(station);
    scenario.journey.depart.at = Written<WrittenTime>{{LocalTime{2020, 1, 1, 0, 0, 0}, {}}, {}};
    return scenario;
}

}  // namespace railwindow
