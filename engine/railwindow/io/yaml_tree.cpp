#include <railwindow/io/yaml_tree.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/composed.hpp>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>
#include <set>
#include <sstream>

namespace railwindow {
namespace {

[[noreturn]] void fail(const std::string& file, int line, int column, std::string what, std::string remedy = {}) {
    Finding finding;
    finding.place = {file, line, column};
    finding.what = std::move(what);
    finding.remedy = std::move(remedy);
    throw InputError{std::move(finding)};
}

// Line and column of a byte, counted as an editor counts them.
std::pair<int, int> line_and_column(std::string_view text, std::size_t byte) {
    const std::string_view before = text.substr(0, byte);
    const auto line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
    const std::size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return {line, static_cast<int>(characters(before.substr(start))) + 1};
}

// The parser counts from 0 and columns in bytes.
std::pair<int, int> place_of(std::string_view text, const YAML::Mark& mark) {
    std::size_t start = 0;
    for (int line = 0; line < mark.line && start < text.size(); ++line) start = std::min(text.find('\n', start), text.size() - 1) + 1;
    const auto column = static_cast<std::size_t>(std::max(mark.column, 0));
    return {std::max(mark.line, 0) + 1, static_cast<int>(characters(text.substr(std::min(start, text.size()), column))) + 1};
}

// A control character in a text: one that a terminal would obey or the parser takes for the end.
struct Control {
    std::size_t byte;
    unsigned code;
    std::string told() const { return fmt::format("the text holds the control character U+{:04X}", code); }
};

// The first of them, if there is one. Those of U+0080 to U+009F are two bytes long.
std::optional<Control> first_control(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if ((c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7F) return Control{i, c};
        if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0)
            return Control{i, static_cast<unsigned char>(text[i + 1])};
    }
    return {};
}

// Builds the tree from the parser's events and refuses what strict YAML has no use for.
class TreeBuilder : public YAML::EventHandler {
public:
    TreeBuilder(std::string_view text, const std::string& file, const YamlLimits& limits) : text_{text}, file_{file}, limits_{limits} {
        for (std::size_t at = 0; at != std::string_view::npos && at <= text.size();) {
            line_starts_.push_back(at);
            const std::size_t end = text.find('\n', at);
            at = end == std::string_view::npos ? end : end + 1;
        }
    }

    YamlNode take_root() { return std::move(root_); }
    bool has_root() const { return has_root_; }

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        refuse_anchor(mark, anchor);
        add(node(YamlNode::Kind::null, mark), mark);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { fail_at(mark, "aliases (*name) are not allowed", "write the value out"); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        if (tag == "!") check_quotes_close(mark);
        YamlNode scalar = node(YamlNode::Kind::scalar, mark);
        scalar.text = composed(value);
        if (const auto bad = first_control(value)) fail_at(mark, bad->told(), "remove it");
        add(std::move(scalar), mark);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
        open(YamlNode::Kind::sequence, mark, tag, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
        open(YamlNode::Kind::map, mark, tag, anchor);
    }
    void OnMapEnd() override { close(); }

private:
    struct Open {
        YamlNode node;
        std::set<std::string, std::less<>> keys;
        YamlNode key;
        enum class Expects { value, key } expects;
    };

    [[noreturn]] void fail_at(const YAML::Mark& mark, std::string what, std::string remedy = {}) const {
        const YamlNode place = node(YamlNode::Kind::null, mark);
        fail(file_, place.line, place.column, std::move(what), std::move(remedy));
    }

    YamlNode node(YamlNode::Kind kind, const YAML::Mark& mark) const {
        YamlNode made;
        made.kind = kind;
        made.line = mark.line + 1;
        const std::size_t start = line_starts_[std::min(static_cast<std::size_t>(std::max(mark.line, 0)), line_starts_.size() - 1)];
        made.column = static_cast<int>(characters(text_.substr(start, static_cast<std::size_t>(std::max(mark.column, 0))))) + 1;
        return made;
    }

    void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) const {
        if (anchor != 0) fail_at(mark, "anchors (&name) are not allowed", "write the value out");
    }
    void refuse_tag(const YAML::Mark& mark, const std::string& tag) const {
        if (!tag.empty() && tag != "?" && tag != "!") fail_at(mark, fmt::format("tags ({}) are not allowed", tag), "remove the tag");
    }

    // The parser accepts a quoted text that the end of the file cuts off.
    void check_quotes_close(const YAML::Mark& mark) const {
        const std::size_t line = std::min(static_cast<std::size_t>(std::max(mark.line, 0)), line_starts_.size() - 1);
        std::size_t at = line_starts_[line] + static_cast<std::size_t>(std::max(mark.column, 0));
        if (at >= text_.size() || (text_[at] != '"' && text_[at] != '\'')) return;  // a block scalar
        const char quote = text_[at];
        for (++at; at < text_.size(); ++at) {
            if (quote == '"' && text_[at] == '\\')
                ++at;
            else if (quote == '\'' && text_.substr(at, 2) == "''")
                ++at;  // stands for one
            else if (text_[at] == quote)
                return;
        }
        fail_at(mark, fmt::format("the text that begins with {} here is never closed", quote), "add the closing quote");
    }

