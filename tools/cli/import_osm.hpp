#pragma once
// `import osm`: runs the program railwindow-osm, which has the libraries for it, and writes what it makes.

#include "commands.hpp"

namespace cli {

Command add_import_osm(CLI::App* import_app);

}  // namespace cli
