#pragma once
// `--ledger FILE.jsonl`: what was forecast is added to a file to which lines are only ever added.

#include <railwindow/score/ledger.hpp>
#include <railwindow/simulation/scenario.hpp>

#include <CLI/CLI.hpp>

#include <string>

namespace cli {

/// `--ledger`.
void add_ledger(CLI::App* app, std::string& ledger);

/// Whether a line can be added to the ledger at `path`, asked before the work begins. Nothing is changed; no path is no ledger.
/// Throws: CannotWrite; InputError where the file is something else.
void check_ledger(const std::string& path);

/// What a ledger says of where a forecast came from.
struct LedgerOrigin {
    const railwindow::Scenario& scenario;  ///< that was run
    std::string digest;                    ///< of its files
};

/// Adds `forecast` as made now from `origin`. The line is there whole or not at all: it is written at once under a lock that other processes
/// respect, is on the disk when this returns, and what an earlier process left unfinished is taken away first.
/// Throws: CannotWrite; InputError where the file is something else.
void add_to_ledger(const std::string& path, railwindow::LedgerForecast forecast, const LedgerOrigin& origin);

}  // namespace cli
