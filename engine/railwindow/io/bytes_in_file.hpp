#pragma once
// Bytes that stay in their file until they are needed.

#include <railwindow/estimate/byte_store.hpp>

#include <memory>
#include <string>

namespace railwindow {

/// The bytes of the file of this name: in memory where it is small, or no plain file but a pipe.
/// Throws: InputError where it cannot be read, now or later, and where it is not the same file later.
std::shared_ptr<const ByteStore> bytes_in_file(const std::string& file);

}  // namespace railwindow
