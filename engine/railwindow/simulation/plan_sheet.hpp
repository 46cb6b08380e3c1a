#pragma once
// When a train is wanted, and at which hours it may run, as written.

#include <railwindow/core/hours.hpp>
#include <railwindow/core/provenance.hpp>
#include <railwindow/simulation/observation.hpp>

#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// When the train is to be at a station: it comes no earlier. How late it comes is not changed by that.
struct PlanSheet {
    Name at;                                         ///< station
    std::optional<WhenSheet> arrive;                 ///< this or `not_before`
    std::optional<Written<WrittenTime>> not_before;  ///< a bound that is kept to the minute
    bool announced = false;                          ///< `arrive` was told to the public: evidence of the railway's own plan, no more
    double weight = 1;                               ///< how likely the train is worked to it
    std::vector<Name> hold_at;                       ///< where it stands until it is time; empty: it goes slower
    std::optional<Written<WrittenTime>> known_at;    ///< when it was published
    Provenance provenance;                           ///< where its numbers come from
    Place place;                                     ///< where it was written
    WhichVisit which{};                              ///< of its visits of that station
};

/// At which hours a train may leave or pass the stations of some lines, countries or by name.
struct RunningHoursSheet {
    std::vector<Name> lines, countries, stations;     ///< at least one
    std::optional<Written<DailyHours>> run, not_run;  ///< exactly one
    std::string why;                                  ///< reason, for logs
    double weight = 1;                                ///< how likely they are kept
    Provenance provenance;                            ///< where its numbers come from
    Place place;                                      ///< where it was written
};

}  // namespace railwindow
