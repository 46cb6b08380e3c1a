#pragma once
// An option that takes one of a few words. Anything else is wrong usage and names the words.

#include <CLI/CLI.hpp>

#include <string>
#include <utility>
#include <vector>

namespace cli {

/// Adds `name`, which sets `target` to the value of the word given; `shown` is the word of the default.
template <class E>
CLI::Option* add_choice(CLI::App* app, const std::string& name, E& target, const std::vector<std::pair<std::string, E>>& words,
                        const std::string& shown, const std::string& help) {
    std::string list;
    for (const auto& word : words) list += (list.empty() ? "" : "|") + word.first;
    const auto set = [&target, words, name, list](const std::string& given) {
        for (const auto& [word, value] : words)
            if (word == given) return void(target = value);
        throw CLI::ValidationError(name, "'" + given + "' is none of " + list);
    };
    return app->add_option_function<std::string>(name, set, help)->default_str(shown)->type_name(list);
}

}  // namespace cli
