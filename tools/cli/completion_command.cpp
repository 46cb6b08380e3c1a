// Completion scripts for bash, zsh and fish. They list commands, options and the words that an option takes; where a station, a scenario or a path of
// --set is due, those that there are; everything else is a file.

#include "choice.hpp"
#include "commands.hpp"
#include "output.hpp"

#include <railwindow/io/schema.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>

namespace cli {
namespace {

enum class Shell { bash, zsh, fish };

std::vector<CLI::App*> commands_of(CLI::App& app) {
    return app.get_subcommands([](CLI::App*) { return true; });
}

std::vector<const CLI::Option*> options_of(const CLI::App& command) {
    std::vector<const CLI::Option*> options;
    for (const CLI::Option* option : command.get_options())
        if (!option->get_lnames().empty()) options.push_back(option);
    return options;
}

// The words an option takes, where its type is written `a|b|c`.
std::vector<std::string> words_of(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    if (type.find('|') == std::string::npos || std::any_of(type.begin(), type.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) return {};
    std::vector<std::string> words{""};
    for (const char c : type)
        if (c == '|')
            words.emplace_back();
        else
            words.back() += c;
    return words;
}

// What stands behind an option, or alone.
enum class Due { words, stations, scenarios, paths, files };

Due due(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    if (!words_of(option).empty()) return Due::words;
    if (type.starts_with("STATION")) return Due::stations;
    if (type.starts_with("SCENARIO")) return Due::scenarios;
    if (type.starts_with("PATH=")) return Due::paths;
    return Due::files;
}

// What a command takes alone; of `stations` and `lines` a station.
Due due_alone(const CLI::App& command) {
    for (const CLI::Option* option : command.get_options())
        if (option->get_lnames().empty()) return option->get_type_name() == "TEXT" ? Due::stations : due(*option);
    return Due::files;
}

// Shell code that lists stations (by their ids) or scenarios with the tool that the shell was told.
std::string listing(Due what, const std::string& tool) {
    if (what == Due::stations) return tool + " stations --format csv 2>/dev/null | sed 1d | cut -d, -f1";
    return tool + " scenarios 2>/dev/null | sed -n 's/^\\([a-z0-9-]*\\): .*/\\1/p'";
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

// With the `=` that a value stands behind.
std::vector<std::string> paths_to_set() {
    std::vector<std::string> paths = railwindow::paths_of_scenarios();
    for (std::string& path : paths) path += '=';
    return paths;
}

// Inside single quotes of a shell.
std::string in_quotes(std::string_view text) {
    std::string safe = "'";
    for (const char c : text) safe += c == '\'' ? std::string{"'\\''"} : std::string{c};
    return safe + '\'';
}

std::string in_quotes_each(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + in_quotes(word);
    return text;
}

std::string names(CLI::App& app) {
    std::vector<std::string> list;
    for (const CLI::App* command : commands_of(app)) list.push_back(command->get_name());
    return joined(list);
}

void write_bash(std::ostream& out, CLI::App& app) {
    out << "_railwindow_list() { COMPREPLY=($(compgen -W \"$1\" -- \"$word\")); }\n"
        << "_railwindow_paths() { _railwindow_list '" << joined(paths_to_set())
        << "'; compopt -o nospace 2>/dev/null; }\n"
           "_railwindow() {\n    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} tool=${COMP_WORDS[0]} words=\n"
           "    if [ \"$COMP_CWORD\" = 1 ]; then\n";
    out << fmt::format("        COMPREPLY=($(compgen -W '{} --help --version' -- \"$word\"))\n        return\n    fi\n", names(app));
    out << "    case \"${COMP_WORDS[1]} $before\" in\n";
    for (CLI::App* command : commands_of(app))
        for (const CLI::Option* option : options_of(*command)) {
            const std::string when = fmt::format("        '{} --{}') ", command->get_name(), option->get_lnames().front());
            if (const Due what = due(*option); what == Due::words)
                out << when << fmt::format("_railwindow_list '{}'; return ;;\n", joined(words_of(*option)));
            else if (what == Due::paths)
                out << when << "_railwindow_paths; return ;;\n";
            else if (what != Due::files)
                out << when << fmt::format("_railwindow_list \"$({})\"; return ;;\n", listing(what, "\"$tool\""));
        }
    out << "    esac\n    case \"${COMP_WORDS[1]}\" in\n";
    for (CLI::App* command : commands_of(app)) {
        std::vector<std::string> list;
        for (const CLI::Option* option : options_of(*command)) list.push_back("--" + option->get_lnames().front());
        for (const CLI::App* below : commands_of(*command)) list.push_back(below->get_name());
        out << fmt::format("        {}) words='{}' ;;\n", command->get_name(), joined(list));
    }
    out << "    esac\n    case \"$word\" in\n        -*) _railwindow_list \"$words\"; return ;;\n    esac\n    case \"${COMP_WORDS[1]}\" in\n";
    for (CLI::App* command : commands_of(app))
        if (const Due what = due_alone(*command); what == Due::stations || what == Due::scenarios)
            out << fmt::format("        {}) _railwindow_list \"$({})\" ;;\n", command->get_name(), listing(what, "\"$tool\""));
    out << "    esac\n    COMPREPLY+=($(compgen -f -- \"$word\"))\n}\ncomplete -o filenames -F _railwindow railwindow\n";
}

// Brackets and colons mean something in the specifications of _arguments.
std::string for_zsh(std::string_view text) {
    std::string safe;
    for (const char c : text) safe += c == '[' || c == ']' || c == ':' || c == '\\' ? std::string{'\\', c} : std::string{c};
    return safe;
}

void write_zsh(std::ostream& out, CLI::App& app) {
    out << "#compdef railwindow\n"
        << "_railwindow_stations() { compadd -- ${(f)\"$(" << listing(Due::stations, "railwindow") << ")\"}; }\n"
        << "_railwindow_scenarios() { compadd -- ${(f)\"$(" << listing(Due::scenarios, "railwindow") << ")\"}; _files -g '*.yaml'; }\n"
        << "_railwindow_paths() { compadd -S '' -- " << in_quotes_each(paths_to_set())
        << "; }\n_railwindow() {\n    local -a commands\n    commands=(\n";
    for (const CLI::App* command : commands_of(app))
        out << fmt::format("        {}\n", in_quotes(command->get_name() + ":" + for_zsh(command->get_description())));
    out << "    )\n    if (( CURRENT == 2 )); then _describe command commands; return; fi\n    local command=${words[2]}\n"
           "    shift words; (( CURRENT-- ))\n    case $command in\n";
    for (CLI::App* command : commands_of(app)) {
        out << fmt::format("        {})\n            _arguments", command->get_name());
        for (const CLI::Option* option : options_of(*command)) {
            const Due what = due(*option);
            const std::string value = option->get_expected_max() == 0 ? ""
                                      : what == Due::words            ? ":word:(" + joined(words_of(*option)) + ")"
                                      : what == Due::stations         ? ":station:_railwindow_stations"
                                      : what == Due::paths            ? ":path:_railwindow_paths"
                                                                      : ":value:_files";
            out << " \\\n                "
                << in_quotes(fmt::format("--{}[{}]{}", option->get_lnames().front(), for_zsh(option->get_description()), value));
        }
        const Due alone = due_alone(*command);
        out << fmt::format(" \\\n                '*:{}' ;;\n", alone == Due::stations    ? "station:_railwindow_stations"
                                                               : alone == Due::scenarios ? "scenario:_railwindow_scenarios"
                                                                                         : "file:_files");
    }
    out << "    esac\n}\n_railwindow \"$@\"\n";
}

void write_fish(std::ostream& out, CLI::App& app) {
    for (const CLI::App* command : commands_of(app))
        out << fmt::format("complete -c railwindow -n __fish_use_subcommand -f -a {} -d {}\n", command->get_name(),
                           in_quotes(command->get_description()));
    for (CLI::App* command : commands_of(app))
        for (const CLI::Option* option : options_of(*command)) {
            const Due what = due(*option);
            const std::string list = what == Due::words      ? joined(words_of(*option))
                                     : what == Due::stations ? "(" + listing(what, "railwindow") + ")"
                                     : what == Due::paths    ? joined(paths_to_set())
                                                             : "";
            out << fmt::format("complete -c railwindow -n '__fish_seen_subcommand_from {}' -l {}{}{} -d {}\n", command->get_name(),
                               option->get_lnames().front(),
                               option->get_expected_max() == 0 ? ""
                               : list.empty()                  ? " -r"
                                                               : " -x",
                               list.empty() ? "" : " -a " + in_quotes(list), in_quotes(option->get_description()));
        }
    for (const CLI::App* command : commands_of(app))
        if (const Due what = due_alone(*command); what == Due::stations || what == Due::scenarios)
            out << fmt::format("complete -c railwindow -n '__fish_seen_subcommand_from {}' -a {}\n", command->get_name(),
                               in_quotes("(" + listing(what, "railwindow") + ")"));
}

}  // namespace

Command add_completion(CLI::App& app) {
    auto shell = std::make_shared<Shell>(Shell::bash);
    CLI::App* completion = app.add_subcommand("completion", "A script that completes commands and options in a shell");
    add_choice<Shell>(completion, "shell", *shell, {{"bash", Shell::bash}, {"zsh", Shell::zsh}, {"fish", Shell::fish}}, "", "Which shell")
        ->required();
    return [shell, &app] {
        write_output("-", [&](std::ostream& out) {
            *shell == Shell::bash ? write_bash(out, app) : *shell == Shell::zsh ? write_zsh(out, app) : write_fish(out, app);
        });
        return ExitStatus::done;
    };
}

}  // namespace cli
