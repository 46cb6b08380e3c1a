// railwindow-osm: OpenStreetMap file -> network file on standard output. `railwindow import osm` runs it, and puts the result where it is wanted.
//   read_railway   file -> Railway         tracks, stations, boundaries; in three passes
//   TrackGraph     Railway -> graph        stations on the tracks that they lie at
//   Sections       graph -> sections       ways from station to station
//   network_text   sections -> text        lines, with what the tags say of them
// Exit statuses are those of the tool (tools/cli/exit_status.hpp).

#include "network_text.hpp"
#include "places.hpp"
#include "read_railway.hpp"

#include "../cli/exit_status.hpp"
#include "../cli/osm_options.hpp"

#include <railwindow/core/clock.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/core/text.hpp>
#include <railwindow/core/version.hpp>
#include <railwindow/io/quantity_text.hpp>

#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <charconv>
#include <filesystem>
#include <iostream>

namespace {

using namespace railwindow;
using namespace osm_import;
using cli::ExitStatus;

struct Box {
    Spot least, most;
    bool holds(Spot spot) const {
        return spot.latitude >= least.latitude && spot.latitude <= most.latitude && spot.longitude >= least.longitude &&
               spot.longitude <= most.longitude;
    }
};

[[noreturn]] void refuse(const std::string& option, std::string what, std::string remedy) {
    throw InputError{Finding{{}, option, std::move(what), std::move(remedy), Severity::error}};
}

Box box_of(const std::string& text) {
    const char* form = "write west,south,east,north in degrees, such as 9.47,47.04,9.64,47.28";
    std::vector<double> degrees;
    std::istringstream words{text};
    for (std::string word; std::getline(words, word, ',');) {
        const std::string number = CLI::detail::trim_copy(word);
        double value = 0;
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value, std::chars_format::fixed);
        if (error != std::errc{} || end != number.data() + number.size()) refuse("--bbox", fmt::format("'{}' is no number", number), form);
        degrees.push_back(value);
    }
    if (degrees.size() != 4) refuse("--bbox", fmt::format("'{}' has {} numbers", text, degrees.size()), form);
    const Box box{{degrees[1], degrees[0]}, {degrees[3], degrees[2]}};
    if (std::abs(degrees[1]) > 90 || std::abs(degrees[3]) > 90 || std::abs(degrees[0]) > 180 || std::abs(degrees[2]) > 180)
        refuse("--bbox", fmt::format("'{}' lies beyond 180 or 90 degrees", text), form);
    if (box.least.latitude >= box.most.latitude || box.least.longitude >= box.most.longitude)
        refuse("--bbox", fmt::format("'{}' holds nothing", text), form);
    return box;
}

Assumed assumed_of(const cli::OsmOptions& options) {
    const auto limit = parse_quantity(options.limit, quantity_kind<Speed>());
    if (const auto* error = std::get_if<QuantityError>(&limit)) refuse("--assume-limit", error->what, error->remedy);
    const double speed = std::get<double>(limit) * 3.6;
    if (speed < 1 || speed > 500) refuse("--assume-limit", fmt::format("'{}' is no limit of a line", options.limit), "write one from 1 to 500 km/h");
    std::string gauge = options.gauge;
    if (gauge.ends_with("mm")) gauge = CLI::detail::trim_copy(gauge.substr(0, gauge.size() - 2));
    const auto gauges = gauges_of(gauge).value;
    if (!gauges || gauges->size() != 1) refuse("--assume-gauge", fmt::format("'{}' is no gauge", options.gauge), "write a gauge such as 1435 mm");
    return {speed, gauges->front()};
}

std::set<std::int64_t> named_nodes(const cli::OsmOptions& options) {
    std::set<std::int64_t> nodes;
    for (const std::string& word : {options.from, options.to}) {
        if (!word.starts_with("node/")) continue;
        std::int64_t id = 0;
        const auto [end, error] = std::from_chars(word.data() + 5, word.data() + word.size(), id);
        if (error == std::errc{} && end == word.data() + word.size()) nodes.insert(id);
    }
    return nodes;
}

// A bar on standard error, if somebody looks at it.
std::function<void(double)> progress_bar() {
    if (!::isatty(STDERR_FILENO)) return {};
    return [shown = -1](double share) mutable {
        const int percent = static_cast<int>(100 * share);
        if (percent == shown) return;
        shown = percent;
        const int width = percent * 30 / 100;
        std::cerr << fmt::format("\r[{}{}] {:3} %", std::string(width, '#'), std::string(30 - width, ' '), percent)
                  << (percent >= 100 ? "\r\x1b[K" : "") << std::flush;
    };
}

