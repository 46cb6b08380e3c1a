#include <railwindow/io/write_explanation.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/plain_words.hpp>
#include <railwindow/io/table_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

constexpr std::size_t groups_in_words = 3;
constexpr double effect_in_words = 0.05;           // smaller ones are not named in the answer
constexpr double hardly_narrower = 0.97;           // of the width: no more than its error says
constexpr double shift_in_table = 300;             // seconds of the median; smaller ones are only counted
constexpr double interaction_worth_saying = 0.05;  // of the variance

Millis millis_of(double seconds) { return Millis{std::llround(1000 * seconds)}; }
std::string span_text(double seconds) { return hours_and_minutes(millis_of(seconds)); }
std::string percent(double share) { return fmt::format("{:.1f} %", std::abs(share) < 0.0005 ? 0 : 100 * share); }
std::string off_text(Millis off) { return off < std::chrono::hours{1} ? fmt::format("{} min", off.count() / 60000) : hours_and_minutes(off); }

class ExplanationTable {
public:
    ExplanationTable(std::ostream& out, const Model& model, const Explanation& explanation, int width)
        : out_{out}, model_{model}, explanation_{explanation}, width_{std::max(width, 60)} {}

    void write() {
        if (!model_.question.empty()) write_wrapped(out_, model_.question, width_, 0), out_ << '\n';
        for (const std::string& change : model_.changes) write_wrapped(out_, "With " + change, width_, 2);
        for (const std::string& doubt : model_.doubts) paragraph("Is this meant? " + doubt + '.');
        write_window();
        if (explanation_.width() == Millis{0}) {
            paragraph("All journeys arrive at the same time: there is nothing to explain.");
            return write_sampling();
        }
        write_causes();
        write_best_report();
        write_unused_reports();
        write_groups();
        write_numbers();
        write_reports();
        write_sampling();
    }

private:
    const Station& station(StationId id) const { return model_.network.stations()[id]; }
    const Station& destination() const { return station(explanation_.destinations.front().station); }
    const Station& place_of(const PlaceReport& report) const { return station(model_.timing_points[report.point].station); }
    std::string event_words(const PlaceReport& report) const {
        const char* words = report.event == TimingEvent::depart   ? "the departure from "
                            : report.event == TimingEvent::arrive ? "the arrival at "
                                                                  : "the passage of ";
        return words + place_of(report).name;
    }
    void paragraph(const std::string& text) { write_wrapped(out_, text, width_, 2); }

    void write_window() {
        const TimeZone& zone = destination().zone;
        const Quantile &first = explanation_.arrival.front(), &last = explanation_.arrival.back();
        paragraph(fmt::format("{}{}: the window of the arrival is {} wide, 9 times in 10 between {} and {} ({}, local time, UTC{}).",
                              explanation_.destinations.size() > 1 ? "If it is bound for " : "", destination().name,
                              hours_and_minutes(explanation_.width()), weekday_time(Instant{first.value}, zone),
                              weekday_time(Instant{last.value}, zone), months({Instant{first.value}, zone}, {Instant{last.value}, zone}),
                              offset_text(zone.offset_at(Instant{middle_of(explanation_.arrival).value}))));
        if (explanation_.destinations.size() == 1) return;
        std::string others;
        for (std::size_t i = 1; i < explanation_.destinations.size(); ++i)
            others += (i > 1 ? ", " : "") + station(explanation_.destinations[i].station).id;
        paragraph(fmt::format("Each destination has reasons of its own; this one has a probability of {}. --to explains the others: {}.",
                              percent(explanation_.destinations.front().probability), others));
    }

    void write_causes() {
        const std::vector<GroupEffect>& groups = explanation_.groups;
        if (groups.empty() || groups.front().effect.total.value < effect_in_words)
            return paragraph("No group of what is drawn makes a twentieth of the spread.");
        std::string text = "It is so wide above all because of";
        for (std::size_t i = 0; i < std::min(groups_in_words, groups.size()) && groups[i].effect.total.value >= effect_in_words; ++i) {
            text += fmt::format("{} {} ({} of the spread", i > 0 ? ";" : "", groups[i].name, percent(groups[i].effect.total.value));
            if (const auto& width = groups[i].width)
                text += width->value > hardly_narrower * static_cast<double>(explanation_.width().count()) / 1000
                            ? "; known, it would hardly narrow the window"
                            : fmt::format("; known, it would leave {} of {}", span_text(width->value), hours_and_minutes(explanation_.width()));
            text += ')';
        }
        paragraph(text + '.');
    }

