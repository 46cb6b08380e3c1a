#pragma once
// The library on one screen: what this header reaches is what a program of your own may use; it is installed, the rest is not.
//
//   load_scenario  text -> Scenario        or fill in a Scenario yourself: plain structs, no files needed
//   build          Scenario -> Model       the last place where input can be found wrong
//   estimate       Model -> Estimate       arrival windows; a callback for progress, which may stop it
//   compare        Scenarios -> Comparison what if: paired on the same draws; load_variants, load_grid and by_routes make the scenarios
//   depart_by      Model -> DepartBy       the latest departure that is in time
//   reach          Scenario -> Reach       where the train can be by a time; reach_back: where it can have come from
//   infer          Model -> Inference      what sightings say: destinations, windows, where the train is
//   explain        Model -> Explanation    what makes the window so wide, and which report would narrow it most
//   simulate       Model, Noise -> Trace   one run
//   backtest       Scenarios -> Backtest   forecasts scored against what was observed
//   score_ledger   Ledger -> LedgerScores  forecasts that were kept, scored by what became known
//   write_*        any result -> ostream
//
// Everything is a value. A Model is immutable and may be used by any number of threads; the library keeps no state of its own.
// Two exceptions leave it: InputError (what was written is wrong, here) and Infeasible (the question has no answer).

#include <railwindow/compare/compare.hpp>
#include <railwindow/core/version.hpp>
#include <railwindow/drivers/explain.hpp>
#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/estimate/depart_by.hpp>
#include <railwindow/estimate/estimate.hpp>
#include <railwindow/estimate/reach.hpp>
#include <railwindow/estimate/samples.hpp>
#include <railwindow/inference/infer.hpp>
#include <railwindow/io/check_file.hpp>
#include <railwindow/io/grid_file.hpp>
#include <railwindow/io/ledger_file.hpp>
#include <railwindow/io/load_variants.hpp>
#include <railwindow/io/network_file.hpp>
#include <railwindow/io/part_file.hpp>
#include <railwindow/io/priors_file.hpp>
#include <railwindow/io/railtoolkit_import.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/schema.hpp>
#include <railwindow/io/seen_text.hpp>
#include <railwindow/io/write_backtest.hpp>
#include <railwindow/io/write_comparison.hpp>
#include <railwindow/io/write_depart_by.hpp>
#include <railwindow/io/write_estimate.hpp>
#include <railwindow/io/write_explanation.hpp>
#include <railwindow/io/write_inference.hpp>
#include <railwindow/io/write_ledger_scores.hpp>
#include <railwindow/io/write_npz.hpp>
#include <railwindow/io/write_plot.hpp>
#include <railwindow/io/write_profile.hpp>
#include <railwindow/io/write_reach.hpp>
#include <railwindow/io/write_report.hpp>
#include <railwindow/io/write_routes.hpp>
#include <railwindow/io/write_samples.hpp>
#include <railwindow/io/write_trace.hpp>
#include <railwindow/network/check.hpp>
#include <railwindow/score/baselines.hpp>
#include <railwindow/simulation/model.hpp>
#include <railwindow/simulation/route_request.hpp>
#include <railwindow/simulation/simulate.hpp>

/// The library: scenarios, the railway, runs, windows, and the questions on top.
namespace railwindow {}
