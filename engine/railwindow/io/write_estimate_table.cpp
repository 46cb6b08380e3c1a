#include <railwindow/io/write_estimate.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/plain_tables.hpp>
#include <railwindow/io/plain_words.hpp>
#include <railwindow/io/table_text.hpp>
#include <railwindow/io/write_answer.hpp>
#include <railwindow/io/write_breakdown.hpp>
#include <railwindow/io/write_modes.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace railwindow {
namespace {

constexpr std::size_t most_ways_named = 3;

class EstimateTable {
public:
    EstimateTable(std::ostream& out, const Model& model, const Estimate& estimate, const TableStyle& style)
        : out_{out}, model_{model}, estimate_{estimate}, width_{std::max(style.width, 50)}, style_{style} {}

    void write() {
        if (!model_.question.empty()) write_wrapped(out_, model_.question, width_, 0), out_ << '\n';
        for (const std::string& change : model_.changes) write_wrapped(out_, "With " + change, width_, 2);
        for (const std::string& doubt : model_.doubts) write_wrapped(out_, "Is this meant? " + doubt + '.', width_, 2);
        if (!model_.changes.empty() || !model_.doubts.empty()) out_ << '\n';
        write_answer(out_, model_, estimate_, width_);
        out_ << '\n';
        style_.details ? write_details() : write_brief();
    }

private:
    void write_brief() {
        const std::vector<TimingPointEstimate> main = of_train(0);
        write_plain_windows(out_, model_, main, width_, style_.units);
        write_groups(final_arrival(model_, estimate_.timing_points));
        write_shortfall();
        for (std::size_t train = 1; train < model_.alternatives.front().trains.size(); ++train) write_other_train(train);
        write_plain_alternatives(out_, model_, estimate_, width_);
        write_plain_modes(out_, model_, estimate_, width_);
        write_claims();
        write_observed();
        for (const std::string& note : model_.notes) out_ << '\n', write_wrapped(out_, "Note: " + note, width_, 2);
        out_ << '\n';
        write_sampling(out_, estimate_, width_);
        write_wrapped(out_, "--details adds routes, errors, legs, where the time went, and all weakly known numbers.", width_, 2);
    }

    void write_details() {
        write_head();
        write_windows(of_train(0), 0);
        write_precision();
        for (std::size_t train = 1; train < model_.alternatives.front().trains.size(); ++train) write_other_train(train);
        write_alternatives();
        write_modes(out_, model_, estimate_, width_);
        write_breakdown(out_, model_, estimate_, width_);
        write_claims();
        write_observed();
        for (const std::string& note : model_.notes) out_ << '\n', write_wrapped(out_, "Note: " + note, width_, 2);
        write_weak_inputs();
    }

    const Station& station(StationId id) const { return model_.network.stations()[id]; }
    const Station& station_of(std::size_t point) const { return station(model_.timing_points[point].station); }

    static bool regauged(const Visit& visit) {
        return std::any_of(visit.activities.begin(), visit.activities.end(), [](const Activity& a) { return a.kind == ActivityKind::gauge_change; });
    }

    std::string changes(const Itinerary& of) const {
        std::string text;
        for (const std::size_t step : of.path.gauge_changes)
            text += fmt::format(", gauge {} to {} mm at {}{}", of.path.steps[step - 1].gauge.millimetres, of.path.steps[step].gauge.millimetres,
                                station(of.visits[step].station).name, regauged(of.visits[step]) ? "" : " (prepared: no time)");
        for (const std::size_t step : of.path.reversals) text += ", reversal at " + station(of.visits[step].station).name;
        return text;
    }

    std::string in_miles(Length length) const { return miles() ? fmt::format(" ({:.1f} mi)", length / mile) : ""; }

    std::string route(const Itinerary& of) const {
        return fmt::format("{}; {:.1f} km{}{}{}.", summary(model_.network, of.path), of.path.length / km, in_miles(of.path.length), changes(of),
                           of.continues_to ? "; it goes on to " + station(*of.continues_to).name : "");
    }

    // The route of an alternative, in few words where an earlier one has the same.
    std::string route_after(std::size_t alternative) const {
        const Itinerary& here = model_.alternatives[alternative].main();
        const auto same = [](const Visit& a, const Visit& b) { return a.station == b.station; };
        for (std::size_t i = 0; i < alternative; ++i) {
            const std::vector<Visit>& there = model_.alternatives[i].main().visits;
            if (std::equal(here.visits.begin(), here.visits.end(), there.begin(), there.end(), same))
                return fmt::format("as route {}{}.", i + 1, changes(here));
        }
        return route(here);
    }

