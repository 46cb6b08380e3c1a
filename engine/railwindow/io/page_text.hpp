#pragma once
// What pages say without their script.

#include <railwindow/estimate/estimate.hpp>
#include <railwindow/io/report_page.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

/// The text of a page whose result `style` has as printed, with a map of `paths`, if there are any. `title` is the name of the question and, behind
/// ` - `, `kind`: what the page is of.
PageText page_text(std::string_view name, std::string_view kind, const ReportStyle& style, const std::vector<DrawnPath>& paths);

/// The text of the page of a run: the answer, a map and the windows. `estimate` has the quantiles that are shown, at the timing points of `model`.
PageText run_page_text(const Model& model, const Estimate& estimate, const std::vector<DrawnPath>& paths);

}  // namespace railwindow
