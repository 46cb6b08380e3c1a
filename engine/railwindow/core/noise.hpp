#pragma once
// Every random draw has a name. A draw is a pure function of (seed, run, key); the key hashes what the draw is for, which
// train and which place, by name. So adding a train or a draw changes no other, two variants that share a line share what
// happens on it, and any split of the runs over threads gives the same bits.

#include <array>
#include <cstdint>
#include <string_view>

namespace railwindow {

/// Ten rounds of Philox 4x32. Source: Salmon, Moraes, Dror, Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", SC'11;
/// checked against the published vectors (tests/core/noise_test.cpp).
std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

/// The number in the open interval (0, 1) that 64 random bits stand for: the middle of one of 2^52 equal cells.
double open_unit(std::uint64_t bits);

/// The name of one draw: purpose, train and place, hashed. Equal names give equal draws.
class DrawKey {
public:
    /// What is drawn, for which train, where.
    DrawKey(std::string_view purpose, std::string_view train, std::string_view place);
    /// The same draw's `index`-th sibling: a cell of a line, a component of a law.
    DrawKey at(std::uint64_t index) const;
    /// The number that stands for the name.
    std::uint64_t hash() const { return hash_; }

private:
    explicit DrawKey(std::uint64_t hash) : hash_{hash} {}
    std::uint64_t hash_;
};

/// The chance of one run.
struct Noise {
    /// The run in which every draw is its median: nothing in it is chance.
    static constexpr std::uint64_t median_run = ~std::uint64_t{0};

    std::uint64_t seed = 1;  ///< of the whole experiment
    std::uint64_t run = 0;   ///< from 0

    /// A number uniform on the open interval (0, 1), always the same for the same seed, run and key.
    double uniform(DrawKey key) const;
};

}  // namespace railwindow
