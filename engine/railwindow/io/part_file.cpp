#include <railwindow/io/part_file.hpp>

#include <railwindow/core/bytes.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/core/version.hpp>
#include <railwindow/io/bytes_in_file.hpp>
#include <railwindow/io/grid_file.hpp>

#include <fmt/format.h>
#include <zlib.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view part_schema = "railwindow.part/1";
constexpr std::size_t checksum_length = 10;  // a line feed, eight digits, a line feed

[[noreturn]] void refuse_part(const std::string& file, std::string what, std::string remedy) {
    throw InputError{Finding{{file, 0, 0}, {}, std::move(what), std::move(remedy), Severity::error}};
}

constexpr std::uint64_t bytes_at_once = 1u << 20;
constexpr std::uint64_t longest_line = 1u << 26;  // of what a part says of itself

std::string checksum_text(uLong sum) { return fmt::format("\n{:08x}\n", sum); }
uLong add_to_checksum(uLong sum, std::string_view text) { return crc32_z(sum, reinterpret_cast<const Bytef*>(text.data()), text.size()); }

// Of the first `count` bytes.
std::string checksum_of(const ByteStore& bytes, std::uint64_t count) {
    uLong sum = crc32_z(0, nullptr, 0);
    std::string room;
    for (std::uint64_t at = 0; at < count; at += bytes_at_once) sum = add_to_checksum(sum, bytes.read(at, std::min(bytes_at_once, count - at), room));
    return checksum_text(sum);
}

std::string text_at(const ByteStore& bytes, std::uint64_t begin, std::uint64_t count) {
    std::string room;
    return std::string{bytes.read(begin, count, room)};
}

// The first line, without its end; nothing where it does not end.
std::optional<std::string> first_line(const ByteStore& bytes) {
    for (std::uint64_t count = 1u << 12;; count *= 16) {
        std::string text = text_at(bytes, 0, std::min(count, bytes.size()));
        if (const std::size_t end = text.find('\n'); end != std::string::npos) return text.substr(0, end);
        if (count >= bytes.size() || count >= longest_line) return {};
    }
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

// The body of a part: what lies between its first line and its checksum.
struct Body {
    const ByteStore& bytes;
    std::uint64_t at, end;

    std::uint64_t left() const { return end - at; }
};

// Blocks `begin` to `end` - 1 of a phase from what is left of the body: the length of each, then its bytes.
WorkPhase read_phase(const Json& head, Body& body) {
    WorkPhase phase{head.at("name").get<std::string>(), whole_number(head, "blocks"), {}, whole_number(head, "together")};
    const auto begin = whole_number(head, "begin"), end = whole_number(head, "end");
    constexpr std::uint64_t most_blocks = std::uint64_t{1} << 60;  // sums of two stay numbers
    if (begin > end || end > phase.blocks || phase.together == 0 || phase.blocks > most_blocks || phase.together > most_blocks)
        throw BrokenBytes{"a phase ends before it begins, or behind its end"};
    std::string room;
    for (std::uint64_t block = begin; block < end; ++block) {
        std::uint64_t size = 0;
        if (body.left() < sizeof size) throw BrokenBytes{"it ends too early"};
        ByteReader length{body.bytes.read(body.at, sizeof size, room)};
        size = length.get<std::uint64_t>();
        body.at += sizeof size;
        if (size > body.left()) throw BrokenBytes{"a block is longer than what holds it"};
        phase.done.emplace_hint(phase.done.end(), block, StoredBytes{&body.bytes, body.at, size});
        body.at += size;
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
        for (const auto& [block, result] : phase.done) bytes += sizeof(std::uint64_t) + result.size;
    }
    head["bytes"] = bytes;
    std::string text = head.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
    text.reserve(text.size() + bytes + checksum_length);
    std::string room;
    for (const WorkPhase& phase : work.phases())
        for (const auto& [block, result] : phase.done) {
            ByteWriter length;
            length.put(result.size);
            text += length.take();
            text += result.read(room);
        }
    return text + checksum_text(add_to_checksum(crc32_z(0, nullptr, 0), text));
}

PartFile read_part(std::shared_ptr<const ByteStore> bytes, const std::string& file) {
    const std::uint64_t size = bytes->size();
    if (size < part_begin.size() || text_at(*bytes, 0, part_begin.size()) != part_begin)
        refuse_part(file, "this is no part of the work on a question", "name files that were made with --part");
    const std::optional<std::string> line = first_line(*bytes);
    if (!line) refuse_part(file, "the file ends in its first line", "make this part again");
    try {
        const Json head = Json::parse(*line);
        if (const std::string found = head.at("schema").get<std::string>(); found != part_schema)
            refuse_part(file, fmt::format("this part is of the kind {}, and this program, railwindow {}, knows {}", found, version(), part_schema),
                        "merge parts with the version that made them");
        PartFile part = read_head(head, file);
        const auto announced = whole_number(head, "bytes");
        const std::uint64_t begin = line->size() + 1;
        if (size - begin < checksum_length || size - begin - checksum_length < announced)
            refuse_part(file, fmt::format("the file was cut off: {} of {} bytes are here", size, begin + announced + checksum_length),
                        fmt::format("make this part again: {} --part {}/{}", command_line(part.question), part.part.part, part.part.parts));
        const std::uint64_t whole = begin + announced;
        if (size != whole + checksum_length || text_at(*bytes, whole, checksum_length) != checksum_of(*bytes, whole))
            refuse_part(
                file, "the file is not as it was written: its checksum is another",
                fmt::format("copy it again, or make this part again: {} --part {}/{}", command_line(part.question), part.part.part, part.part.parts));
        if (part.part.part == 0 || part.part.part > part.part.parts || part.part.parts > most_parts)
            throw BrokenBytes{"it is a part beyond the last one"};
        Body body{*bytes, begin, whole};
        for (const Json& phase : head.at("phases")) part.phases.push_back(read_phase(phase, body));
        if (body.left() > 0) throw BrokenBytes{"there is more than belongs there"};
        part.bytes = std::move(bytes);
        return part;
    } catch (const Json::exception&) {
        refuse_part(file, "the first line does not say what this is a part of", "make this part again");
    } catch (const BrokenBytes& error) {
        refuse_part(file, fmt::format("the file holds no such part: {}", error.what()), "make this part again");
    }
}

PartFile read_part(std::string text, const std::string& file) { return read_part(std::make_shared<const BytesInMemory>(std::move(text)), file); }

PartFile open_part(const std::string& file) { return read_part(bytes_in_file(file), file); }

}  // namespace railwindow
