#include <railwindow/io/new_files.hpp>

#include <railwindow/core/country.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/core/text.hpp>
#include <railwindow/io/slug.hpp>
#include <railwindow/io/yaml_writer.hpp>
#include <railwindow/network/called.hpp>

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <sstream>

namespace railwindow {
namespace {

std::string quoted(const std::string& name) { return yaml_line(yaml_scalar(on_one_line(name))); }

void require_country(const std::string& country) {
    if (!is_country_code(country))
        throw InputError{Finding{{"--country", 0, 0},
                                 {},
                                 "'" + country + "' is no ISO 3166 code of a country",
                                 std::string{country_code_remedy(country)},
                                 Severity::error}};
}

struct CountryClock {
    std::string zone = "Etc/UTC";
    GeoPosition position;
};

// `+5920+01803`, or with seconds: degrees and minutes of the zone's principal city, to the minute.
GeoPosition position_of(const std::string& text) {
    const std::size_t second = text.find_first_of("+-", 1);
    const auto angle = [](const std::string& part, std::size_t digits) {
        const double degrees = std::stod(part.substr(1, digits)) + std::stod(part.substr(1 + digits, 2)) / 60;
        return part.front() == '-' ? -degrees : degrees;
    };
    return {angle(text.substr(0, second), 2), angle(text.substr(second), 3)};
}

// Of the table of zones that comes with the system's time-zone data: country, position, zone, comment.
CountryClock clock_of(const std::string& country) {
    std::ifstream table{"/usr/share/zoneinfo/zone.tab"};
    for (std::string line; std::getline(table, line);) {
        std::istringstream row{line};
        std::string code, position, zone;
        if (row >> code >> position >> zone && code == country) return {zone, position_of(position)};
    }
    return {};
}

// `distance` east of `from`, along its parallel.
std::string east_of(GeoPosition from, Length distance) {
    constexpr double degree = 111.2;  // km of a great circle
    const double shift = distance / km / degree / std::cos(from.latitude * std::numbers::pi / 180);
    const double longitude = std::remainder(from.longitude + shift, 360);
    return fmt::format("{:.3f} {} {:.3f} {}", std::abs(from.latitude), from.latitude < 0 ? 'S' : 'N', std::abs(longitude), longitude < 0 ? 'W' : 'E');
}

constexpr const char* network_form =
    R"(# The line from {from} to {to}, to be filled in. Every number is invented: replace it, and say in `source` where yours comes from.
schema: railwindow.network/1
name: {name}
source: "invented for a start"
confidence: low

# By ids, which other files use. `country`: two letters. `position`: degrees, as 67.85 N 20.22 E or 67° 51' N 20° 13' E. `time_zone`: its IANA name.
stations:
  {a}: {{name: {from}, country: {country}, position: {at_a}, time_zone: {zone}}}
  {b}: {{name: Halfway, country: {country}, position: {at_b}, time_zone: {zone}}}
  {c}: {{name: {to}, country: {country}, position: {at_c}, time_zone: {zone}}}

lines:
  {line}:
    name: {name}
    gauge: 1435 mm
    tracks: 1
    # none, 750 V DC, 1.5 kV DC, 3 kV DC, 15 kV 16.7 Hz, 25 kV AC, or `other` and a name
    electrification: none
    # the highest speed allowed to any train
    limit: 100 km/h
    # the speed at which special trains are worked between stops. A law says how well it is known: least, likeliest, most
    operating_speed: {{triangular: [50 km/h, 60 km/h, 75 km/h]}}
    # the stations in order, each with its kilometre (or mi)
    chainage: {{{a}: 0 km, {b}: 80 km, {c}: 170 km}}
    # where a part of it differs:
    # sections:
    #   - {{from: {a}, to: {b}, limit: 50 mph, ruling_gradient: {{forward: 1 in 80, reverse: 1 in 100}}}}
)";

constexpr const char* practice_form =
    R"(# How special trains are worked in {country}, to be filled in. Every number is invented: replace it, and say in `source` where yours comes from.
schema: railwindow.practice/1
country: {country}
source: "invented for a start"
confidence: low

# From section to section the speed differs from the line's operating speed: 0.05 lets two sections of three be run within 5 % of it.
section_noise: 0.05

# Between stations the line rises and falls: waves of this length that reach this share of the lines' ruling gradients. Without it ruling gradients are not felt.
gradient_prior: {{wave: 10 km, intensity: {{uniform: [0, 1]}}}}

# Halts that nobody announces: crews, water, inspection, waiting. 150 to 200 km where crews change; a change of crew takes 5 to 30 min.
technical_stops:
  - {{every: 160 km, jitter: 75 km, dwell: {{triangular: [5 min, 12 min, 30 min]}}}}

# What is done at a station, and how long it takes:
# stops:
#   - {{at: halfway, activity: locomotive change, takes: {{triangular: [10 min, 20 min, 50 min]}}}}
)";

