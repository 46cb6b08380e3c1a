#include <railwindow/io/grid_file.hpp>

#include <railwindow/io/codecs.hpp>
#include <railwindow/io/grid_table.hpp>
#include <railwindow/io/read_sheet.hpp>
#include <railwindow/io/sha256.hpp>
#include <railwindow/io/slug.hpp>
#include <railwindow/io/sweep.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

namespace railwindow {

template <>
const std::vector<Choice<GridCommand>>& choices_of() {
    static const std::vector<Choice<GridCommand>> choices{{"run", GridCommand::run},
                                                          {"compare", GridCommand::compare},
                                                          {"infer", GridCommand::infer},
                                                          {"explain", GridCommand::explain},
                                                          {"backtest", GridCommand::backtest}};
    return choices;
}

template <>
const std::vector<Choice<GridFormat>>& choices_of() {
    static const std::vector<Choice<GridFormat>> choices{
        {"table", GridFormat::table}, {"json", GridFormat::json}, {"csv", GridFormat::csv}, {"geojson", GridFormat::geojson}};
    return choices;
}

template <>
const Table<GridSheet>& table_of() {
    static const Table<GridSheet> table{
        "grid",
        "Many questions at once: every scenario with every combination of values and every seed. `grid` makes command lines of it.",
        {
            schema_line<GridSheet>("railwindow.grid/1"),
            required("command", &GridSheet::command, "what is asked of each scenario; `backtest` is asked of all of them together"),
            at_least_one(required("scenarios", &GridSheet::scenarios, "the scenario files, relative to this file")),
            optional("vary", &GridSheet::vary,
                     "values of a scenario's keys, as `compare --sweep` has them: `path=a,b,c` or `path=a..b/step`; every combination is asked"),
            optional("seeds", &GridSheet::seeds, "seeds of the draws; without them the one of the command"),
            optional("options", &GridSheet::options, "more words of every command line, such as `[--runs, 100000]`"),
            optional("parts", &GridSheet::parts, "in how many parts each question is done; without it in one", Range::positive),
            optional("format", &GridSheet::format, "how answers are written; without it as JSON"),
            required("output", &GridSheet::output, "the folder for parts and answers, relative to this file"),
        }};
    return table;
}

namespace {

constexpr std::string_view grid_schema = "railwindow.grid/1";

template <class E>
std::string word_of(E value) {
    for (const Choice<E>& choice : choices_of<E>())
        if (choice.value == value) return std::string{choice.word};
    return {};
}

std::string in_folder_of(const std::string& file, const std::string& path) {
    return (std::filesystem::path{file}.parent_path() / path).lexically_normal().string();
}

// A question of the grid before it is parted.
struct GridQuestion {
    std::string name;
    std::vector<std::string> words;
};

class GridExpander {
public:
    explicit GridExpander(const GridSheet& grid) : grid_{grid}, folder_{in_folder_of(grid.file, grid.output.value)} {}

    GridWork work() const {
        GridWork work{folder_.empty() ? "." : folder_, {}, {}, {}};
        const auto parts = static_cast<std::size_t>(grid_.parts);
        for (const GridQuestion& question : questions()) {
            if (work.tasks.size() + parts > most_tasks)
                refuse({}, fmt::format("more than {} command lines", most_tasks), "ask for fewer values, seeds or parts");
            const std::string format = word_of(grid_.format);
            const GridTask answer{joined(parts == 1 ? question.words : std::vector<std::string>{"merge"},
                                         {"--format", format, "--output", path(question.name + ending())}),
                                  path(question.name + ending())};
            if (parts == 1) {
                work.tasks.push_back(answer);
                continue;
            }
            GridTask merge = answer;
            std::vector<std::string> files;
            for (std::size_t part = 1; part <= parts; ++part) {
                files.push_back(path(fmt::format("{}.{}-of-{}.rwpart", question.name, part, parts)));
                work.tasks.push_back({joined(question.words, {"--part", fmt::format("{}/{}", part, parts), "--output", files.back()}), files.back()});
                work.merge_of.push_back(work.merges.size());
            }
            merge.words.insert(merge.words.begin() + 1, files.begin(), files.end());
            work.merges.push_back(std::move(merge));
        }
        return work;
    }

private:
    [[noreturn]] void refuse(const Place& place, std::string what, std::string remedy) const {
        throw InputError{Finding{place.file.empty() ? Place{grid_.file, 0, 0} : place, {}, std::move(what), std::move(remedy), Severity::error}};
    }
    static std::vector<std::string> joined(std::vector<std::string> words, const std::vector<std::string>& more) {
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }
    std::string path(const std::string& name) const { return (std::filesystem::path{folder_} / name).lexically_normal().string(); }
    std::string ending() const { return grid_.format == GridFormat::table ? ".txt" : "." + word_of(grid_.format); }

    // By scenario, as assignments: every combination; one without any where nothing varies.
    std::vector<std::vector<std::string>> combinations() const {
        if (grid_.vary.empty()) return {{}};
        if (grid_.command == GridCommand::backtest)
            refuse(grid_.vary.front().place, "backtest takes its scenarios as they are written", "leave out `vary`, or write the scenarios");
        std::vector<Sweep> sweeps;
        for (const Written<std::string>& one : grid_.vary) try {
                sweeps.push_back(parse_sweep(one.value));
            } catch (const InputError& error) {
                refuse(one.place, error.findings().front().what, error.findings().front().remedy);
            }
        return grid(sweeps);
    }

