#pragma once
// Text -> tree, strictly. The library below lets much through (duplicate keys, anchors, a second document, a string that is
// never closed, invalid UTF-8); here each of these is an error at its line and column, and every node remembers its place.

#include <railwindow/core/error.hpp>
#include <railwindow/io/yaml_limits.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

/// One node of a YAML document. Scalars keep their text: what it means is for the reader of the field to say.
struct YamlNode {
    enum class Kind { null, scalar, sequence, map };
    struct Entry;
    Kind kind = Kind::null;
    std::string text;             ///< of a scalar
    std::vector<YamlNode> items;  ///< of a sequence
    std::vector<Entry> entries;   ///< of a map, in the order written
    int line = 0, column = 0;     ///< from 1, columns in characters
    std::string file;             ///< where it was written, if not in the document that it stands in now

    /// The value under `key`, or nullptr.
    const YamlNode* find(std::string_view key) const;
};

/// One line of a map.
struct YamlNode::Entry {
    YamlNode key, value;
};

/// The document in `text`. `file` names it in messages.
/// Throws: InputError at the place of the first thing that makes the text no strict YAML document.
YamlNode parse_yaml(std::string_view text, const std::string& file, const YamlLimits& limits = {});

/// The contents of the file at `path`.
/// Throws: InputError when it cannot be read, is a directory, or is larger than `limits.bytes`, grows meanwhile, or
/// is a pipe from which nothing comes for `limits.silence_ms`.
std::string read_text_file(const std::string& path, const YamlLimits& limits = {});

/// `a map`, `a list`, `'text'`, `nothing`: the node as an error message speaks of it.
std::string described(const YamlNode& node);

}  // namespace railwindow
