#pragma once

#include <railwindow/estimate/depart_by.hpp>
#include <railwindow/io/write_estimate.hpp>

#include <ostream>

namespace railwindow {

/// The latest departure, for people; with the curve where there is one.
void write_table(std::ostream& out, const Model& model, const DepartBy& result, const TableStyle& style = {});
/// Schema `railwindow.departure/1`.
void write_json(std::ostream& out, const Model& model, const DepartBy& result);
/// One row per departure: of the curve, or the latest minute and the next.
void write_csv(std::ostream& out, const Model& model, const DepartBy& result);

}  // namespace railwindow