constexpr const char* train_form =
    R"(# A train of two diesels and fifteen cars, to be filled in. Replace the numbers, and say in `source` where yours come from.
schema: railwindow.train/1
name: Special train
source: "invented for a start, after a train of coaches behind two M62"
confidence: low

# those that its cars can be set on; `gauge_change: bogie exchange` where they can be set on another one
gauges: [1435 mm]

cars: 15
car:
  length: 24.4 m
  # with its load. A law says how well it is known: least, likeliest, most
  mass: {{triangular: [57 t, 61 t, 80 t]}}
  axles: 4
  resistance: russian jointed
  # inertia with wheels over inertia without; coaches 1.05 to 1.08
  rotating_mass_factor: 1.06
locomotive_length: 35 m
# the highest speed of its cars
limit: 100 km/h

# what pulls: power at the rail, and the most effort at low speed
dynamics: {{power_and_mass: {{power: 2304 kW, starting_effort: 628 kN, locomotive_mass: 233 t, rotating_mass_factor: 1.09, resistance: russian jointed}}}}
service_deceleration: 0.35 m/s^2
brake_build_up: 4 s

# How one journey is handled against another: an sd of 0.06 lets two journeys of three lie within 6 % of the usual pace.
journey_pace: {{normal: {{mean: 0, sd: 0.06}}}}
)";

}  // namespace

std::string schema_line(const std::string& schema) { return schema.empty() ? "" : "# yaml-language-server: $schema=" + schema + "\n"; }

std::string path_from(const std::string& folder, const std::string& file) {
    namespace fs = std::filesystem;
    const fs::path whole = fs::weakly_canonical(fs::absolute(file)), base = fs::weakly_canonical(fs::absolute(folder.empty() ? "." : folder));
    const bool apart =
        whole.relative_path().empty() || base.relative_path().empty() || *whole.relative_path().begin() != *base.relative_path().begin();
    return apart ? whole.string() : whole.lexically_relative(base).string();
}

namespace {

// A name that the reader of files takes, too.
void require_name(const std::string& name, const char* option) {
    constexpr std::size_t longest = 200;
    const bool empty = name.find_first_not_of(" \t") == std::string::npos;
    if (!empty && name.size() <= longest && first_invalid_utf8(name) == std::string::npos) return;
    throw InputError{Finding{{},
                             option,
                             empty                   ? "a station has a name"
                             : name.size() > longest ? "the name is too long"
                                                     : "the name is not UTF-8",
                             fmt::format("give a name of up to {} bytes", longest),
                             Severity::error}};
}

}  // namespace

std::string new_network(const NewNetwork& asked) {
    require_country(asked.country);
    require_name(asked.from, "--from");
    require_name(asked.to, "--to");
    std::string a = slug(asked.from), b = "halfway", c = slug(asked.to);
    while (b == a || b == c) b += "-on-the-way";
    if (c == a) c += "-2";
    const CountryClock clock = clock_of(asked.country);
    return schema_line(asked.schema) + fmt::format(fmt::runtime(network_form), fmt::arg("from", quoted(asked.from)), fmt::arg("to", quoted(asked.to)),
                                                   fmt::arg("name", quoted(asked.from + " to " + asked.to)), fmt::arg("a", a), fmt::arg("b", b),
                                                   fmt::arg("c", c), fmt::arg("country", asked.country), fmt::arg("zone", clock.zone),
                                                   fmt::arg("line", a + "-" + c), fmt::arg("at_a", east_of(clock.position, {})),
                                                   fmt::arg("at_b", east_of(clock.position, 75 * km)),
                                                   fmt::arg("at_c", east_of(clock.position, 160 * km)));
}

std::string new_practice(const std::string& country, const std::string& schema) {
    require_country(country);
    return schema_line(schema) + fmt::format(fmt::runtime(practice_form), fmt::arg("country", country));
}

std::string new_train(const std::string& schema) { return schema_line(schema) + fmt::format(fmt::runtime(train_form)); }

}  // namespace railwindow
