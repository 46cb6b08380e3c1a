#pragma once
// One function adds each command to the command line; what it returns is run when the command was given.

#include "exit_status.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace cli {

using Command = std::function<ExitStatus()>;

struct MergedParts;  // part_option.hpp: what `merge` has read of the parts of a command

Command add_run(CLI::App& app, MergedParts* merged = nullptr);
Command add_routes(CLI::App& app);
Command add_compare(CLI::App& app, MergedParts* merged = nullptr);
Command add_depart_by(CLI::App& app);
Command add_reach(CLI::App& app);
Command add_infer(CLI::App& app, MergedParts* merged = nullptr);
Command add_explain(CLI::App& app, MergedParts* merged = nullptr);
Command add_check(CLI::App& app);
Command add_profile(CLI::App& app);
Command add_backtest(CLI::App& app, MergedParts* merged = nullptr);
Command add_merge(CLI::App& app);
Command add_grid(CLI::App& app);
Command add_import(CLI::App& app);
Command add_export(CLI::App& app);
Command add_stations(CLI::App& app);
Command add_lines(CLI::App& app);
Command add_scenarios(CLI::App& app);
Command add_new(CLI::App& app);
/// Scripts that complete commands and options in a shell, and the manual page: both made of the other commands, so it is added last.
Command add_completion(CLI::App& app);
Command add_manual(CLI::App& app);

}  // namespace cli
