// Who may include whom. Nothing else is allowed: data flows down the layers, results come up as return values.

#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace layers_test {

namespace {

namespace fs = std::filesystem;

const std::map<std::string, std::set<std::string>> may_include{
    {"core", {}},
    {"network", {"core"}},
    {"train", {"core"}},
    {"route", {"core", "network", "train"}},
    {"simulation", {"core", "network", "train", "route"}},
    {"estimate", {"core", "network", "route", "simulation"}},
    {"compare", {"core", "network", "route", "simulation", "estimate"}},
    {"drivers", {"core", "network", "route", "simulation", "estimate"}},
    {"score", {"core", "network", "route", "simulation", "estimate", "inference"}},
    {"inference", {"core", "network", "route", "simulation", "estimate"}},
    {"io", {"core", "network", "train", "route", "simulation", "estimate", "compare", "inference", "drivers", "score"}},
    {"railwindow.hpp",
     {"core", "network", "train", "route", "simulation", "estimate", "compare", "inference", "drivers", "score",
      "io"}},  // all that users may include
};

// Third-party headers and the only layers (or files) whose sources may use them; no public header may.
const std::map<std::string, std::string> third_party{
    {"boost/graph/", "route/"},
    {"boost/sort/", "estimate/sort_times.cpp"},
    {"Eigen/", "score/"},
    {"yaml-cpp/", "io/"},
    {"utf8proc.h", "core/unicode.cpp"},
    {"zlib.h", "io/"},
    {"nlohmann/", "io/"},
    {"date/", "core/clock.cpp"},
    {"fmt/", ""},
    {"spdlog/", "-"},
    {"CLI/", "-"},
};

struct Include {
    std::string file, what;
    int line;
};

std::vector<Include> includes_below(const fs::path& root) {
    std::vector<Include> found;
    static const std::regex directive{R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])"};
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        if (entry.path().extension() != ".hpp" && entry.path().extension() != ".cpp") continue;
        std::ifstream in{entry.path()};
        int number = 0;
        for (std::string line; std::getline(in, line);) {
            ++number;
            std::smatch match;
            if (std::regex_search(line, match, directive)) found.push_back({fs::relative(entry.path(), root).generic_string(), match[1], number});
        }
    }
    return found;
}

std::string layer_of(const std::string& path) { return path.substr(0, path.find('/')); }

}  // namespace

TEST_CASE("law: what railwindow.hpp reaches holds no machinery of files and of the kernel") {
    std::map<std::string, std::set<std::string>> included;
    for (const Include& include : includes_below(railwindow::source("engine/railwindow")))
        if (include.what.rfind("railwindow/", 0) == 0) included[include.file].insert(include.what.substr(11));
    std::set<std::string> reached{"railwindow.hpp"};
    for (std::set<std::string> pending = reached; !pending.empty();) {
        std::set<std::string> next;
        for (const std::string& header : pending)
            for (const std::string& other : included[header])
                if (reached.insert(other).second) next.insert(other);
        pending = next;
    }
    CHECK(reached.size() > 30);
    for (const char* ours : {"io/fields.hpp", "io/codecs.hpp", "io/yaml_tree.hpp", "train/forward.hpp", "train/journey.hpp", "simulation/agenda.hpp",
                             "simulation/itinerary_builder.hpp", "estimate/parallel.hpp", "estimate/ways_of_reach.hpp", "io/overlay.hpp",
                             "inference/particles.hpp", "drivers/frozen_runs.hpp", "drivers/draw_groups.hpp"}) {
        INFO(ours);
        CHECK(reached.count(ours) == 0);
    }
}

TEST_CASE("law: every include follows the layers") {
    const auto includes = includes_below(railwindow::source("engine/railwindow"));
    CHECK(includes.size() > 100);
    for (const Include& include : includes) {
        if (include.what.rfind("railwindow/", 0) != 0) continue;
        const std::string from = layer_of(include.file), to = layer_of(include.what.substr(11));
        INFO(include.file << ":" << include.line << " includes " << include.what);
        REQUIRE(may_include.count(from) == 1);
        const bool allowed = from == to || may_include.at(from).count(to) == 1;
        CHECK(allowed);
    }
}

TEST_CASE("law: third-party headers stay in the sources that need them") {
    for (const Include& include : includes_below(railwindow::source("engine/railwindow")))
        for (const auto& [library, where] : third_party) {
            if (include.what.rfind(library, 0) != 0) continue;
            INFO(include.file << ":" << include.line << " includes " << include.what);
            CHECK(include.file.substr(include.file.size() - 4) == ".cpp");
            CHECK(include.file.rfind(where, 0) == 0);
        }
}

TEST_CASE("law: the engine never prints and never exits") {
    static const std::regex forbidden{R"(std::c(out|err|log)\b|\bprintf\(|\bputs\(|std::exit\(|\babort\(|fmt::print)"};
    for (const auto& entry : fs::recursive_directory_iterator(railwindow::source("engine/railwindow"))) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in{entry.path()};
        int number = 0;
        for (std::string line; std::getline(in, line);) {
            ++number;
            INFO(entry.path().string() << ":" << number << ": " << line);
            CHECK_FALSE(std::regex_search(line, forbidden));
        }
    }
}

TEST_CASE("law: every example is shorter than 60 lines") {
    int examples = 0;
    for (const auto& entry : fs::directory_iterator(railwindow::source("tools/examples"))) {
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".py") continue;
        std::ifstream in{entry.path()};
        int lines = 0;
        for (std::string line; std::getline(in, line);) ++lines;
        INFO(entry.path().string());
        CHECK(lines < 60);
        ++examples;
    }
    CHECK(examples >= 6);
}

}  // namespace layers_test
