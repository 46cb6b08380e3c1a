#include <railwindow/io/overlay.hpp>

#include <railwindow/io/composed.hpp>
#include <railwindow/io/yaml_writer.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace railwindow {
namespace {

[[noreturn]] void fail(std::string place, std::string what, std::string remedy) {
    throw InputError{Finding{{std::move(place), 0, 0}, {}, std::move(what), std::move(remedy), Severity::error}};
}

YamlNode* entry_of(YamlNode& map, std::string_view key) { return const_cast<YamlNode*>(map.find(key)); }

const FieldText* field_of(const RecordText& record, std::string_view key) {
    const auto found = std::find_if(record.fields.begin(), record.fields.end(), [&](const FieldText& field) { return field.key == key; });
    return found == record.fields.end() ? nullptr : &*found;
}

// The value with the source that an assumption has, unless it brings its own.
YamlNode with_source(const YamlNode& value, std::string_view assumed_at) {
    if (value.find("source") || value.find("confidence")) return value;
    YamlNode made = value;
    if (value.kind != YamlNode::Kind::map) {
        made = YamlNode{};
        made.kind = YamlNode::Kind::map;
        made.line = value.line, made.column = value.column, made.file = value.file;
        made.entries.push_back({yaml_scalar("value"), value});
    }
    made.entries.push_back({yaml_scalar("source"), yaml_scalar(fmt::format("assumed in {}", assumed_at))});
    made.entries.push_back({yaml_scalar("confidence"), yaml_scalar("medium")});
    for (auto& [key, child] : made.entries)
        if (key.line == 0) key.file = child.file = value.file;
    return made;
}

// One step of a path: a key, or the index of an entry.
struct KeyStep {
    std::string key;
    std::size_t index = 0;
    bool is_index = false;
};

std::vector<KeyStep> steps_of(std::string_view path, const std::string& place) {
    const auto wrong = [&] { fail(place, fmt::format("'{}' is no path", path), "write a path as messages name it, such as journey.calls[0].dwell"); };
    std::vector<KeyStep> steps;
    while (!path.empty()) {
        if (path.front() == '[') {
            KeyStep step{{}, 0, true};
            const auto [end, error] = std::from_chars(path.data() + 1, path.data() + path.size(), step.index);
            if (error != std::errc{} || end == path.data() + path.size() || *end != ']' || steps.empty()) wrong();
            path.remove_prefix(static_cast<std::size_t>(end - path.data()) + 1);
            steps.push_back(step);
        } else {
            if (!steps.empty()) {
                if (path.front() != '.') wrong();
                path.remove_prefix(1);
            }
            const std::size_t end = std::min(path.find_first_of(".["), path.size());
            if (end == 0) wrong();
            steps.push_back({std::string{path.substr(0, end)}});
            path.remove_prefix(end);
        }
    }
    if (steps.empty()) wrong();
    return steps;
}

std::string joined(const std::vector<KeyStep>& steps, std::size_t count) {
    std::string path;
    for (std::size_t i = 0; i < count; ++i) path += steps[i].is_index ? fmt::format("[{}]", steps[i].index) : (i == 0 ? "" : ".") + steps[i].key;
    return path;
}

}  // namespace

void mark_file(YamlNode& node, const std::string& file, Lines lines) {
    if (node.file.empty()) {
        node.file = file;
        if (lines == Lines::none) node.line = node.column = 0;
    }
    for (YamlNode& item : node.items) mark_file(item, file, lines);
    for (auto& [key, value] : node.entries) mark_file(key, file, lines), mark_file(value, file, lines);
}

void lay_over(YamlNode& base, const YamlNode& over, const RecordText& record, std::string_view assumed_at) {
    if (base.kind != YamlNode::Kind::map || over.kind != YamlNode::Kind::map) return void(base = over);
    for (const auto& [key, value] : over.entries) {
        const FieldText* field = field_of(record, key.text);
        const Overlay how = field ? field->type.overlay : Overlay::replaces;
        YamlNode* old = entry_of(base, key.text);
        if (!old) {
            const bool claims = how == Overlay::replaces_claim && !assumed_at.empty();
            base.entries.push_back({key, claims ? with_source(value, assumed_at) : value});
        } else if (how == Overlay::merges) {
            lay_over(*old, value, *field->type.record, assumed_at);
        } else if (how == Overlay::merges_by_name && old->kind == YamlNode::Kind::map && value.kind == YamlNode::Kind::map) {
            for (const auto& [name, item] : value.entries) {
                if (YamlNode* known = entry_of(*old, name.text))
                    lay_over(*known, item, *field->type.record, assumed_at);
                else
                    old->entries.push_back({name, item});
            }
        } else {
            *old = how == Overlay::replaces_claim && !assumed_at.empty() ? with_source(value, assumed_at) : value;
        }
    }
}

