#pragma once
// What the reading of one file carries along: its name, where in it we are, and everything found wrong so far.

#include <railwindow/core/error.hpp>
#include <railwindow/io/yaml_tree.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace railwindow {

/// What a key is that no table knows: a mistake in our own files, a remark in files of others.
enum class UnknownKeys { errors, warnings };

/// Throws: InputError when `root` says that it is another kind of file than `schema`: all its keys would be unknown.
void require_kind(const YamlNode& root, const std::string& file, std::string_view schema);

class Reader {
public:
    explicit Reader(std::string file, UnknownKeys unknown = UnknownKeys::errors) : file_{std::move(file)}, unknown_{unknown} {}

    const std::string& file() const { return file_; }
    Place place(const YamlNode& node) const { return {node.file.empty() ? file_ : node.file, node.line, node.column}; }
    Findings& findings() { return findings_; }

    /// Notes that what stands at `node`, under the present path, is wrong.
    void error(const YamlNode& node, std::string what, std::string remedy = {}) {
        findings_.add({place(node), path(), std::move(what), std::move(remedy), Severity::error});
    }

    /// Notes that what stands at `node` is not as it should be and can be read all the same.
    void warning(const YamlNode& node, std::string what, std::string remedy = {}) {
        findings_.add({place(node), path(), std::move(what), std::move(remedy), Severity::warning});
    }
    /// Notes a key that no table knows.
    void unknown_key(const YamlNode& key, std::string what, std::string remedy) {
        if (unknown_ == UnknownKeys::errors)
            error(key, std::move(what), std::move(remedy));
        else
            warning(key, std::move(what), "it is passed over");
    }

    /// `journey.calls[0].dwell`
    std::string path() const;

    /// While it lives, the path is longer by one step.
    class Step {
    public:
        Step(Reader& reader, std::string step) : reader_{reader} { reader_.steps_.push_back(std::move(step)); }
        ~Step() { reader_.steps_.pop_back(); }
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;

    private:
        Reader& reader_;
    };

private:
    std::string file_;
    UnknownKeys unknown_;
    std::vector<std::string> steps_;
    Findings findings_;
};

}  // namespace railwindow
