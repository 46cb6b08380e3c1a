#pragma once
// The committed files, and a folder of one's own to break copies of them in.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

/// The place of a committed file, such as `scenarios/press-20-hours.yaml`.
std::string committed(std::string_view path);
std::string contents(const std::string& path);
void write_file(const std::string& path, std::string_view text);
/// All *.yaml below the committed folder, in order.
std::vector<std::string> committed_yaml(std::string_view folder);

/// A new empty folder that goes away with the test.
class OwnFolder {
public:
    OwnFolder();
    ~OwnFolder();
    OwnFolder(const OwnFolder&) = delete;
    OwnFolder& operator=(const OwnFolder&) = delete;

    std::string operator/(std::string_view path) const { return (path_ / path).string(); }
    const std::filesystem::path& path() const { return path_; }
    /// Copies networks/ and scenarios/ into it.
    void copy_committed() const;
    /// How many files and folders are in `path` of it.
    std::size_t count(std::string_view path) const;

private:
    std::filesystem::path path_;
};

}  // namespace railwindow