    void write_head() {
        if (model_.alternatives.size() == 1) write_wrapped(out_, "Route: " + route(model_.main()), width_, 2);
        for (std::size_t i = 0; model_.alternatives.size() > 1 && i < model_.alternatives.size(); ++i) {
            const Alternative& alternative = model_.alternatives[i];
            write_wrapped(out_,
                          fmt::format("Route {}, {:.3g} %{}{}: {}", i + 1, 100 * alternative.probability, alternative.name.empty() ? "" : ", ",
                                      alternative.name, route_after(i)),
                          width_, 2);
        }
        write_wrapped(out_,
                      fmt::format("{} runs, seed {}, {}. Times are local to each station; year {}.", grouped(estimate_.runs), estimate_.seed,
                                  model_.main().rung, years()),
                      width_, 2);
        if (miles() && model_.alternatives.size() == 1) write_mean_speed();
        out_ << '\n';
    }

    // What the press compares by.
    void write_mean_speed() {
        const TimingPointEstimate& last = final_arrival(model_, estimate_.timing_points);
        const Duration elapsed = to_duration(middle_of(last.elapsed).value);
        if (elapsed <= 0 * s) return;
        const Speed mean = model_.main().path.length / elapsed;
        write_wrapped(out_,
                      fmt::format("Mean speed of the middle run, stands included: {:.1f} km/h ({:.1f} mph).", mean / (km / h), mean / (mile / h)),
                      width_, 2);
    }

    std::string years() const {
        int first = 9999, last = 0;
        for (const TimingPointEstimate& point : estimate_.timing_points)
            for (const Quantile& quantile : point.time) {
                const int year = station_of(point.point).zone.local_at(shown_minute(Instant{quantile.value})).year;
                first = std::min(first, year), last = std::max(last, year);
            }
        return first == last ? std::to_string(first) : fmt::format("{} to {}", first, last);
    }

    std::vector<TimingPointEstimate> of_train(std::size_t train) const {
        std::vector<TimingPointEstimate> points;
        for (const TimingPointEstimate& point : estimate_.timing_points)
            if (model_.timing_points[point.point].train == train) points.push_back(point);
        return points;
    }

    void write_other_train(std::size_t train) {
        const std::vector<TimingPointEstimate> points = of_train(train);
        const bool runs = std::any_of(points.begin(), points.end(), [](const TimingPointEstimate& point) { return !point.time.empty(); });
        if (!runs) return;
        const auto has_way = [&](const Alternative& alternative) { return !alternative.trains[train].visits.empty(); };
        const Itinerary& way = std::find_if(model_.alternatives.begin(), model_.alternatives.end(), has_way)->trains[train];
        const Quantile& gap = middle_of(points.front().time);
        out_ << '\n';
        write_wrapped(out_,
                      fmt::format("Train `{}`, {} the main train, at its first station at {} (median):", way.name,
                                  way.convoy->ahead ? "ahead of" : "behind", short_time(Instant{gap.value}, station_of(points.front().point).zone)),
                      width_, 2);
        style_.details ? write_windows(points, 0) : write_plain_windows(out_, model_, points, width_, style_.units);
        const double share = points.back().probability;
        if (share < 1) write_wrapped(out_, fmt::format("It gets to the end of its way in {:.1f} % of the runs.", 100 * share), width_, 2);
    }

    // Where the journey leaves something open: when each alternative arrives.
    void write_alternatives() {
        if (estimate_.alternatives.empty()) return;
        const auto columns = static_cast<int>(final_arrival(model_, estimate_.timing_points).time.size());
        const int names = std::max(10, width_ - 8 - 12 * columns);
        out_ << '\n' << fitted("Arrival by route", names + 8);
        std::string head;
        for (const Quantile& quantile : final_arrival(model_, estimate_.timing_points).time)
            head += ' ' + fitted(upper(quantile_name(quantile.p)), 11);
        out_ << head.erase(head.find_last_not_of(' ') + 1) << '\n';
        for (const AlternativeEstimate& one : estimate_.alternatives) write_alternative(one, names);
    }

