#pragma once
// What the networks hold, for people and programs that look for a name: stations, places on lines, lines.

#include <railwindow/network/network.hpp>

#include <ostream>
#include <string_view>

namespace railwindow {

/// The stations and places on lines that `text` finds (called.hpp), or those nearest to coordinates; all for an empty text.
void write_stations(std::ostream& out, const Network& network, std::string_view text, int width);
/// Schema `railwindow.stations/1`.
void write_stations_json(std::ostream& out, const Network& network, std::string_view text);
/// One row per station.
void write_stations_csv(std::ostream& out, const Network& network, std::string_view text);

/// The lines whose id or name holds `text`, or that have a station of this name; all for an empty text.
void write_lines(std::ostream& out, const Network& network, std::string_view text, int width);
/// Schema `railwindow.lines/1`.
void write_lines_json(std::ostream& out, const Network& network, std::string_view text);

}  // namespace railwindow