    void write_best_report() {
        const PlaceReport* best = best_early_report(explanation_);
        if (!best) return;
        const TimeZone& zone = place_of(*best).zone;
        const bool halves = best->width.back().value <= static_cast<double>(explanation_.width().count()) / 2000;
        paragraph(
            fmt::format("{} {}; look there between {} and {}, local time. If that is known to {}, the window at {} is expected to be {} wide instead "
                        "of {}; {} of "
                        "the way are then left at the median.",
                        halves ? "The first report that would at least halve it is that of" : "No report would halve it; the best is that of",
                        event_words(*best), weekday_time(Instant{best->when.front().value}, zone),
                        weekday_time(Instant{best->when.back().value}, zone), off_text(explanation_.off.back()), destination().name,
                        span_text(best->width.back().value), hours_and_minutes(explanation_.width()), hours_and_minutes(best->ahead)));
        if (!std::isnan(best->unseen.value))
            paragraph(fmt::format("If it has not come there by {}, which is as likely as not, the window is {} wide.",
                                  weekday_time(Instant{best->when[1].value}, zone), span_text(best->unseen.value)));
    }

    void write_unused_reports() {
        if (model_.observations.empty() && model_.evidence.empty()) return;
        paragraph(
            "What was seen and said of the train plays no part here: all this is as before the first report. `infer` tells what reports change.");
    }

    // A name that is longer than its column has a line of its own.
    void write_name(const std::string& name, int column) {
        const bool longer = static_cast<int>(characters(name)) > column;
        if (longer) out_ << name << '\n';
        out_ << fitted(longer ? "" : name, column);
    }

    void write_groups() {
        const bool shared = !explanation_.groups.empty() && explanation_.groups.front().shapley;
        const bool known = !shared || width_ >= 72;  // both have no room on a narrow terminal
        const int names = std::clamp(width_ - 29 - (known ? 12 : 0) - (shared ? 14 : 0), 16, 40);
        out_ << '\n'
             << fitted("What is drawn", names) << "   spread   +-    alone    +-" << (known ? "    if known" : "")
             << (shared ? "   shared   +-" : "");
        out_ << '\n';
        double total = 0, alone = 0;
        for (const GroupEffect& group : explanation_.groups) {
            const Effect& effect = group.effect;
            total += effect.total.value, alone += effect.first.value;
            write_name(group.name, names);
            out_ << fmt::format(" {:>8} {:>4.1f} {:>8} {:>5.1f}", percent(effect.total.value), 100 * effect.total.error, percent(effect.first.value),
                                100 * effect.first.error);
            if (known)
                out_ << fmt::format(
                    " {:>11}", group.width ? fmt::format("{} +-{:.0f}m", clock_text(millis_of(group.width->value)), group.width->error / 60) : "-");
            if (group.shapley) out_ << fmt::format(" {:>8} {:>4.1f}", percent(group.shapley->value), 100 * group.shapley->error);
            out_ << '\n';
        }
        paragraph(
            "spread: the share of the variance of the arrival within the window that is left when all else is known. alone: the share that goes when "
            "it alone is known.");
        paragraph(known ? "if known: the width, h:mm, that is then expected from P5 to P95; - where the spread is below 5 %."
                        : "The width if it is known has no room here (72 columns, or --format csv).");
        if (shared) paragraph("shared: shares that add up to 100 %; what groups do only together is shared out evenly among them (Shapley effects).");
        if (total - 1 > interaction_worth_saying)
            paragraph(fmt::format("The shares add up to {}, and those alone to {}: some of them act only together.", percent(total), percent(alone)));
    }

    // Hours and minutes with their sign; columns are left out where they have no room.
    void write_numbers() {
        if (explanation_.numbers.empty()) return;
        const bool ends = width_ >= 80;
        const int names = std::clamp(width_ - (ends ? 57 : 25), 22, 44);
        const auto moved = [](double seconds) {
            return std::isnan(seconds) ? std::string{"-"} : (std::llround(seconds / 60) < 0 ? "-" : "+") + clock_text(millis_of(std::abs(seconds)));
        };
        out_ << '\n' << fitted("A number that is", names) << fmt::format("{:>{}}{:>{}}{:>9}\n", "low", ends ? 24 : 8, "high", ends ? 24 : 8, "among");
        out_ << fitted("moves", names);
        if (ends)
            out_ << fmt::format("{0:>8}{1:>8}{2:>8}{0:>8}{1:>8}{2:>8}{3:>9}\n", "P5", "half by", "P95", "others");
        else
            out_ << fmt::format("{0:>8}{0:>8}{1:>9}\n", "half by", "others");
        std::size_t small = 0;
        for (const NumberEffect& number : explanation_.numbers) {
            if (number.largest() < shift_in_table) {
                ++small;
                continue;
            }
            write_name(number.step > 0 ? fmt::format("{} (+-{:.0f} %)", number.name, 100 * number.step) : number.name, names);
            for (const ArrivalShift* shift : {&number.low, &number.high})
                for (std::size_t i = 0; i < 3; ++i)
                    if (ends || i == 1) out_ << fmt::format("{:>8}", moved(shift->seconds[i]));
            out_ << fmt::format("{:>9}\n", number.among_others ? clock_text(millis_of(number.among_others->mean)) : "-");
        }
        if (small > 0)
            paragraph(fmt::format("and {} that move{} the median by less than {:.0f} min (--format csv)", small, small == 1 ? "s" : "",
                                  shift_in_table / 60));
        paragraph(fmt::format(
            "By how much {} of the arrival move{}, h:mm, on the same draws of all else. Low and high: what the files give as a law is at its own 5 % "
            "or 95 % quantile, wherever it is drawn; what is weakly known and given without one is less or more by the part that stands with it, "
            "which is a measure and no range that anybody states. Among others: how far the median moves from low to high on average, while all "
            "these numbers are low or high by chance. Probabilities, rates and spacings are not moved.",
            ends ? "P5, the median and P95" : "the median", ends ? "" : "s"));
    }

