#pragma once
// Every random draw has a name. A draw is a pure function of (seed, run, key); the key hashes what the draw is for, which
// train and which place, by name. So adding a train or a draw changes no other, two variants that share a line share what
// happens on it, and any split of the runs over threads gives the same bits.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

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

/// From where on along the way each draw is felt: places count up from 1. A name that was not noted has place 0: felt everywhere.
/// Cost: some nanoseconds for a look-up.
class DrawPlaces {
public:
    /// The draw is felt from `place` on, or from an earlier one noted before.
    void note(DrawKey key, std::uint32_t place);
    /// From where on the draw is felt.
    std::uint32_t of(DrawKey key) const;
    /// How many names were noted.
    std::size_t size() const { return size_; }
    /// The last place that was noted.
    std::uint32_t last() const { return last_; }

private:
    struct Entry {
        std::uint64_t hash;
        std::uint32_t place;  // 0: free
    };
    Entry& slot(std::uint64_t hash);
    void grow();
    std::vector<Entry> entries_;  // a power of two; open addressing
    std::size_t size_ = 0;
    std::uint32_t last_ = 0;
};

/// All draws that are felt only beyond a place come from another run.
struct Refresh {
    std::uint64_t run;     ///< where they come from
    std::uint32_t beyond;  ///< the place
};

/// What has become of a run since it was first drawn: the newest refresh that claims a name holds for it.
struct Lineage {
    const DrawPlaces* places;            ///< of the way that is run
    std::span<const Refresh> refreshes;  ///< the oldest first
};

/// The chance of one run.
struct Noise {
    /// The run in which every draw is its median: nothing in it is chance.
    static constexpr std::uint64_t median_run = ~std::uint64_t{0};

    std::uint64_t seed = 1;            ///< of the whole experiment
    std::uint64_t run = 0;             ///< from 0
    const Lineage* lineage = nullptr;  ///< empty: all draws are the run's own; must outlive the run

    /// A number uniform on the open interval (0, 1), always the same for the same seed, run, lineage and key.
    double uniform(DrawKey key) const;

private:
    std::uint64_t run_of(DrawKey key) const;
};

}  // namespace railwindow