    void write_alternative(const AlternativeEstimate& one, int names) {
        const Alternative& alternative = model_.alternatives[one.alternative];
        const auto last = std::find_if(one.timing_points.rbegin(), one.timing_points.rend(), [&](const TimingPointEstimate& point) {
            return model_.timing_points[point.point].train == 0 && point.event == TimingEvent::arrive;
        });
        out_ << fmt::format("{:>5.3g} % {}", 100 * alternative.probability, fitted(alternative.name, names));
        for (const Quantile& quantile : last->time)
            out_ << ' ' << fitted(short_time(Instant{quantile.value}, station_of(last->point).zone).substr(5), 11);
        out_ << (last->time.empty() ? " no run" : "") << '\n';
        write_changed_clocks("this route", last->time, station_of(last->point).zone);
    }

    // A station that only some of the routes pass: its windows are those of a share of the runs.
    bool some_routes_miss_points() const {
        return std::any_of(model_.timing_points.begin(), model_.timing_points.end(), [](const TimingPoint& point) {
            return std::any_of(point.visit.begin(), point.visit.end(), [](const auto& visit) { return !visit; });
        });
    }

    void write_windows(const std::vector<TimingPointEstimate>& points, std::size_t alternative) {
        const auto reached = std::find_if(points.begin(), points.end(), [](const TimingPointEstimate& point) { return !point.time.empty(); });
        const auto columns = static_cast<int>(reached->time.size());
        // What a narrow terminal has no room for goes first: stays, time since departure, offset.
        int fixed = 1 + 3 + 1 + kilometre_width() + 1 + 12 * columns + (miles() ? 8 : 0) + (some_routes_miss_points() ? 6 : 0);
        for (asides_ = 3; asides_ > 0 && fixed + 7 * asides_ + 10 > width_;) --asides_;
        fixed += 7 * asides_;
        int longest = 0;
        for (const TimingPointEstimate& point : points) longest = std::max(longest, static_cast<int>(characters(station_of(point.point).name)));
        const int names = std::clamp(width_ - fixed, 10, std::max(10, longest));
        out_ << fitted("Station", names) << fmt::format("     {:>{}} ", "km", kilometre_width()) << (miles() ? "     mi " : "");
        for (const Quantile& quantile : reached->time) out_ << ' ' << fitted(upper(quantile_name(quantile.p)), 11);
        out_ << asides("UTC", "after", "stands") << (some_routes_miss_points() ? "  in %" : "") << '\n';
        for (const TimingPointEstimate& point : points)
            if (!point.time.empty()) write_window(point, alternative, names);
        write_changed_clocks(points);
    }

    // Journeys beyond 9,999 km need one digit more.
    int kilometre_width() const {
        const auto is_long = [](const Alternative& alternative) { return alternative.main().path.length >= 9999.95 * km; };
        return std::any_of(model_.alternatives.begin(), model_.alternatives.end(), is_long) ? 7 : 6;
    }

    // The columns behind the quantiles, as many as there is room for.
    std::string asides(std::string_view offset, std::string_view after, std::string_view stands) const {
        return fmt::format(" {:<6} {:>6} {:>6}", offset, after, stands).substr(0, static_cast<std::size_t>(7 * asides_));
    }

    bool miles() const { return style_.units == Units::imperial; }

    static std::string upper(std::string name) {
        name.front() = 'P';
        return name;
    }

    // What the clocks that show a quantile are ahead of UTC.
    static Millis offset_of(const Quantile& quantile, const TimeZone& zone) { return zone.offset_at(shown_minute(Instant{quantile.value})); }

    // Whether the clocks of the place change between the quantiles.
    static bool clocks_change(const std::vector<Quantile>& times, const TimeZone& zone) {
        return std::any_of(times.begin(), times.end(), [&](const Quantile& q) { return offset_of(q, zone) != offset_of(times.front(), zone); });
    }

    // Which of the quantiles of `what` stand on which side of a change of clocks.
    void write_changed_clocks(const std::string& what, const std::vector<Quantile>& times, const TimeZone& zone) {
        if (times.empty() || !clocks_change(times, zone)) return;
        std::string text = fmt::format("Clocks change between the quantiles of {}:", what);
        for (const Quantile& quantile : times)
            text += fmt::format(" {} {},", upper(quantile_name(quantile.p)), offset_text(offset_of(quantile, zone)));
        text.back() = '.';
        write_wrapped(out_, text, width_, 2);
    }