    void write_reports() {
        if (explanation_.reports.empty()) return;
        const bool several = explanation_.right.has_value();
        // What has no room is left out, the least important first.
        int room = width_ - 20 - 26;
        const auto take = [&](int columns) { return room >= columns ? (room -= columns, true) : false; };
        std::vector<bool> shown(explanation_.off.size(), false);
        shown.back() = take(8);
        const bool right = several && take(8), ahead = take(8);
        for (std::size_t i = explanation_.off.size() - 1; i-- > 0;) shown[i] = take(8);
        const int names = std::min(20 + room, 32);
        out_ << '\n' << fitted("A report from", names) << fmt::format(" {:<25}", "when to look");
        for (std::size_t i = 0; i < shown.size(); ++i)
            if (shown[i]) out_ << fmt::format(" {:>7}", "leaves");
        if (ahead) out_ << fmt::format(" {:>7}", "ahead");
        if (right) out_ << fmt::format(" {:>7}", "right");
        out_ << '\n' << fitted("", names) << fmt::format(" {:<25}", "");
        for (std::size_t i = 0; i < shown.size(); ++i)
            if (shown[i]) out_ << fmt::format(" {:>7}", "+-" + std::to_string(explanation_.off[i].count() / 60000) + "m");
        out_ << '\n';
        for (const PlaceReport& report : explanation_.reports) {
            const TimeZone& zone = place_of(report).zone;
            write_name(fmt::format("{} {}", place_of(report).name, event_name(report.event)), names);
            out_ << fmt::format(" {} {}", weekday_time(Instant{report.when.front().value}, zone),
                                weekday_time(Instant{report.when.back().value}, zone));
            for (std::size_t i = 0; i < shown.size(); ++i)
                if (shown[i]) out_ << fmt::format(" {:>7}", std::isnan(report.width[i].value) ? "-" : clock_text(millis_of(report.width[i].value)));
            if (ahead) out_ << fmt::format(" {:>7}", clock_text(report.ahead));
            if (right) out_ << fmt::format(" {:>7}", percent(report.right.back().value));
            out_ << '\n';
        }
        std::string legend = fmt::format(
            "leaves: the width, h:mm, that is expected from P5 to P95 at {} when it is known, up to the error above the column, when the train is "
            "there, or that it never is; {} without. when to look: P5 to P95, local time.",
            destination().name, clock_text(explanation_.width()));
        if (ahead) legend += " ahead: the median of what is left of the way then, h:mm.";
        if (right)
            legend +=
                fmt::format(" right: how often the likeliest destination is then the right one; {} without.", percent(explanation_.right->value));
        paragraph(legend);
        if (std::count(shown.begin(), shown.end(), false) > 0 || !ahead || (several && !right))
            paragraph("Some columns have no room here; --format csv has all.");
    }

    void write_sampling() {
        out_ << '\n';
        double conclusive = 1;
        std::uint64_t fewest = explanation_.pairs;
        for (const GroupEffect& group : explanation_.groups) {
            conclusive = std::min(conclusive, group.effect.conclusive);
            fewest = std::min(fewest, group.effect.pairs);
        }
        const std::string pairs =
            fewest < explanation_.pairs ? fmt::format("{} to {}", grouped(fewest), grouped(explanation_.pairs)) : grouped(explanation_.pairs);
        std::string text =
            fmt::format("{} simulated journeys, and {} pairs of them for each row of the first table, seed {}; +- is one standard error.",
                        grouped(explanation_.runs), pairs, explanation_.seed);
        if (explanation_.arrives < 1) text += fmt::format(" {} of the journeys arrive, and only these count", percent(explanation_.arrives));
        if (conclusive < 1) text += fmt::format("; in a pair both must ({} of the pairs or more)", percent(conclusive));
        paragraph(text + (explanation_.arrives < 1 || conclusive < 1 ? "." : ""));
    }

    std::ostream& out_;
    const Model& model_;
    const Explanation& explanation_;
    int width_;
};

}  // namespace

void write_table(std::ostream& out, const Model& model, const Explanation& explanation, const TableStyle& style) {
    ExplanationTable{out, model, explanation, style.width}.write();
}

}  // namespace railwindow
