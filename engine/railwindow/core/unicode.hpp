#pragma once
// Names are compared in one Unicode form, however files and people write them.

#include <string>
#include <string_view>

namespace railwindow {

/// `utf8` in the composed form NFC. What is no UTF-8 stays as it is. Throws: std::bad_alloc.
std::string composed(std::string_view utf8);
/// Likewise, and without regard to case: full case folding.
std::string folded(std::string_view utf8);

}  // namespace railwindow
