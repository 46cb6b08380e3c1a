#include <railwindow/io/write_inference.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/plain_words.hpp>
#include <railwindow/io/table_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace railwindow {
namespace {

constexpr double shown_share = 0.005;  // places that are less likely are put together

std::string percent_text(double share) {
    if (share > 0 && share < 0.0005) return "< 0.1 %";
    if (share < 1 && share > 0.9995) return "> 99.9 %";
    return fmt::format("{:.1f} %", 100 * share);
}

// Source of the steps: Kass, Raftery (1995), J. Amer. Stat. Assoc. 90, 773-795, section 3.2: 1 to 3, to 20, to 150, beyond.
std::string in_words(std::optional<double> factor) {
    if (!factor) return "only this fits";
    if (*factor == 0) return "ruled out";
    const double either_way = std::max(*factor, 1 / *factor);
    if (std::abs(std::log(either_way)) < 1e-9) return "cannot tell";
    constexpr std::array<std::pair<double, std::string_view>, 4> steps{{{3, "hardly "}, {20, ""}, {150, "strongly "}, {HUGE_VAL, "beyond doubt "}}};
    const auto step = std::find_if(steps.begin(), steps.end(), [&](const auto& one) { return either_way < one.first || one.first == HUGE_VAL; });
    return fmt::format("{}{} ({:.3g} x)", step->second, *factor > 1 ? "for" : "against", either_way);
}

std::string_view question_of(ChoiceKind kind) {
    switch (kind) {
        case ChoiceKind::destination:
            return "Where it is going";
        case ChoiceKind::origin:
            return "Where it came from";
        case ChoiceKind::departure:
            return "When it left";
        case ChoiceKind::corridor:
            return "Which way it takes";
        case ChoiceKind::plan:
            return "Whether it is worked to a plan";
        case ChoiceKind::hours:
            return "Whether it keeps to hours";
        case ChoiceKind::regauging:
            break;
    }
    return "Where its gauge is changed";
}

Millis width(const std::vector<Quantile>& quantiles) {
    const auto [low, high] = std::minmax_element(quantiles.begin(), quantiles.end(), [](const Quantile& a, const Quantile& b) { return a.p < b.p; });
    return high->value - low->value;
}

std::string column_name(double p) { return "P" + quantile_name(p).substr(1); }

class InferenceTable {
public:
    InferenceTable(std::ostream& out, const Model& model, const Inference& inference, const InferOptions& options, int columns)
        : out_{out}, model_{model}, inference_{inference}, options_{options}, width_{std::max(columns, 60)} {}

    void write() {
        if (!model_.question.empty()) write_wrapped(out_, model_.question, width_, 0);
        for (const std::string& change : model_.changes) write_wrapped(out_, "With " + change, width_, 2);
        for (const std::string& doubt : model_.doubts) paragraph("Is this meant? " + doubt + '.');
        if (options_.as_of) {
            const Station& end = station(inference_.destinations.front().station);
            std::string text = fmt::format("As known at {} on the clocks of {}", local(*options_.as_of, origin().zone), origin().name);
            if (end.zone.offset_at(*options_.as_of) != origin().zone.offset_at(*options_.as_of))
                text += fmt::format(", {} at {}", time_of_day(*options_.as_of, end.zone), end.name);
            paragraph(text + '.');
        }
        if (!inference_.sampling.enough)
            paragraph(
                fmt::format("Too few journeys fit ({:.0f} effective runs) for the windows below to be trusted: ask for more --runs, or take the "
                            "times of the sightings less exactly.",
                            inference_.sampling.effective));
        write_where_to();
        write_destination(inference_.destinations.front());
        write_odds(ChoiceKind::destination);
        for (std::size_t i = 1; i < inference_.destinations.size(); ++i) write_destination(inference_.destinations[i]);
        for (const ChoiceKind kind :
             {ChoiceKind::origin, ChoiceKind::departure, ChoiceKind::corridor, ChoiceKind::plan, ChoiceKind::hours, ChoiceKind::regauging})
            write_odds(kind);
        write_places();
        write_reports();
        write_evidence();
        write_windows();
        write_timeline();
        write_sampling();
        for (const std::string& note : model_.notes) out_ << '\n', paragraph("Note: " + note);
    }

private:
    const Station& station(StationId id) const { return model_.network.stations()[id]; }
    const Station& origin() const { return station(model_.main().visits.front().station); }
    const Station& station_of(const InferredWindow& window) const { return station(model_.timing_points[window.point].station); }
    static std::string local(Instant time, const TimeZone& zone) { return short_time(time, zone) + ' ' + offset_text(zone.offset_at(time)); }
    void paragraph(const std::string& text) { write_wrapped(out_, text, width_, 2); }

