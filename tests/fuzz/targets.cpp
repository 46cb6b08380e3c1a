#include "targets.hpp"

#include <railwindow/core/bytes.hpp>
#include <railwindow/core/clock.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/core/version.hpp>
#include <railwindow/estimate/samples.hpp>
#include <railwindow/io/part_file.hpp>
#include <railwindow/io/quantity_text.hpp>
#include <railwindow/io/railtoolkit_file.hpp>
#include <railwindow/io/railtoolkit_import.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/seen_text.hpp>
#include <railwindow/io/sweep.hpp>
#include <railwindow/io/write_estimate.hpp>
#include <railwindow/simulation/simulate.hpp>

#include <fmt/format.h>
#include <zlib.h>
#include <nlohmann/json.hpp>

#include <unistd.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace fuzz {
namespace {

using namespace railwindow;

void promise(bool kept, const std::string& what) {
    if (kept) return;
    std::fprintf(stderr, "broken promise: %s\n", what.c_str());
    std::abort();
}

// Who is refused must learn what is wrong.
void check_findings(const InputError& error) {
    promise(!error.findings().empty(), "an error without a finding");
    for (const Finding& finding : error.findings()) promise(!finding.what.empty(), "a finding that says nothing");
}

void check_trace(const Trace& trace) {
    for (const TrainTrace& train : trace.trains)
        for (std::size_t i = 0; i < train.visits.size(); ++i) {
            const VisitTimes& visit = train.visits[i];
            promise(visit.arrive <= visit.depart || i + 1 == train.visits.size(), "a train that leaves before it comes");
            promise(i == 0 || train.visits[i - 1].depart <= visit.arrive, "a train that comes before it left");
        }
}

bool holds_word(std::string_view text, std::string_view word) {
    for (std::size_t at = 0; (at = text.find(word, at)) != std::string_view::npos; ++at) {
        const auto is_letter = [&](std::size_t i) { return i < text.size() && std::isalpha(static_cast<unsigned char>(text[i])); };
        if (!(at > 0 && is_letter(at - 1)) && !is_letter(at + word.size())) return true;
    }
    return false;
}

void check_outputs(const Model& model, const Estimate& estimate) {
    std::ostringstream json, csv, geojson, table;
    write_json(json, model, estimate);
    write_csv(csv, model, estimate);
    write_geojson(geojson, model, estimate);
    write_table(table, model, estimate);
    promise(nlohmann::json::accept(json.str()), "JSON that is none");
    promise(nlohmann::json::accept(geojson.str()), "GeoJSON that is none");
    // Names may be anything, numbers may not.
    bool hostile_name = false;
    for (const Station& station : model.network.stations())
        hostile_name |= holds_word(station.id + ' ' + station.name, "nan") || holds_word(station.id + ' ' + station.name, "inf");
    promise(hostile_name || (!holds_word(csv.str(), "nan") && !holds_word(csv.str(), "inf")), "CSV with a number that is none");
}

void run_files(const Scenario& scenario) {
    constexpr std::uint64_t runs = 20;
    const Model model = build(scenario);
    Simulator simulator{model};
    for (std::uint64_t run = 0; run < runs; ++run) check_trace(simulator.run({1, run}));
    const Estimate estimate = railwindow::estimate(model, {.runs = runs, .threads = 1});
    check_outputs(model, estimate);
}

// Files behind lines `=== NAME`.
FilesInMemory files_in(std::string_view text) {
    constexpr std::string_view mark = "=== ";
    FilesInMemory files;
    std::string name;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end);
        if (line.starts_with(mark))
            name = std::string{line.substr(mark.size(), line.find_last_not_of("\r\n") + 1 - mark.size())};
        else
            files[name] += line;
    }
    return files;
}

constexpr std::size_t most_bytes = 1u << 16;

template <class Work>
void with_errors_told(Work work) {
    try {
        work();
    } catch (const InputError& error) {
        check_findings(error);
    } catch (const Infeasible& error) {
        promise(error.what() != std::string_view{}, "an answer that cannot be, without a word why");
    }
}

void feed_files(std::string_view text) {
    if (text.size() > most_bytes) return;
    const FilesInMemory files = files_in(text);
    with_errors_told([&] { run_files(load_scenario("scenario.yaml", files)); });
}

