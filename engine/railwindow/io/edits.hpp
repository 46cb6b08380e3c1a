#pragma once
// What a scenario changes in the files it names: `edits`. Done on their trees before they are read, so edits are checked by the
// same tables, and a message names the place of the edit.

#include <railwindow/core/error.hpp>
#include <railwindow/io/fields.hpp>
#include <railwindow/network/sheet.hpp>

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace railwindow {

/// A record as it is written, to be laid over another one.
struct EditedRecord {
    YamlNode node;
};
using EditedByName = std::vector<std::pair<Name, EditedRecord>>;

struct EditsText {
    EditedByName stations, lines, borders, gauge_changes, practice;
    std::optional<EditedRecord> train;
};

template <>
const Table<EditsText>& table_of();

/// The edits of one scenario while its files are read.
class Edits {
public:
    explicit Edits(const EditsText& text) : text_{text} {}

    /// Each lays what fits on the tree of one file. A value set on a line holds all along it: what the line's parts (and its
    /// limits or gradients in detail) say of the same thing is taken out; an edit's `sections` come behind those of the file.
    void apply_to_network(YamlNode& root);
    void apply_to_practice(YamlNode& root);
    void apply_to_train(YamlNode& root);
    /// Notes every edit that fitted no file.
    void note_unused(Findings& findings) const;

private:
    void apply_by_name(YamlNode& root, const char* kind, const EditedByName& edits);

    const EditsText& text_;
    std::set<std::pair<std::string, std::string>> known_;  // kind and name
};

}  // namespace railwindow
