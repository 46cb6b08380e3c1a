#pragma once
// The tags of an object, read within their memory. The library steps from text to text without looking where the list ends, and a zero byte within
// a text of a broken file leads it beyond.

#include <osmium/osm/tag.hpp>

#include <cstring>

namespace osm_import {

class Tags {
public:
    explicit Tags(const osmium::TagList& list)
        : begin_{reinterpret_cast<const char*>(list.data()) + sizeof(osmium::TagList)},
          end_{reinterpret_cast<const char*>(list.data()) + list.byte_size()} {}

    bool empty() const { return begin_ >= end_; }
    /// The value of `key`, or null.
    const char* operator[](const char* key) const {
        for (const char* at = begin_; at < end_;) {
            const char* value = behind(at);
            const char* next = value ? behind(value) : nullptr;
            if (!next) return nullptr;
            if (std::strcmp(at, key) == 0) return value;
            at = next;
        }
        return nullptr;
    }
    const char* value_of(const char* key, const char* otherwise) const {
        const char* value = (*this)[key];
        return value ? value : otherwise;
    }

private:
    // Behind the text at `at`; null where it does not end within the list.
    const char* behind(const char* at) const {
        const void* zero = at < end_ ? std::memchr(at, 0, static_cast<std::size_t>(end_ - at)) : nullptr;
        return zero ? static_cast<const char*>(zero) + 1 : nullptr;
    }

    const char *begin_, *end_;
};

}  // namespace osm_import