bool take_out(YamlNode& root, std::string_view path) {
    YamlNode* at = &root;
    for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
        at = entry_of(*at, path.substr(0, dot));
        if (!at) return false;
        path.remove_prefix(dot + 1);
    }
    return std::erase_if(at->entries, [&](const auto& e) { return e.key.text == path; }) > 0;
}

Assignment parse_assignment(std::string_view written, std::string_view option) {
    const std::string text_in_one_form = composed(written);
    const std::string_view text = text_in_one_form;
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0)
        fail(fmt::format("{} {}", option, text), "there is no '='", "write path.to.key=value, such as journey.calls[0].dwell=90 min");
    Assignment assignment{std::string{text.substr(0, equals)}, {}};
    const std::string place = fmt::format("{} {}", option, assignment.path);
    steps_of(assignment.path, place);
    const std::string_view value = text.substr(equals + 1);
    if (value.find_first_not_of(' ') == std::string_view::npos) fail(place, "there is no value", "write path.to.key=value");
    try {
        assignment.value = parse_yaml(value, place);
    } catch (const InputError& error) {
        fail(place, fmt::format("'{}' is no value: {}", value, error.findings().front().what), "write it as in a file, lists and laws on one line");
    }
    mark_file(assignment.value, place, Lines::none);
    return assignment;
}

void assign(YamlNode& root, const Assignment& assignment) {
    const std::string& place = assignment.value.file;
    const std::vector<KeyStep> steps = steps_of(assignment.path, place);
    YamlNode* at = &root;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::string before = i == 0 ? std::string{"the file"} : "'" + joined(steps, i) + "'";
        if (steps[i].is_index) {
            if (at->kind != YamlNode::Kind::sequence) fail(place, fmt::format("{} is {}, not a list", before, described(*at)), "set it as a whole");
            if (steps[i].index >= at->items.size())
                fail(place, fmt::format("{} has {} {}", before, at->items.size(), at->items.size() == 1 ? "entry" : "entries"),
                     "entries count from [0]; set the list as a whole to add one");
            at = &at->items[steps[i].index];
            continue;
        }
        if (at->kind == YamlNode::Kind::scalar && at->text == "on") {  // all as it is by default, until a part of it is said
            YamlNode defaults = yaml_map({});
            mark_file(defaults, place, Lines::none);
            *at = std::move(defaults);
        }
        if (at->kind != YamlNode::Kind::map) fail(place, fmt::format("{} is {}, not a map", before, described(*at)), "set it as a whole");
        YamlNode* next = entry_of(*at, steps[i].key);
        if (!next) {
            YamlNode key = yaml_scalar(steps[i].key), made = yaml_map({});
            mark_file(key, place, Lines::none), mark_file(made, place, Lines::none);
            at->entries.push_back({std::move(key), std::move(made)});
            next = &at->entries.back().value;
        }
        at = next;
    }
    *at = assignment.value;
}

std::vector<std::string> listed_changes(const YamlNode& over, const RecordText& record) {
    std::vector<std::string> changes;
    for (const auto& [key, value] : over.entries) {
        const FieldText* field = field_of(record, key.text);
        const auto add = [&](const std::string& prefix, const YamlNode& part) {
            for (const std::string& change : listed_changes(part, *field->type.record)) changes.push_back(prefix + "." + change);
        };
        if (field && field->type.overlay == Overlay::merges && value.kind == YamlNode::Kind::map)
            add(key.text, value);
        else if (field && field->type.overlay == Overlay::merges_by_name && value.kind == YamlNode::Kind::map)
            for (const auto& [name, item] : value.entries) add(key.text + "." + name.text, item);
        else
            changes.push_back(key.text + ": " + yaml_line(value));
    }
    return changes;
}

}  // namespace railwindow
