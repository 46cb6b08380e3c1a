#pragma once

#include <railwindow/inference/infer.hpp>
#include <railwindow/io/write_estimate.hpp>

#include <ostream>

namespace railwindow {

/// Where the train is going, when it is there, where it is now, what the answer rests on and how well it is sampled, for people.
void write_table(std::ostream& out, const Model& model, const Inference& inference, const InferOptions& options, const TableStyle& style = {});
/// Schema `railwindow.inference/1`.
void write_json(std::ostream& out, const Model& model, const Inference& inference, const InferOptions& options);
/// One row per timing point, event, quantile and state: `before` or `after` the reports.
void write_csv(std::ostream& out, const Model& model, const Inference& inference);
/// GeoJSON (RFC 7946): windows before and after as points, reports as points at their stations, places at the moment asked about.
void write_geojson(std::ostream& out, const Model& model, const Inference& inference, const InferOptions& options);

}  // namespace railwindow
