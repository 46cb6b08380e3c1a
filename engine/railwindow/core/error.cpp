#include <railwindow/core/error.hpp>

#include <algorithm>

namespace railwindow {
namespace {

std::string joined(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& finding : findings) {
        if (!text.empty()) text += '\n';
        text += to_string(finding);
    }
    return text;
}

std::vector<Finding> in_order(std::vector<Finding> findings) {
    std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) { return a.place < b.place; });
    return findings;
}

}  // namespace

std::string to_string(const Finding& finding) {
    std::string text = finding.place.file;
    if (finding.place.line > 0) text += ':' + std::to_string(finding.place.line) + ':' + std::to_string(finding.place.column);
    if (!text.empty()) text += ": ";
    if (finding.severity == Severity::warning) text += "warning: ";
    if (!finding.subject.empty()) text += finding.subject + ": ";
    text += finding.what;
    if (!finding.remedy.empty()) text += "; " + finding.remedy;
    return text;
}

InputError::InputError(std::vector<Finding> findings) : std::runtime_error{joined(in_order(findings))}, findings_{in_order(std::move(findings))} {}

InputError::InputError(Finding finding) : InputError{std::vector<Finding>(1, std::move(finding))} {}

bool Findings::has_errors() const {
    return std::any_of(list_.begin(), list_.end(), [](const Finding& f) { return f.severity == Severity::error; });
}

void Findings::throw_if_errors() const {
    if (has_errors()) throw InputError{list_};
}

}  // namespace railwindow
