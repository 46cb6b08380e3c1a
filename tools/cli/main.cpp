// railwindow: one command, one question. The walk of `run`:
//   load_scenario   text -> Scenario         what the user wrote
//   build           Scenario -> Model        names resolved, the route found
//   estimate        Model, runs -> Estimate  simulate() many times, quantiles with errors
//   write_*         Estimate -> text

#include "commands.hpp"
#include "output.hpp"
#include "results.hpp"
#include "terminal.hpp"

#include <railwindow/core/error.hpp>
#include <railwindow/core/text.hpp>
#include <railwindow/core/version.hpp>
#include <railwindow/io/composed.hpp>

#include <fmt/format.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <csignal>
#include <iostream>
#include <memory>
#include <sstream>
#include <utility>
#include <vector>

namespace {

using namespace railwindow;

// The message as a terminal may be given it: names of files, options and texts of files may hold anything.
class VisibleMessage : public spdlog::custom_flag_formatter {
public:
    void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& line) override {
        const std::string shown = visible({message.payload.data(), message.payload.size()});
        line.append(shown.data(), shown.data() + shown.size());
    }
    std::unique_ptr<custom_flag_formatter> clone() const override { return std::make_unique<VisibleMessage>(); }
};

void log_to_standard_error() {
    auto logger = std::make_shared<spdlog::logger>("railwindow", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    auto formatter = std::make_unique<spdlog::pattern_formatter>();
    formatter->add_flag<VisibleMessage>('*').set_pattern("%*");
    logger->set_formatter(std::move(formatter));
    spdlog::set_default_logger(std::move(logger));
}

cli::ExitStatus guarded(const cli::Command& command) {
    try {
        return command();
    } catch (const InputError& error) {
        for (const Finding& finding : error.findings()) spdlog::error("{}", to_string(finding));
        return cli::ExitStatus::wrong_input;
    } catch (const Infeasible& error) {
        spdlog::error("no answer: {}", error.what());
        return cli::ExitStatus::no_answer;
    } catch (const cli::WrongUsage& error) {
        spdlog::error("{}", error.what());
        return cli::ExitStatus::wrong_usage;
    } catch (const cli::CannotWrite& error) {
        spdlog::error("cannot write: {}", error.what());
        return cli::ExitStatus::cannot_write;
    } catch (const std::bad_alloc&) {
        spdlog::error("not enough memory for this question; ask for fewer runs or timing points");
        return cli::ExitStatus::our_bug;
    } catch (const std::exception& error) {
        spdlog::error("this is a bug in railwindow {}: {}", version(), error.what());
        return cli::ExitStatus::our_bug;
    }
}

using Commands = std::vector<std::pair<std::string, cli::Command>>;

// The command-line library only says that it found no command.
bool says_unknown_command(std::string_view word, const Commands& commands) {
    std::vector<std::string_view> names;
    for (const auto& command : commands) names.push_back(command.first);
    if (word.starts_with('-') || std::find(names.begin(), names.end(), word) != names.end()) return false;
    spdlog::error("there is no command '{}'; {}\nRun with --help for more information.", word, suggestion(word, names));
    return true;
}

// Nor does it say which option was meant.
void suggest_option(const CLI::App& command, int argc, char** argv) {
    std::vector<std::string> owned;
    for (const CLI::Option* option : command.get_options())
        for (const std::string& name : option->get_lnames()) owned.push_back("--" + name);
    const std::vector<std::string_view> names{owned.begin(), owned.end()};
    for (int i = 2; i < argc; ++i) {
        const std::string_view word = argv[i], option = word.substr(0, word.find('='));
        if (!option.starts_with("--") || option.size() < 3 || std::find(names.begin(), names.end(), option) != names.end()) continue;
        if (option == "--interactive") {
            spdlog::error("only pages of `run` answer: railwindow run SCENARIO --report FILE.html --interactive");
            continue;
        }
        if (const std::string_view meant = near_miss(option, names); !meant.empty())
            spdlog::error("there is no option {}; did you mean {}?", option, meant);
    }
}

// `railwindow FILE.yaml ...` means `railwindow run FILE.yaml ...`.
std::vector<const char*> with_run(int argc, char** argv) {
    std::vector<const char*> words{argv, argv + argc};
    const std::string_view first = argc > 1 ? argv[1] : "";
    if (first.ends_with(".yaml") || first.ends_with(".yml")) words.insert(words.begin() + 1, "run");
    return words;
}

// Names given as options are written in any Unicode form, as in files.
void compare_names_in_one_form(CLI::App& app) {
    for (CLI::App* command : app.get_subcommands(nullptr))
        for (CLI::Option* option : command->get_options())
            if (const std::string type = option->get_type_name(); type.starts_with("STATION") || type.starts_with("NAME"))
                option->transform([](const std::string& name) { return composed(name); });
}

}  // namespace

int main(int argc, char** argv) {
    log_to_standard_error();
    cli::catch_signals();

    CLI::App app{"When does a heavy special train arrive, and how sure can we be?", "railwindow"};
    app.set_version_flag("--version", fmt::format("railwindow {}\n{}", version(), build_facts()));
    app.require_subcommand(1);
    const Commands commands{{"run", cli::add_run(app)},
                            {"compare", cli::add_compare(app)},
                            {"depart-by", cli::add_depart_by(app)},
                            {"reach", cli::add_reach(app)},
                            {"infer", cli::add_infer(app)},
                            {"explain", cli::add_explain(app)},
                            {"profile", cli::add_profile(app)},
                            {"routes", cli::add_routes(app)},
                            {"check", cli::add_check(app)},
                            {"backtest", cli::add_backtest(app)},
                            {"merge", cli::add_merge(app)},
                            {"grid", cli::add_grid(app)},
                            {"import", cli::add_import(app)},
                            {"export", cli::add_export(app)},
                            {"stations", cli::add_stations(app)},
                            {"lines", cli::add_lines(app)},
                            {"scenarios", cli::add_scenarios(app)},
                            {"new", cli::add_new(app)},
                            {"completion", cli::add_completion(app)},
                            {"manual", cli::add_manual(app)}};
    compare_names_in_one_form(app);
    const std::vector<const char*> words = with_run(argc, argv);
    argc = static_cast<int>(words.size());
    argv = const_cast<char**>(words.data());
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (argc > 1 && says_unknown_command(argv[1], commands)) return static_cast<int>(cli::ExitStatus::wrong_usage);
        if (error.get_exit_code() != 0 && argc > 1 && argv[1][0] != '-') suggest_option(*app.get_subcommand(argv[1]), argc, argv);
        std::ostringstream complaint;
        const int status = app.exit(error, std::cout, complaint);
        std::cerr << visible(complaint.str());
        return status == 0 ? 0 : static_cast<int>(cli::ExitStatus::wrong_usage);
    }
    for (const auto& [name, command] : commands) {
        if (!app.got_subcommand(name)) continue;
        const cli::ExitStatus status = guarded(command);
        if (status == cli::ExitStatus::interrupted)
            return static_cast<int>(cli::caught_signal() == SIGTERM ? cli::ExitStatus::terminated : cli::ExitStatus::interrupted);
        return static_cast<int>(status);
    }
    return static_cast<int>(cli::ExitStatus::wrong_usage);
}