    void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        if (static_cast<int>(open_.size()) >= limits_.depth)
            fail_at(mark, fmt::format("nested deeper than {} levels", limits_.depth), "this format needs no such depth");
        if (!open_.empty() && open_.back().node.kind == YamlNode::Kind::map && open_.back().expects == Open::Expects::key)
            fail_at(mark, "a key must be plain text", "this looks like a list or map used as a key");
        open_.push_back({node(kind, mark), {}, {}, kind == YamlNode::Kind::map ? Open::Expects::key : Open::Expects::value});
    }

    void close() {
        YamlNode done = std::move(open_.back().node);
        open_.pop_back();
        put(std::move(done));
    }

    void add(YamlNode leaf, const YAML::Mark& mark) {
        if (!open_.empty() && open_.back().expects == Open::Expects::key) {
            if (leaf.kind == YamlNode::Kind::null) fail_at(mark, "a key is missing before ':'", "write `key: value`");
            if (leaf.text == "<<") fail_at(mark, "merge keys (<<) are not allowed", "write the values out");
            if (!open_.back().keys.insert(leaf.text).second) fail_at(mark, fmt::format("key '{}' is written twice", leaf.text), "keep one of them");
            open_.back().key = std::move(leaf);
            open_.back().expects = Open::Expects::value;
            return;
        }
        put(std::move(leaf));
    }

    void put(YamlNode value) {
        if (open_.empty()) {
            root_ = std::move(value);
            has_root_ = true;
            return;
        }
        Open& parent = open_.back();
        if (parent.node.kind == YamlNode::Kind::map && value.kind == YamlNode::Kind::null) {  // the parser notices only at the next token
            value.line = parent.key.line;
            value.column = parent.key.column;
        }
        if (parent.node.kind == YamlNode::Kind::sequence) {
            parent.node.items.push_back(std::move(value));
        } else {
            parent.node.entries.push_back({std::move(parent.key), std::move(value)});
            parent.expects = Open::Expects::key;
        }
    }

    std::string_view text_;
    const std::string& file_;
    YamlLimits limits_;
    std::vector<std::size_t> line_starts_;
    std::vector<Open> open_;
    YamlNode root_;
    bool has_root_ = false;
};

void check_size(std::size_t bytes, const std::string& file, const YamlLimits& limits) {
    if (bytes > limits.bytes)
        fail(file, 0, 0, fmt::format("the file has {} bytes; the limit is {}", bytes, limits.bytes),
             "raise it with --max-file-size if the file is meant");
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.key.text == key; });
    return found == entries.end() ? nullptr : &found->value;
}

YamlNode parse_yaml(std::string_view text, const std::string& file, const YamlLimits& limits) {
    check_size(text.size(), file, limits);
    if (const std::size_t bad = first_invalid_utf8(text); bad != std::string_view::npos) {
        const auto [line, column] = line_and_column(text, bad);
        fail(file, line, column, "the text is not valid UTF-8 here", "save the file as UTF-8");
    }
    if (const auto bad = first_control(text)) {
        const auto [line, column] = line_and_column(text, bad->byte);
        fail(file, line, column, bad->told(), "remove it");
    }
    if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);  // a byte order mark says nothing about UTF-8
    try {
        std::istringstream stream{std::string{text}};
        YAML::Parser parser{stream};
        TreeBuilder builder{text, file, limits};
        parser.HandleNextDocument(builder);
        if (!builder.has_root()) fail(file, 1, 1, "the file is empty", "see the examples in scenarios/");
        YamlNode root = builder.take_root();
        if (root.kind == YamlNode::Kind::null) fail(file, 1, 1, "the file is empty", "see the examples in scenarios/");
        TreeBuilder second{text, file, limits};
        if (parser.HandleNextDocument(second) && second.has_root()) {
            const YamlNode other = second.take_root();
            fail(file, other.line, other.column, "a second document begins here", "one file holds one document; remove the `---` between them");
        }
        return root;
    } catch (const YAML::Exception& error) {
        const std::string why = error.msg.empty() ? "no valid YAML" : "no valid YAML: " + error.msg;
        const auto [line, column] = place_of(text, error.mark);
        fail(file, line, column, why, "check indentation, brackets and quotes near here");
    }
}

std::string described(const YamlNode& node) {
    switch (node.kind) {
        case YamlNode::Kind::null:
            return "nothing";
        case YamlNode::Kind::sequence:
            return "a list";
        case YamlNode::Kind::map:
            return "a map";
        case YamlNode::Kind::scalar:
            break;
    }
    constexpr std::size_t longest_shown = 60;
    if (node.text.size() <= longest_shown) return "'" + node.text + "'";
    std::size_t end = longest_shown;
    while (end > 0 && (static_cast<unsigned char>(node.text[end]) & 0xC0) == 0x80) --end;  // whole characters only
    return "'" + node.text.substr(0, end) + "...'";
}

}  // namespace railwindow
