#pragma once
// What-ifs, done on the tree of a file before it is read: so whatever a what-if says is checked as strictly as the file itself,
// and a message names the place where the what-if was written.

#include <railwindow/io/fields.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

/// Lays the map `over` on the map `base`: records merge key by key, maps from names to records entry by entry, everything else (values, laws,
/// times, lists) is replaced whole. `record` is what `base` holds. With `assumed_at`, a value that came with a source of
/// its own gets a new one that says where it was assumed.
void lay_over(YamlNode& base, const YamlNode& over, const RecordText& record, std::string_view assumed_at = {});

/// Takes out of `root` what stands at `path` (`journey.via`). Returns false where nothing stands there.
bool take_out(YamlNode& root, std::string_view path);

/// One assignment taken apart: `journey.calls[0].dwell=90 min`.
struct Assignment {
    std::string path;
    YamlNode value;
};
/// Throws: InputError where it has no `=`, the path is no path or the value is no YAML. Messages speak of it as `option path`.
Assignment parse_assignment(std::string_view text, std::string_view option = "--set");

/// Puts the value where the path leads; a key that is not there is made, an entry of a list is not.
/// Throws: InputError where the path leads through something that is no map or past the end of a list.
void assign(YamlNode& root, const Assignment& assignment);

/// Marks `node` and all below it as written in `file`, where nothing else is said; without `keep_lines` it has no line there.
enum class Lines { kept, none };
void mark_file(YamlNode& node, const std::string& file, Lines lines);

/// `journey.via: [baranovsky]`, one for each value that `over` lays on a record: how a result's header speaks of it.
std::vector<std::string> listed_changes(const YamlNode& over, const RecordText& record);

}  // namespace railwindow
