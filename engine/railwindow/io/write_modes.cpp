#include <railwindow/io/write_modes.hpp>

#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/io/table_text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow {
namespace {

// The waits of a mode, as many to a line as fit in `width`.
std::vector<std::string> lines_of(const Model& model, const ModeEstimate& mode, int width) {
    std::vector<std::string> lines{""};
    for (std::size_t i = 0; i < mode.waits.size(); ++i) {
        const std::string what = model.waits[mode.waits[i]].what + (i + 1 < mode.waits.size() ? "," : "");
        std::string& last = lines.back();
        if (last.empty() || last.size() + 1 + what.size() <= static_cast<std::size_t>(width))
            last += (last.empty() ? "" : " ") + what;
        else
            lines.push_back(what);
    }
    return mode.waits.empty() ? std::vector<std::string>{name_of(model, mode)} : lines;
}

}  // namespace

std::string name_of(const Model& model, const ModeEstimate& mode) {
    std::string name;
    for (const std::size_t wait : mode.waits) name += (name.empty() ? "" : ", ") + model.waits[wait].what;
    return name.empty() ? "no such wait" : name;
}

void write_modes(std::ostream& out, const Model& model, const Estimate& estimate, int width) {
    constexpr double rare = 0.01;
    if (estimate.modes.empty()) return;
    const std::vector<Quantile>& all = final_arrival(model, estimate.timing_points).time;
    const int names = std::max(10, width - 8 - 12 * static_cast<int>(all.size()));
    out << '\n' << fitted("Arrival by what it waits for", names + 8);
    std::string head;
    for (const Quantile& quantile : all) head += ' ' + fitted(fmt::format("P{:g}", 100 * quantile.p), 11);
    out << head.erase(head.find_last_not_of(' ') + 1) << '\n';
    std::uint64_t others = 0;
    for (const ModeEstimate& mode : estimate.modes) {
        if (mode.probability.value < rare) {
            others += mode.runs;
            continue;
        }
        const std::vector<std::string> lines = lines_of(model, mode, names);
        out << fmt::format("{:>5.3g} % {}", 100 * mode.probability.value, fitted(lines.front(), names));
        std::string times;
        for (const Quantile& quantile : mode.arrival)
            times += ' ' + fitted(short_time(Instant{quantile.value}, station_of(model, {}).zone).substr(5), 11);
        out << (times.empty() ? " no run" : times) << '\n';
        for (std::size_t i = 1; i < lines.size(); ++i) out << std::string(8, ' ') << lines[i] << '\n';
    }
    if (others > 0)
        out << fmt::format("{:>5.2g} % {}\n", 100 * static_cast<double>(others) / static_cast<double>(estimate.runs), "more of these together");
}

std::vector<std::string> voluntary_waits(const Model& model) {
    std::vector<std::string> names;
    for (const Waiting& wait : model.waits)
        if (wait.voluntary) names.push_back(wait.what);
    return names;
}

std::string without_waits_text(const std::vector<std::string>& waits) {
    std::string names;
    for (const std::string& wait : waits) names += (names.empty() ? "" : ", ") + wait;
    return names.empty()
               ? names
               : fmt::format("Who wants to be in time does not wait of his own will: left out are {} (--with-voluntary-waits keeps them).", names);
}

}  // namespace railwindow
