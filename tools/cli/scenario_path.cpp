#include "scenario_path.hpp"

#include <railwindow/core/error.hpp>
#include <railwindow/core/text.hpp>

#include <sys/auxv.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <vector>

namespace cli {
namespace {

using namespace railwindow;
namespace fs = std::filesystem;

fs::path installed(const char* folder) {
    if (const char* data = std::getenv("RAILWINDOW_DATA"); data && *data) return fs::path{data} / folder;
    std::error_code none;
    fs::path tool = fs::read_symlink("/proc/self/exe", none);
    if (tool.empty()) tool = reinterpret_cast<const char*>(::getauxval(AT_EXECFN));  // without /proc: as it was started
    return tool.parent_path() / RAILWINDOW_DATA_FROM_TOOL / folder;
}

std::vector<std::string> names_in(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code none;
    for (const fs::directory_entry& entry : fs::directory_iterator{folder, none})
        if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace

std::vector<std::string> installed_files(const char* folder) {
    std::vector<std::string> files;
    for (const std::string& name : names_in(installed(folder))) files.push_back(installed_file(folder, name.c_str()));
    return files;
}
std::string installed_file(const char* folder, const char* name) {
    return (installed(folder) / (std::string{name} + ".yaml")).lexically_normal().string();
}
std::string installed_schema(const char* kind) {
    return (installed("scenarios") / "schema" / (std::string{kind} + ".json")).lexically_normal().string();
}
std::vector<std::string> installed_scenario_files() { return installed_files("scenarios"); }
std::vector<std::string> installed_network_files() { return installed_files("networks"); }

std::string scenario_path(const std::string& word) {
    std::error_code none;
    if (word.empty() || word.find('/') != std::string::npos || word.ends_with(".yaml") || word.ends_with(".yml") || fs::exists(word, none))
        return word;
    const fs::path folder = installed("scenarios");
    const std::vector<std::string> names = names_in(folder);
    if (names.empty()) return word;
    if (std::find(names.begin(), names.end(), word) != names.end()) return (folder / (word + ".yaml")).lexically_normal().string();
    const std::string meant = suggestion(word, {names.begin(), names.end()}), all = "see " + folder.lexically_normal().string();
    throw InputError{Finding{{word, 0, 0},
                             "",
                             "there is neither a file nor an installed scenario of this name",
                             meant.empty() ? all : meant + "; " + all,
                             Severity::error}};
}

}  // namespace cli
