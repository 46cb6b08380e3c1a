#pragma once

#include <railwindow/io/fields.hpp>

#include <string>
#include <string_view>

namespace railwindow {

/// The one record that the text of a file holds; it remembers the file's name.
/// Throws: InputError with everything that is wrong with it.
template <class Sheet>
Sheet read_sheet(const YamlNode& root, const std::string& file, std::string_view schema) {
    require_kind(root, file, schema);
    Reader reader{file};
    Sheet sheet = read_record<Sheet>(root, reader);
    sheet.file = file;
    reader.findings().throw_if_errors();
    return sheet;
}
template <class Sheet>
Sheet read_sheet(std::string_view text, const std::string& file, std::string_view schema, const YamlLimits& limits) {
    return read_sheet<Sheet>(parse_yaml(text, file, limits), file, schema);
}

}  // namespace railwindow
