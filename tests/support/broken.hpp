#pragma once
// Invalid inputs made from the committed valid ones by one small edit, and what the tool must say of each.

#include <support/files.hpp>
#include <support/process.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

/// One edit of one committed file. `into` replaces the first `part`; the sign § in it marks the line and column that the
/// message must name, and is taken out.
struct Broken {
    std::string_view what, file, part, into;
    std::string_view says;  ///< in the message for that place
    int status = 2;
};

inline constexpr std::string_view usual_scenario = "scenarios/press-20-hours.yaml";

/// Makes each edit in a copy of the committed files, runs `scenario` and checks status, message, place, time, and that
/// nothing was written.
void check_refused(const std::vector<Broken>& cases, std::string_view scenario = usual_scenario);

/// As above for a scenario that is `text` altogether; it must be refused at `place` (`:3:7: ` or `: `).
void check_refused_text(std::string_view what, std::string_view text, std::string_view place, std::string_view says);

}  // namespace railwindow
