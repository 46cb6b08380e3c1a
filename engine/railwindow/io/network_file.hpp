#pragma once

#include <railwindow/io/yaml_limits.hpp>
#include <railwindow/network/sheet.hpp>

#include <string>
#include <string_view>

namespace railwindow {

/// The network written in `text`. `file` names it in messages.
/// Throws: InputError with everything that is wrong with it.
NetworkSheet read_network(std::string_view text, const std::string& file, const YamlLimits& limits = {});

}  // namespace railwindow
