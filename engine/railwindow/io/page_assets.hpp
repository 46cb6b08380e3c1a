#pragma once
// What the build put into the library: the page around a report, and what our documents say is not modelled.

#include <string_view>

namespace railwindow {

/// tools/report/dist/page.html, with %TITLE% and %REPORT% where title and document go.
std::string_view page_template();
/// The list of docs/explanation/not-modelled.md, as it is written there.
std::string_view not_modelled_text();

}  // namespace railwindow
