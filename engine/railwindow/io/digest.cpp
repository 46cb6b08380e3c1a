#include <railwindow/io/digest.hpp>

#include <railwindow/io/sha256.hpp>

#include <algorithm>
#include <array>

namespace railwindow {
namespace {

// Keys that change no run: where numbers come from, what others say, what was seen, and where files lie (their contents are added themselves).
// Edits count in the files that they change.
constexpr std::array<std::string_view, 12> silent{"source",   "why",   "notes",         "claims", "priors", "variants",
                                                  "networks", "train", "rolling_stock", "edits",  "schema", "practice"};
// Keys of reports, and of what is forecast.
constexpr std::array<std::string_view, 4> of_reports{"observed", "press", "stays", "record"};

bool is_silent(std::string_view key, DigestOf of) {
    return std::find(silent.begin(), silent.end(), key) != silent.end() ||
           (of == DigestOf::runs && std::find(of_reports.begin(), of_reports.end(), key) != of_reports.end());
}

void write(std::string& text, const YamlNode& node, DigestOf of) {
    switch (node.kind) {
        case YamlNode::Kind::null:
            text += '~';
            return;
        case YamlNode::Kind::scalar:
            text += std::to_string(node.text.size()) + ':' + node.text;
            return;
        case YamlNode::Kind::sequence:
            text += '[';
            for (const YamlNode& item : node.items) write(text, item, of);
            text += ']';
            return;
        case YamlNode::Kind::map:
            text += '{';
            for (const auto& [key, value] : node.entries) {
                if (is_silent(key.text, of)) continue;
                write(text, key, of);
                write(text, value, of);
            }
            text += '}';
            return;
    }
}

}  // namespace

void Digest::add(const YamlNode& root) {
    write(text_, root, of_);
    text_ += '\n';
}

std::string Digest::hex() const { return sha256(text_); }

}  // namespace railwindow
