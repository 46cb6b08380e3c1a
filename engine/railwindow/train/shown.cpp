#include <railwindow/train/shown.hpp>

#include <utility>

namespace railwindow {

std::string shown(double number, const std::string& unit) {
    std::string text = std::to_string(number);
    if (const auto point = text.find('.'); point != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') text.pop_back();
    }
    return unit.empty() ? text : text + ' ' + unit;
}

Finding wrong(std::string field, std::string what, std::string remedy) {
    Finding finding;
    finding.subject = std::move(field);
    finding.what = std::move(what);
    finding.remedy = std::move(remedy);
    return finding;
}

}  // namespace railwindow
