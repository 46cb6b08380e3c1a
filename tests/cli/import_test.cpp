// `import` through the real tool: TrainRuns' own cases from their files to a running time, and what cannot be imported.

#include <support/files.hpp>
#include <support/process.hpp>
#include <support/reference_dir.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <sstream>

namespace cli_import_test {

using namespace railwindow;

namespace {

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

constexpr std::string_view train = R"(%YAML 1.2
---
schema: https://railtoolkit.org/schema/rolling-stock.json
schema_version: "2022.05"
trains:
  - name: Railcar
    id: railcar
    formation: [unit]
vehicles:
  - name: Railcar
    id: unit
    vehicle_type: multiple unit
    length: 41.7
    mass: 68.0
    load_limit: 20.0
    mass_traction: 45.3
    speed_limit: 120
    a_braking: -0.4
    rotation_mass: 1.08
    base_resistance: 3.0
    rolling_resistance: 1.4
    air_resistance: 3.9
    tractive_effort:
      - [0.0, 94400]
      - [60.0, 25540]
      - [120.0, 12000]
)";

constexpr std::string_view path = R"(%YAML 1.2
---
schema: https://railtoolkit.org/schema/running-path.json
schema_version: "2022.05"
paths:
  - name: short
    id: short
    points_of_interest:
      - [2500.0, one, front]
      - [4000.0, another, front]
    characteristic_sections:
      - [0.0, 80, 0.0]
      - [2000.0, 60, 4.0]
      - [5000.0, 60, 0.0]
)";

/// A folder with both files; the import writes into `out` of it.
struct Own {
    OwnFolder folder;
    Own(std::string_view train_text = train, std::string_view path_text = path) {
        write_file(folder / "t.yaml", train_text);
        write_file(folder / "p.yaml", path_text);
    }
    Outcome import(const std::vector<std::string>& more = {}, const std::string& output = "out") const {
        std::vector<std::string> arguments{"import", "railtoolkit", "--train", "t.yaml", "--path", "p.yaml", "--output", output};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return railwindow_tool(arguments, {.folder = folder.path().string()});
    }
};

std::string with(std::string_view text, std::string_view part, std::string_view into) {
    std::string changed{text};
    REQUIRE(changed.find(part) != std::string::npos);
    changed.replace(changed.find(part), part.size(), into);
    return changed;
}

/// The value in column `column` of the row `name` of TrainRuns' table.
double expected(const std::string& name, const std::string& column) {
    std::istringstream lines{contents(reference_file("golden/trainruns/expected_with_convergence.csv")->string())};
    const auto cells = [](const std::string& line) {
        std::vector<std::string> found;
        std::istringstream words{line.substr(0, line.find('\r'))};
        for (std::string word; std::getline(words, word, ',');) found.push_back(word);
        return found;
    };
    std::string line;
    std::getline(lines, line);
    const std::vector<std::string> head = cells(line);
    const auto index = static_cast<std::size_t>(std::find(head.begin(), head.end(), column) - head.begin());
    while (std::getline(lines, line))
        if (line.starts_with(name + ",")) return std::stod(cells(line).at(index));
    throw std::logic_error{"no case " + name};
}

}  // namespace

TEST_CASE("golden: TrainRuns' files, imported and profiled by the tool, give their converged running times") {
    if (!reference_file("golden/trainruns")) {
        MESSAGE("skipped: no reference folder (RAILWINDOW_REFERENCE_DIR)");
        return;
    }
    for (const auto& [model, column, percent] :
         {std::tuple{"point", "independent_converged_midpoint_0.05m_s", 0.02}, {"strip", "strip_independent_converged_s", 0.04}})
        for (const std::string name : {"freight", "local", "longdistance"})
            for (const std::string way : {"const", "speed"}) {
                const OwnFolder folder;
                const Outcome imported = railwindow_tool(
                    {"import", "railtoolkit", "--train", reference_file("golden/trainruns/trains/" + name + ".yaml")->string(), "--path",
                     reference_file("golden/trainruns/paths/" + way + ".yaml")->string(), "--output", folder / "out", "--mass-model", model});
                INFO(imported.err);
                REQUIRE(imported.status == 0);
                const std::string scenario = folder / ("out/" + name + "-" + way + ".yaml");
                CHECK(imported.out.starts_with(scenario + "\n"));
                CHECK(railwindow_tool({"check", scenario}).status == 0);
                const Outcome profiled = railwindow_tool({"profile", scenario, "--format", "json"});
                REQUIRE(profiled.status == 0);
                const auto json = nlohmann::json::parse(profiled.out);
                CHECK(json.at("movements").size() == 1);
                CHECK(json["movements"][0]["gradient_felt"] == (std::string{model} == "strip" ? "averaged over the train" : "under the head"));
                const double off = 100 * (json["movements"][0]["running_seconds"].get<double>() / expected(name + "_" + way, column) - 1);
                MESSAGE(name << " " << way << " " << std::string{model} << ": off by " << off << " %");
                CHECK(std::abs(off) < percent);
            }
}

