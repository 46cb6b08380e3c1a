#pragma once
// How plans of arrival, running hours and opening hours are written.

#include <railwindow/core/hours.hpp>
#include <railwindow/io/codecs.hpp>
#include <railwindow/simulation/plan_sheet.hpp>

namespace railwindow {

template <>
const Table<PlanSheet>& table_of();
template <>
const Table<RunningHoursSheet>& table_of();

template <>
struct Codec<DailyHours> {
    static std::optional<DailyHours> read(const YamlNode& node, Reader& reader);
    static TypeText type() {
        return {R"({"type":"string"})", "hours of every day such as `21:00-05:00` (local to the place), `daylight` or `night`"};
    }
};

/// A plan with one time.
template <>
struct Codec<PlanSheet> {
    static std::optional<PlanSheet> read(const YamlNode& node, Reader& reader);
    static TypeText type();
};

/// Hours that hold somewhere.
template <>
struct Codec<RunningHoursSheet> {
    static std::optional<RunningHoursSheet> read(const YamlNode& node, Reader& reader);
    static TypeText type();
};

}  // namespace railwindow
