// Completion scripts for bash, zsh and fish. They list commands, options and the words that an option takes; everything else is a file.

#include "choice.hpp"
#include "commands.hpp"
#include "output.hpp"

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
    if (type.find('|') == std::string::npos) return {};
    std::vector<std::string> words{""};
    for (const char c : type)
        if (c == '|')
            words.emplace_back();
        else
            words.back() += c;
    return words;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

// Inside single quotes of a shell.
std::string in_quotes(std::string_view text) {
    std::string safe = "'";
    for (const char c : text) safe += c == '\'' ? std::string{"'\\''"} : std::string{c};
    return safe + '\'';
}

std::string names(CLI::App& app) {
    std::vector<std::string> list;
    for (const CLI::App* command : commands_of(app)) list.push_back(command->get_name());
    return joined(list);
}

void write_bash(std::ostream& out, CLI::App& app) {
    out << "_railwindow() {\n    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=\n"
           "    if [ \"$COMP_CWORD\" = 1 ]; then\n";
    out << fmt::format("        COMPREPLY=($(compgen -W '{} --help --version' -- \"$word\"))\n        return\n    fi\n", names(app));
    out << "    case \"${COMP_WORDS[1]} $before\" in\n";
    for (CLI::App* command : commands_of(app))
        for (const CLI::Option* option : options_of(*command))
            if (const auto words = words_of(*option); !words.empty())
                out << fmt::format("        '{} --{}') COMPREPLY=($(compgen -W '{}' -- \"$word\")); return ;;\n", command->get_name(),
                                   option->get_lnames().front(), joined(words));
    out << "    esac\n    case \"${COMP_WORDS[1]}\" in\n";
    for (CLI::App* command : commands_of(app)) {
        std::vector<std::string> list;
        for (const CLI::Option* option : options_of(*command)) list.push_back("--" + option->get_lnames().front());
        for (const CLI::App* below : commands_of(*command)) list.push_back(below->get_name());
        out << fmt::format("        {}) words='{}' ;;\n", command->get_name(), joined(list));
    }
    out << "    esac\n    case \"$word\" in\n        -*) COMPREPLY=($(compgen -W \"$words\" -- \"$word\")) ;;\n"
           "        *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n    esac\n}\ncomplete -o filenames -F _railwindow railwindow\n";
}

// Brackets and colons mean something in the specifications of _arguments.
std::string for_zsh(std::string_view text) {
    std::string safe;
    for (const char c : text) safe += c == '[' || c == ']' || c == ':' || c == '\\' ? std::string{'\\', c} : std::string{c};
    return safe;
}

void write_zsh(std::ostream& out, CLI::App& app) {
    out << "#compdef railwindow\n_railwindow() {\n    local -a commands\n    commands=(\n";
    for (const CLI::App* command : commands_of(app))
        out << fmt::format("        {}\n", in_quotes(command->get_name() + ":" + for_zsh(command->get_description())));
    out << "    )\n    if (( CURRENT == 2 )); then _describe command commands; return; fi\n    local command=${words[2]}\n"
           "    shift words; (( CURRENT-- ))\n    case $command in\n";
    for (CLI::App* command : commands_of(app)) {
        out << fmt::format("        {})\n            _arguments", command->get_name());
        for (const CLI::Option* option : options_of(*command)) {
            const auto words = words_of(*option);
            const std::string value = option->get_expected_max() == 0 ? "" : words.empty() ? ":value:_files" : ":word:(" + joined(words) + ")";
            out << " \\\n                "
                << in_quotes(fmt::format("--{}[{}]{}", option->get_lnames().front(), for_zsh(option->get_description()), value));
        }
        out << " \\\n                '*:file:_files' ;;\n";
    }
    out << "    esac\n}\n_railwindow \"$@\"\n";
}

void write_fish(std::ostream& out, CLI::App& app) {
    for (const CLI::App* command : commands_of(app))
        out << fmt::format("complete -c railwindow -n __fish_use_subcommand -f -a {} -d {}\n", command->get_name(),
                           in_quotes(command->get_description()));
    for (CLI::App* command : commands_of(app))
        for (const CLI::Option* option : options_of(*command)) {
            const auto words = words_of(*option);
            out << fmt::format("complete -c railwindow -n '__fish_seen_subcommand_from {}' -l {}{}{} -d {}\n", command->get_name(),
                               option->get_lnames().front(),
                               option->get_expected_max() == 0 ? ""
                               : words.empty()                 ? " -r"
                                                               : " -x",
                               words.empty() ? "" : " -a " + in_quotes(joined(words)), in_quotes(option->get_description()));
        }
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
