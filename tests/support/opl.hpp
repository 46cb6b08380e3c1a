#pragma once
// OpenStreetMap data as text, for tests that draw a railway: one object a line (OPL).

#include <fmt/format.h>

#include <string>
#include <vector>

namespace railwindow {

class Opl {
public:
    /// `tags` as `railway=station,name=Alpha`; a blank is `%20%`.
    Opl& node(int id, double latitude, double longitude, const std::string& tags = "") {
        text_ += fmt::format("n{} v2 T{} x{:.7f} y{:.7f}\n", id, tags, longitude, latitude);
        return *this;
    }
    Opl& way(int id, const std::vector<int>& nodes, const std::string& tags) {
        std::string refs;
        for (const int ref : nodes) refs += fmt::format("{}n{}", refs.empty() ? "" : ",", ref);
        text_ += fmt::format("w{} v3 T{} N{}\n", id, tags, refs);
        return *this;
    }
    Opl& relation(int id, const std::string& members, const std::string& tags) {
        text_ += fmt::format("r{} v1 T{} M{}\n", id, tags, members);
        return *this;
    }
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

}  // namespace railwindow
