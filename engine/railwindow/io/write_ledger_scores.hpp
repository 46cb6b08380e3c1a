#pragma once
// A ledger's forecasts and their scores as people and programs read them.

#include <railwindow/io/write_estimate.hpp>
#include <railwindow/score/ledger.hpp>

#include <ostream>

namespace railwindow {

/// A ledger with what became known.
struct ScoredLedger {
    const std::vector<LedgerForecast>& forecasts;        ///< its lines
    const std::vector<LedgerObservation>& observations;  ///< what became known
    const LedgerScores& scores;                          ///< of the one by the other
};

/// The scores for people.
void write_table(std::ostream& out, const ScoredLedger& ledger, const TableStyle& style = {});
/// Schema `railwindow.ledger-scores/1`.
void write_json(std::ostream& out, const ScoredLedger& ledger);

/// All forecasts as the model output of a forecast hub: model_id, the task's columns, output_type, output_type_id, value. Times are quantiles in
/// hours since `time_origin`; whether a place is reached, and whether a departure is in time, are probabilities (pmf). Source: hubverse, model output
/// (docs.hubverse.io).
void write_hub(std::ostream& out, const std::vector<LedgerForecast>& forecasts);
/// What was observed, for the same tasks: the task's columns and oracle_value.
void write_hub_oracle(std::ostream& out, const ScoredLedger& ledger);

}  // namespace railwindow
