#include <railwindow/io/edits.hpp>

#include <railwindow/io/codecs.hpp>
#include <railwindow/io/file_tables.hpp>
#include <railwindow/io/overlay.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace railwindow {

/// Any map; its keys are checked where it is laid over the record.
template <>
struct Codec<EditedRecord> {
    static std::optional<EditedRecord> read(const YamlNode& node, Reader& reader) {
        if (node.kind != YamlNode::Kind::map) return reader.error(node, "expected a map, found " + described(node)), std::nullopt;
        EditedRecord edited{node};
        mark_file(edited.node, reader.file(), Lines::kept);
        return edited;
    }
    static TypeText type() { return {R"({"type":"object"})", "its keys as in its own file"}; }
};

template <>
const Table<EditsText>& table_of() {
    static const Table<EditsText> table{
        "edits",
        "What is assumed to be different in the files that the scenario names. A value given for a line holds all along it; `sections` are added.",
        {
            optional("stations", &EditsText::stations, "by id, such as `baranovsky: {reversal: {possible: true}}`"),
            optional("lines", &EditsText::lines, "by id, such as `pyongra: {limit: 80 km/h}`"),
            optional("borders", &EditsText::borders, "by id"),
            optional("gauge_changes", &EditsText::gauge_changes, "by station"),
            optional("practice", &EditsText::practice, "by country (two-letter code)"),
            optional("train", &EditsText::train, "of the train file, such as `{cars: 26}`"),
        }};
    return table;
}

namespace {

YamlNode* entry(YamlNode& map, std::string_view key) { return const_cast<YamlNode*>(map.find(key)); }

const RecordText& record_in_network(std::string_view kind) {
    for (const FieldText& field : record_text<NetworkSheet>().fields)
        if (field.key == kind) return *field.type.record;
    throw std::logic_error{"no records of this kind in a network"};
}

void take_out_details(YamlNode& line, const YamlNode& edit) {
    for (const auto& [key, value] : edit.entries) {
        if (key.text == "limit") take_out(line, "limits");
        if (key.text == "ruling_gradient") take_out(line, "gradients");
        YamlNode* sections = entry(line, "sections");
        const bool of_the_line = key.text == "name" || key.text == "source" || key.text == "confidence" || key.text == "sections";
        if (!sections || of_the_line) continue;
        for (YamlNode& section : sections->items)
            if (key.text != "from" && key.text != "to") take_out(section, key.text);
    }
}

void lay_over_line(YamlNode& line, YamlNode edit, const std::string& assumed_at) {
    take_out_details(line, edit);
    YamlNode *mine = entry(line, "sections"), *added = entry(edit, "sections");
    if (mine && added && mine->kind == YamlNode::Kind::sequence && added->kind == YamlNode::Kind::sequence) {
        mine->items.insert(mine->items.end(), added->items.begin(), added->items.end());
        take_out(edit, "sections");
    }
    lay_over(line, edit, record_in_network("lines"), assumed_at);
}

std::string where(const char* kind, const std::string& name, const YamlNode& edit) { return fmt::format("{}, edits.{}.{}", edit.file, kind, name); }

}  // namespace

void Edits::apply_by_name(YamlNode& root, const char* kind, const EditedByName& edits) {
    YamlNode* all = entry(root, kind);
    if (!all || all->kind != YamlNode::Kind::map) return;
    for (const auto& [key, value] : all->entries) known_.emplace(kind, key.text);
    for (const auto& [name, edited] : edits) {
        YamlNode* mine = entry(*all, name.value);
        if (!mine) continue;
        const std::string assumed_at = where(kind, name.value, edited.node);
        if (std::string_view{kind} == "lines")
            lay_over_line(*mine, edited.node, assumed_at);
        else
            lay_over(*mine, edited.node, record_in_network(kind), assumed_at);
    }
}

void Edits::apply_to_network(YamlNode& root) {
    apply_by_name(root, "stations", text_.stations);
    apply_by_name(root, "lines", text_.lines);
    apply_by_name(root, "borders", text_.borders);
    apply_by_name(root, "gauge_changes", text_.gauge_changes);
}

void Edits::apply_to_practice(YamlNode& root) {
    const YamlNode* country = root.find("country");
    if (!country) return;
    known_.emplace("practice", country->text);
    for (const auto& [name, edited] : text_.practice)
        if (name.value == country->text) lay_over(root, edited.node, record_text<PracticeSheet>(), where("practice", name.value, edited.node));
}

void Edits::apply_to_train(YamlNode& root) {
    if (text_.train) lay_over(root, text_.train->node, record_text<TrainSheet>(), text_.train->node.file + ", edits.train");
}

void Edits::note_unused(Findings& findings) const {
    const std::array<std::pair<const char*, const EditedByName*>, 5> kinds{{{"stations", &text_.stations},
                                                                            {"lines", &text_.lines},
                                                                            {"borders", &text_.borders},
                                                                            {"gauge_changes", &text_.gauge_changes},
                                                                            {"practice", &text_.practice}}};
    for (const auto& [kind, edits] : kinds) {
        std::vector<std::string_view> names;
        for (const auto& [known, name] : known_)
            if (known == kind) names.push_back(name);
        for (const auto& [name, edited] : *edits)
            if (std::find(names.begin(), names.end(), name.value) == names.end())
                findings.add({name.place, fmt::format("edits.{}.{}", kind, name.value), "no file of this scenario has it",
                              suggestion(name.value, names), Severity::error});
    }
}

}  // namespace railwindow
