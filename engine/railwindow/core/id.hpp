#pragma once
// Strong ids: a station's number indexes stations and nothing else.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace railwindow {

template <class Tag>
struct Id {
    std::uint32_t value = 0;
    friend constexpr auto operator<=>(Id, Id) = default;
};

/// A vector that only its own id indexes.
template <class Key, class T>
class IndexedBy {
public:
    Key push_back(T value) {
        values_.push_back(std::move(value));
        return Key{static_cast<std::uint32_t>(values_.size() - 1)};
    }
    T& operator[](Key key) { return values_[key.value]; }
    const T& operator[](Key key) const { return values_[key.value]; }
    std::size_t size() const { return values_.size(); }
    bool empty() const { return values_.empty(); }
    auto begin() const { return values_.begin(); }
    auto end() const { return values_.end(); }
    auto begin() { return values_.begin(); }
    auto end() { return values_.end(); }

private:
    std::vector<T> values_;
};

}  // namespace railwindow
