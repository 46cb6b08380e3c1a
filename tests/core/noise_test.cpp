#include <railwindow/core/noise.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <set>

namespace core_noise_test {

using namespace railwindow;

namespace {

using Block = std::array<std::uint32_t, 4>;
constexpr int runs = 100'000;

// Mean of `of(run)` over the runs.
template <class Of>
double mean_over_runs(Of of) {
    double sum = 0;
    for (std::uint64_t run = 0; run < runs; ++run) sum += of(run);
    return sum / runs;
}

double draw(std::uint64_t run, const DrawKey& key) { return Noise{1, run}.uniform(key); }

}  // namespace

// Source: kat_vectors of Random123 1.14, the authors' own library.
TEST_CASE("exact: Philox gives the published words") {
    CHECK(philox4x32({0, 0, 0, 0}, {0, 0}) == Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    constexpr std::uint32_t ones = 0xffffffff;
    CHECK(philox4x32({ones, ones, ones, ones}, {ones, ones}) == Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    const Block pi = philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0});
    CHECK(pi == Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("law: a draw is the same for the same seed, run and key, and only for these") {
    const DrawKey key{"dwell", "main", "khasan"};
    const double value = Noise{7, 42}.uniform(key);
    CHECK(Noise{7, 42}.uniform(DrawKey{"dwell", "main", "khasan"}) == value);
    CHECK(Noise{8, 42}.uniform(key) != value);
    CHECK(Noise{7, 43}.uniform(key) != value);
    CHECK(Noise{7, 42 + (std::uint64_t{1} << 32)}.uniform(key) != value);
    CHECK(Noise{7 + (std::uint64_t{1} << 32), 42}.uniform(key) != value);
    CHECK(Noise{7, 42}.uniform(DrawKey{"dwell", "main", "tumangang"}) != value);
}

TEST_CASE("law: the words of a key keep their borders") {
    CHECK(DrawKey{"ab", "c", ""}.hash() != DrawKey{"a", "bc", ""}.hash());
    CHECK(DrawKey{"", "ab", "c"}.hash() != DrawKey{"", "a", "bc"}.hash());
    CHECK(DrawKey{"a", "", ""}.hash() != DrawKey{"", "a", ""}.hash());
    CHECK(DrawKey{"", "", ""}.hash() != DrawKey{"", "", "\x01"}.hash());
}

TEST_CASE("law: siblings of a draw differ from it and from each other") {
    const DrawKey key{"stop", "main", "pyongra"};
    std::set<std::uint64_t> hashes{key.hash()};
    for (std::uint64_t index = 0; index < 10'000; ++index) hashes.insert(key.at(index).hash());
    for (std::uint64_t index = 0; index < 100; ++index) hashes.insert(key.at(0).at(index).hash());
    CHECK(hashes.size() == 10'101);
    CHECK(key.at(3).hash() == key.at(3).hash());
}

TEST_CASE("law: uniform draws lie inside the open interval") {
    const DrawKey key{"u", "", ""};
    double smallest = 1, largest = 0;
    for (std::uint64_t run = 0; run < runs; ++run) {
        smallest = std::min(smallest, draw(run, key));
        largest = std::max(largest, draw(run, key));
    }
    CHECK(smallest > 0);
    CHECK(largest < 1);
}

TEST_CASE("found: 2026-11-23 the largest word of all gives a number below one") {
    CHECK(open_unit(0) > 0);
    CHECK(open_unit(~std::uint64_t{0}) < 1);
    CHECK(open_unit(0) == 1 - open_unit(~std::uint64_t{0}));
    CHECK(near(open_unit(std::uint64_t{1} << 63), 0.5, 1e-15));
}

TEST_CASE("stat: uniform draws have the mean, variance and third moment of the uniform law") {
    const DrawKey key{"u", "main", "moments"};
    const double error = 4 / std::sqrt(static_cast<double>(runs));
    const auto centred = [&](std::uint64_t run) { return draw(run, key) - 0.5; };
    CHECK(near(mean_over_runs(centred), 0, error * std::sqrt(1.0 / 12)));
    CHECK(near(mean_over_runs([&](auto run) { return std::pow(centred(run), 2); }), 1.0 / 12, error * std::sqrt(1.0 / 180)));
    CHECK(near(mean_over_runs([&](auto run) { return std::pow(centred(run), 3); }), 0, error * std::sqrt(1.0 / 448)));
}

TEST_CASE("stat: draws of neighbouring runs, of other keys and of siblings are uncorrelated") {
    const DrawKey key{"u", "main", "a"}, other{"u", "main", "b"};
    const double error = 4 / std::sqrt(static_cast<double>(runs)) / 12;
    const auto covariance = [&](auto a, auto b) { return mean_over_runs([&](std::uint64_t run) { return (a(run) - 0.5) * (b(run) - 0.5); }); };
    const auto mine = [&](std::uint64_t run) { return draw(run, key); };
    CHECK(near(covariance(mine, [&](std::uint64_t run) { return draw(run + 1, key); }), 0, error));
    CHECK(near(covariance(mine, [&](std::uint64_t run) { return draw(run, other); }), 0, error));
    CHECK(near(covariance(mine, [&](std::uint64_t run) { return draw(run, key.at(0)); }), 0, error));
    CHECK(
        near(covariance([&](std::uint64_t run) { return draw(run, key.at(0)); }, [&](std::uint64_t run) { return draw(run, key.at(1)); }), 0, error));
}

TEST_CASE("exact: siblings share the words of their name, and a source says where a number comes from") {
    const DrawKey stay{"stay", "main", "B"}, other{"stay", "pilot", "C"};
    CHECK(stay.at(3).at(1).purpose() == DrawKey::word("stay"));
    CHECK(stay.at(3).place() == DrawKey::word("B"));
    CHECK(other.purpose() == stay.purpose());
    CHECK(other.place() != stay.place());
    struct Half final : DrawSource {
        std::uint64_t run_of(const DrawKey& key, std::uint64_t run) const override { return key.place() == DrawKey::word("B") ? 40 : run; }
        std::optional<double> given(const DrawKey& key) const override {
            return key.purpose() == DrawKey::word("pace") ? std::optional{0.25} : std::nullopt;
        }
    };
    const Half source;
    const Noise noise{7, 1, &source};
    CHECK(noise.uniform(stay.at(2)) == Noise{7, 40}.uniform(stay.at(2)));
    CHECK(noise.uniform(other) == Noise{7, 1}.uniform(other));
    CHECK(noise.uniform({"pace", "", "B"}) == 0.25);
}

}  // namespace core_noise_test
