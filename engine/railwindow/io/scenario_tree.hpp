#pragma once

#include <railwindow/io/what_if.hpp>
#include <railwindow/io/yaml_limits.hpp>
#include <railwindow/io/yaml_tree.hpp>

#include <string>

namespace railwindow {

/// The tree of the scenario in `text`, which is at `path`, as `what_if` has it. Throws: InputError with what is wrong in it.
YamlNode scenario_tree(const std::string& text, const std::string& path, const WhatIf& what_if, const YamlLimits& limits = {});

}  // namespace railwindow
