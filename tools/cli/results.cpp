#include "results.hpp"

#include "output.hpp"

#include <railwindow/io/composed.hpp>
#include <railwindow/io/write_npz.hpp>

#include <fmt/format.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <optional>

namespace cli {
namespace {

namespace fs = std::filesystem;

bool goes_to_standard_output(const Result& result) { return result.option == "--output" && (result.file.empty() || result.file == "-"); }

std::string called(const Result& result) { return goes_to_standard_output(result) ? "standard output" : result.option; }

// What a file is, however it is named: its number where it is there, else its folder's and its name.
struct Identity {
    dev_t device = 0;
    ino_t number = 0;
    std::string name{};
    friend bool operator==(const Identity&, const Identity&) = default;
};

Identity identity_of(const struct stat& facts) { return {facts.st_dev, facts.st_ino, {}}; }

// None of devices and pipes: what is written to them destroys nothing.
std::optional<Identity> identity_of(const std::string& path) {
    struct stat facts {};
    if (::stat(path.c_str(), &facts) == 0) return S_ISREG(facts.st_mode) ? std::optional{identity_of(facts)} : std::nullopt;
    const fs::path wanted{target_of_links(path)};
    const std::string folder = wanted.has_parent_path() ? wanted.parent_path().string() : ".";
    if (::stat(folder.c_str(), &facts) != 0) return {};
    Identity identity = identity_of(facts);
    identity.name = wanted.filename().string();
    return identity;
}

std::optional<Identity> identity_of(const Result& result) {
    if (!goes_to_standard_output(result)) return result.file.empty() ? std::nullopt : identity_of(result.file);
    struct stat facts {};
    return ::fstat(STDOUT_FILENO, &facts) == 0 && S_ISREG(facts.st_mode) ? std::optional{identity_of(facts)} : std::nullopt;
}

void check_own(const Result& result) {
    std::error_code error;
    if (!fs::is_regular_file(result.file, error) || fs::file_size(result.file, error) == 0) return;
    std::string begin(1u << 16, '\0');
    std::ifstream in{result.file, std::ios::binary};
    in.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    begin.resize(static_cast<std::size_t>(in.gcount()));
    if (begins_like_a_result(begin)) return;
    throw CannotWrite{
        fmt::format("{}: this file is there already, and railwindow did not write it; {} with --force replaces it", result.file, result.option)};
}

template <class List>
bool begins_with_one_of(std::string_view text, const List& beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view begin) { return text.starts_with(begin); });
}

// Heads of all the tables of comma-separated values that there are.
constexpr std::array<std::string_view, 13> csv_heads{"kind,name,event,total,",      "station,run,depart,",           "station,name,event,",
                                                     "station,name,local_name,",    "station,name,distance_km,",     "variant,",
                                                     "from,to,distance_km,speed_",  "route,name,summary,length_km,", "run,route,train,station,",
                                                     "time,train,station,distance", "depart,in_time,error",          "model_id,origin_time,journey,",
                                                     "origin_time,journey,location"};

// Words that tables have, wherever their lines are broken.
constexpr std::array<std::string_view, 18> table_words{": the window of the arrival is ",
                                                       " runs, seed ",
                                                       " simulated journeys of each way, seed ",
                                                       "(local time, UTC",
                                                       "Stations: id, name",
                                                       "Lines: id, name",
                                                       "Scenarios: name, question",
                                                       " runs each, seed ",
                                                       " runs of each, seed ",
                                                       " left open, seed ",
                                                       " of seed ",
                                                       "limit in km/h, grade in permille, kN: traction less braking",
                                                       "The quickest way from ",
                                                       "Forecast and observed (times local to the station)",
                                                       "belongs to a forecast of this ledger",
                                                       "forecasts wait for what they forecast to be known",
                                                       ": ok: ",
                                                       "share: of the forecast's probability before what happened"};

// A line of a grid's tasks: `run a.yaml ... --output b.json`.
bool is_task(std::string_view line) {
    constexpr std::array<std::string_view, 6> commands{"run ", "compare ", "infer ", "explain ", "backtest ", "merge "};
    return begins_with_one_of(line, commands) && line.find(" --output ") != std::string_view::npos;
}

std::string in_one_line(std::string_view text) {
    std::string line;
    for (const char c : text)
        if (const char next = c == '\n' ? ' ' : c; next != ' ' || line.empty() || line.back() != ' ') line += next;
    return line;
}

}  // namespace

bool begins_like_a_result(std::string_view text) {
    constexpr std::string_view page =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
        "'none'; script-src 'sha256-";
    if (text.starts_with('{')) return text.substr(0, 4096).find("\"railwindow.") != std::string_view::npos;
    if (railwindow::begins_like_npz(text)) return true;
    if (text.starts_with(page) || begins_with_one_of(text, csv_heads)) return true;
    if (text.starts_with("# File reference\n") || text.starts_with("# make -j 8 -f THIS-FILE") || is_task(text.substr(0, text.find('\n'))))
        return true;
    if (text.starts_with('#') || text.starts_with("schema:") || text.find("\nschema:") != std::string_view::npos)
        return false;  // it may quote a table
    const std::string line = in_one_line(text);
    return std::any_of(table_words.begin(), table_words.end(), [&](std::string_view words) { return line.find(words) != std::string::npos; });
}

void check_results(const std::vector<Result>& results, bool force) {
    for (std::size_t i = 0; i < results.size(); ++i) {
        check_writable(results[i].file);
        const auto identity = identity_of(results[i]);
        for (std::size_t j = 0; identity && j < i; ++j)  // the second would leave nothing of the first
            if (identity == identity_of(results[j]))
                throw WrongUsage{fmt::format("{} is named for two results, {} and {}; give each a file of its own", results[i].file,
                                             called(results[j]), called(results[i]))};
        if (!force && !goes_to_standard_output(results[i]) && results[i].way == Result::Way::replaced) check_own(results[i]);
    }
}

void keep_apart(const std::vector<Result>& results, const std::vector<std::string>& read) {
    for (const Result& result : results) {
        const auto identity = identity_of(result);
        if (!identity) continue;
        for (const std::string& file : read)
            if (identity == identity_of(railwindow::path_in_any_form(file)))
                throw WrongUsage{fmt::format("{} would destroy {}, which this question reads; give it a file of its own", called(result), file)};
    }
}

void add_result(CLI::App* app, std::string& output, bool& force) {
    app->add_option("--output", output, "File to write; - is standard output")->type_name("FILE");
    app->add_flag("--force", force, "Replaces files that are there already and that railwindow did not write");
}

}  // namespace cli
