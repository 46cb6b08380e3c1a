#include <railwindow/io/write_plot.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/table_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace railwindow {
namespace {

struct Marks {
    const char *low, *thin, *thick, *middle, *high, *midnight;
};
constexpr Marks ascii{"|", "-", "=", "#", "|", ":"};
constexpr Marks unicode{"\u251c", "\u2500", "\u2501", "\u25cf", "\u2524", "\u250a"};

class Plot {
public:
    Plot(const Model& model, const Estimate& estimate, const PlotStyle& style)
        : model_{model}, estimate_{estimate}, marks_{style.letters == Letters::unicode ? unicode : ascii} {
        std::size_t longest = 0;
        for (const TimingPointEstimate* point : rows()) {
            longest = std::max(longest, characters(name(*point)));
            for (const Quantile& quantile : point->time) {
                from_ = std::min(from_, quantile.value);
                to_ = std::max(to_, quantile.value);
            }
        }
        names_ = std::clamp<std::size_t>(longest, 4, 24);
        columns_ = static_cast<std::size_t>(std::max(20, style.width - static_cast<int>(names_) - 1));
    }

    void write(std::ostream& out) const {
        for (const TimingPointEstimate* point : rows()) out << padded(name(*point)) << ' ' << bar(*point) << '\n';
        write_axis(out);
    }

private:
    const Station& station(const TimingPointEstimate& point) const { return model_.network.stations()[model_.timing_points[point.point].station]; }
    std::string name(const TimingPointEstimate& point) const { return station(point).name; }

    // Departures stand in the table; here they would say nearly the same as the arrivals.
    std::vector<const TimingPointEstimate*> rows() const {
        std::vector<const TimingPointEstimate*> list;
        for (const TimingPointEstimate& point : estimate_.timing_points)
            if (!point.time.empty() && model_.timing_points[point.point].train == 0 && (list.empty() || point.event != TimingEvent::depart))
                list.push_back(&point);
        return list;
    }

    std::string padded(const std::string& text) const {
        std::string cut;
        std::size_t shown = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
            if (begins && shown++ == names_) break;
            cut += text[i];
        }
        return cut + std::string(names_ - std::min(names_, characters(cut)), ' ');
    }

    std::size_t column(Millis time) const {
        const double share = to_ == from_ ? 0.0 : static_cast<double>((time - from_).count()) / static_cast<double>((to_ - from_).count());
        return static_cast<std::size_t>(std::llround(share * static_cast<double>(columns_ - 1)));
    }

    std::vector<std::string> empty_line() const {
        std::vector<std::string> cells(columns_, " ");
        for (const auto& [at, text] : midnights()) cells[at] = marks_.midnight;
        return cells;
    }

    std::string bar(const TimingPointEstimate& point) const {
        std::vector<Quantile> by_time = point.time;
        std::sort(by_time.begin(), by_time.end(), [](const Quantile& a, const Quantile& b) { return a.p < b.p; });
        std::vector<std::string> cells = empty_line();
        const auto fill = [&](std::size_t inner, const char* mark) {
            if (2 * inner < by_time.size())
                for (std::size_t i = column(by_time[inner].value); i <= column(by_time[by_time.size() - 1 - inner].value); ++i) cells[i] = mark;
        };
        fill(0, marks_.thin);
        if (by_time.size() > 3) fill(1, marks_.thick);
        cells[column(by_time.front().value)] = marks_.low;
        cells[column(by_time.back().value)] = marks_.high;
        const auto middle = std::min_element(by_time.begin(), by_time.end(),
                                             [](const Quantile& a, const Quantile& b) { return std::abs(a.p - 0.5) < std::abs(b.p - 0.5); });
        cells[column(middle->value)] = marks_.middle;
        std::string line;
        for (const std::string& cell : cells) line += cell;
        return line.substr(0, line.find_last_not_of(' ') + 1);
    }

    // Midnights by the clocks of the destination, as far apart as their dates need, with the dates.
    std::vector<std::pair<std::size_t, std::string>> midnights() const {
        using namespace std::chrono_literals;
        const TimeZone& zone = station(final_arrival(model_, estimate_.timing_points)).zone;
        constexpr Millis day = 24h;
        std::vector<std::pair<std::size_t, std::string>> list;
        const Millis offset = zone.offset_at(Instant{from_});
        for (Millis local = (from_ + offset) / day * day + day; local - offset <= to_; local += day) {
            const std::size_t at = column(local - offset);
            if (!list.empty() && at < list.back().first + 7) continue;
            list.emplace_back(at, short_time(Instant{local - offset}, zone).substr(5, 5));
        }
        return list;
    }

    void write_axis(std::ostream& out) const {
        const TimeZone& zone = station(final_arrival(model_, estimate_.timing_points)).zone;
        std::string dates(columns_, ' ');
        for (const auto& [at, text] : midnights())
            if (at + text.size() <= dates.size()) dates.replace(at, text.size(), text);
        dates.erase(dates.find_last_not_of(' ') + 1);
        if (!dates.empty()) out << padded("") << ' ' << dates << '\n';
        write_wrapped(out,
                      fmt::format("From {} to {}, {} {}; {} is midnight.", short_time(Instant{from_}, zone), short_time(Instant{to_}, zone),
                                  zone.name(), offset_text(zone.offset_at(Instant{to_})), marks_.midnight),
                      static_cast<int>(names_ + 1 + columns_), 2);
    }

    const Model& model_;
    const Estimate& estimate_;
    const Marks& marks_;
    Millis from_ = Millis::max(), to_ = Millis::min();
    std::size_t names_ = 4, columns_ = 20;
};

}  // namespace

void write_plot(std::ostream& out, const Model& model, const Estimate& estimate, const PlotStyle& style) { Plot{model, estimate, style}.write(out); }

}  // namespace railwindow
