#include "part_option.hpp"

#include "output.hpp"
#include "results.hpp"

#include <railwindow/core/error.hpp>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>

namespace cli {
namespace {

using namespace railwindow;

// Options of this process that say nothing about the question.
constexpr std::array<std::string_view, 6> of_process{"--part", "--output", "--force", "--quiet", "--threads", "--help"};

std::optional<std::uint64_t> whole(std::string_view text) {
    if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string_view::npos) return {};
    return std::stoull(std::string{text});
}

// A number of the environment; nothing where it is not set.
std::optional<std::uint64_t> variable(const char* name) {
    const char* text = std::getenv(name);
    if (!text || !*text) return {};
    if (const auto number = whole(text)) return number;
    throw CLI::ValidationError("--part", fmt::format("auto: {} is '{}', which is no whole number", name, text));
}

// Who counts tasks from where: variables of the number, of the first one and of how many there are.
struct Launcher {
    const char *number, *first, *step, *count;
};
constexpr std::array<Launcher, 5> launchers{{{"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_STEP", "SLURM_ARRAY_TASK_COUNT"},
                                             {"SLURM_PROCID", nullptr, nullptr, "SLURM_NTASKS"},
                                             {"OMPI_COMM_WORLD_RANK", nullptr, nullptr, "OMPI_COMM_WORLD_SIZE"},
                                             {"PMI_RANK", nullptr, nullptr, "PMI_SIZE"},
                                             {"JOB_COMPLETION_INDEX", nullptr, nullptr, "RAILWINDOW_PARTS"}}};

// An array that is some of the tasks of another, as those that failed, does not say of how many parts.
void check_array(const Launcher& launcher, std::uint64_t count) {
    const std::uint64_t first = variable(launcher.first).value_or(0), step = std::max<std::uint64_t>(1, variable(launcher.step).value_or(1));
    const auto last = variable("SLURM_ARRAY_TASK_MAX");
    if (first > 1 && step == 1)
        throw CLI::ValidationError("--part",
                                   fmt::format("auto: the array begins with task {}, so it is some of the tasks of another; write --part K/N, or set "
                                               "RAILWINDOW_PARTS to the number of parts, which then count from 1",
                                               first));
    if (last && (*last < first || (*last - first) / step + 1 != count))
        throw CLI::ValidationError(
            "--part", fmt::format("auto: tasks {} to {} by {} are not the {} of the array; write --part K/N", first, *last, step, count));
}

std::optional<NamedPart> part_of(const Launcher& launcher) {
    const auto number = variable(launcher.number), count = variable(launcher.count);
    if (const auto all = variable("RAILWINDOW_PARTS"); launcher.first && number && all) {
        if (*number < 1 || *number > *all)
            throw CLI::ValidationError(
                "--part", fmt::format("auto: {} is {}, which is none of the {} of RAILWINDOW_PARTS, counted from 1", launcher.number, *number, *all));
        return NamedPart{{*number, *all}, launcher.number};
    }
    if (!number || !count) return {};
    if (launcher.first) check_array(launcher, *count);
    const std::uint64_t first = launcher.first ? variable(launcher.first).value_or(0) : 0;
    const std::uint64_t step = launcher.step ? std::max<std::uint64_t>(1, variable(launcher.step).value_or(1)) : 1;
    if (*number < first || (*number - first) / step >= *count || *count > most_parts)
        throw CLI::ValidationError("--part",
                                   fmt::format("auto: {} is {}, which is none of the {} of {}", launcher.number, *number, *count, launcher.count));
    return NamedPart{{(*number - first) / step + 1, *count}, launcher.number};
}

// The words of the command line that a question is made of: what was given of the options of `app`, in the order of its help.
std::vector<std::string> words_of(const CLI::App& app) {
    std::vector<std::string> positionals, options;
    for (const CLI::Option* option : app.get_options()) {
        if (option->count() == 0) continue;
        const std::string name = option->get_positional() ? std::string{} : "--" + option->get_lnames().front();
        if (std::find(of_process.begin(), of_process.end(), name) != of_process.end()) continue;
        if (option->get_positional()) {
            for (const std::string& value : option->results()) {
                if (value.starts_with('-')) throw WrongUsage{"a part cannot say " + value + ", which begins like an option; write ./" + value};
                positionals.push_back(value);
            }
        } else if (option->get_expected_max() == 0) {
            options.push_back(name);
        } else {
            for (const std::string& value : option->results()) options.insert(options.end(), {name, value});
        }
    }
    positionals.insert(positionals.end(), options.begin(), options.end());
    return positionals;
}

}  // namespace

