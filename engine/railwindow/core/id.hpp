#pragma once
// Strong ids: a station's number indexes stations and nothing else.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace railwindow {

/// The number of one thing among those of its kind, which `Tag` names.
template <class Tag>
struct Id {
    std::uint32_t value = 0;  ///< from 0, in the order added
    friend constexpr auto operator<=>(Id, Id) = default;
};

/// A vector that only its own id indexes.
template <class Key, class T>
class IndexedBy {
public:
    /// Adds `value` and returns its id.
    Key push_back(T value) {
        values_.push_back(std::move(value));
        return Key{static_cast<std::uint32_t>(values_.size() - 1)};
    }
    /// The value of `key`.
    T& operator[](Key key) { return values_[key.value]; }
    /// The value of `key`.
    const T& operator[](Key key) const { return values_[key.value]; }
    /// How many there are.
    std::size_t size() const { return values_.size(); }
    /// Whether there are none.
    bool empty() const { return values_.empty(); }
    /// The first value.
    auto begin() const { return values_.begin(); }
    /// Behind the last value.
    auto end() const { return values_.end(); }
    /// The first value.
    auto begin() { return values_.begin(); }
    /// Behind the last value.
    auto end() { return values_.end(); }

private:
    std::vector<T> values_;
};

}  // namespace railwindow