    // "Vostochny", not "to vostochny-cosmodrome-railhead".
    std::string name_of(const Odds& odds) const {
        if (odds.kind != ChoiceKind::destination && odds.kind != ChoiceKind::origin) return odds.name;
        const auto id = model_.network.find_station(odds.value);
        return id ? station(*id).name : odds.name;
    }

    void write_odds(ChoiceKind kind) {
        std::vector<const Odds*> options;
        for (const Odds& odds : inference_.odds)
            if (odds.kind == kind) options.push_back(&odds);
        if (options.empty()) return;
        std::stable_sort(options.begin(), options.end(), [](const Odds* a, const Odds* b) { return a->after.value > b->after.value; });
        const int names = std::clamp(width_ - (said() ? 64 : 48), 12, 32);
        out_ << '\n' << question_of(kind) << '\n' << fitted("", names) << "   before";
        if (said()) out_ << "    said    seen";
        const bool roomy = width_ >= (said() ? 78 : 62);  // for the words behind the figures
        out_ << (roomy ? "   after   +- sightings\n" : "   after   +-\n");
        for (const Odds* odds : options) {
            const std::string name = name_of(*odds);
            if (static_cast<int>(characters(name)) > names) out_ << name << '\n';  // a line of its own rather than cut
            out_ << fitted(static_cast<int>(characters(name)) > names ? "" : name, names) << fmt::format(" {:>8}", percent_text(odds->before.value));
            if (said()) out_ << fmt::format(" {:>7} {:>7}", percent_text(odds->said.value), percent_text(odds->seen.value));
            out_ << fmt::format(" {:>8} {:>4.1f}", percent_text(odds->after.value), 100 * odds->after.error) << (roomy ? " " : "\n    sightings: ")
                 << in_words(odds->factor) << '\n';
        }
    }

    // `It is going to Vostochny (55.8 %), else to Khabarovsk-1 (27.9 %) or Vladivostok (10.7 %).`
    void write_where_to() {
        std::vector<const Odds*> options;
        for (const Odds& odds : inference_.odds)
            if (odds.kind == ChoiceKind::destination) options.push_back(&odds);
        if (options.empty()) return;
        std::stable_sort(options.begin(), options.end(), [](const Odds* a, const Odds* b) { return a->after.value > b->after.value; });
        std::string text = "Most likely it is going to ";
        for (std::size_t i = 0; i < std::min<std::size_t>(options.size(), 3); ++i)
            text += fmt::format("{}{} ({})",
                                i == 0   ? ""
                                : i == 1 ? ", else to "
                                         : " or ",
                                name_of(*options[i]), percent_text(options[i]->after.value));
        out_ << '\n';
        paragraph(text + '.');
    }

    bool said() const { return !model_.evidence.empty(); }

    void write_destination(const DestinationWindow& destination) {
        const InferredWindow& window = destination.window;
        const Station& place = station(destination.station);
        if (destination.odds && inference_.odds[*destination.odds].after.value < shown_share) return;
        if (&destination != &inference_.destinations.front() || !destination.odds) out_ << '\n';
        const std::string bound = destination.odds ? "If it is bound for " + place.name + ", it" : "At " + place.name + " it";
        if (window.after.empty()) return paragraph(bound + " does not arrive in any journey that fits.");
        const Quantile& median = middle_of(window.after);
        const Instant middle{median.value};
        const std::string about = median.p == 0.5 ? "at about" : fmt::format("in {:.4g} % of the journeys by", 100 * median.p);
        paragraph(fmt::format(
            "{} arrives {} {} on {} (local time, UTC{}); {}. Before the reports: {}.", bound, about, time_of_day(middle, place.zone),
            long_day(middle, place.zone), offset_text(place.zone.offset_at(shown_minute(middle))), span_words(window.after, place.zone),
            window.before.empty() ? "never"
                                  : (median.p == 0.5 ? "about " : "by ") + weekday_time(Instant{middle_of(window.before).value}, place.zone) + "; " +
                                        span_words(window.before, place.zone)));
    }

    // `9 times in 10 between Wed 10:30 and Wed 17:49, 7 h 19 min wide`.
    static std::string span_words(const std::vector<Quantile>& times, const TimeZone& zone) {
        return fmt::format("{} between {} and {}, {} wide", share_words(times.back().p - times.front().p),
                           time_in_span(Instant{times.front().value}, zone, width(times)),
                           time_in_span(Instant{times.back().value}, zone, width(times)), hours_and_minutes(width(times)));
    }

