#include <railwindow/network/line_profile.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

// Two places closer than this are one: 3.3333 km and 3333.3 m need not be the same number.
constexpr Length same_place = 1 * mm;

template <class Step>
void check_chainage(const LineSheet& line, const std::vector<Step>& steps, const char* key, Findings& findings) {
    const Length first = line.chainage.front().second.value, last = line.chainage.back().second.value;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Written<Length>& at = steps[i].at;
        const std::string subject = fmt::format("lines.{}.{}[{}].at", line.id.value, key, i);
        if (at.value < first - same_place || at.value > last - same_place)
            findings.add({at.place, subject, fmt::format("{:.3f} km does not lie on the line", at.value / km),
                          fmt::format("the line runs from {:.3f} to {:.3f} km", first / km, last / km), Severity::error});
        else if (i > 0 && at.value <= steps[i - 1].at.value)
            findings.add({at.place, subject,
                          fmt::format("{:.3f} km does not lie beyond {:.3f} km, the one before", at.value / km, steps[i - 1].at.value / km),
                          "chainage rises along the line", Severity::error});
    }
}

void check_gradients(const LineSheet& line, Findings& findings) {
    constexpr double steepest = 200 * permille;  // beyond it the small angle that the kernel assumes is none
    for (std::size_t i = 0; i < line.gradients.size(); ++i) {
        const Written<Gradient>& gradient = line.gradients[i].gradient;
        if (std::abs(gradient.value.ratio) >= steepest)
            findings.add({gradient.place, fmt::format("lines.{}.gradients[{}].gradient", line.id.value, i),
                          fmt::format("{:g} permille is no gradient of a railway", gradient.value.ratio / permille), "write it within 200 permille",
                          Severity::error});
    }
    if (line.gradients.empty()) return;
    const Written<Length>& begin = line.gradients.front().at;
    const bool at_a_station = std::any_of(line.chainage.begin(), line.chainage.end(),
                                          [&](const auto& station) { return abs(station.second.value - begin.value) < same_place; });
    if (!at_a_station)
        findings.add({begin.place, "lines." + line.id.value + ".gradients[0].at",
                      fmt::format("the profile begins at {:.3f} km, between two stations", begin.value / km), "begin it at a station's chainage",
                      Severity::error});
}

// The steps that hold within [begin, begin + length), counted from `begin`. The first of them may have begun earlier.
template <class T, class Step, class Value>
std::vector<HoldsFrom<T>> part(const std::vector<Step>& steps, Length begin, Length length, Value value) {
    std::vector<HoldsFrom<T>> found;
    for (const Step& step : steps) {
        if (step.at.value > begin + length - same_place) break;
        const bool from_the_beginning = step.at.value < begin + same_place;
        if (from_the_beginning) found.clear();
        found.push_back({from_the_beginning ? 0 * m : step.at.value - begin, value(step)});
    }
    return found;
}

}  // namespace

void check_profile(const LineSheet& line, Findings& findings) {
    check_chainage(line, line.limits, "limits", findings);
    check_chainage(line, line.gradients, "gradients", findings);
    check_gradients(line, findings);
}

std::vector<HoldsFrom<Speed>> limits_between(const LineSheet& line, Length begin, Length length, Speed otherwise) {
    auto limits = part<Speed>(line.limits, begin, length, [](const LimitFromSheet& step) { return step.limit; });
    if (!limits.empty() && limits.front().begin > 0 * m) limits.insert(limits.begin(), {0 * m, otherwise});
    return limits;
}

std::vector<HoldsFrom<Gradient>> gradients_between(const LineSheet& line, Length begin, Length length) {
    return part<Gradient>(line.gradients, begin, length, [](const GradientFromSheet& step) { return step.gradient.value; });
}

}  // namespace railwindow
