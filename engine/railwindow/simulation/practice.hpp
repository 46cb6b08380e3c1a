#pragma once
// How a country works a special train over its lines, as written.

#include <railwindow/network/sheet.hpp>

#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// Halts that nobody announces. Their spacing along a line is triangular on [every - jitter, every + jitter].
struct TechnicalStopSheet {
    std::vector<Name> lines;  ///< ids; empty: every other line of the country
    Length every{}, jitter{};
    Uncertain<Duration> dwell;
    Provenance provenance;
};

/// Something done at a named station, beside what else is done there.
struct PracticeStopSheet {
    Name at;
    std::string activity;
    Uncertain<Duration> takes;
    Provenance provenance;
};

/// One practice file.
struct PracticeSheet {
    std::string file;
    Name country;
    std::optional<Sourced<Uncertain<Speed>>> operating_speed;  ///< instead of what the lines say
    Sourced<double> section_noise;                             ///< standard deviation of ln(speed) from section to section
    std::vector<TechnicalStopSheet> technical_stops;
    std::vector<PracticeStopSheet> stops;
    std::optional<Sourced<Uncertain<Duration>>> reversal;
    Provenance provenance;
};

}  // namespace railwindow
