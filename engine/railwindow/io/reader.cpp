#include <railwindow/io/reader.hpp>

namespace railwindow {

void require_kind(const YamlNode& root, const std::string& file, std::string_view schema) {
    const YamlNode* said = root.find("schema");
    if (!said || said->text == schema) return;
    static constexpr std::string_view kinds[] = {"scenario", "network", "practice", "train", "rolling-stock", "grid"};
    const auto kind_of = [](std::string_view text) {
        for (const std::string_view kind : kinds)
            if (text == "railwindow." + std::string{kind} + "/1") return kind;
        return std::string_view{};
    };
    const std::string_view found = kind_of(said->text), wanted = kind_of(schema);
    if (found.empty()) return;  // misspelled: the rest of the file shows what it is
    const auto named = [](std::string_view kind) { return (kind == "rolling-stock" ? "" : "a ") + std::string{kind} + " file"; };
    const std::string remedy = wanted == "scenario" ? "name a scenario, such as those of scenarios/; `railwindow check` reads every kind of file"
                                                    : "name " + named(wanted) + " here";
    throw InputError{Finding{{file, said->line, said->column},
                             "schema",
                             "this is " + named(found) + " (" + said->text + "), not " + std::string{schema},
                             remedy,
                             Severity::error}};
}

std::string Reader::path() const {
    std::string path;
    for (const std::string& step : steps_) {
        if (!path.empty() && step.front() != '[') path += '.';
        path += step;
    }
    return path;
}

}  // namespace railwindow
