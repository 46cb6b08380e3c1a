// Parts of the runs of a model as bytes, and runs put together from them: the same bits as in one process.

#include "bindings.hpp"

#include <railwindow/core/bytes.hpp>

#include <algorithm>

using namespace railwindow;
using namespace railwindow_python;

namespace railwindow_python {
namespace {

// What a part is a part of, as the command line would ask it.
PartQuestion question(const BuiltModel& model, std::uint64_t runs, std::uint64_t seed) {
    const ReadScenario& scenario = *model.scenario;
    std::vector<std::string> words{scenario.file};
    if (!scenario.variant.empty()) words.insert(words.end(), {"--variant", scenario.variant});
    for (const std::string& set : scenario.what_if.sets) words.insert(words.end(), {"--set", set});
    for (const std::string& path : scenario.what_if.without) words.insert(words.end(), {"--without", path});
    words.insert(words.end(), {"--runs", std::to_string(runs), "--seed", std::to_string(seed)});
    words.push_back(std::to_string(model.timing_points.size()) + " timing points");
    return part_question("sample", std::move(words), {{scenario.name, scenario.digest}});
}

py::bytes part(const SharedModel& model, std::uint64_t part, std::uint64_t parts, std::uint64_t runs, std::uint64_t seed, unsigned threads,
               const py::object& progress) {
    if (part < 1 || part > parts || parts > most_parts)
        refuse("part", std::to_string(part) + " is none of " + std::to_string(parts) + " parts", "count from 1");
    SharedWork work{PartOf{part, parts}};
    const EstimateOptions options{.runs = runs, .seed = seed, .threads = threads, .progress = watching(progress), .work = &work};
    std::string text;
    bool complete = true;
    {
        const FreeInterpreter others_may_run;
        complete = sample(*model, options).complete;
        if (complete) text = part_text(question(*model, runs, seed), work);
    }
    if (!complete) refuse("progress", "the part was stopped before it was done", "make it again");
    return py::bytes{text};
}

std::uint64_t number_behind(const std::vector<std::string>& words, const char* option) {
    const auto found = std::find(words.begin(), words.end(), option);
    if (found == words.end() || found + 1 == words.end()) refuse("parts", "a part does not say its runs and seed", "make it by railwindow.part");
    const std::string& number = *(found + 1);
    if (number.empty() || number.size() > 19 || number.find_first_not_of("0123456789") != std::string::npos)
        refuse("parts", "a part says '" + number + "' for its runs or its seed", "make it by railwindow.part");
    return std::stoull(number);
}

std::unique_ptr<Runs> merge(const SharedModel& model, const std::vector<py::bytes>& parts) {
    std::vector<std::string> texts;
    for (const py::bytes& bytes : parts) texts.push_back(bytes);
    const FreeInterpreter others_may_run;
    std::vector<PartFile> read;
    for (std::size_t i = 0; i < texts.size(); ++i) read.push_back(read_part(std::move(texts[i]), "parts[" + std::to_string(i) + "]"));
    SharedWork work = merged(read);
    const PartQuestion& asked = read.front().question;
    if (asked.command != "sample") refuse("parts", "these are parts of " + asked.command, "put them together by `railwindow merge`");
    const std::uint64_t runs = number_behind(asked.words, "--runs"), seed = number_behind(asked.words, "--seed");
    if (asked != question(*model, runs, seed))
        refuse("parts", "these parts are of another model: " + command_line(asked), "give the model that they were made of");
    try {
        return std::make_unique<Runs>(Runs{model, sample(*model, {.runs = runs, .seed = seed, .work = &work})});
    } catch (const BrokenBytes& broken) {
        refuse("parts", std::string{"these parts hold no runs of this model: "} + broken.what(), "make them again");
    }
}

}  // namespace

void add_parts(py::module_& module) {
    module.def(
        "part", &part, py::arg("model"), py::arg("part"), py::arg("parts"), py::kw_only(), py::arg("runs") = 65536, py::arg("seed") = 1,
        py::arg("threads") = 1, py::arg("progress") = py::none(),
        "Share `part` (from 1) of `parts` of the runs 0 to `runs` - 1, as bytes for merge(). The bytes are the same on any number of threads.\n"
        "Raises InputError.");
    module.def("merge", &merge, py::arg("model"), py::arg("parts"),
               "The Samples that sample() would give, of parts in any order. Raises InputError for parts of another model, version or build, and\n"
               "where some are missing.");
}

}  // namespace railwindow_python
