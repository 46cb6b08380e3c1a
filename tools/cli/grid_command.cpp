#include "choice.hpp"
#include "commands.hpp"
#include "output.hpp"
#include "results.hpp"
#include "whole_number.hpp"

#include <railwindow/core/error.hpp>
#include <railwindow/core/version.hpp>
#include <railwindow/io/grid_file.hpp>
#include <railwindow/io/part_file.hpp>
#include <railwindow/io/yaml_tree.hpp>

#include <CLI/CLI.hpp>

#include <filesystem>
#include <set>

namespace cli {
namespace {

using namespace railwindow;
namespace fs = std::filesystem;

enum class GridList { tasks, merges, make };

struct GridOptions {
    std::string grid, output;
    GridList list = GridList::tasks;
    bool resume = false, force = false;
    YamlLimits limits;
};

// A part that was written is whole, as it got its name when it was; a disk may have lost some of it since.
bool is_there(const std::string& file) {
    std::error_code error;
    if (!fs::is_regular_file(file, error) || fs::file_size(file, error) == 0) return false;
    if (!file.ends_with(".rwpart")) return true;
    try {
        const PartFile part = open_part(file);
        return part.question.version == version() && part.question.build == build_id();  // others would not be merged
    } catch (const InputError&) {
        return false;
    }
}

// A file for `make`: the answers hang on their parts.
std::string makefile(const GridWork& work) {
    const auto line = [](const GridTask& task) {
        std::string text = "\t$(RAILWINDOW) ";
        for (const char c : shell_line(task.words)) text += c == '$' ? std::string{"$$"} : std::string{c};
        return text + '\n';
    };
    const std::vector<GridTask>& answers = work.merges.empty() ? work.tasks : work.merges;
    for (const GridTask& task : answers)
        if (task.output.find_first_of(" \t$#:%;|&'\"\\*?[]~") != std::string::npos)
            throw InputError{Finding{
                {}, "output", "make cannot have files of names such as " + task.output, "name a folder of letters and digits", Severity::error}};
    std::string text = "# make -j 8 -f THIS-FILE: what is there already is not made again.\nRAILWINDOW ?= railwindow\nall:";
    for (const GridTask& answer : answers) text += ' ' + answer.output;
    text += '\n';
    for (std::size_t i = 0, task = 0; i < work.merges.size(); ++i) {  // the parts of each stand together
        text += work.merges[i].output + ':';
        for (; task < work.tasks.size() && work.merge_of[task] == i; ++task) text += ' ' + work.tasks[task].output;
        text += '\n' + line(work.merges[i]);
    }
    for (const GridTask& task : work.tasks) text += task.output + ":\n" + line(task);
    return text + ".PHONY: all\n";
}

std::string lines(const GridOptions& options, const GridWork& work) {
    const bool merges = options.list == GridList::merges;
    const std::vector<GridTask>& all = merges ? work.merges : work.tasks;
    std::string text;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool answered = options.resume && !merges && !work.merges.empty() && is_there(work.merges[work.merge_of[i]].output);
        if (answered || (options.resume && is_there(all[i].output))) continue;
        text += shell_line(all[i].words) + '\n';
    }
    return text;
}

ExitStatus list_grid(const GridOptions& options) {
    const std::vector<Result> results{{"--output", options.output}};
    check_results(results, options.force);
    const GridSheet grid = read_grid(read_text_file(options.grid, options.limits), options.grid, options.limits);
    keep_apart(results, {options.grid});
    const GridWork work = grid_work(grid);
    std::error_code error;
    fs::create_directories(work.folder, error);
    if (error) throw CannotWrite{work.folder + ": " + error.message()};
    write_output(options.output, [&](std::ostream& out) { out << (options.list == GridList::make ? makefile(work) : lines(options, work)); });
    return ExitStatus::done;
}

}  // namespace

Command add_grid(CLI::App& app) {
    auto options = std::make_shared<GridOptions>();
    CLI::App* grid_app = app.add_subcommand("grid", "Many questions at once: one line of arguments for each, for a scheduler to hand out");
    grid_app->add_option("grid", options->grid, "Grid file")->required()->type_name("GRID.yaml");
    add_choice<GridList>(grid_app, "--list", options->list, {{"tasks", GridList::tasks}, {"merges", GridList::merges}, {"make", GridList::make}},
                         "tasks", "What is written: tasks, the merges of their parts, or a file for make that has both");
    grid_app->add_flag("--resume", options->resume, "Leaves out what is there and whole");
    add_result(grid_app, options->output, options->force);
    grid_app->add_option("--max-file-size", options->limits.bytes, "Largest input file in bytes")
        ->check(whole_number(1ull << 40))
        ->capture_default_str()
        ->type_name("BYTES");
    grid_app->final_callback([options] {
        if (options->resume && options->list == GridList::make) throw CLI::ValidationError("--resume", "is what make does by itself");
    });
    return [options] { return list_grid(*options); };
}

}  // namespace cli
