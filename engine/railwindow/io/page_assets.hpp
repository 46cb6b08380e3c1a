#pragma once
// What the build put into the library: the page around a report, and what our documents say is not modelled.

#include <string_view>

namespace railwindow {

/// tools/report/dist/page.html, with %TITLE%, %DESCRIPTION%, %CONTENT%, %BASEMAP% and %REPORT% where these go.
std::string_view page_template();
/// tools/report/dist/interactive.html, with %ENGINE% beside these; and what goes there: tools/report/dist/engine.base64.
std::string_view interactive_template();
std::string_view page_engine();
/// tools/report/basemap.json and world.json: coasts and borders, fine where our networks lie, and of the whole world.
std::string_view fine_basemap();
std::string_view world_basemap();
/// The list of docs/explanation/not-modelled.md, as it is written there.
std::string_view not_modelled_text();

}  // namespace railwindow