    void write_places() {
        if (!options_.moment) return;
        out_ << '\n' << "At " << local(*options_.moment, origin().zone) << " it is\n";
        double rest = 0;
        for (const InferredPlace& place : inference_.places) {
            if (place.share.value < shown_share) {
                rest += place.share.value;
                continue;
            }
            out_ << fmt::format("  {:>8} {}\n", percent_text(place.share.value), place_text(place));
        }
        if (rest > 0) out_ << fmt::format("  {:>8} elsewhere\n", percent_text(rest));
        if (inference_.kilometres.empty()) return;
        std::string text;
        for (const Quantile& q : inference_.kilometres)
            text += fmt::format("{}{} km {:.0f} ({})", text.empty() ? "" : ", ", column_name(q.p), static_cast<double>(q.value.count()) / 1000,
                                near(q.value));
        paragraph("From the origin, of the journeys that have begun, on whichever way: " + text + ".");
    }

    std::string place_text(const InferredPlace& place) const {
        const std::string &from = station(place.from).name, &to = station(place.to).name;
        switch (place.kind) {
            case InferredPlace::Kind::not_departed:
                return "not yet departed from " + from;
            case InferredPlace::Kind::standing:
                return "standing at " + from;
            case InferredPlace::Kind::between:
                return "between " + from + " and " + to;
            case InferredPlace::Kind::gone:
                return "stalled between " + from + " and " + to;
            case InferredPlace::Kind::arrived:
                break;
        }
        return "arrived at " + from;
    }

    // The station nearest to a place on the way of the likeliest destination.
    std::string near(Millis metres) const {
        std::size_t likeliest = 0;
        if (const auto odds = inference_.destinations.front().odds) likeliest = inference_.odds[*odds].alternatives.front();
        const std::vector<Visit>& visits = model_.alternatives[likeliest].main().visits;
        const Length at = static_cast<double>(metres.count()) * m;
        const auto nearest = std::min_element(visits.begin(), visits.end(), [&](const Visit& a, const Visit& b) {
            return std::abs((a.distance - at) / m) < std::abs((b.distance - at) / m);
        });
        return "by " + station(nearest->station).name;
    }

    void write_reports() {
        if (inference_.reports.empty()) {
            out_ << '\n';
            return paragraph("Nothing was reported of this train (`observed`, --seen): the windows are those of `run`.");
        }
        const InferredWindow& main = inference_.destinations.front().window;
        out_ << '\n';
        paragraph(fmt::format("What the answer rests on, and what each report alone does to the window at {}:", station_of(main).name));
        for (const ReportInfluence& report : inference_.reports) {
            std::string text = report.text + ": ";
            if (!report.counted) text += "not known by then";
            if (report.counted) text += fmt::format("{} of the journeys fit it", percent_text(report.fits));
            if (report.counted && !report.alone.empty() && !main.before.empty()) {
                const Millis moved = middle_of(report.alone).value - middle_of(main.before).value;
                text += fmt::format("; alone it moves {} by {}{} and leaves {} of {}", column_name(middle_of(main.before).p),
                                    moved > Millis{0} ? "+" : "", hours_and_minutes(moved), hours_and_minutes(width(report.alone)),
                                    hours_and_minutes(width(main.before)));
            }
            if (report.reliability < 1 && report.right)
                text += fmt::format("; about this train: {} before, {} after", percent_text(report.reliability), percent_text(*report.right));
            if (report.counted && report.right && *report.right < 0.5) text += ". IT DOES NOT FIT the rest";
            write_wrapped(out_, "  - " + text + ". " + model_.observations[report.observation].source, width_, 4);
        }
    }

    void write_evidence() {
        if (!said()) return;
        out_ << '\n';
        paragraph("What was said, weighed apart from the sightings (columns `said` and `seen` have the one without the other):");
        for (const Evidence& said : model_.evidence)
            write_wrapped(out_, fmt::format("  - {:.3g} times for {}: {}", said.factor, said.in_favour_of, said.source), width_, 4);
    }

    // The words above the quantiles, in two lines, each behind `begin`.
    void write_heads(const std::string& begin, const std::string& end = {}) {
        std::string first(characters(begin), ' '), second = begin;
        for (const double p : options_.quantiles) {
            const auto [above, below] = quantile_words(p);
            first += ' ' + fitted(above, 12), second += ' ' + fitted(below, 12);
        }
        second += end;
        for (std::string* line : {&first, &second}) out_ << line->erase(line->find_last_not_of(' ') + 1) << '\n';
    }

