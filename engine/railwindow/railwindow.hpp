#pragma once
// The library on one screen: what this header reaches is what a program of your own may use; it is installed, the rest is not.
//
//   load_scenario  text -> Scenario        or fill in a Scenario yourself: plain structs, no files needed
//   build          Scenario -> Model       the last place where input can be found wrong
//   estimate       Model -> Estimate       arrival windows; a callback for progress, which may stop it
//   simulate       Model, Noise -> Trace   one run
//   backtest       Scenarios -> Backtest   forecasts scored against what was observed
//   write_*        any result -> ostream
//
// Everything is a value. A Model is immutable and may be used by any number of threads; the library keeps no state of its own.
// Two exceptions leave it: InputError (what was written is wrong, here) and Infeasible (the question has no answer).

#include <railwindow/core/version.hpp>
#include <railwindow/estimate/estimate.hpp>
#include <railwindow/estimate/samples.hpp>
#include <railwindow/io/check_file.hpp>
#include <railwindow/io/network_file.hpp>
#include <railwindow/io/railtoolkit_import.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/schema.hpp>
#include <railwindow/io/write_backtest.hpp>
#include <railwindow/io/write_estimate.hpp>
#include <railwindow/io/write_profile.hpp>
#include <railwindow/io/write_routes.hpp>
#include <railwindow/network/check.hpp>
#include <railwindow/score/baselines.hpp>
#include <railwindow/simulation/model.hpp>
#include <railwindow/simulation/route_request.hpp>
#include <railwindow/simulation/simulate.hpp>