    void write_changed_clocks(const std::vector<TimingPointEstimate>& points) {
        constexpr std::string_view events[] = {"departure from", "arrival at", "passing of"};
        for (const TimingPointEstimate& point : points) {
            const std::string_view event = events[point.event == TimingEvent::depart ? 0 : point.event == TimingEvent::arrive ? 1 : 2];
            write_changed_clocks(fmt::format("the {} {}", event, station_of(point.point).name), point.time, station_of(point.point).zone);
        }
    }

    void write_window(const TimingPointEstimate& point, std::size_t alternative, int names) {
        const char* event = point.event == TimingEvent::depart ? "dep" : point.event == TimingEvent::arrive ? "arr" : "pas";
        const Station& place = station_of(point.point);
        const Visit& visit = visit_at(model_, model_.timing_points[point.point], alternative);
        out_ << fitted(place.name, names) << fmt::format(" {} {:>{}.1f} ", event, visit.distance / km, kilometre_width());
        if (miles()) out_ << fmt::format(" {:>6.1f} ", visit.distance / mile);
        for (const Quantile& quantile : point.time) out_ << ' ' << short_time(Instant{quantile.value}, place.zone).substr(5);
        const Quantile& middle = middle_of(point.elapsed);
        const int line_before_share = 7 * asides_;
        const bool change = clocks_change(point.time, place.zone);
        std::string line = asides(change ? "varies" : offset_text(offset_of(point.time.front(), place.zone)), clock_text(middle.value),
                                  point.dwell.empty() ? "" : clock_text(middle_of(point.dwell).value));
        if (const auto end = line.find_last_not_of(' '); end != std::string::npos) line.erase(end + 1);
        if (some_routes_miss_points()) line = fmt::format("{:<{}} {:>5.3g}", line, line_before_share, 100 * point.probability);
        out_ << line << '\n';
    }

    // Runs of several routes that end between the same stations, put together.
    std::vector<StrandedEstimate> stranded_by_place() const {
        std::vector<StrandedEstimate> places;
        const auto ends = [&](const StrandedEstimate& at) {
            const std::vector<Visit>& visits = model_.alternatives[at.alternative].main().visits;
            return std::pair{visits[at.after_visit].station, visits[at.after_visit + 1].station};
        };
        for (const StrandedEstimate& stranded : estimate_.stranded) {
            const auto known = std::find_if(places.begin(), places.end(), [&](const StrandedEstimate& at) { return ends(at) == ends(stranded); });
            if (known == places.end())
                places.push_back(stranded);
            else
                known->probability += stranded.probability;
        }
        return places;
    }

    void write_precision() {
        const TimingPointEstimate& last = final_arrival(model_, estimate_.timing_points);
        std::string text = "Standard error of the last line:";
        for (const Quantile& quantile : last.time)
            text += fmt::format(
                " {} {},", upper(quantile_name(quantile.p)),
                quantile.error ? fmt::format("{:.1f} min", static_cast<double>(quantile.error->count()) / 60000) : "unknown (too few runs)");
        text.back() = '.';
        out_ << '\n';
        write_wrapped(out_,
                      text +
                          (asides_ == 3   ? fmt::format(" `after` and `stands` are {} of the time since departure and of the stay, in h:mm;",
                                                        middle_name(last.elapsed))
                           : asides_ == 2 ? fmt::format(" `after` is {} of the time since departure, in h:mm;", middle_name(last.elapsed))
                                          : "") +
                          " `pas` is the time of passing, or of arrival in runs that halt there.",
                      width_, 2);
        write_shortfall();
        write_groups(last);
        write_diversions();
        if (estimate_.stranded.empty()) return;
        const auto count = [&](double share) {
            return grouped(static_cast<std::uint64_t>(std::llround(share * static_cast<double>(estimate_.runs))));
        };
        double lost = 0;
        std::string where;
        for (const StrandedEstimate& stranded : stranded_by_place()) {
            lost += stranded.probability;
            const std::vector<Visit>& visits = model_.alternatives[stranded.alternative].main().visits;
            where += fmt::format("{} {} between {} and {}", where.empty() ? "" : ",", count(stranded.probability),
                                 station(visits[stranded.after_visit].station).name, station(visits[stranded.after_visit + 1].station).name);
        }
        write_wrapped(
            out_,
            fmt::format("{} of the runs {} not arrive, as the train stalls on a grade{} or takes more than a year:{}. Windows are those of the runs "
                        "that get there.",
                        count(lost), count(lost) == "1" ? "does" : "do",
                        model_.main().convoy || model_.alternatives.front().trains.size() < 2 ? "" : ", stands behind one of its convoy that does",
                        where),
            width_, 2);
    }

