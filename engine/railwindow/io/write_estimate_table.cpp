#include <railwindow/io/write_estimate.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/table_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

// `text` cut to `width` characters and padded to it.
std::string fitted(const std::string& text, int width) {
    const auto wide = static_cast<std::size_t>(width);
    std::size_t shown = 0, end = 0, last = 0;  // of the characters shown
    while (end < text.size() && shown < wide) {
        last = end++;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
        ++shown;
    }
    std::string cut = text.substr(0, end);
    if (end < text.size()) cut = text.substr(0, last) + '.';
    return cut + std::string(wide - shown, ' ');
}

std::string grouped(std::uint64_t number) {  // 65,536
    std::string digits = std::to_string(number);
    for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

class TableWriter {
public:
    TableWriter(std::ostream& out, const Model& model, const Estimate& estimate, int width)
        : out_{out}, model_{model}, estimate_{estimate}, width_{std::max(width, 60)} {}

    void write() {
        write_head();
        write_windows();
        write_precision();
        write_legs();
        write_claims();
        for (const std::string& note : model_.notes) out_ << '\n', write_wrapped(out_, "Note: " + note, width_, 2);
        write_weak_inputs();
    }

private:
    const Station& station(std::size_t visit) const { return model_.network.stations()[model_.visits[visit].station]; }

    bool regauged(std::size_t visit) const {
        const std::vector<Activity>& activities = model_.visits[visit].activities;
        return std::any_of(activities.begin(), activities.end(), [](const Activity& a) { return a.kind == ActivityKind::gauge_change; });
    }

    std::string changes() const {
        std::string text;
        for (const std::size_t step : model_.path.gauge_changes)
            text += fmt::format(", gauge {} to {} mm at {}{}", model_.path.steps[step - 1].gauge.millimetres,
                                model_.path.steps[step].gauge.millimetres, station(step).name, regauged(step) ? "" : " (prepared: no time)");
        for (const std::size_t step : model_.path.reversals) text += ", reversal at " + station(step).name;
        return text;
    }

    void write_head() {
        if (!model_.question.empty()) write_wrapped(out_, model_.question, width_, 0), out_ << '\n';
        for (const std::string& change : model_.changes) write_wrapped(out_, "With " + change, width_, 2);
        write_wrapped(out_, fmt::format("Route: {}; {:.1f} km{}.", summary(model_.network, model_.path), model_.path.length / km, changes()), width_,
                      2);
        write_wrapped(out_,
                      fmt::format("{} runs, seed {}, {}. Times are local to each station; year {}.", grouped(estimate_.runs), estimate_.seed,
                                  model_.rung, years()),
                      width_, 2);
        out_ << '\n';
    }

    std::string years() const {
        const auto year_of = [&](const TimingPointEstimate& point, Millis time) { return station(point.visit).zone.local_at(Instant{time}).year; };
        const int first = year_of(estimate_.timing_points.front(), estimate_.timing_points.front().time.front().value);
        const int last = year_of(estimate_.timing_points.back(), estimate_.timing_points.back().time.back().value);
        return first == last ? std::to_string(first) : fmt::format("{} to {}", first, last);
    }

    void write_windows() {
        const auto columns = static_cast<int>(estimate_.timing_points.front().time.size());
        const int fixed = 1 + 3 + 1 + 6 + 1 + 12 * columns + 1 + 6 + 1 + 6 + 1 + 6;
        int longest = 0;
        for (const TimingPointEstimate& point : estimate_.timing_points)
            longest = std::max(longest, static_cast<int>(characters(station(point.visit).name)));
        const int names = std::clamp(width_ - fixed, 10, std::max(10, longest));
        out_ << fitted("Station", names) << "         km ";
        for (const Quantile& quantile : estimate_.timing_points.front().time) out_ << ' ' << fitted(upper(quantile_name(quantile.p)), 11);
        out_ << fmt::format(" {:<6} {:>6} {:>6}\n", "UTC", "after", "stands");
        for (const TimingPointEstimate& point : estimate_.timing_points) write_window(point, names);
    }

    static std::string upper(std::string name) {
        name.front() = 'P';
        return name;
    }

    // The offset from UTC, or that the clocks change between the quantiles.
    static std::string offset_of(const TimingPointEstimate& point, const TimeZone& zone, Instant middle) {
        const auto same = [&](const Quantile& q) { return zone.offset_at(Instant{q.value}) == zone.offset_at(middle); };
        return std::all_of(point.time.begin(), point.time.end(), same) ? offset_text(zone.offset_at(middle)) : "varies";
    }

    void write_window(const TimingPointEstimate& point, int names) {
        const char* event = point.event == TimingEvent::depart ? "dep" : point.event == TimingEvent::arrive ? "arr" : "pas";
        const Station& place = station(point.visit);
        out_ << fitted(place.name, names) << fmt::format(" {} {:>6.1f} ", event, model_.visits[point.visit].distance / km);
        for (const Quantile& quantile : point.time) out_ << ' ' << short_time(Instant{quantile.value}, place.zone).substr(5);
        const Quantile& middle = median_of(point.elapsed);
        const Instant at{median_of(point.time).value};
        std::string line = fmt::format(" {:<6} {:>6} {:>6}", offset_text(place.zone.offset_at(at)), clock_text(middle.value),
                                       point.dwell.empty() ? "" : clock_text(median_of(point.dwell).value));
        line.erase(line.find_last_not_of(' ') + 1);
        out_ << line << '\n';
    }

    // The quantile nearest the median, as a column has room for one only.
    static const Quantile& median_of(const std::vector<Quantile>& quantiles) {
        return *std::min_element(quantiles.begin(), quantiles.end(),
                                 [](const Quantile& a, const Quantile& b) { return std::abs(a.p - 0.5) < std::abs(b.p - 0.5); });
    }

    static std::string middle_name(const std::vector<Quantile>& quantiles) {
        const double p = median_of(quantiles).p;
        return p == 0.5 ? "medians" : upper(quantile_name(p));
    }

    void write_precision() {
        const TimingPointEstimate& last = estimate_.timing_points.back();
        std::string text = "Standard error of the last line:";
        for (const Quantile& quantile : last.time)
            text += fmt::format(
                " {} {},", upper(quantile_name(quantile.p)),
                quantile.error ? fmt::format("{:.1f} min", static_cast<double>(quantile.error->count()) / 60000) : "unknown (too few runs)");
        text.back() = '.';
        out_ << '\n';
        write_wrapped(out_,
                      text + fmt::format(" `after` and `stands` are {} of the time since departure and of the stay, in h:mm; `pas` is the time of "
                                         "passing, or of arrival in runs that halt there.",
                                         middle_name(last.elapsed)),
                      width_, 2);
        if (estimate_.stranded.empty()) return;
        const auto count = [&](double share) {
            return grouped(static_cast<std::uint64_t>(std::llround(share * static_cast<double>(estimate_.runs))));
        };
        double lost = 0;
        std::string where;
        for (const StrandedEstimate& stranded : estimate_.stranded) {
            lost += stranded.probability;
            where += fmt::format("{} {} between {} and {}", where.empty() ? "" : ",", count(stranded.probability), station(stranded.after_visit).name,
                                 station(stranded.after_visit + 1).name);
        }
        write_wrapped(
            out_,
            fmt::format(
                "{} runs do not arrive, as the train stalls on a grade or takes more than a year:{}. Windows are those of the runs that get there.",
                count(lost), where),
            width_, 2);
    }

    void write_legs() {
        if (estimate_.legs.empty()) return;
        const int names = width_ - 30;
        out_ << '\n'
             << fitted("Leg (" + middle_name(estimate_.legs.front().total) + " from departure to arrival, h:mm)", names)
             << fmt::format("{:>10}{:>10}{:>10}\n", "running", "standing", "total");
        for (const LegEstimate& leg : estimate_.legs) {
            if (leg.total.empty()) continue;
            out_ << fitted(station(leg.from).name + " - " + station(leg.to).name, names)
                 << fmt::format("{:>10}{:>10}{:>10}\n", clock_text(median_of(leg.running).value), clock_text(median_of(leg.standing).value),
                                clock_text(median_of(leg.total).value));
        }
        write_wrapped(out_, "Stays at the ends of legs are in the table above; quantiles of parts do not add up to those of the whole.", width_, 2);
    }

    void write_claims() {
        for (const ClaimEstimate& claim : estimate_.claims) {
            out_ << '\n';
            write_wrapped(out_,
                          fmt::format("\"{}\" ({}): {:.1f} % of the runs that arrive agree; their median is {}.", claim.says, claim.source,
                                      100 * claim.agreeing, hours_and_minutes(claim.median)),
                          width_, 2);
        }
    }

    void write_weak_inputs() {
        if (model_.weak_inputs.empty()) return;
        constexpr std::size_t most_shown = 8;
        out_ << "\nWeakly known numbers that these windows rest on (sources: --format json):\n";
        for (std::size_t i = 0; i < std::min(most_shown, model_.weak_inputs.size()); ++i)
            out_ << "  - ", write_wrapped(out_, model_.weak_inputs[i].what, width_ - 4, 4);
        if (model_.weak_inputs.size() > most_shown) out_ << fmt::format("  and {} more\n", model_.weak_inputs.size() - most_shown);
    }

    std::ostream& out_;
    const Model& model_;
    const Estimate& estimate_;
    int width_;
};

}  // namespace

void write_table(std::ostream& out, const Model& model, const Estimate& estimate, const TableStyle& style) {
    TableWriter{out, model, estimate, style.width}.write();
}

}  // namespace railwindow