    // The scenarios of each question, by its name.
    std::vector<GridQuestion> scenarios() const {
        std::vector<GridQuestion> all;
        std::map<std::string, std::string> names;
        for (const Written<std::string>& scenario : grid_.scenarios) {
            const std::string file = in_folder_of(grid_.file, scenario.value), name = slug(std::filesystem::path{file}.stem().string());
            const auto [known, is_new] = names.try_emplace(name, scenario.value);
            if (!is_new)
                refuse(scenario.place, fmt::format("'{}' would be called {}, as '{}' is", scenario.value, name, known->second),
                       "give one of them another name");
            if (grid_.command == GridCommand::backtest && !all.empty())
                all.front().words.push_back(file);
            else
                all.push_back({grid_.command == GridCommand::backtest ? "backtest" : name, {word_of(grid_.command), file}});
        }
        return all;
    }

    std::vector<GridQuestion> questions() const {
        std::vector<GridQuestion> all;
        const std::vector<std::vector<std::string>> combined = combinations();
        const std::size_t seeds = std::max<std::size_t>(1, grid_.seeds.size());
        if (combined.size() * seeds * grid_.scenarios.size() > most_tasks)
            refuse({}, fmt::format("more than {} command lines", most_tasks), "ask for fewer values, seeds or parts");
        const std::size_t digits = fmt::format("{}", combined.size()).size();
        for (const GridQuestion& scenario : scenarios())
            for (std::size_t i = 0; i < combined.size(); ++i)
                for (std::size_t s = 0; s < seeds; ++s) {
                    GridQuestion question = scenario;
                    for (const std::string& assignment : combined[i]) question.words = joined(question.words, {"--set", assignment});
                    if (combined.size() > 1) question.name += fmt::format("-{:0{}}", i + 1, digits);
                    if (!grid_.seeds.empty()) {
                        question.words = joined(question.words, {"--seed", std::to_string(grid_.seeds[s])});
                        question.name += fmt::format("-seed-{}", grid_.seeds[s]);
                    }
                    for (const Written<std::string>& word : grid_.options) question.words.push_back(word.value);
                    // What an earlier form of the grid has left is not taken for the answer of this one.
                    question.name += '-' + sha256(shell_line(question.words)).substr(0, 8);
                    all.push_back(std::move(question));
                }
        return all;
    }

    const GridSheet& grid_;
    std::string folder_;
};

}  // namespace

GridSheet read_grid(std::string_view text, const std::string& file, const YamlLimits& limits) {
    GridSheet grid = read_sheet<GridSheet>(text, file, grid_schema, limits);
    Findings findings;
    for (const Written<std::string>& word : grid.options) {
        for (const char* ours : {"--part", "--output", "--format", "--report", "--samples", "--ledger", "--force", "--quiet", "--threads", "--"})
            if (word.value == ours || (std::string_view{ours}.size() > 2 && word.value.starts_with(std::string{ours} + "=")))
                findings.add({word.place, "options", word.value + " is decided by the grid itself, or by who runs its tasks",
                              "leave it out; `parts`, `output` and `format` say what the grid decides", Severity::error});
        if (word.value == "--seed" && !grid.seeds.empty())
            findings.add({word.place, "options", "there are `seeds`, too", "leave out one of them", Severity::error});
    }
    const auto one_line = [&](const Written<std::string>& word, const char* key) {
        if (word.value.find_first_of("\n\r") != std::string::npos)
            findings.add({word.place, key, "a command line is one line, and this has a line feed", "leave it out", Severity::error});
    };
    for (const Written<std::string>& word : grid.options) one_line(word, "options");
    for (const Written<std::string>& word : grid.scenarios) one_line(word, "scenarios");
    for (const Written<std::string>& word : grid.vary) one_line(word, "vary");
    one_line(grid.output, "output");
    for (const Written<std::string>& scenario : grid.scenarios)
        if (in_folder_of(file, scenario.value).starts_with('-'))
            findings.add({scenario.place, "scenarios", "a command would take this name for an option", "write ./" + scenario.value, Severity::error});
    for (const int seed : grid.seeds)
        if (seed < 0) findings.add({{file, 0, 0}, "seeds", fmt::format("{} is no seed", seed), "write whole numbers from 0 on", Severity::error});
    for (std::size_t i = 0; i < grid.seeds.size(); ++i)
        if (std::count(grid.seeds.begin(), grid.seeds.begin() + static_cast<std::ptrdiff_t>(i), grid.seeds[i]) > 0)
            findings.add({{file, 0, 0}, "seeds", fmt::format("{} is named twice", grid.seeds[i]), "keep one of them", Severity::error});
    findings.throw_if_errors();
    return grid;
}

GridWork grid_work(const GridSheet& grid) { return GridExpander{grid}.work(); }

std::string shell_line(const std::vector<std::string>& words) {
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./,:@%";
    std::string line;
    for (const std::string& word : words) {
        if (!line.empty()) line += ' ';
        if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) {
            line += word;
            continue;
        }
        line += '\'';
        for (const char c : word) line += c == '\'' ? std::string{"'\\''"} : std::string{c};
        line += '\'';
    }
    return line;
}

}  // namespace railwindow
