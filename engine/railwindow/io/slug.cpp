#include <railwindow/io/slug.hpp>

#include <algorithm>

namespace railwindow {

std::string slug(std::string_view text) {
    std::string made;
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'), capital = c >= 'A' && c <= 'Z';
        if (letter || capital)
            made += capital ? static_cast<char>(c - 'A' + 'a') : c;
        else if (!made.empty() && made.back() != '-')
            made += '-';
    }
    while (!made.empty() && made.back() == '-') made.pop_back();
    return made.empty() ? "unnamed" : made;
}

std::string on_one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return text;
}

}  // namespace railwindow
