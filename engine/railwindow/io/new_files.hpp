#pragma once
// Files to start from: commented, and running as they are. What a user does not know yet is invented and says so.

#include <railwindow/core/clock.hpp>
#include <railwindow/io/yaml_limits.hpp>

#include <string>
#include <vector>

namespace railwindow {

/// The comment that tells an editor where the JSON Schema lies; nothing for an empty path.
std::string schema_line(const std::string& schema);

/// `file` as a file in `folder` is to name it: relative, so that both can be moved together, unless only the root is common to them.
std::string path_from(const std::string& folder, const std::string& file);

/// A line of three stations.
struct NewNetwork {
    std::string from = "Alpha", to = "Gamma";  ///< names of its ends
    std::string country = "SE";                ///< ISO 3166 code of a country
    std::string schema;                        ///< path of the JSON Schema, for editors; may be empty
};
/// Its clocks and the place of its first station are those of the first zone that the system's zone table gives to the country; where it gives none,
/// UTC and the equator. Throws: InputError when `country` is no code of a country.
std::string new_network(const NewNetwork& asked);

/// How trains are worked in a country. Throws: InputError when `country` is no code of a country.
std::string new_practice(const std::string& country, const std::string& schema = {});

/// A train of two diesels and fifteen cars.
std::string new_train(const std::string& schema = {});

/// A journey over networks that are there.
struct NewScenario {
    std::vector<std::string> networks;       ///< files to choose from
    std::vector<std::string> practice;       ///< likewise; the first one of a country is taken
    std::vector<std::string> rolling_stock;  ///< named by the scenario where the train needs them
    std::string train;                       ///< file
    std::string from, to;                    ///< stations as people call them; empty: the ends of the first line of the first file
    std::string depart;                      ///< local to the origin
    std::string schema;                      ///< path of the JSON Schema, for editors; may be empty
    std::string folder;                      ///< the scenario is to stand in; paths are written relative to it
};
/// The quickest way, the network files that it needs and the practice of the countries on it; where these networks hold several ways, the stations
/// that name this one. Throws: InputError with what is wrong with a file or a name, or with the country that no practice file is about; Infeasible
/// when there is no way.
std::string new_scenario(const NewScenario& asked, const YamlLimits& limits = {});

}  // namespace railwindow
