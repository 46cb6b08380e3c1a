#pragma once

#include <string>
#include <vector>

namespace cli {

/// The file that `word` means: itself where it looks like a path or there is such a file, otherwise the scenario of that name that came with
/// the tool: in scenarios/ of $RAILWINDOW_DATA, or of share/railwindow beside the folder that the tool is installed in.
/// Throws: InputError with the near miss when there are such scenarios and none has that name.
std::string scenario_path(const std::string& word);

/// The scenarios and networks that came with the tool, in order of their names; none where it was not installed and $RAILWINDOW_DATA is empty.
std::vector<std::string> installed_scenario_files();
std::vector<std::string> installed_network_files();
/// Likewise the files of another folder, such as `networks/practice`; and one of them by its name.
std::vector<std::string> installed_files(const char* folder);
std::string installed_file(const char* folder, const char* name);
/// The JSON Schema of one kind of file; it may not be there.
std::string installed_schema(const char* kind);

}  // namespace cli
