#pragma once
// Bytes of results, in memory or where they are read from when they are needed: parts may be larger than memory.

#include <cstdint>
#include <string>
#include <string_view>

namespace railwindow {

/// Bytes by their position.
class ByteStore {
public:
    virtual ~ByteStore() = default;
    /// How many there are.
    virtual std::uint64_t size() const = 0;
    /// `count` of them from `begin` on, which must be there. They may lie in `room`, which then has to last as long as they are used.
    /// By many threads at once.
    virtual std::string_view read(std::uint64_t begin, std::uint64_t count, std::string& room) const = 0;
};

/// Bytes in memory.
class BytesInMemory : public ByteStore {
public:
    /// Keeps `bytes`.
    explicit BytesInMemory(std::string bytes) : bytes_{std::move(bytes)} {}
    std::uint64_t size() const override { return bytes_.size(); }
    std::string_view read(std::uint64_t begin, std::uint64_t count, std::string&) const override {
        return std::string_view{bytes_}.substr(begin, count);
    }

private:
    std::string bytes_;
};

/// The bytes of one result, in a store that outlives it.
struct StoredBytes {
    const ByteStore* store;     ///< where they lie
    std::uint64_t begin, size;  ///< where they begin there, and how many there are

    /// All of them, perhaps in `room`.
    std::string_view read(std::string& room) const { return store->read(begin, size, room); }
};

}  // namespace railwindow
