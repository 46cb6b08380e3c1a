#pragma once
// What `import osm` is asked. The tool and the program that reads OpenStreetMap files have it in common.

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace cli {

struct OsmOptions {
    std::string file;
    std::string from, to;            ///< a name, a reference or `node/ID`
    std::string bbox;                ///< W,S,E,N in degrees
    std::vector<std::string> zones;  ///< ZONE, or STATION=ZONE: of stations of which the file does not say in which zone they lie
    std::string limit = "60 km/h";
    std::string gauge = "1435 mm";
    bool narrow_gauge = false, all_doubts = false;
};

/// Adds all of it to `app`. Which of the options go together is checked when the line is parsed.
void add_osm_options(CLI::App* app, OsmOptions& options);
/// The words that make `options` again.
std::vector<std::string> words_of(const OsmOptions& options);

}  // namespace cli
