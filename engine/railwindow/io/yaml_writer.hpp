#pragma once
// Tree -> text: the other way round from yaml_tree.hpp.

#include <railwindow/io/yaml_tree.hpp>

#include <string>
#include <utility>
#include <vector>

namespace railwindow {

YamlNode yaml_scalar(std::string text);
YamlNode yaml_list(std::vector<YamlNode> items);
/// `[a, b]`
YamlNode yaml_texts(const std::vector<std::string>& texts);
YamlNode yaml_map(std::vector<std::pair<std::string, YamlNode>> entries);

/// `root` as YAML: maps in blocks, what stands in a list on one line, texts in quotes wherever they could mean something else.
/// `parse_yaml` reads it back as the same tree, for texts that it accepts at all (no control characters but tab and new line).
std::string yaml_text(const YamlNode& root);
/// `node` on one line: `{uniform: [45 min, 90 min]}`.
std::string yaml_line(const YamlNode& node);

}  // namespace railwindow
