#pragma once
// What the reading of one file carries along: its name, where in it we are, and everything found wrong so far.

#include <railwindow/core/error.hpp>
#include <railwindow/io/yaml_tree.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace railwindow {

class Reader {
public:
    explicit Reader(std::string file) : file_{std::move(file)} {}

    const std::string& file() const { return file_; }
    Place place(const YamlNode& node) const { return {file_, node.line, node.column}; }
    Findings& findings() { return findings_; }

    /// Notes that what stands at `node`, under the present path, is wrong.
    void error(const YamlNode& node, std::string what, std::string remedy = {}) {
        findings_.add({place(node), path(), std::move(what), std::move(remedy), Severity::error});
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
    std::vector<std::string> steps_;
    Findings findings_;
};

}  // namespace railwindow
