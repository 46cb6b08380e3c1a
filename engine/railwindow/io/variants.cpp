#include <railwindow/io/variants.hpp>

#include <railwindow/io/codecs.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow {

template <>
const Table<VariantText>& table_of() {
    static const Table<VariantText> table{
        "variant",
        "A what-if: any keys of a scenario, laid over the file. Records merge key by key; values, laws, times and lists are replaced whole.",
        {
            optional("why", &VariantText::why, "what it stands for, in a few words"),
            optional("without", &VariantText::without, "what it leaves out, as paths such as `journey.regauging`"),
        }};
    return table;
}

std::optional<VariantText> Codec<VariantText>::read(const YamlNode& node, Reader& reader) {
    if (node.kind != YamlNode::Kind::map)
        return reader.error(node, "expected a map, found " + described(node), "write keys of a scenario"), std::nullopt;
    YamlNode own = node, over = node;
    const auto is_own = [](const auto& entry) { return entry.key.text == "why" || entry.key.text == "without"; };
    std::erase_if(own.entries, [&](const auto& entry) { return !is_own(entry); });
    std::erase_if(over.entries, is_own);
    for (const auto& [key, value] : over.entries)
        if (key.text == "variants" || key.text == "schema")
            return reader.error(key, fmt::format("a variant cannot change '{}'", key.text), "leave it out"), std::nullopt;
    VariantText variant = read_record<VariantText>(own, reader);
    if (over.entries.empty() && variant.without.empty())
        return reader.error(node, "the variant changes nothing", "write at least one key of a scenario"), std::nullopt;
    variant.over = std::move(over);
    return variant;
}

TypeText Codec<VariantText>::type() {
    const RecordText& record = record_text<VariantText>();
    return {R"({"type":"object"})", "`variant`", &record};
}

YamlNode with_variant(const YamlNode& root, const Name& name, const VariantText& variant, const RecordText& record, const std::string& file,
                      Findings& findings) {
    YamlNode changed = root;
    for (const Name& path : variant.without)
        if (!take_out(changed, path.value))
            findings.add({{file, path.place.line, path.place.column},
                          fmt::format("variants.{}.without", name.value),
                          fmt::format("the file has no '{}'", path.value),
                          "write a path such as journey.regauging",
                          Severity::error});
    lay_over(changed, variant.over, record);
    return changed;
}

std::vector<std::string> changes_of(const VariantText& variant, const RecordText& record) {
    std::vector<std::string> changes = listed_changes(variant.over, record);
    for (const Name& path : variant.without) changes.push_back("without " + path.value);
    return changes;
}

}  // namespace railwindow
