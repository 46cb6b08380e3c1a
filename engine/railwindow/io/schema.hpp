#pragma once
// The field tables, published: as JSON Schema for editors and as a reference for people.

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

/// The JSON Schema (draft 2020-12) of one kind of file: scenario, network, practice, train. Any other kind is our own bug.
void write_json_schema(std::ostream& out, std::string_view kind);
/// The paths that `--set` may name in a scenario, of lists their first entry: `journey.from`, `journey.calls[0].dwell`.
std::vector<std::string> paths_of_scenarios();
/// All keys of all files, in Markdown.
void write_reference(std::ostream& out);

}  // namespace railwindow
