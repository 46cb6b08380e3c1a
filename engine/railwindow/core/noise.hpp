#pragma once
// Every random draw has a name. A draw is a pure function of (seed, run, key); the key hashes what the draw is for, which
// train and which place, by name. So adding a train or a draw changes no other, two variants that share a line share what
// happens on it, and any split of the runs over threads gives the same bits.

#include <array>
#include <cstdint>
#include <optional>
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

    /// The number that stands for one word of a name. Words with equal numbers are taken for one; of a thousand words two have the same with a
    /// probability of 1 in 8,000.
    static std::uint32_t word(std::string_view text);
    /// The word that says what is drawn; siblings share it.
    std::uint32_t purpose() const { return purpose_; }
    /// The word that says where; siblings share it.
    std::uint32_t place() const { return place_; }

private:
    DrawKey(std::uint64_t hash, std::uint32_t purpose, std::uint32_t place) : hash_{hash}, purpose_{purpose}, place_{place} {}
    std::uint64_t hash_;
    std::uint32_t purpose_, place_;
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

/// Where the draws of a run come from, if not all are its own.
class DrawSource {
public:
    /// The run that the draw `key` of the run `run` is taken from: the same at every call.
    virtual std::uint64_t run_of(const DrawKey& key, std::uint64_t run) const = 0;
    /// The number itself, in (0, 1), where it is known and not drawn.
    virtual std::optional<double> given(const DrawKey&) const { return {}; }

protected:
    ~DrawSource() = default;
};

/// What has become of a run since it was first drawn: the newest refresh that claims a name holds for it.
class Lineage final : public DrawSource {
public:
    /// `places` are those of the way that is run; `refreshes` have the oldest first. Both must outlive this.
    Lineage(const DrawPlaces* places, std::span<const Refresh> refreshes) : places_{places}, refreshes_{refreshes} {}
    std::uint64_t run_of(const DrawKey& key, std::uint64_t run) const override;

private:
    const DrawPlaces* places_;
    std::span<const Refresh> refreshes_;
};

/// The chance of one run.
struct Noise {
    /// The run in which every draw is its median: nothing in it is chance.
    static constexpr std::uint64_t median_run = ~std::uint64_t{0};

    std::uint64_t seed = 1;              ///< of the whole experiment
    std::uint64_t run = 0;               ///< from 0
    const DrawSource* source = nullptr;  ///< empty: all draws are the run's own; must outlive the run

    /// A number uniform on the open interval (0, 1), always the same for the same seed, run, source and key.
    double uniform(DrawKey key) const;
};

}  // namespace railwindow
