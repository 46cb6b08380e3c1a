#include "osm_options.hpp"

#include <CLI/CLI.hpp>

namespace cli {

void add_osm_options(CLI::App* app, OsmOptions& options) {
    app->add_option("file", options.file, "The extract: .osm.pbf, .osm, .osm.gz, .osm.bz2 or .opl")->required()->type_name("FILE");
    CLI::Option* from =
        app->add_option("--from", options.from, "Station where the line begins: its name, its reference, or node/ID of a node on a track");
    CLI::Option* to = app->add_option("--to", options.to, "Station where it ends");
    CLI::Option* bbox =
        app->add_option("--bbox", options.bbox, "All lines between the stations of a box instead: west, south, east, north in degrees");
    from->type_name("PLACE")->needs(to)->excludes(bbox);
    to->type_name("PLACE")->needs(from)->excludes(bbox);
    bbox->type_name("W,S,E,N");
    app->add_option(
           "--zone", options.zones,
           "Time zone of stations outside all boundaries of the file, such as Asia/Vladivostok; STATION=ZONE for one of them; may be repeated")
        ->allow_extra_args(false)
        ->type_name("[STATION=]ZONE");
    app->add_option("--assume-limit", options.limit, "Limit of tracks without one")->capture_default_str()->type_name("SPEED");
    app->add_option("--assume-gauge", options.gauge, "Gauge of tracks without one, if no track has one; else the commonest is taken")
        ->capture_default_str()
        ->type_name("GAUGE");
    app->add_flag("--narrow-gauge", options.narrow_gauge, "Reads ways railway=narrow_gauge, too");
    app->add_flag("--all-doubts", options.all_doubts, "Tells every doubt; without it ten of each kind");
    app->callback([=] {
        if (from->empty() && bbox->empty()) throw CLI::RequiredError("--from and --to, or --bbox");
    });
}

std::vector<std::string> words_of(const OsmOptions& options) {
    // With the equals sign a value may begin with a hyphen, as boxes west of Greenwich do.
    std::vector<std::string> words;
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) words.push_back(std::string{name} + "=" + value);
    };
    add("--from", options.from);
    add("--to", options.to);
    add("--bbox", options.bbox);
    for (const std::string& zone : options.zones) add("--zone", zone);
    add("--assume-limit", options.limit);
    add("--assume-gauge", options.gauge);
    if (options.narrow_gauge) words.push_back("--narrow-gauge");
    if (options.all_doubts) words.push_back("--all-doubts");
    words.push_back("--");
    words.push_back(options.file);
    return words;
}

}  // namespace cli
