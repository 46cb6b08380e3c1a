#pragma once
// What the draws of a run stand for. Every draw has a name (core/noise.hpp): what is drawn, and where. Draws of one purpose, told apart by country
// where countries differ in it, are one group.

#include <railwindow/core/noise.hpp>
#include <railwindow/simulation/model.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace railwindow {

/// Draws that stand for the same thing.
struct DrawGroup {
    std::string name;     ///< as results name it: "pace of lines in KP"
    std::string country;  ///< ISO 3166 code; empty: of all countries together
};

/// A number that files give as a law, by the draws that stand for it.
struct DrawnNumber {
    std::string name;                   ///< "length of technical stops in KP"
    std::string country;                ///< ISO 3166 code; empty: of none, or of all together
    std::uint32_t purpose;              ///< word of its draws
    std::vector<std::uint32_t> places;  ///< words of theirs, sorted; empty: any
    /// Whether the draw stands for it.
    bool is(const DrawKey& key) const;
};

/// The groups of a model's draws. Every name belongs to one of them; names that nobody has put into words share the last.
class DrawGroups {
public:
    /// Of the draws of `model`.
    explicit DrawGroups(const Model& model);
    /// The group that a draw belongs to. Cost: some nanoseconds.
    std::size_t of(const DrawKey& key) const;
    /// All groups, those that no run draws from among them.
    const std::vector<DrawGroup>& all() const { return groups_; }

    /// The numbers behind the draws of the model, those that no run draws among them. Choices, places and moments within a window are none.
    const std::vector<DrawnNumber>& numbers() const { return numbers_; }

private:
    // A small table from words to numbers.
    class Words {
    public:
        void set(std::uint32_t word, std::uint32_t number);
        std::uint32_t find(std::uint32_t word, std::uint32_t otherwise) const;

    private:
        std::vector<std::pair<std::uint32_t, std::uint32_t>> entries_;  // a power of two; number + 1; open addressing
        std::size_t size_ = 0;
    };
    Words families_, countries_;
    std::vector<std::size_t> first_;  // by family: its first group
    std::vector<bool> by_country_;    // by family
    std::vector<DrawGroup> groups_;
    std::vector<DrawnNumber> numbers_;
};

}  // namespace railwindow
