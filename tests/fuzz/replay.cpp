// Feeds a target what is in its corpus, and changed forms of that: the same ones every time.
//   railwindow_replay TARGET FOLDER CHANGES [FIRST-SEED]

#include "targets.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace {

std::string contents(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace

int main(int count, char** words) {
    const fuzz::Target* target = count >= 4 ? fuzz::find_target(words[1]) : nullptr;
    if (!target) {
        std::fprintf(stderr, "railwindow_replay TARGET FOLDER CHANGES [FIRST-SEED]\n");
        return 64;
    }
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{words[2]}) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    if (files.empty()) return std::fprintf(stderr, "%s is empty\n", words[2]), 1;
    const auto changes = std::strtoull(words[3], nullptr, 10), first = count >= 5 ? std::strtoull(words[4], nullptr, 10) : 0;
    // What is fed when a promise breaks stays here, to be looked at and kept.
    const std::filesystem::path last = std::filesystem::temp_directory_path() / ("railwindow-replay-" + std::string{target->name});
    for (const auto& file : files) {
        const std::string text = contents(file);
        target->feed(text);
        for (auto seed = first; seed < first + changes; ++seed) {
            const std::string other = fuzz::changed(text, seed);
            std::ofstream{last, std::ios::binary} << other;
            target->feed(other);
        }
    }
    std::filesystem::remove(last);
    std::printf("%zu inputs and %llu changed forms of each: every promise kept\n", files.size(), static_cast<unsigned long long>(changes));
}
