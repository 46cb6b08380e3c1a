#pragma once
// What the engine uses of C++20 and the libc++ 14 of Debian's Emscripten does not have. Included before every source of the engine that becomes
// WebAssembly, and nowhere else.

#include <version>

#if defined(_LIBCPP_VERSION) && _LIBCPP_VERSION < 15000
#include <charconv>
#include <compare>
#include <cstdlib>
#include <string>

namespace std {

inline strong_ordering operator<=>(const string& a, const string& b) {
    const int order = a.compare(b);
    return order < 0 ? strong_ordering::less : order > 0 ? strong_ordering::greater : strong_ordering::equal;
}

template <class To, class From>
constexpr To bit_cast(const From& from) noexcept {
    return __builtin_bit_cast(To, from);
}

// As the standard has it: no white space, no plus sign, no hexadecimal digits; `fixed` takes no exponent.
inline from_chars_result from_chars(const char* first, const char* last, double& value, chars_format format = chars_format::general) {
    const auto digits = [&](const char* at) {
        while (at != last && *at >= '0' && *at <= '9') ++at;
        return at;
    };
    const char* const begin = first != last && *first == '-' ? first + 1 : first;
    const char* end = digits(begin);
    size_t count = static_cast<size_t>(end - begin);
    if (end != last && *end == '.') {
        const char* const behind = digits(end + 1);
        count += static_cast<size_t>(behind - end - 1);
        if (count > 0) end = behind;
    }
    if (count == 0) {  // inf and nan are numbers, too
        const string word(begin, min<size_t>(3, static_cast<size_t>(last - begin)));
        string small;
        for (const char c : word) small += static_cast<char>(c | 0x20);
        if (small != "inf" && small != "nan") return {first, errc::invalid_argument};
        end = begin + 3;
    } else if (format != chars_format::fixed && end != last && (*end == 'e' || *end == 'E')) {
        const char* power = end + 1;
        if (power != last && (*power == '+' || *power == '-')) ++power;
        const char* const behind = digits(power);
        if (behind != power) end = behind;
    }
    const double read = strtod(string(first, end).c_str(), nullptr);
    if (count > 0 && (read - read != 0)) return {end, errc::result_out_of_range};
    value = read;
    return {end, errc{}};
}

}  // namespace std
#endif