NamedPart part_by_environment() {
    std::optional<NamedPart> found;
    std::string names, half;
    for (const Launcher& launcher : launchers) {
        names += (names.empty() ? "" : ", ") + std::string{launcher.number};
        const std::optional<NamedPart> here = part_of(launcher);
        // A script of Slurm has a rank and no number of ranks, beside the task of an array that it is.
        if (!here && variable(launcher.number)) half = fmt::format("{} is set, and {}, the number of parts, is not", launcher.number, launcher.count);
        // A job of one task, as that of each task of an array, says nothing of parts beside who does.
        if (!here || (found && here->part.parts == 1)) continue;
        if (found && found->part.parts > 1 && (found->part.part != here->part.part || found->part.parts != here->part.parts))
            throw CLI::ValidationError("--part", fmt::format("auto: {} says part {} of {}, and {} part {} of {}; write --part K/N", found->by,
                                                             found->part.part, found->part.parts, here->by, here->part.part, here->part.parts));
        if (!found || found->part.parts == 1) found = here;
    }
    if (!found && !half.empty()) throw CLI::ValidationError("--part", "auto: " + half);
    if (!found) throw CLI::ValidationError("--part", "auto: none of " + names + " is set; write --part K/N");
    return *found;
}

void PartOption::add(CLI::App* app, std::vector<std::string> of_answer) {
    app_ = app;
    of_answer_ = std::move(of_answer);
    app->add_option_function<std::string>(
           "--part", [this](const std::string& text) { read(text); },
           "Does share K of N of the work only and writes it to --output, for `merge`; auto takes K and N from Slurm, an MPI launcher or Kubernetes")
        ->type_name("K/N|auto");
}

void PartOption::add_with_page(CLI::App* app) {
    app->add_flag("--with-page", with_page_, "With --part: also keeps what a page (--report) shows of every station, which takes more room");
}

void PartOption::check_options() const {
    if (with_page_ && !part_ && !merged_) throw CLI::ValidationError("--with-page", "goes with --part; --report writes a page");
}

void PartOption::read(const std::string& text) {
    if (merged_) throw CLI::ValidationError("--part", "is not asked of a question whose parts are merged");
    if (text == "auto") {
        named_ = part_by_environment();
    } else {
        const std::size_t slash = text.find('/');
        const auto part = whole(text.substr(0, slash)), parts = whole(slash == std::string::npos ? "" : text.substr(slash + 1));
        if (!part || !parts || *part == 0 || *part > *parts || *parts > most_parts)
            throw CLI::ValidationError("--part",
                                       fmt::format("'{}' is no share of the work; write K/N with K from 1 to N, such as 2/8, or auto", text));
        named_ = NamedPart{{*part, *parts}, {}};
    }
    for (const std::string& name : of_answer_)
        if (app_->get_option(name)->count() > 0)
            throw CLI::ValidationError("--part", name + " says how the answer is written, and a part is none; give it to `merge`");
    part_.emplace(named_->part);
}

SharedWork* PartOption::work() { return part_ ? &*part_ : merged_ ? &merged_->work : nullptr; }

std::string PartOption::file(const std::string& output, const std::string& name) const {
    std::string file = output.empty() ? name + ".{part}-of-{parts}.rwpart" : output;
    const auto fill_in = [&](const std::string& word, std::uint64_t number) {
        for (std::size_t at = file.find(word); at != std::string::npos; at = file.find(word)) file.replace(at, word.size(), std::to_string(number));
    };
    fill_in("{part}", named_->part.part);
    fill_in("{parts}", named_->part.parts);
    return file;
}

void PartOption::tell() const {
    if (part_) static_cast<void>(words_of(*app_));  // before the work begins
    if (named_ && !named_->by.empty()) spdlog::info("part {} of {}, as {} says", named_->part.part, named_->part.parts, named_->by);
}

PartQuestion PartOption::question(const std::vector<const Scenario*>& scenarios) const {
    std::vector<PartScenario> listed;
    for (const Scenario* scenario : scenarios) listed.push_back({scenario->name, scenario->digest});
    return part_question(app_->get_name(), words_of(*app_), std::move(listed));
}

void PartOption::check(const std::vector<const Scenario*>& scenarios, bool page) const {
    if (!merged_) return;
    const std::vector<PartScenario> found = question(scenarios).scenarios, &wanted = merged_->question.scenarios;
    for (std::size_t i = 0; i < std::max(found.size(), wanted.size()); ++i)
        if (i >= found.size() || i >= wanted.size() || found[i] != wanted[i])
            throw InputError{Finding{
                {},
                {},
                fmt::format("the files of {} say something else than when the parts were made", i < found.size() ? found[i].name : wanted[i].name),
                "merge them with the files of then, or make the parts again",
                Severity::error}};
    if (page && !with_page_)
        throw WrongUsage{"a page shows every station, and these parts hold the main ones; make them with --with-page, or leave out --report"};
}

void PartOption::write(const std::string& file, const std::vector<const Scenario*>& scenarios) const {
    write_output(file, [&](std::ostream& out) { out << part_text(question(scenarios), *part_); });
}

}  // namespace cli
