// Scenarios, how they are changed, and models, for Python.

#include "bindings.hpp"

#include <railwindow/core/text.hpp>

#include <algorithm>
#include <filesystem>

using namespace railwindow;

namespace railwindow_python {
namespace {

constexpr const char* said_as = "replace";

std::shared_ptr<ReadScenario> read(const std::string& path, std::shared_ptr<const FilesInMemory> texts, WhatIf what_if) {
    Scenario scenario = texts ? load_scenario(path, *texts, what_if) : load_scenario(path, what_if);
    return std::make_shared<ReadScenario>(ReadScenario{std::move(scenario), std::move(what_if), std::move(texts)});
}

// The scenario called `name` in `folder`, where there are files of scenarios; else the name itself, as a path.
std::string found_in(const std::string& name, const std::string& folder) {
    namespace fs = std::filesystem;
    std::vector<std::string> names;
    std::error_code none;
    for (const fs::directory_entry& entry : fs::directory_iterator{folder, none})
        if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    if (names.empty()) return name;
    if (std::binary_search(names.begin(), names.end(), name)) return (fs::path{folder} / (name + ".yaml")).lexically_normal().string();
    throw InputError{Finding{{name, 0, 0},
                             "",
                             "there is neither a file nor an installed scenario of this name",
                             suggestion(name, {names.begin(), names.end()}) + "; railwindow.scenarios() lists them",
                             Severity::error}};
}

std::shared_ptr<ReadScenario> loaded(const std::string& path, std::optional<FilesInMemory> files, const std::string& variant) {
    const FreeInterpreter others_may_run;
    WhatIf what_if{variant, {}, {}, said_as};
    return read(path, files ? std::make_shared<const FilesInMemory>(std::move(*files)) : nullptr, std::move(what_if));
}

// Whether `path` is `part` or leads to something within it.
bool leads_into(const std::string& path, const std::string& part) {
    return path.starts_with(part) && (path.size() == part.size() || path[part.size()] == '.' || path[part.size()] == '[');
}

// Whether something stands at `path` in the file of `scenario`, in the variant `variant`.
bool stands_in_file(const ReadScenario& scenario, const std::string& variant, const std::string& path) {
    const WhatIf trial{variant, {}, {path}, said_as};
    try {
        read(scenario.file, scenario.texts, trial);
    } catch (const InputError& error) {
        return std::none_of(error.findings().begin(), error.findings().end(),
                            [&](const Finding& finding) { return finding.place.file == said_as + (" " + path); });
    }
    return true;
}

// `scenario` read again with `changes`: pairs of path and value, as `--set` has them; no value takes out what stands at the path.
std::shared_ptr<ReadScenario> replaced(const ReadScenario& scenario, const std::vector<std::pair<std::string, std::optional<std::string>>>& changes,
                                       const std::optional<std::string>& variant) {
    const FreeInterpreter others_may_run;
    WhatIf what_if = scenario.what_if;
    if (variant) what_if.variant = *variant;
    for (const auto& [path, value] : changes) {
        if (value) {
            what_if.sets.push_back(path + "=" + *value);
            continue;
        }
        const auto sets_it = [&gone = path](const std::string& set) { return leads_into(set.substr(0, set.find('=')), gone); };
        const bool was_set = std::erase_if(what_if.sets, sets_it) > 0;
        const bool was_taken_out = std::find(what_if.without.begin(), what_if.without.end(), path) != what_if.without.end();
        // What only an earlier change had put there is gone with that change.
        if (!was_taken_out && (!was_set || stands_in_file(scenario, what_if.variant, path))) what_if.without.push_back(path);
    }
    return read(scenario.file, scenario.texts, std::move(what_if));
}

const Station& station_of(const Model& model, std::size_t point) { return model.network.stations()[model.timing_points[point].station]; }

std::vector<std::pair<std::string, std::vector<Finding>>> checked(const std::vector<std::string>& files) {
    std::vector<std::pair<std::string, std::vector<Finding>>> found;
    for (FileReport& report : check_files(files)) found.emplace_back(report.file, std::move(report.findings));
    return found;
}

std::shared_ptr<BuiltModel> built(const std::shared_ptr<ReadScenario>& scenario, bool all_timing_points) {
    const FreeInterpreter others_may_run;
    return std::make_shared<BuiltModel>(BuiltModel{build(*scenario, {all_timing_points ? TimingPoints::all : TimingPoints::main}), scenario});
}

}  // namespace

void add_scenarios(py::module_& module) {
    py::class_<ReadScenario, std::shared_ptr<ReadScenario>>(
        module, "Scenario", "What the user wrote: a train, a journey, networks and how they are worked. Not changed by anything.")
        .def_property_readonly(
            "name", [](const ReadScenario& s) { return s.name; }, "The file's name without its ending.")
        .def_property_readonly(
            "file", [](const ReadScenario& s) { return s.file; }, "The path that it was read from.")
        .def_property_readonly(
            "question", [](const ReadScenario& s) { return s.question; }, "The question that the file asks, in one sentence.")
        .def_property_readonly(
            "changes", [](const ReadScenario& s) { return s.changes; }, "In how far it differs from its file, one to an entry.")
        .def_property_readonly(
            "variant", [](const ReadScenario& s) { return s.variant; }, "Which variant of its file it is; empty: the file as it stands.")
        .def_property_readonly(
            "variants",
            [](const ReadScenario& s) {
                std::vector<std::string> names;
                for (const NamedChange& variant : s.variants) names.push_back(variant.name);
                return names;
            },
            "The names of the variants that its file has.")
        .def_property_readonly(
            "files", [](const ReadScenario& s) { return s.files; }, "Paths of all files that were read for it, itself the first.");
    py::class_<BuiltModel, std::shared_ptr<BuiltModel>>(module, "Model",
                                                        "What is run: names resolved, the way found. Immutable; any threads may use it.")
        .def_property_readonly(
            "name", [](const BuiltModel& model) { return model.name; }, "The scenario's name.")
        .def_property_readonly(
            "question", [](const BuiltModel& model) { return model.question; }, "The scenario's question.")
        .def_property_readonly(
            "scenario", [](const BuiltModel& model) { return std::const_pointer_cast<ReadScenario>(model.scenario); },
            "The scenario that it was built from.")
        .def_property_readonly(
            "length_km", [](const BuiltModel& model) { return model.main().path.length / km; },
            "Length of the way in kilometres; of the first of several.")
        .def_property_readonly(
            "timing_points",
            [](const BuiltModel& model) {
                std::vector<std::string> ids;
                for (std::size_t i = 0; i < model.timing_points.size(); ++i) ids.push_back(station_of(model, i).id);
                return ids;
            },
            "The ids of the stations where times are wanted, origin first.");
    module.def("read_scenario", &loaded, py::arg("path"), py::arg("files") = py::none(), py::arg("variant") = "",
               "The scenario at `path`; or, with `files` (texts by path), from memory. Raises InputError.");
    module.def("scenario_in", &found_in, py::arg("name"), py::arg("folder"),
               "The path of the scenario called `name` in `folder`; `name` itself where the folder has none at all. Raises InputError.");
    module.def(
        "question_of", [](const std::string& text) { return question_of(text); }, py::arg("text"),
        "The question that the text of a scenario file asks: the comment above its first key.");
    module.def("replaced", &replaced, py::arg("scenario"), py::arg("changes"), py::arg("variant") = py::none(),
               "`scenario` read again with `changes`: pairs of a path and a value as YAML, None to take out what stands there. Raises InputError.");
    module.def("build", &built, py::arg("scenario"), py::kw_only(), py::arg("all_timing_points") = false,
               "The model of `scenario`; the last place where input can be found wrong. With `all_timing_points` every station on the way is one.\n"
               "Raises InputError, Infeasible.");
    module.def("check", &checked, py::arg("files"), py::call_guard<FreeInterpreter>{},
               "Pairs of file and findings: all that is wrong or doubtful in them.");
}

}  // namespace railwindow_python
