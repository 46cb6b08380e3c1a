#pragma once
// Numbers as bytes, to be carried from one process to another: as this kind of machine keeps them, lowest byte first.

#include <bit>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace railwindow {

static_assert(std::endian::native == std::endian::little, "parts of work are exchanged with the lowest byte first");

/// Bytes that are not what they are read as.
struct BrokenBytes : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Appends values to a string of bytes.
class ByteWriter {
public:
    /// One number, or a plain struct of numbers without gaps.
    template <class T>
    void put(const T& value) {
        static_assert(std::is_trivially_copyable_v<T>);
        bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    /// A list: how many, then each.
    template <class T>
    void put(const std::vector<T>& values) {
        static_assert(std::is_trivially_copyable_v<T>);
        put(static_cast<std::uint64_t>(values.size()));
        bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    }
    /// What was put.
    std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

/// Reads what a ByteWriter put, in the same order.
class ByteReader {
public:
    /// Of `bytes`, which must outlive it.
    explicit ByteReader(std::string_view bytes) : bytes_{bytes} {}
    /// One number. Throws: BrokenBytes where there are too few bytes.
    template <class T>
    T get() {
        static_assert(std::is_trivially_copyable_v<T>);
        T value;
        std::memcpy(&value, taken(sizeof(T)).data(), sizeof(T));
        return value;
    }
    /// A list. Throws: BrokenBytes where there are too few bytes for it.
    template <class T>
    std::vector<T> list() {
        const auto size = get<std::uint64_t>();
        if (size > bytes_.size() / sizeof(T)) throw BrokenBytes{"a list is longer than what holds it"};
        std::vector<T> values(size);
        if (size > 0) std::memcpy(values.data(), taken(size * sizeof(T)).data(), size * sizeof(T));
        return values;
    }
    /// A list that has to have `size` values. Throws: BrokenBytes where it has not.
    template <class T>
    std::vector<T> list(std::size_t size) {
        std::vector<T> values = list<T>();
        if (values.size() != size) throw BrokenBytes{"a list does not have the length that it must have"};
        return values;
    }
    /// A list that has to have as many values as `values` has, into it. Throws: BrokenBytes where it has not.
    template <class T>
    void fill(std::vector<T>& values) {
        if (get<std::uint64_t>() != values.size()) throw BrokenBytes{"a list does not have the length that it must have"};
        if (!values.empty()) std::memcpy(values.data(), taken(values.size() * sizeof(T)).data(), values.size() * sizeof(T));
    }
    /// Throws: BrokenBytes where anything is left.
    void end() const {
        if (!bytes_.empty()) throw BrokenBytes{"there is more than belongs there"};
    }

private:
    std::string_view taken(std::size_t size) {
        if (size > bytes_.size()) throw BrokenBytes{"it ends too early"};
        const std::string_view taken = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return taken;
    }
    std::string_view bytes_;
};

}  // namespace railwindow
