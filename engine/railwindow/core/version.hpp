#pragma once

#include <string>
#include <string_view>

namespace railwindow {

/// The version of the library, such as `0.1.0`: semantic versioning, so before 1.0 a new minor number may change the interface.
std::string_view version();

/// How the library was built: compiler, kind of build, processor and the libraries in it, on one line.
std::string build_facts();

/// What tells this build from any other: the linker's build-id of the program or library that holds this, in hexadecimal digits; empty where the
/// linker left none.
std::string build_id();

}  // namespace railwindow
