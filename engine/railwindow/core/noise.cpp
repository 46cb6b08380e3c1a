#include <railwindow/core/noise.hpp>

#include <algorithm>

namespace railwindow {
namespace {

constexpr std::uint64_t fnv_offset = 0xcbf29ce484222325ull, fnv_prime = 0x100000001b3ull;  // FNV-1a, 64 bits

std::uint64_t fnv(std::uint64_t hash, std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * fnv_prime;
    return (hash ^ 0xFFu) * fnv_prime;  // 0xFF never occurs in UTF-8: it ends a word, so ("ab", "c") and ("a", "bc") differ
}

// The finaliser of splitmix64: every bit of the name reaches every bit of the counter.
std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
    return x ^ (x >> 31);
}

std::uint32_t low(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
std::uint32_t high(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }

}  // namespace

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> c, std::array<std::uint32_t, 2> key) {
    constexpr std::uint64_t multiplier0 = 0xD2511F53, multiplier1 = 0xCD9E8D57;
    constexpr std::uint32_t weyl0 = 0x9E3779B9, weyl1 = 0xBB67AE85;
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t p0 = multiplier0 * c[0], p1 = multiplier1 * c[2];
        c = {high(p1) ^ c[1] ^ key[0], low(p1), high(p0) ^ c[3] ^ key[1], low(p0)};
        key[0] += weyl0;
        key[1] += weyl1;
    }
    return c;
}

// 52 bits and not 53: the middle of the last of 2^53 cells has no double and would round to 1.
double open_unit(std::uint64_t bits) { return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52; }

DrawKey::DrawKey(std::string_view purpose, std::string_view train, std::string_view place)
    : hash_{mixed(fnv(fnv(fnv(fnv_offset, purpose), train), place))}, purpose_{word(purpose)}, place_{word(place)} {}

DrawKey DrawKey::at(std::uint64_t index) const { return {mixed(hash_ + 0x9e3779b97f4a7c15ull * (index + 1)), purpose_, place_}; }

std::uint32_t DrawKey::word(std::string_view text) { return low(mixed(fnv(fnv_offset, text))); }

DrawPlaces::Entry& DrawPlaces::slot(std::uint64_t hash) {
    std::size_t at = hash & (entries_.size() - 1);
    while (entries_[at].place != 0 && entries_[at].hash != hash) at = (at + 1) & (entries_.size() - 1);
    return entries_[at];
}

void DrawPlaces::grow() {
    std::vector<Entry> before(std::max<std::size_t>(64, 2 * entries_.size()), Entry{0, 0});
    before.swap(entries_);
    for (const Entry& entry : before)
        if (entry.place != 0) slot(entry.hash) = entry;
}

void DrawPlaces::note(DrawKey key, std::uint32_t place) {
    if (4 * (size_ + 1) > entries_.size()) grow();
    Entry& entry = slot(key.hash());
    if (entry.place == 0) ++size_, entry = {key.hash(), place};
    entry.place = std::min(entry.place, place);
    last_ = std::max(last_, place);
}

std::uint32_t DrawPlaces::of(DrawKey key) const {
    if (entries_.empty()) return 0;
    std::size_t at = key.hash() & (entries_.size() - 1);
    while (entries_[at].place != 0 && entries_[at].hash != key.hash()) at = (at + 1) & (entries_.size() - 1);
    return entries_[at].hash == key.hash() ? entries_[at].place : 0;
}

std::uint64_t Lineage::run_of(const DrawKey& key, std::uint64_t run) const {
    if (refreshes_.empty()) return run;
    const std::uint32_t place = places_->of(key);
    for (auto refresh = refreshes_.rbegin(); refresh != refreshes_.rend(); ++refresh)
        if (place > refresh->beyond) return refresh->run;
    return run;
}

double Noise::uniform(DrawKey key) const {
    if (run == median_run) return 0.5;
    std::uint64_t from = run;
    if (source) {
        if (const std::optional<double> known = source->given(key)) return *known;
        from = source->run_of(key, run);
    }
    const auto word = philox4x32({low(from), high(from), low(key.hash()), high(key.hash())}, {low(seed), high(seed)});
    return open_unit(std::uint64_t{word[0]} << 32 | word[1]);
}

}  // namespace railwindow