void feed_words(std::string_view text) {
    if (text.size() < 2 || text.size() > 4096) return;
    const char option = text.front();
    text.remove_prefix(1);
    const auto number = [](const std::variant<double, QuantityError>& read) {
        if (const double* value = std::get_if<double>(&read))
            promise(std::isfinite(*value), "a number that is none");
        else
            promise(!std::get<QuantityError>(read).what.empty(), "an error that says nothing");
    };
    with_errors_told([&] {
        switch (option) {
            case 't':
                static_cast<void>(parse_time(text));
                return;
            case 's':
                static_cast<void>(parse_seen(text));
                return;
            case 'w':
                static_cast<void>(parse_sweep(text));
                return;
            case 'n':
                return number(parse_number(text));
            case 'v':
                return number(parse_quantity(text, quantity_kind<Speed>()));
            case 'l':
                return number(parse_quantity(text, quantity_kind<Length>()));
            case 'd':
                return number(parse_quantity(text, quantity_kind<Duration>()));
            case 'g':
                return number(parse_quantity(text, quantity_kind<Gradient>()));
            case 'm':
                return number(parse_quantity(text, quantity_kind<Mass>()));
            default:
                return;
        }
    });
}

void feed_railtoolkit(std::string_view text) {
    if (text.size() > most_bytes) return;
    const FilesInMemory files = files_in(text);
    const auto train = files.find("train.yaml"), path = files.find("path.yaml");
    if (train == files.end() || path == files.end()) return;
    static const std::filesystem::path folder = std::filesystem::temp_directory_path() / fmt::format("railwindow-fuzz-{}", ::getpid());
    std::filesystem::create_directories(folder);
    for (const auto& [name, content] : {*train, *path}) std::ofstream{folder / name, std::ios::binary} << content;
    with_errors_told([&] {
        const ImportedScenario made = import_railtoolkit({(folder / "train.yaml").string(), (folder / "path.yaml").string()});
        FilesInMemory ours;
        for (const NamedText& file : made.files) ours[file.name] = file.text;
        // What the importer writes, the reader reads: anything else is a fault of one of them.
        try {
            static_cast<void>(load_scenario(made.files.front().name, ours));
        } catch (const InputError& error) {
            promise(false, "what was imported cannot be read: " + std::string{error.what()});
        }
        run_files(load_scenario(made.files.front().name, ours));
    });
}

// A scenario of the corpus, whose parts these are.
const Model& model_of_parts() {
    static const Model model = [] {
        std::ifstream in{RAILWINDOW_FUZZ_CORPUS "/files/everything", std::ios::binary};
        return build(load_scenario("scenario.yaml", files_in(std::string{std::istreambuf_iterator<char>{in}, {}})));
    }();
    return model;
}

// The part as it was meant by who changed it: of this program, whole, and with the checksum that fits.
std::string as_whole_part(std::string text) {
    const auto put = [&](const std::string& key, const std::string& value) {
        const std::size_t at = text.find(key), line = text.find('\n');
        if (at == std::string::npos || at > line) return;
        const std::size_t begin = at + key.size();
        text.replace(begin, text.find_first_of(",}", begin) - begin, value);
    };
    put("\"version\":", fmt::format("\"{}\"", version()));
    put("\"build\":", fmt::format("\"{}\"", build_id()));
    put("\"bytes\":", std::to_string(text.size() - std::min(text.size(), text.find('\n') + 1)));
    return text + fmt::format("\n{:08x}\n", crc32_z(0, reinterpret_cast<const Bytef*>(text.data()), text.size()));
}

// The head of a part, a line feed, and what it holds of 20 runs.
void feed_parts(std::string_view text) {
    if (text.size() > most_bytes) return;
    with_errors_told([&] {
        static_cast<void>(read_part(std::string{text}, "part"));
        promise(false, "a part without a checksum was read");
    });
    with_errors_told([&] {
        SharedWork work = merged({read_part(as_whole_part(std::string{text}), "part")});
        const Model& model = model_of_parts();
        const EstimateOptions options{.runs = 20, .threads = 1, .work = &work};
        try {
            check_outputs(model, summarize(model, sample(model, options), options));
        } catch (const BrokenBytes& error) {
            promise(error.what() != std::string_view{}, "bytes that are broken, without a word why");
        }
    });
}

constexpr std::array<Target, 4> targets{{{"files", feed_files}, {"words", feed_words}, {"railtoolkit", feed_railtoolkit}, {"parts", feed_parts}}};

}  // namespace

const Target* find_target(std::string_view name) {
    for (const Target& target : targets)
        if (target.name == name) return &target;
    return nullptr;
}

}  // namespace fuzz