TEST_CASE("cli: what import writes passes check, file by file, and runs") {
    const Own own;
    const Outcome imported = own.import();
    CHECK(imported.status == 0);
    CHECK(imported.err.empty());
    CHECK(imported.out == "out/t-p.yaml\nout/t-p.network.yaml\nout/t-p.rolling-stock.yaml\nout/t-p.train.yaml\nout/t-p.practice.yaml\n");
    CHECK(own.folder.count("out") == 5);
    const ProcessOptions there{.folder = own.folder.path().string()};
    const Outcome checked = railwindow_tool(
        {"check", "out/t-p.yaml", "out/t-p.network.yaml", "out/t-p.rolling-stock.yaml", "out/t-p.train.yaml", "out/t-p.practice.yaml"}, there);
    INFO(checked.out);
    CHECK(checked.status == 0);
    CHECK_FALSE(says(checked.out, "warning"));
    CHECK(railwindow_tool({"run", "out/t-p.yaml", "--runs", "10"}, there).status == 0);
}

TEST_CASE("cli: import keeps files that are there already, unless it is forced") {
    const Own own;
    CHECK(own.import().status == 0);
    write_file(own.folder / "out/t-p.train.yaml", "mine");
    const Outcome kept = own.import();
    CHECK(kept.status == 74);
    CHECK(kept.out.empty());
    CHECK(says(kept.err, "--force"));
    CHECK(contents(own.folder / "out/t-p.train.yaml") == "mine");
    CHECK(own.import({"--force", "--mass-model", "point"}).status == 0);
    CHECK(says(contents(own.folder / "out/t-p.train.yaml"), "under the head"));
    CHECK(own.folder.count("out") == 5);
}

TEST_CASE("cli: a folder that cannot be written ends the import with 74, and nothing is left") {
    const Own own;
    write_file(own.folder / "file", "text");
    std::filesystem::create_directories(own.folder / "half/t-p.practice.yaml");
    for (const char* folder : {"missing/out", "file", "half", "/proc/out"}) {
        const Outcome outcome = own.import({"--force"}, folder);
        INFO(std::string{folder}, "\n", outcome.err);
        CHECK(outcome.status == 74);
        CHECK(outcome.out.empty());
        CHECK(says(outcome.err, folder));
    }
    CHECK(own.folder.count("half") == 1);
    CHECK(own.folder.count(".") == 4);
}

TEST_CASE("cli: keys that railtoolkit does not have are warnings") {
    const Own own{with(train, "    length: 41.7", "    length: 41.7\n    colour: red")};
    const Outcome outcome = own.import();
    CHECK(outcome.status == 0);
    CHECK(outcome.err == "t.yaml:14:5: warning: vehicles[0].colour: unknown key in railtoolkit vehicle; it is passed over\n");
}

