#include <railwindow/io/yaml_writer.hpp>

#include <algorithm>
#include <string_view>

namespace railwindow {
namespace {

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// True for texts that mean themselves without quotes wherever they stand: letters, digits and a few signs between them.
bool is_plain(std::string_view text) {
    if (text.empty() || text == "null" || text == "Null" || text == "NULL") return false;
    const auto stands_alone = [](char c) {
        return is_letter_or_digit(c) || c == ' ' || c == '.' || c == '/' || c == '+' || c == '-' || c == '_' || c == '^' || c == '(' || c == ')';
    };
    const bool begins_well = is_letter_or_digit(text.front()) || (text.size() > 1 && text.front() == '-' && is_letter_or_digit(text[1]));
    return begins_well && text.back() != ' ' && std::all_of(text.begin(), text.end(), stands_alone);
}

std::string in_quotes(std::string_view text) {
    if (is_plain(text)) return std::string{text};
    std::string made = "\"";
    for (const char c : text) {
        if (c == '\n')
            made += "\\n";
        else if (c == '\r')
            made += "\\r";
        else if (c == '\t')
            made += "\\t";
        else if (c == '"' || c == '\\')
            made += {'\\', c};
        else
            made += c;
    }
    return made + '"';
}

std::string on_one_line(const YamlNode& node) {
    std::string made;
    const auto join = [&](const std::string& part) { made += (made.size() == 1 ? "" : ", ") + part; };
    switch (node.kind) {
        case YamlNode::Kind::null:
            return "~";
        case YamlNode::Kind::scalar:
            return in_quotes(node.text);
        case YamlNode::Kind::sequence:
            made = "[";
            for (const YamlNode& item : node.items) join(on_one_line(item));
            return made + "]";
        case YamlNode::Kind::map:
            break;
    }
    made = "{";
    for (const auto& [key, value] : node.entries) join(in_quotes(key.text) + ": " + on_one_line(value));
    return made + "}";
}

bool has_only_scalars(const YamlNode& list) {
    return std::all_of(list.items.begin(), list.items.end(),
                       [](const YamlNode& item) { return item.kind == YamlNode::Kind::scalar || item.kind == YamlNode::Kind::null; });
}

void write_block(std::string& out, const YamlNode& map, const std::string& indent) {
    for (const auto& [key, value] : map.entries) {
        out += indent + in_quotes(key.text) + ":";
        if (value.kind == YamlNode::Kind::map && !value.entries.empty()) {
            out += '\n';
            write_block(out, value, indent + "  ");
        } else if (value.kind == YamlNode::Kind::sequence && !has_only_scalars(value)) {
            out += '\n';
            for (const YamlNode& item : value.items) out += indent + "  - " + on_one_line(item) + '\n';
        } else {
            out += ' ' + on_one_line(value) + '\n';
        }
    }
}

}  // namespace

YamlNode yaml_scalar(std::string text) {
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.text = std::move(text);
    return node;
}

YamlNode yaml_list(std::vector<YamlNode> items) {
    YamlNode node;
    node.kind = YamlNode::Kind::sequence;
    node.items = std::move(items);
    return node;
}

YamlNode yaml_texts(const std::vector<std::string>& texts) {
    std::vector<YamlNode> items;
    for (const std::string& text : texts) items.push_back(yaml_scalar(text));
    return yaml_list(std::move(items));
}

YamlNode yaml_map(std::vector<std::pair<std::string, YamlNode>> entries) {
    YamlNode node;
    node.kind = YamlNode::Kind::map;
    for (auto& [key, value] : entries) node.entries.push_back({yaml_scalar(std::move(key)), std::move(value)});
    return node;
}

std::string yaml_line(const YamlNode& node) { return on_one_line(node); }

std::string yaml_text(const YamlNode& root) {
    if (root.kind != YamlNode::Kind::map || root.entries.empty()) return on_one_line(root) + '\n';
    std::string out;
    write_block(out, root, "");
    return out;
}

}  // namespace railwindow
