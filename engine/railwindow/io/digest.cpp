#include <railwindow/io/digest.hpp>

#include <railwindow/io/sha256.hpp>

#include <algorithm>
#include <array>

namespace railwindow {
namespace {

// Keys that change no run: where numbers come from, what others say, what was seen, and where files lie (their contents are added themselves).
// Edits count in the files that they change.
constexpr std::array<std::string_view, 16> silent{"source", "why",      "notes",    "claims", "observed",      "press", "priors", "stays",
                                                  "record", "variants", "networks", "train",  "rolling_stock", "edits", "schema", "practice"};

void write(std::string& text, const YamlNode& node) {
    switch (node.kind) {
        case YamlNode::Kind::null:
            text += '~';
            return;
        case YamlNode::Kind::scalar:
            text += std::to_string(node.text.size()) + ':' + node.text;
            return;
        case YamlNode::Kind::sequence:
            text += '[';
            for (const YamlNode& item : node.items) write(text, item);
            text += ']';
            return;
        case YamlNode::Kind::map:
            text += '{';
            for (const auto& [key, value] : node.entries) {
                if (std::find(silent.begin(), silent.end(), key.text) != silent.end()) continue;
                write(text, key);
                write(text, value);
            }
            text += '}';
            return;
    }
}

}  // namespace

void Digest::add(const YamlNode& root) {
    write(text_, root);
    text_ += '\n';
}

std::string Digest::hex() const { return sha256(text_); }

}  // namespace railwindow