TEST_CASE("cli: wrong railtoolkit files are refused where they are wrong, and nothing is written") {
    struct Wrong {
        std::string_view file, part, into, says;
    };
    const Wrong wrong[]{
        {"t.yaml", "mass: 68.0", "mass: -68.0", "t.yaml:14:11: vehicles[0].mass: '-68.0' must be greater than zero"},
        {"t.yaml", "mass: 68.0", "mass: 68 t", "t.yaml:14:11: vehicles[0].mass: "},
        {"t.yaml", "    mass: 68.0\n", "", "key 'mass' is missing"},
        {"t.yaml", "mass_traction: 45.3", "mass_traction: 70", "70 t rest on driven axles, and it has a mass of 68 t"},
        {"t.yaml", "a_braking: -0.4", "a_braking: 0.4", "a_braking is not negative"},
        {"t.yaml", "rotation_mass: 1.08", "rotation_mass: 0.9", "t.yaml:11:9: vehicles.unit: a rotation_mass of 0.9 is none"},
        {"t.yaml", "speed_limit: 120", "speed_limit: 600", "a speed_limit of 600 km/h is beyond what is computed"},
        {"t.yaml", "speed_limit: 120", "speed_limit: 1200", "speed_limit: '1200' is too large for a speed"},
        {"t.yaml", "[unit]", "[unti]", "t.yaml:8:17: formation: the file has no vehicle 'unti'; did you mean 'unit'?"},
        {"t.yaml", "multiple unit", "passenger", "nothing in it pulls"},
        {"t.yaml", "multiple unit", "rocket", "t.yaml:12:19: vehicles[0].vehicle_type: 'rocket' is none of the choices"},
        {"t.yaml", "[60.0, 25540]", "[0.0, 25540]", "t.yaml:25:10: vehicles[0].tractive_effort[1]: '0.0' is not above the speed before"},
        {"t.yaml", "[60.0, 25540]", "[60.0, -25540]", "t.yaml:25:16: vehicles[0].tractive_effort[1]: '-25540' must not be negative"},
        {"t.yaml", "[60.0, 25540]", "[60.0]", "expected 2 values, found 1"},
        {"t.yaml", "rolling-stock.json", "other.json", "t.yaml:3:9: schema: "},
        {"p.yaml", "[2000.0, 60, 4.0]", "[6000.0, 60, 4.0]",
         "p.yaml:14:10: paths[0].characteristic_sections[2]: '5000.0' does not lie beyond the row before"},
        {"p.yaml", "[2000.0, 60, 4.0]", "[2000.0, 0, 4.0]", "p.yaml:13:18: paths[0].characteristic_sections[1]: '0' must be greater than zero"},
        {"p.yaml", "[2000.0, 60, 4.0]", "[2000.0, 60, 400]", "no resistance of a path"},
        {"p.yaml", "      - [2000.0, 60, 4.0]\n      - [5000.0, 60, 0.0]\n", "", "1 rows make no path"},
        {"p.yaml", "paths:", "path:", "key 'paths' is missing"}};
    for (const Wrong& one : wrong) {
        const bool of_train = one.file == "t.yaml";
        const Own own{of_train ? with(train, one.part, one.into) : std::string{train}, of_train ? std::string{path} : with(path, one.part, one.into)};
        const Outcome outcome = own.import();
        INFO(one.into, "\n", outcome.err);
        CHECK(outcome.status == 2);
        CHECK(outcome.out.empty());
        CHECK(says(outcome.err, one.says));
        CHECK(own.folder.count(".") == 2);
    }
}

TEST_CASE("cli: files that are missing, something else, or in each other's place are refused, both at once") {
    const OwnFolder folder;
    const Outcome missing = railwindow_tool({"import", "railtoolkit", "--train", "no.yaml", "--path", "none.yaml", "--output", folder / "out"});
    CHECK(missing.status == 2);
    CHECK(missing.err == "no.yaml: there is no such file; check the path\nnone.yaml: there is no such file; check the path\n");
    const std::string press = committed("scenarios/press-20-hours.yaml");
    const Outcome ours = railwindow_tool({"import", "railtoolkit", "--train", press, "--path", press, "--output", folder / "out"});
    CHECK(ours.status == 2);
    CHECK(says(ours.err, "not https://railtoolkit.org/schema/rolling-stock.json"));
    CHECK(says(ours.err, "not https://railtoolkit.org/schema/running-path.json"));
    const Own own{path, train};
    CHECK(own.import().status == 2);
    CHECK(folder.count(".") == 0);
}

TEST_CASE("cli: import without a format, with another one or without its files is wrong usage") {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"import"},
          {"import", "railml"},
          {"import", "railtoolkit"},
          {"import", "railtoolkit", "--train", "t.yaml", "--path", "p.yaml", "--output", "o", "--mass-model", "rod"}}) {
        const Outcome outcome = railwindow_tool(arguments);
        INFO(outcome.err);
        CHECK(outcome.status == 64);
        CHECK(says(outcome.err, "--help"));
    }
}

}  // namespace cli_import_test
