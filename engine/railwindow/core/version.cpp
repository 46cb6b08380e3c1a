#include <railwindow/core/version.hpp>

#include <fmt/format.h>

namespace railwindow {

std::string_view version() { return RAILWINDOW_VERSION; }

std::string build_facts() {
    return fmt::format("{}, {}, {}; fmt {}.{}.{}, yaml-cpp {}, date {}", RAILWINDOW_COMPILER, RAILWINDOW_BUILD_TYPE, RAILWINDOW_PROCESSOR,
                       FMT_VERSION / 10'000, FMT_VERSION / 100 % 100, FMT_VERSION % 100, RAILWINDOW_YAML_CPP, RAILWINDOW_DATE);
}

}  // namespace railwindow
