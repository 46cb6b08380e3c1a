#include <railwindow/io/plain_tables.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/plain_words.hpp>
#include <railwindow/io/table_text.hpp>
#include <railwindow/io/write_modes.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace railwindow {
namespace {

constexpr int time_width = 13;                      // ` Thu 25 16:39`
constexpr int least_name = 10, narrowest_name = 7;  // where columns are left out for it; on the narrowest terminals

// The words above the quantiles, in two lines.
std::pair<std::string, std::string> heads(const std::vector<Quantile>& quantiles) {
    std::pair<std::string, std::string> lines;
    for (const Quantile& quantile : quantiles) {
        const auto [first, second] = quantile_words(quantile.p);
        lines.first += ' ' + fitted(first, time_width - 1);
        lines.second += ' ' + fitted(second, time_width - 1);
    }
    return lines;
}

std::string times_text(const std::vector<Quantile>& quantiles, const TimeZone& zone) {
    std::string text;
    for (const Quantile& quantile : quantiles) text += ' ' + weekday_time(Instant{quantile.value}, zone);
    return text;
}

// `text` in lines of at most `width` characters; a longer word has a line of its own.
std::vector<std::string> lines_of_words(const std::string& text, int width) {
    std::ostringstream wrapped;
    write_wrapped(wrapped, text, width, 0);
    std::vector<std::string> lines;
    std::istringstream in{wrapped.str()};
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

Millis offset_at(const Quantile& quantile, const TimeZone& zone) { return zone.offset_at(shown_minute(Instant{quantile.value})); }

void write_clock_change(std::ostream& out, const std::string& what, const std::vector<Quantile>& times, const TimeZone& zone, int width) {
    const auto changed = [&](const Quantile& q) { return offset_at(q, zone) != offset_at(times.front(), zone); };
    if (std::none_of(times.begin(), times.end(), changed)) return;
    std::string offsets;
    for (const Quantile& quantile : times) offsets += fmt::format("{} UTC{}", offsets.empty() ? "" : ",", offset_text(offset_at(quantile, zone)));
    write_wrapped(out, fmt::format("Clocks change within the window of {}: its times are{}.", what, offsets), width, 2);
}

class WindowTable {
public:
    WindowTable(std::ostream& out, const Model& model, const std::vector<TimingPointEstimate>& points, int width, Units units)
        : out_{out}, model_{model}, points_{points}, width_{width}, miles_{units == Units::imperial} {
        for (const TimingPointEstimate& point : points_) shares_ |= !point.time.empty() && point.probability < 0.99;
        columns_ = static_cast<int>(reached().time.size());
        // What a narrow terminal has no room for: stays first, then distances.
        stays_ = fixed(true, true) + least_name <= width_;
        distances_ = stays_ || fixed(true, false) + least_name <= width_;
        int longest = least_name;
        for (const TimingPointEstimate& point : points_)
            if (!point.time.empty()) longest = std::max(longest, static_cast<int>(characters(station_of(point).name)));
        names_ = std::clamp(width_ - fixed(distances_, stays_), narrowest_name, longest);
    }

    void write() const {
        const auto [first, second] = heads(reached().time);
        const std::string distance = distances_ ? fmt::format("{:>{}}", miles_ ? "mi" : "km", distance_width()) : "";
        const std::string pad(static_cast<std::size_t>(names_ + event_width + (distances_ ? distance_width() : 0)), ' ');
        out_ << without_end(pad + first) << '\n';
        out_ << without_end(fitted("Station", names_) + std::string(event_width, ' ') + distance + second + (stays_ ? "   stay" : "") +
                            (shares_ ? "  in %" : ""))
             << '\n';
        for (const TimingPointEstimate& point : points_)
            if (!point.time.empty()) write_row(point);
        for (const TimingPointEstimate& point : points_) {
            constexpr std::string_view events[] = {"the departure from", "the arrival at", "passing"};
            if (!point.time.empty())
                write_clock_change(out_, fmt::format("{} {}", events[static_cast<std::size_t>(point.event)], station_of(point).name), point.time,
                                   station_of(point).zone, width_);
        }
        write_legend();
    }

private:
    static constexpr int event_width = 8, stay_width = 7, share_width = 6;

    const Station& station_of(const TimingPointEstimate& point) const { return model_.network.stations()[model_.timing_points[point.point].station]; }
    const TimingPointEstimate& reached() const {
        return *std::find_if(points_.begin(), points_.end(), [](const TimingPointEstimate& point) { return !point.time.empty(); });
    }
    int distance_width() const { return 8; }  // to 99,999.9
    int fixed(bool distances, bool stays) const {
        return event_width + (distances ? distance_width() : 0) + time_width * columns_ + (stays ? stay_width : 0) + (shares_ ? share_width : 0);
    }

    void write_row(const TimingPointEstimate& point) const {
        constexpr std::string_view events[] = {" departs", " arrives", " passes "};
        const Station& place = station_of(point);
        std::string name = place.name;
        if (static_cast<int>(characters(name)) > names_) {  // a line of its own rather than cut
            out_ << name << '\n';
            name.clear();
        }
        const Length distance = visit_at(model_, model_.timing_points[point.point]).distance;
        std::string line = fitted(name, names_) + std::string{events[static_cast<std::size_t>(point.event)]};
        if (distances_) line += fmt::format("{:>{}.1f}", distance / (miles_ ? mile : km), distance_width());
        line += times_text(point.time, place.zone);
        if (stays_) line += fmt::format("{:>{}}", point.dwell.empty() ? "" : clock_text(middle_of(point.dwell).value), stay_width);
        if (shares_) line += fmt::format("{:>{}.3g}", 100 * point.probability, share_width);
        out_ << without_end(line) << '\n';
    }

    void write_legend() const {
        std::pair<Instant, const TimeZone*> first{Instant::max(), nullptr}, last{Instant::min(), nullptr};
        bool any_stay = false;
        for (const TimingPointEstimate& point : points_) {
            any_stay |= !point.dwell.empty();
            for (const Quantile& quantile : point.time) {
                if (Instant{quantile.value} < first.first) first = {Instant{quantile.value}, &station_of(point).zone};
                if (Instant{quantile.value} > last.first) last = {Instant{quantile.value}, &station_of(point).zone};
            }
        }
        std::string text = fmt::format("Times are local to each station, {}.", months({first.first, *first.second}, {last.first, *last.second}));
        if (stays_ && any_stay) {
            const double p = middle_of(reached().time).p;
            text += p == 0.5 ? " stay: its median, h:mm." : fmt::format(" stay: {:.4g} % are as long or shorter, h:mm.", 100 * p);
        }
        if (shares_) text += " in %: of the journeys that come there.";
        if (!stays_) text += fmt::format(" A wider terminal shows {}stays.", distances_ ? "" : "distances and ");
        write_wrapped(out_, text, width_, 2);
    }

    std::ostream& out_;
    const Model& model_;
    const std::vector<TimingPointEstimate>& points_;
    int width_, columns_ = 0, names_ = 0;
    bool miles_, shares_ = false, stays_ = true, distances_ = true;
};

}  // namespace

void write_plain_windows(std::ostream& out, const Model& model, const std::vector<TimingPointEstimate>& points, int width, Units units) {
    WindowTable{out, model, points, width, units}.write();
}

void write_plain_rows(std::ostream& out, const std::string& title, const std::vector<PlainRow>& rows, int width) {
    constexpr int share_width = 8;  // ` 61.5 % `
    const auto with_times = std::find_if(rows.begin(), rows.end(), [](const PlainRow& row) { return !row.times.empty(); });
    if (with_times == rows.end()) return;
    const auto [first, second] = heads(with_times->times);
    int longest = static_cast<int>(characters(title)) - share_width;
    for (const PlainRow& row : rows) longest = std::max(longest, static_cast<int>(characters(row.what)));
    const int names =
        std::clamp(width - share_width - time_width * static_cast<int>(with_times->times.size()), least_name, std::max(longest, least_name));
    out << '\n' << without_end(std::string(static_cast<std::size_t>(share_width + names), ' ') + first) << '\n';
    out << without_end(fitted(title, share_width + names) + second) << '\n';
    for (const PlainRow& row : rows) {
        const std::vector<std::string> lines = lines_of_words(row.what, names);
        for (std::size_t i = 0; i + 1 < lines.size(); ++i)
            out << (i == 0 ? fmt::format("{:>5.3g} % ", 100 * row.share) : std::string(share_width, ' ')) << lines[i] << '\n';
        std::string line = (lines.size() == 1 ? fmt::format("{:>5.3g} % ", 100 * row.share) : std::string(share_width, ' '));
        line += static_cast<int>(characters(lines.back())) > names ? lines.back() : fitted(lines.back(), names);
        out << without_end(line + (row.times.empty() ? "" : times_text(row.times, *row.zone))) << '\n';
    }
    for (const PlainRow& row : rows)
        if (!row.times.empty()) write_clock_change(out, row.what, row.times, *row.zone, width);
}

void write_plain_alternatives(std::ostream& out, const Model& model, const Estimate& estimate, int width) {
    if (estimate.alternatives.size() <= estimate.destinations.size()) return;
    std::vector<PlainRow> rows;
    for (const AlternativeEstimate& one : estimate.alternatives) {
        const Alternative& alternative = model.alternatives[one.alternative];
        const auto last = std::find_if(one.timing_points.rbegin(), one.timing_points.rend(), [&](const TimingPointEstimate& point) {
            return model.timing_points[point.point].train == 0 && point.event == TimingEvent::arrive;
        });
        rows.push_back({alternative.probability, alternative.name + (last->time.empty() ? ": no journey arrives" : ""), last->time,
                        &model.network.stations()[model.timing_points[last->point].station].zone});
    }
    write_plain_rows(out, "Arrival by route", rows, width);
}

void write_plain_modes(std::ostream& out, const Model& model, const Estimate& estimate, int width) {
    constexpr double rare = 0.01;
    if (estimate.destinations.size() > 1) return;  // times in the clocks of different places
    const TimeZone& zone = model.network.stations()[estimate.destinations.front().station].zone;
    std::vector<PlainRow> rows;
    double others = 0;
    for (const ModeEstimate& mode : estimate.modes) {
        if (mode.probability.value < rare)
            others += mode.probability.value;
        else
            rows.push_back({mode.probability.value, name_of(model, mode), mode.arrival, &zone});
    }
    if (others > 0) rows.push_back({others, "more of these together", {}, &zone});
    write_plain_rows(out, "Arrival by what it waits for", rows, width);
}

}  // namespace railwindow
