#include <railwindow/core/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace railwindow {
namespace {

// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours each count one.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    std::iota(above.begin(), above.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1] ? 1u : 0u)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, above);
        std::swap(above, row);
    }
    return above[b.size()];
}

struct Utf8Lead {
    std::size_t length;
    unsigned char low, high;  // the range of the second byte
};

Utf8Lead utf8_lead(unsigned char c) {
    if (c < 0x80) return {1, 0, 0};
    if (c >= 0xC2 && c <= 0xDF) return {2, 0x80, 0xBF};
    if (c == 0xE0) return {3, 0xA0, 0xBF};
    if (c == 0xED) return {3, 0x80, 0x9F};
    if (c >= 0xE1 && c <= 0xEF) return {3, 0x80, 0xBF};
    if (c == 0xF0) return {4, 0x90, 0xBF};
    if (c >= 0xF1 && c <= 0xF3) return {4, 0x80, 0xBF};
    if (c == 0xF4) return {4, 0x80, 0x8F};
    return {0, 0, 0};
}

// How many bytes the character at `i` has, or 0 where the text is not valid there.
std::size_t sequence_at(std::string_view text, std::size_t i) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
    const Utf8Lead lead = utf8_lead(byte(i));
    if (lead.length == 0 || i + lead.length > text.size()) return 0;
    if (lead.length > 1 && (byte(i + 1) < lead.low || byte(i + 1) > lead.high)) return 0;
    for (std::size_t k = 2; k < lead.length; ++k)
        if ((byte(i + k) & 0xC0) != 0x80) return 0;
    return lead.length;
}

// The character that the bytes of one valid sequence are.
char32_t character_at(std::string_view bytes) {
    const auto first = static_cast<unsigned char>(bytes.front());
    char32_t character = bytes.size() == 1 ? first : first & (0xFFu >> (bytes.size() + 1));
    for (const char c : bytes.substr(1)) character = character << 6 | (static_cast<unsigned char>(c) & 0x3Fu);
    return character;
}

// Whether a terminal does something at it instead of showing it.
bool is_obeyed(char32_t c) {
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0), separator = c == 0x2028 || c == 0x2029;
    return control || separator || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::string_view near_miss(std::string_view word, const std::vector<std::string_view>& candidates) {
    constexpr std::size_t longest_compared = 64;
    if (word.size() > longest_compared) return {};
    std::string_view best;
    std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (std::string_view candidate : candidates) {
        if (candidate.size() > longest_compared) continue;
        const std::size_t distance = edit_distance(word, candidate);
        if (distance < best_distance) best = candidate, best_distance = distance;
    }
    return best;
}

std::string suggestion(std::string_view word, const std::vector<std::string_view>& candidates) {
    constexpr std::size_t longest_list = 24;
    const std::string_view near = near_miss(word, candidates);
    if (!near.empty()) return "did you mean '" + std::string{near} + "'?";
    if (!candidates.empty() && candidates.size() <= longest_list) return "known: " + listed(candidates);
    return {};
}

std::string listed(const std::vector<std::string_view>& words, std::string_view separator) {
    std::string text;
    for (std::string_view word : words) {
        if (!text.empty()) text += separator;
        text += word;
    }
    return text;
}

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::size_t first_invalid_utf8(std::string_view text) {
    for (std::size_t i = 0, length = 0; i < text.size(); i += length)
        if ((length = sequence_at(text, i)) == 0) return i;
    return std::string_view::npos;
}

std::string visible(std::string_view text) {
    std::string shown;
    for (std::size_t i = 0, length = 0; i < text.size(); i += length) {
        length = std::max<std::size_t>(1, sequence_at(text, i));
        const auto first = static_cast<unsigned char>(text[i]);
        if (length == 1 && first >= 0x80)
            shown += fmt::format("\\x{:02x}", first);
        else if (const char32_t character = character_at(text.substr(i, length)); character != '\n' && is_obeyed(character))
            shown += character < 0x80 ? fmt::format("\\x{:02x}", first) : fmt::format("\\u{:04x}", static_cast<unsigned>(character));
        else
            shown += text.substr(i, length);
    }
    return shown;
}

}  // namespace railwindow