    void write_diversions() {
        if (estimate_.diversions.empty()) return;
        std::uint64_t runs = 0;
        std::vector<std::pair<std::string, std::uint64_t>> ways;  // of several alternatives some are the same
        for (const DiversionEstimate& one : estimate_.diversions) {
            runs += one.runs;
            const Diversion& diversion = model_.diversions[one.diversion];
            const Path& path = diversion.way.main().path;
            const std::string name = summary(model_.network, part_of(model_.network, path, diversion.leaves, path.steps.size()));
            const auto known = std::find_if(ways.begin(), ways.end(), [&](const auto& way) { return way.first == name; });
            if (known == ways.end())
                ways.emplace_back(name, one.runs);
            else
                known->second += one.runs;
        }
        std::string text = fmt::format("In {} of the runs a line ahead is closed and the train goes another way:", grouped(runs));
        for (std::size_t i = 0; i < std::min(ways.size(), most_ways_named); ++i)
            text += fmt::format("{} {} by {}", i > 0 ? "," : "", grouped(ways[i].second), ways[i].first);
        text += ways.size() > most_ways_named ? ", the others by other ways." : ".";
        write_wrapped(out_, text + " Windows at stations that these leave out are those of the other runs.", width_, 2);
    }

    // That the runs allowed were too few for the precision wanted.
    void write_shortfall() {
        if (!estimate_.precision || estimate_.precision->reached()) return;
        const double seconds = static_cast<double>(estimate_.precision->wanted.count()) / 1000;
        write_wrapped(out_,
                      fmt::format("The precision wanted, a standard error of P5 and P95 of at most {}, is NOT reached by {} runs; "
                                  "--max-runs allows no more.",
                                  seconds < 60 ? fmt::format("{:.1f} s", seconds) : fmt::format("{:.1f} min", seconds / 60), grouped(estimate_.runs)),
                      width_, 2);
    }

    // Where one interval would blur groups of runs.
    void write_groups(const TimingPointEstimate& point) {
        if (point.densest.empty()) return;
        const Station& place = station_of(point.point);
        std::string text =
            fmt::format("Arrivals at {} fall into {} groups; the shortest times that hold 90 % of the runs:", place.name, point.densest.size());
        for (const TimeSpan& span : point.densest)
            text +=
                fmt::format(" {} to {},", short_time(Instant{span.low}, place.zone).substr(5), short_time(Instant{span.high}, place.zone).substr(5));
        text.back() = '.';
        write_wrapped(out_, text, width_, 2);
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

    void write_observed() {
        if (model_.observations.empty()) return;
        out_ << '\n';
        write_wrapped(out_, fmt::format("observed: {}.", observed_unused(model_.observations.size())), width_, 2);
    }

    void write_weak_inputs() {
        if (model_.weak_inputs.empty()) return;
        out_ << '\n';
        const bool weighed = !estimate_.drivers.empty();
        write_wrapped(out_,
                      weighed
                          ? "Weakly known numbers that these windows rest on, with the share of the spread that is drawn from them and their like "
                            "(sources: --format json):"
                          : "Weakly known numbers that these windows rest on (sources: --format json):",
                      width_, 2);
        for (const WeakInput& weak : model_.weak_inputs)
            out_ << "  - ", write_wrapped(out_, weak_words(weak) + (weak.spread ? fmt::format(": {:.0f} %", 100 * *weak.spread) : ""), width_ - 4, 4);
    }

    std::ostream& out_;
    const Model& model_;
    const Estimate& estimate_;
    int width_;
    TableStyle style_;
    int asides_ = 3;
};

}  // namespace

void write_table(std::ostream& out, const Model& model, const Estimate& estimate, const TableStyle& style) {
    EstimateTable{out, model, estimate, style}.write();
}

}  // namespace railwindow