    static std::string times(const std::vector<Quantile>& quantiles, const TimeZone& zone) {
        std::string text;
        for (const Quantile& quantile : quantiles) text += ' ' + weekday_time(Instant{quantile.value}, zone);
        return text;
    }

    void write_windows() {
        out_ << '\n';
        paragraph("On the way, before and after the reports (local times; %: of the journeys that come there):");
        write_heads("               ", "     %");
        for (const InferredWindow& window : inference_.windows) {
            if (window.before.empty() && window.after.empty()) continue;
            const Station& place = station_of(window);
            out_ << place.name
                 << (window.event == TimingEvent::depart   ? " departs"
                     : window.event == TimingEvent::arrive ? " arrives"
                                                           : " passes")
                 << '\n';
            const auto line = [&](const char* what, const std::vector<Quantile>& quantiles, double reached) {
                out_ << fmt::format("         {:<6}", what);
                if (quantiles.empty()) return void(out_ << " in no journey that fits\n");
                out_ << times(quantiles, place.zone) << fmt::format(" {:>5.3g}\n", 100 * reached);
            };
            line("before", window.before, window.reached_before);
            line("after", window.after, window.reached_after);
        }
    }

    void write_timeline() {
        if (inference_.timeline.empty()) return;
        const DestinationWindow& main = inference_.destinations.front();
        const Station& place = station_of(main.window);
        out_ << '\n';
        paragraph(fmt::format("What could be said when (times of publication on the clocks of {}; window at {}):", origin().name, place.name));
        std::vector<std::size_t> shown;
        std::string numbers, legend;
        for (std::size_t i = 0; i < inference_.odds.size(); ++i) {
            if (inference_.odds[i].kind != ChoiceKind::destination) continue;
            shown.push_back(i);
            numbers += fmt::format("{:>7}", fmt::format("({})", shown.size()));
            legend += fmt::format("{}({}) {}", legend.empty() ? "" : ", ", shown.size(), name_of(inference_.odds[i]));
        }
        if (!legend.empty()) paragraph(legend + ": the probability that it is going there.");
        const bool apart = 12 + 7 * static_cast<int>(shown.size()) + 13 * static_cast<int>(options_.quantiles.size()) > width_;  // in two lines
        apart ? static_cast<void>(out_ << "known at    " << numbers << '\n') : write_heads("known at    " + numbers);
        if (apart) write_heads("            ");
        for (const TimelineEntry& entry : inference_.timeline) {
            std::string line = entry.known_at ? weekday_time(*entry.known_at, origin().zone) : std::string{"nothing     "};
            for (const std::size_t i : shown) line += fmt::format("{:>7}", percent_text(entry.odds[i].value));
            out_ << line << (apart ? "\n            " : "") << times(entry.windows.front(), place.zone) << '\n';
            for (const std::size_t i : entry.reports) write_wrapped(out_, "+ " + inference_.reports[i].text, width_, 2);
        }
        for (const PressForecast& press : model_.press) {
            const Station& there = station(press.station);
            paragraph(fmt::format("The press: {} between {} and {} ({}).", there.name, short_time(press.low, there.zone),
                                  short_time(press.high, there.zone), press.source));
        }
    }

    void write_sampling() {
        const Sampling& sampling = inference_.sampling;
        out_ << '\n';
        std::string text = fmt::format("{} runs of each of {} journey{} left open, seed {}; ", grouped(sampling.runs), model_.alternatives.size(),
                                       model_.alternatives.size() == 1 ? "" : "s", inference_.seed);
        text += sampling.refreshed ? fmt::format("what lies ahead of each report drawn anew, {} journeys run again; ", grouped(sampling.replays))
                                   : std::string{"weighted by the reports; "};
        text += fmt::format("the answer rests on {:.0f} effective runs.", sampling.effective);
        const std::vector<Quantile>& after = inference_.destinations.front().window.after;
        std::string errors;
        for (const Quantile& quantile : after)
            if (quantile.error)
                errors += fmt::format("{}{} {:.1f} min", errors.empty() ? "" : ", ", column_name(quantile.p),
                                      static_cast<double>(quantile.error->count()) / 60000);
        if (!errors.empty()) text += " Standard error of the window: " + errors + ".";
        if (!sampling.enough) text += " That is too few.";
        paragraph(text);
    }

    std::ostream& out_;
    const Model& model_;
    const Inference& inference_;
    const InferOptions& options_;
    int width_;
};

}  // namespace

void write_table(std::ostream& out, const Model& model, const Inference& inference, const InferOptions& options, const TableStyle& style) {
    InferenceTable{out, model, inference, options, style.width}.write();
}

}  // namespace railwindow
