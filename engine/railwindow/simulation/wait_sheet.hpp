#pragma once
// What a country's practice says of waiting that is decided and no mishap: hours of receptions, long stands, places passed at certain hours.

#include <railwindow/core/distribution.hpp>
#include <railwindow/core/hours.hpp>
#include <railwindow/core/provenance.hpp>
#include <railwindow/network/sheet.hpp>

#include <optional>
#include <vector>

namespace railwindow {

/// Where a journey has receptions unless it says otherwise.
enum class ReceptionPlace { calls, destination };

/// Hours in which the first reception of the day may be, and how likely they are against the others.
struct ReceptionWindowSheet {
    Written<DailyHours> between;  ///< local to the place
    double weight = 1;            ///< against the other windows
};

/// When hosts receive: from a time within one of the windows to the end of their hours, or whenever the train comes.
struct ReceptionsSheet {
    std::vector<ReceptionPlace> at;             ///< where the law holds unless the journey says otherwise
    Written<DailyHours> hours;                  ///< at which they receive at all
    double probability = 0;                     ///< that they keep to hours
    std::vector<ReceptionWindowSheet> windows;  ///< when the first reception of the day may be: within `hours`, in their order
    std::vector<Name> hold_at;                  ///< stations before the place where an early train stands; one on no way is passed over
    Length hold_within{};                       ///< at most so far before it
    Provenance provenance;                      ///< where its numbers come from
};

/// Which way a journey runs through a country.
enum class JourneyWay { outward, homeward };

/// A long stand in a country: one at most, decided once for the journey, somewhere along its lines.
struct LongStandSheet {
    JourneyWay journey = JourneyWay::outward;     ///< journeys that leave the country, or that end in it and come from abroad
    std::vector<Name> lines;                      ///< ids, for journeys that run over one of them, and along these; empty: any
    double probability = 0;                       ///< of a stand
    Uncertain<Duration> takes;                    ///< how long
    std::optional<Written<DailyHours>> at_night;  ///< who comes to the place at these hours stands until a minute of `until` instead
    std::optional<Written<DailyHours>> until;     ///< see there
    Length along{};                               ///< the way that `probability` speaks of; shorter ways have their share of it
    Length clear_of_border{};                     ///< as far from the border there is none
    Provenance provenance;                        ///< where its numbers come from
};

/// A place that trains leave or pass onto a line only at certain hours, as a bridge by night.
struct PassageSheet {
    Name at, onto;              ///< station and line
    Written<DailyHours> hours;  ///< at which they do
    double probability = 0;     ///< that they keep to that
    Duration at_most{};         ///< who would wait longer does not
    Uncertain<Duration> later;  ///< after the hours begin, for who has waited
    Provenance provenance;      ///< where its numbers come from
};

/// Factors on the spread of operating speeds, by whether special or ordinary trains were timed on the line: its speed has a confidence of medium
/// or high.
struct SpeedSpreadSheet {
    double timed = 1;       ///< lines that trains were timed on
    double untimed = 1;     ///< all others
    Provenance provenance;  ///< where its numbers come from
};

}  // namespace railwindow
