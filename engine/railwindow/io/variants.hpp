#pragma once
// The variants of a scenario file: what-ifs with a name, written beside it.

#include <railwindow/io/overlay.hpp>
#include <railwindow/network/sheet.hpp>

#include <string>
#include <utility>
#include <vector>

namespace railwindow {

/// One variant: any keys of the scenario, laid over it, with `why` and `without`.
struct VariantText {
    YamlNode over;  ///< without these two
    std::string why;
    std::vector<Name> without;  ///< paths to be taken out
};
using VariantsText = std::vector<std::pair<Name, VariantText>>;

template <>
const Table<VariantText>& table_of();
/// Refuses keys that no variant can have.
template <>
struct Codec<VariantText> {
    static std::optional<VariantText> read(const YamlNode& node, Reader& reader);
    static TypeText type();
};

/// `root` with `variant` laid over it; `record` is what it holds. A path of `without` that leads nowhere is noted in `findings`.
YamlNode with_variant(const YamlNode& root, const Name& name, const VariantText& variant, const RecordText& record, const std::string& file,
                      Findings& findings);

/// What `variant` changes, one to an entry.
std::vector<std::string> changes_of(const VariantText& variant, const RecordText& record);

}  // namespace railwindow
