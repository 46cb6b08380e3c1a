#include "commands.hpp"
#include "output.hpp"
#include "part_option.hpp"
#include "results.hpp"
#include "what_if_options.hpp"

#include <railwindow/core/bytes.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/core/text.hpp>

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <map>

namespace cli {
namespace {

using namespace railwindow;

using AddCommand = Command (*)(CLI::App&, MergedParts*);
const std::map<std::string, AddCommand, std::less<>> commands{
    {"run", add_run}, {"compare", add_compare}, {"infer", add_infer}, {"explain", add_explain}, {"backtest", add_backtest}};

// Options of the commands that say how the answer is written, with a value or without.
constexpr std::array<const char*, 8> with_value{"--format", "--report", "--samples", "--ledger", "--units", "--color", "--trace", "--threads"};
constexpr std::array<const char*, 4> alone{"--details", "--plot", "--quiet", "--interactive"};

struct MergeOptions {
    std::vector<std::string> parts;
    std::map<std::string, std::string> values;  // by option
    std::map<std::string, bool> flags;          // by option
    std::string output;
    bool force = false, mixed_builds = false;

    std::vector<std::string> words() const {
        std::vector<std::string> words;
        for (const auto& [name, value] : values)
            if (!value.empty()) words.insert(words.end(), {name, value});
        for (const auto& [name, given] : flags)
            if (given) words.push_back(name);
        if (!output.empty()) words.insert(words.end(), {"--output", output});
        if (force) words.emplace_back("--force");
        return words;
    }
};

void parse(CLI::App& app, const std::vector<std::string>& words) {
    std::vector<std::string> backwards{words.rbegin(), words.rend()};  // as the library wants them
    app.parse(std::move(backwards));
}

// The words of a part ask a question. One that would write files of its own is none of ours.
void check_question(const PartFile& part, AddCommand add) {
    CLI::App app;
    app.require_subcommand(1);
    MergedParts asked{SharedWork{{}, {}}, part.question};
    const Command holds_its_options = add(app, &asked);
    const auto refuse = [&](const std::string& why) {
        throw InputError{Finding{{part.file, 0, 0}, {}, "the file holds no such part: " + why, "make this part again", Severity::error}};
    };
    try {
        std::vector<std::string> words = part.question.words;
        words.insert(words.begin(), part.question.command);
        parse(app, words);
    } catch (const CLI::ParseError& error) {
        refuse(fmt::format("its question cannot be read ({})", visible(error.what())));
    }
    const CLI::App& command = *app.get_subcommand(part.question.command);
    std::vector<std::string> foreign{"--output", "--force", "--part"};
    foreign.insert(foreign.end(), with_value.begin(), with_value.end());
    foreign.insert(foreign.end(), alone.begin(), alone.end());
    for (const std::string& name : foreign)
        if (const CLI::Option* option = command.get_option_no_throw(name); option && option->count() > 0) refuse("its question has " + name);
}

ExitStatus merge(const MergeOptions& options) {
    std::vector<Result> results{{"--output", options.output}};
    for (const char* name : {"--report", "--samples"}) results.push_back({name, options.values.at(name)});
    results.push_back({"--ledger", options.values.at("--ledger"), Result::Way::added_to});
    check_results(results, options.force);
    keep_apart(results, options.parts);
    const std::vector<PartFile> parts = load_parts(options.parts);
    const PartQuestion& question = parts.front().question;
    const auto command = commands.find(question.command);
    if (command == commands.end())
        throw InputError{Finding{{parts.front().file, 0, 0},
                                 {},
                                 fmt::format("'{}' is no command whose parts can be merged", question.command),
                                 "make this part again",
                                 Severity::error}};
    check_question(parts.front(), command->second);
    MergedParts all{merged(parts, options.mixed_builds ? Builds::any : Builds::this_one), question};
    CLI::App app;
    app.require_subcommand(1);
    const Command run = command->second(app, &all);
    std::vector<std::string> words{question.command};
    words.insert(words.end(), question.words.begin(), question.words.end());
    const CLI::App& known = *app.get_subcommand(question.command);
    for (const std::string& word : options.words()) {
        if (word.starts_with("--") && !known.get_option_no_throw(word))
            throw WrongUsage{fmt::format("these are parts of {}, which has no {}", question.command, word)};
        words.push_back(word);
    }
    try {
        parse(app, words);
    } catch (const CLI::ParseError& error) {
        throw WrongUsage{error.what()};
    }
    try {
        return run();
    } catch (const BrokenBytes& error) {
        throw InputError{Finding{{parts.front().file, 0, 0},
                                 {},
                                 fmt::format("what the parts hold is none of this question: {}", error.what()),
                                 "make them again",
                                 Severity::error}};
    }
}

}  // namespace

Command add_merge(CLI::App& app) {
    auto options = std::make_shared<MergeOptions>();
    CLI::App* merge_app =
        app.add_subcommand("merge", "Puts the parts of a question together: the answer, to the bit, that one process would have given");
    merge_app->add_option("parts", options->parts, "Files made with --part, in any order")->required()->type_name("PART...");
    const auto add_value = [&](const char* name, const char* help, const char* type) {
        return merge_app->add_option(name, options->values[name], help)->type_name(type);
    };
    add_value("--format", "How the result is written, as the command of the parts has it", "FORMAT");
    add_result(merge_app, options->output, options->force);
    add_report(merge_app, options->values["--report"]);
    add_samples(merge_app, options->values["--samples"], "Also writes every run's times, as the command of the parts has it");
    add_value("--ledger", "Adds the forecast to this file, as the command of the parts has it", "FILE.jsonl");
    add_value("--units", "As the command of the parts has it", "metric|imperial");
    add_value("--color", "As the command of the parts has it", "auto|always|never");
    add_value("--trace", "As the command of the parts has it", "RUN|pN");
    add_value("--threads", "How many threads; 0 means one per core", "N")->check(whole_number(1024));
    merge_app->add_flag("--details", options->flags["--details"], "As the command of the parts has it");
    merge_app->add_flag("--plot", options->flags["--plot"], "As the command of the parts has it");
    add_interactive(merge_app, options->flags["--interactive"]);
    merge_app->add_flag("--quiet", options->flags["--quiet"], "No progress bar");
    merge_app->add_flag("--mixed-builds", options->mixed_builds, "Takes parts of other builds of the same version, too; bits may then differ");
    return [options] { return merge(*options); };
}

}  // namespace cli