Railway read(const cli::OsmOptions& options, Doubts& doubts) {
    std::error_code none;
    if (!std::filesystem::is_regular_file(options.file, none))  // the library would take an address of the web, too
        refuse(options.file, std::filesystem::exists(options.file, none) ? "this is no file" : "there is no such file", "check the path");
    try {
        return read_railway(options.file, {options.narrow_gauge, named_nodes(options), progress_bar()}, doubts);
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        if (::isatty(STDERR_FILENO)) std::cerr << "\r\x1b[K";  // of the bar
        refuse(options.file, fmt::format("cannot be read as OpenStreetMap data: {}", error.what()),
               "the ending of its name says what it is: .osm.pbf, .osm, .osm.gz, .osm.bz2 or .opl");
    }
}

std::string imported(const cli::OsmOptions& options, Doubts& doubts) {
    const Wanted wanted{std::filesystem::path{options.file}.filename().string(), Zones{options.zones}, assumed_of(options), options.bbox.empty()};
    const std::optional<Box> box = options.bbox.empty() ? std::nullopt : std::optional{box_of(options.bbox)};
    const Railway railway = read(options, doubts);
    if (railway.ways.empty()) {
        const bool narrow = railway.narrow_gauge_left_out > 0;
        refuse(options.file, "there is no way railway=rail in it",
               narrow ? fmt::format("--narrow-gauge reads its {} ways railway=narrow_gauge", railway.narrow_gauge_left_out)
                      : "take an extract with a railway");
    }
    TrackGraph tracks{railway, doubts};
    std::vector<osm_import::Place> places = railway.places;
    if (box) std::erase_if(places, [&](const osm_import::Place& place) { return !box->holds(place.spot); });
    Doubts elsewhere;  // without a box, most places are not asked for
    Doubts& of_places = box ? doubts : elsewhere;
    tracks.add_stops(distinct_places(std::move(places), of_places), of_places);
    Sections sections{tracks};
    std::vector<Section> found;
    if (box) {
        tracks.tell_gaps(box->least, box->most, doubts);
        found = sections.among(std::vector<bool>(tracks.stops().size(), true));
        if (found.empty())
            throw Infeasible{fmt::format("no tracks of the file join two stations of the box; it has {} at tracks", tracks.stops().size())};
    } else {
        const StationNumber from = stop_called(options.from, tracks.stops(), "--from"), to = stop_called(options.to, tracks.stops(), "--to");
        if (from == to) refuse("--to", fmt::format("'{}' is where the line begins, too", options.to), "name another station");
        const Spot a = tracks.stops()[from].spot, b = tracks.stops()[to].spot;
        const double around = 0.05 + 0.2 * std::max(std::abs(a.latitude - b.latitude), std::abs(a.longitude - b.longitude));  // degrees
        tracks.tell_gaps({std::min(a.latitude, b.latitude) - around, std::min(a.longitude, b.longitude) - around},
                         {std::max(a.latitude, b.latitude) + around, std::max(a.longitude, b.longitude) + around}, doubts);
        found = sections.between(from, to);
    }
    return network_text(tracks, std::move(found), wanted, doubts);
}

ExitStatus run(const cli::OsmOptions& options) {
    Doubts doubts;
    const auto told = [&](const std::string& text) { std::cerr << visible(text) << '\n'; };
    try {
        const std::string text = imported(options, doubts);
        doubts.tell(std::cerr, options.all_doubts);
        std::cout << text << std::flush;
        return std::cout ? ExitStatus::done : ExitStatus::cannot_write;
    } catch (const InputError& error) {
        for (const Finding& finding : error.findings()) told(to_string(finding));
        return ExitStatus::wrong_input;
    } catch (const Infeasible& error) {
        doubts.tell(std::cerr, options.all_doubts);
        told(fmt::format("no answer: {}", error.what()));
        return ExitStatus::no_answer;
    } catch (const std::bad_alloc&) {
        told("not enough memory for this file; cut it to the region that is wanted");
    } catch (const std::exception& error) {
        told(fmt::format("this is a bug in railwindow {}: {}", version(), error.what()));
    }
    return ExitStatus::our_bug;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Makes a network file of OpenStreetMap data; `railwindow import osm` runs it", "railwindow-osm"};
    app.set_version_flag("--version", fmt::format("railwindow {}", version()));
    cli::OsmOptions options;
    cli::add_osm_options(&app, options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : static_cast<int>(ExitStatus::wrong_usage);
    }
    return static_cast<int>(run(options));
}
