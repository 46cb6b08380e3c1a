#include <railwindow/io/interactive_page.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/io/yaml_tree.hpp>

#include <fmt/format.h>
#include <zlib.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr const char* zone_folder = "/usr/share/zoneinfo";  // as clock.cpp has it

std::string base64_text(std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k) bits = bits << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k) text += k <= count ? digits[bits >> (18 - 6 * k) & 63u] : '=';
    }
    return text;
}

std::string packed_text(const std::string& text) {
    uLongf size = compressBound(text.size());
    std::string bytes(size, '\0');
    if (compress2(reinterpret_cast<Bytef*>(bytes.data()), &size, reinterpret_cast<const Bytef*>(text.data()), text.size(), Z_BEST_COMPRESSION) !=
        Z_OK)
        throw std::bad_alloc{};
    bytes.resize(size);
    return base64_text(bytes);
}

// The folder that all of `paths` lie in.
fs::path common_folder(const std::vector<fs::path>& paths) {
    fs::path folder = paths.front().parent_path();
    const auto holds = [&](const fs::path& path) {
        return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
    };
    while (!std::all_of(paths.begin(), paths.end(), holds)) folder = folder.parent_path();
    return folder;
}

struct PackedFiles {
    std::string scenario;  // its path among them
    Json texts;            // by path
};

PackedFiles files_of(const Scenario& scenario) {
    std::vector<fs::path> paths;
    for (const std::string& file : scenario.files) {
        std::error_code error;
        if (!fs::is_regular_file(file, error))
            throw InputError{Finding{{file, 0, 0},
                                     "--interactive",
                                     "the page has to hold this file, which cannot be read a second time",
                                     "name a file instead of a pipe",
                                     Severity::error}};
        paths.push_back(fs::absolute(file).lexically_normal());
    }
    const fs::path folder = common_folder(paths);
    PackedFiles packed{paths.front().lexically_relative(folder).generic_string(), Json::object()};
    for (std::size_t i = 0; i < paths.size(); ++i)
        packed.texts[paths[i].lexically_relative(folder).generic_string()] = read_text_file(scenario.files[i], {.bytes = SIZE_MAX});
    return packed;
}

// The zones of all stations, as the system has them, and the lines that say which country they are of.
void add_zones(Json& packed, const Network& network) {
    std::set<std::string> names;
    for (const Station& station : network.stations()) names.insert(station.zone.name());
    packed["zones"] = Json::object();
    for (const std::string& name : names) {
        std::ostringstream bytes;
        bytes << std::ifstream{fs::path{zone_folder} / name, std::ios::binary}.rdbuf();
        if (bytes.str().empty())
            throw InputError{Finding{{},
                                     "--interactive",
                                     fmt::format("the page has to hold the time zone {}, which is not in {}", name, zone_folder),
                                     "install the package tzdata",
                                     Severity::error}};
        packed["zones"][name] = base64_text(bytes.str());
    }
    std::ifstream table{fs::path{zone_folder} / "zone.tab"};
    std::string lines;
    for (std::string line; std::getline(table, line);) {
        std::istringstream words{line};
        std::string country, coordinates, zone;
        if (words >> country >> coordinates >> zone && names.contains(zone)) lines += country + '\t' + coordinates + '\t' + zone + '\n';
    }
    packed["zone_tab"] = lines;
}

}  // namespace

std::string interactive_json(const AskedQuestion& question, const ReportedJourney& journey, const ReportStyle& style) {
    const PackedFiles files = files_of(question.scenario);
    Json packed{{"files", files.texts}};
    add_zones(packed, journey.model.network);
    return Json{{"scenario", files.scenario},
                {"variant", question.what_if.variant},
                {"sets", question.what_if.sets},
                {"seed", std::to_string(journey.options.seed)},
                {"quantiles", journey.options.quantiles},
                {"runs", journey.samples.runs},
                {"units", style.units == Units::imperial ? "imperial" : "metric"},
                {"controls", Json::parse(page_controls_json(question))},
                {"packed", packed_text(packed.dump(-1, ' ', false, Json::error_handler_t::replace))}}
        .dump();
}

}  // namespace railwindow
