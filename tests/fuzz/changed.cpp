#include "targets.hpp"

#include <array>
#include <cctype>
#include <vector>

namespace fuzz {
namespace {

// Steele, Lea, Flood (2014), OOPSLA '14, 453-472: SplitMix64.
class Luck {
public:
    explicit Luck(std::uint64_t seed) : state_{seed} {}
    std::size_t below(std::size_t end) {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return end == 0 ? 0 : static_cast<std::size_t>((z ^ (z >> 31)) % end);
    }
    template <class List>
    const auto& one_of(const List& list) {
        return list[below(list.size())];
    }

private:
    std::uint64_t state_;
};

constexpr std::array<std::string_view, 30> numbers{"0",      "-1",    "1",          "0.5",        "1e308", "-1e308",   "1e-320",
                                                   "1e-9",   "nan",   "inf",        "-0",         "1e9",   "1e12",     "99999999999999999999",
                                                   "0x10",   "1_000", "1,5",        "1.5.2",      "007",   "+3",       "1e999",
                                                   "0.1e-7", "360",   "2147483648", "4294967296", "1 000", "\xd9\xa1", "1e",
                                                   ".",      ""};
constexpr std::array<std::string_view, 18> units{"km/h", "m",   "km", "t",     "min",    "h", "s",  "permille", "kN",
                                                 "W",    "mph", "ft", "m/s^2", "1 in 0", "%", "mm", "parsec",   ""};
constexpr std::array<std::string_view, 20> texts{"<script>alert(1)</script>",
                                                 "\"",
                                                 "'",
                                                 "\x1b[31m",
                                                 "\xc2\x9b",
                                                 "\xff\xfe",
                                                 "\xe2\x80\xae",
                                                 "&a *a",
                                                 "*a",
                                                 "!!binary x",
                                                 "{a: [",
                                                 "]",
                                                 "- - -",
                                                 "\t",
                                                 "null",
                                                 "~",
                                                 "../../../etc/passwd",
                                                 "2019-02-30 25:61",
                                                 "9999-12-31 23:59",
                                                 "0001-01-01 00:00"};

struct Piece {
    std::size_t begin, size;
};

std::vector<Piece> pieces(std::string_view text, auto belongs) {
    std::vector<Piece> all;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!belongs(text[i])) continue;
        const std::size_t begin = i;
        while (i < text.size() && belongs(text[i])) ++i;
        all.push_back({begin, i - begin});
    }
    return all;
}

std::vector<Piece> numbers_of(std::string_view text) {
    return pieces(text, [](char c) { return std::isdigit(static_cast<unsigned char>(c)) || c == '.'; });
}
std::vector<Piece> words_of(std::string_view text) {
    return pieces(text, [](char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || c == '-'; });
}
std::vector<Piece> lines_of(std::string_view text) {
    return pieces(text, [](char c) { return c != '\n'; });
}

void put(std::string& text, Piece where, std::string_view what) { text.replace(where.begin, where.size, what); }

void change_once(std::string& text, Luck& luck) {
    const std::vector<Piece> lines = lines_of(text), words = words_of(text), figures = numbers_of(text);
    if (lines.empty() || words.empty()) {
        text += luck.one_of(texts);
        return;
    }
    const Piece line = luck.one_of(lines), word = luck.one_of(words);
    switch (luck.below(14)) {
        case 0:
        case 1:
        case 2:
            if (!figures.empty()) put(text, luck.one_of(figures), luck.one_of(numbers));
            return;
        case 3:
            return put(text, word, luck.one_of(units));
        case 4:
            return put(text, line, "");
        case 5:
            return put(text, line, text.substr(line.begin, line.size) + "\n" + text.substr(line.begin, line.size));
        case 6: {
            const Piece other = luck.one_of(lines);
            return put(text, line, text.substr(other.begin, other.size));
        }
        case 7:
            return put(text, {word.begin + luck.below(word.size), 1}, "");
        case 8: {
            const Piece other = luck.one_of(words);
            return put(text, word, text.substr(other.begin, other.size));
        }
        case 9:
            return put(text, word, luck.one_of(texts));
        case 10: {  // a value becomes that of another key
            const std::size_t colon = text.find(": ", line.begin);
            const Piece other = luck.one_of(lines);
            const std::size_t other_colon = text.find(": ", other.begin);
            if (colon == std::string::npos || colon > line.begin + line.size || other_colon == std::string::npos ||
                other_colon > other.begin + other.size)
                return;
            return put(text, {colon, line.begin + line.size - colon}, text.substr(other_colon, other.begin + other.size - other_colon));
        }
        case 11: {  // a long list
            const std::size_t open = text.find('[', line.begin), comma = text.find(',', open);
            if (open == std::string::npos || comma == std::string::npos) return;
            std::string many;
            const std::string one = text.substr(open + 1, comma - open);
            if (one.size() > 200) return;
            for (std::size_t i = luck.below(300); i > 0; --i) many += one;
            text.insert(open + 1, many);
            return;
        }
        case 12:
            text.insert(luck.below(text.size()), 1, static_cast<char>(luck.below(256)));
            return;
        default:
            text.resize(luck.below(text.size()));
    }
}

}  // namespace

std::string changed(std::string text, std::uint64_t seed) {
    Luck luck{seed};
    for (std::size_t i = 1 + luck.below(4); i > 0; --i) change_once(text, luck);
    return text;
}

}  // namespace fuzz
