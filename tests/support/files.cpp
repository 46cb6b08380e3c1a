#include <places.hpp>
#include <support/files.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace railwindow {

namespace fs = std::filesystem;

std::string committed(std::string_view path) { return std::string{RAILWINDOW_SOURCE_DIR "/"} + std::string{path}; }

std::string contents(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    if (!in) throw std::runtime_error{"cannot read " + path};
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void write_file(const std::string& path, std::string_view text) {
    std::ofstream out{path, std::ios::binary};
    out << text << std::flush;
    if (!out) throw std::runtime_error{"cannot write " + path};
}

std::vector<std::string> committed_yaml(std::string_view folder) {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator{committed(folder)})
        if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

OwnFolder::OwnFolder() {
    std::string name = (fs::temp_directory_path() / "railwindow-test-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error{"no temporary folder"};
    path_ = name;
}
OwnFolder::~OwnFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}
void OwnFolder::copy_committed() const {
    for (const char* folder : {"networks", "scenarios"}) fs::copy(committed(folder), path_ / folder, fs::copy_options::recursive);
}
std::size_t OwnFolder::count(std::string_view path) const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator{path_ / path}, fs::directory_iterator{}));
}

}  // namespace railwindow
