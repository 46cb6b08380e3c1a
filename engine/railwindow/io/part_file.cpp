#include <railwindow/io/part_file.hpp>

#include <railwindow/core/bytes.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/core/version.hpp>
#include <railwindow/io/grid_file.hpp>

#include <fmt/format.h>
#include <zlib.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view part_schema = "railwindow.part/1";
constexpr std::size_t checksum_length = 10;  // a line feed, eight digits, a line feed

[[noreturn]] void refuse_part(const std::string& file, std::string what, std::string remedy) {
    throw InputError{Finding{{file, 0, 0}, {}, std::move(what), std::move(remedy), Severity::error}};
}

std::string checksum_of(std::string_view text) {
    uLong sum = crc32_z(0, nullptr, 0);
    sum = crc32_z(sum, reinterpret_cast<const Bytef*>(text.data()), text.size());
    return fmt::format("\n{:08x}\n", sum);
}

// A whole number from 0 on, and not one that becomes one.
std::uint64_t whole_number(const Json& head, const char* key) {
    const Json& value = head.at(key);
    if (!value.is_number_unsigned()) throw BrokenBytes{fmt::format("its {} is no whole number", key)};
    return value.get<std::uint64_t>();
}

// The line of JSON. A key that is missing or of another kind is an exception of the library.
PartFile read_head(const Json& head, const std::string& file) {
    PartFile part{file, {}, {}, {}, nullptr};
    part.question.version = head.at("version").get<std::string>();
    part.question.build = head.at("build").get<std::string>();
    part.question.command = head.at("command").get<std::string>();
    part.question.words = head.at("words").get<std::vector<std::string>>();
    for (const Json& scenario : head.at("scenarios"))
        part.question.scenarios.push_back({scenario.at("name").get<std::string>(), scenario.at("digest").get<std::string>()});
    part.part = {whole_number(head, "part"), whole_number(head, "parts")};
    return part;
}

// Blocks `begin` to `end` - 1 of a phase from what is left of the body: the length of each, then its bytes.
WorkPhase read_phase(const Json& head, std::string_view& body) {
    WorkPhase phase{head.at("name").get<std::string>(), whole_number(head, "blocks"), {}, whole_number(head, "together")};
    const auto begin = whole_number(head, "begin"), end = whole_number(head, "end");
    constexpr std::uint64_t most_blocks = std::uint64_t{1} << 60;  // sums of two stay numbers
    if (begin > end || end > phase.blocks || phase.together == 0 || phase.blocks > most_blocks || phase.together > most_blocks)
        throw BrokenBytes{"a phase ends before it begins, or behind its end"};
    for (std::uint64_t block = begin; block < end; ++block) {
        ByteReader length{body};
        const auto size = length.get<std::uint64_t>();
        if (size > body.size() - sizeof size) throw BrokenBytes{"a block is longer than what holds it"};
        phase.done[block] = body.substr(sizeof size, size);
        body.remove_prefix(sizeof size + size);
    }
    return phase;
}

}  // namespace

PartQuestion part_question(std::string command, std::vector<std::string> words, std::vector<PartScenario> scenarios) {
    return {std::string{version()}, build_id(), std::move(command), std::move(words), std::move(scenarios)};
}

std::string command_line(const PartQuestion& question) {
    std::vector<std::string> words{"railwindow", question.command};
    words.insert(words.end(), question.words.begin(), question.words.end());
    return shell_line(words);
}

std::string part_text(const PartQuestion& question, const SharedWork& work) {
    Json head{{"schema", part_schema},       {"version", question.version}, {"build", question.build},
              {"command", question.command}, {"words", question.words},     {"scenarios", Json::array()},
              {"part", work.part().part},    {"parts", work.part().parts},  {"phases", Json::array()}};
    for (const PartScenario& scenario : question.scenarios) head["scenarios"].push_back({{"name", scenario.name}, {"digest", scenario.digest}});
    std::size_t bytes = 0;
    for (const WorkPhase& phase : work.phases()) {
        const std::uint64_t begin = phase.done.empty() ? 0 : phase.done.begin()->first;
        head["phases"].push_back(
            {{"name", phase.name}, {"blocks", phase.blocks}, {"together", phase.together}, {"begin", begin}, {"end", begin + phase.done.size()}});
        for (const auto& [block, result] : phase.done) bytes += sizeof(std::uint64_t) + result.size();
    }
    head["bytes"] = bytes;
    std::string text = head.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
    text.reserve(text.size() + bytes + checksum_length);
    for (const WorkPhase& phase : work.phases())
        for (const auto& [block, result] : phase.done) {
            ByteWriter length;
            length.put(static_cast<std::uint64_t>(result.size()));
            text += length.take();
            text += result;
        }
    return text + checksum_of(text);
}

PartFile read_part(std::string given, const std::string& file) {
    const auto text = std::make_shared<const std::string>(std::move(given));
    if (!text->starts_with(part_begin)) refuse_part(file, "this is no part of the work on a question", "name files that were made with --part");
    const std::size_t line = text->find('\n');
    if (line == std::string::npos) refuse_part(file, "the file ends in its first line", "make this part again");
    std::string_view body = std::string_view{*text}.substr(line + 1);
    try {
        const Json head = Json::parse(text->begin(), text->begin() + static_cast<std::ptrdiff_t>(line));
        if (const std::string found = head.at("schema").get<std::string>(); found != part_schema)
            refuse_part(file, fmt::format("this part is of the kind {}, and this program, railwindow {}, knows {}", found, version(), part_schema),
                        "merge parts with the version that made them");
        PartFile part = read_head(head, file);
        const auto bytes = whole_number(head, "bytes");
        if (body.size() < checksum_length || body.size() - checksum_length < bytes)
            refuse_part(file, fmt::format("the file was cut off: {} of {} bytes are here", text->size(), line + 1 + bytes + checksum_length),
                        fmt::format("make this part again: {} --part {}/{}", command_line(part.question), part.part.part, part.part.parts));
        const std::size_t whole = line + 1 + bytes;
        if (text->size() != whole + checksum_length || std::string_view{*text}.substr(whole) != checksum_of(std::string_view{*text}.substr(0, whole)))
            refuse_part(
                file, "the file is not as it was written: its checksum is another",
                fmt::format("copy it again, or make this part again: {} --part {}/{}", command_line(part.question), part.part.part, part.part.parts));
        body = body.substr(0, bytes);
        if (part.part.part == 0 || part.part.part > part.part.parts || part.part.parts > most_parts)
            throw BrokenBytes{"it is a part beyond the last one"};
        for (const Json& phase : head.at("phases")) part.phases.push_back(read_phase(phase, body));
        if (!body.empty()) throw BrokenBytes{"there is more than belongs there"};
        part.text = text;
        return part;
    } catch (const Json::exception&) {
        refuse_part(file, "the first line does not say what this is a part of", "make this part again");
    } catch (const BrokenBytes& error) {
        refuse_part(file, fmt::format("the file holds no such part: {}", error.what()), "make this part again");
    }
}

}  // namespace railwindow
