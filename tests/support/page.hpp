#pragma once
// The document inside a page.

#include <nlohmann/json.hpp>

#include <stdexcept>
#include <string>

namespace railwindow {

/// What a page was drawn from. Throws: std::runtime_error when `page` holds none.
inline nlohmann::ordered_json document_of(const std::string& page) {
    const std::string mark = "<script type=\"application/json\" id=\"report\">";
    const std::size_t begin = page.find(mark);
    if (begin == std::string::npos) throw std::runtime_error{"no document in the page"};
    return nlohmann::ordered_json::parse(page.substr(begin + mark.size(), page.find("</script>", begin) - begin - mark.size()));
}

}  // namespace railwindow
