#include <railwindow/io/write_comparison.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/io/plain_words.hpp>
#include <railwindow/io/table_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace railwindow {
namespace {

std::string signed_clock(Millis duration) { return (duration < Millis{0} ? "" : "+") + clock_text(duration); }

std::string minutes_text(const std::optional<Duration>& error) { return error ? fmt::format("{:.2f}", *error / minute) : "?"; }

// Changes of gauge on the way, the likeliest alternative's where several are open.
std::size_t gauge_changes(const Model& model) { return model.main().path.gauge_changes.size(); }

// What belongs to the quantile nearest to the median.
template <class Quantiles>
const auto& middle(const Quantiles& quantiles) {
    return *std::min_element(quantiles.begin(), quantiles.end(),
                             [](const auto& a, const auto& b) { return std::abs(a.p - 0.5) < std::abs(b.p - 0.5); });
}

// A column of a table: both lines of its head and its cells are alike wide. In a narrow table those of the highest rank are left out first, those of
// rank 0 never.
struct Column {
    int rank;
    std::string head;
    std::function<std::string(const VariantOutcome&)> cell;
    std::string above{};
};

int wide(const std::vector<Column>& columns) {
    int sum = 0;
    for (const Column& column : columns) sum += static_cast<int>(characters(column.head));
    return sum;
}

// The columns that a row has room for, and the heads of those that it has not.
std::pair<std::vector<Column>, std::string> that_fit(std::vector<Column> columns, int room) {
    std::string left_out;
    while (wide(columns) > room) {
        const auto least = std::max_element(columns.begin(), columns.end(), [](const Column& a, const Column& b) { return a.rank < b.rank; });
        if (least->rank == 0) break;
        std::string name = without_end(least->head.substr(least->head.find_first_not_of(' ')));
        if (name == "+-") name = "errors";
        if (!left_out.ends_with(name)) left_out = name + (left_out.empty() ? "" : ", " + left_out);
        columns.erase(least);
    }
    return {std::move(columns), left_out};
}

constexpr int least_names = 12;

class ComparisonTable {
public:
    ComparisonTable(std::ostream& out, const Comparison& comparison, const TableStyle& style)
        : out_{out}, comparison_{comparison}, width_{std::max(style.width, 40)}, units_{style.units} {
        for (const VariantOutcome& variant : comparison.variants) longest_ = std::max(longest_, static_cast<int>(characters(variant.name)));
    }

    void write() {
        write_head();
        write_windows();
        write_differences();
        write_infeasible();
        write_changes();
    }

private:
    const VariantOutcome& base() const { return comparison_.variants.front(); }
    static bool answered(const VariantOutcome& variant) { return variant.infeasible.empty(); }

    void write_head() {
        const auto with_model =
            std::find_if(comparison_.variants.begin(), comparison_.variants.end(), [](const VariantOutcome& v) { return v.model.has_value(); });
        if (with_model != comparison_.variants.end() && !with_model->model->question.empty())
            write_wrapped(out_, with_model->model->question, width_, 0), out_ << '\n';
        if (answered(base())) write_answer();
        write_wrapped(out_,
                      fmt::format("{} runs each, seed {}: run by run the same draws, so that only the change differs. Arrivals in local time{}.",
                                  grouped(comparison_.runs), comparison_.seed, places()),
                      width_, 2);
        out_ << '\n';
    }

    // What the change does, in words: `prepared: about 2 h 56 min sooner than as written; 9 times in 10 between ... and ... sooner.`
    void write_answer() {
        constexpr std::size_t most_told = 5;
        std::size_t told = 0;
        for (const VariantOutcome& variant : comparison_.variants) {
            if (!variant.against_base || variant.against_base->pairs == 0) continue;
            if (told++ == most_told) break;
            if (!variant.unchanged.empty()) {
                const std::string runs = variant.changed_runs == 0 ? "all" : fmt::format("all but {:.2g} %", 100 * variant.changed_runs);
                write_wrapped(out_, fmt::format("{}: {} of the runs arrive as in {}: {}.", variant.name, runs, base().name, variant.unchanged),
                              width_, 2);
                continue;
            }
            const std::vector<Quantile>& times = variant.against_base->difference;
            const auto [low, high] = std::minmax_element(times.begin(), times.end(), [](const auto& a, const auto& b) { return a.p < b.p; });
            const Millis mean = to_millis(variant.against_base->mean);
            std::string text = fmt::format("{}: {} {}", variant.name, later(middle(times).value), base().name);
            if (shown(middle(times).value) == Millis{0} && shown(mean) != Millis{0})
                text = fmt::format("{}: half of the runs as soon as {} or sooner, and on average {} {}", variant.name, base().name,
                                   hours_and_minutes(std::chrono::abs(mean)), mean < Millis{0} ? "sooner" : "later");
            if (low != high && shown(low->value) != shown(high->value))
                text += fmt::format("; {} {}", share_words(high->p - low->p), between(low->value, high->value));
            write_wrapped(out_, text + '.', width_, 2);
        }
        if (told > 0) out_ << '\n';
    }

    // To the minute, as it is written.
    static Millis shown(Millis difference) { return std::chrono::floor<std::chrono::minutes>(difference + std::chrono::seconds{30}); }

    static std::string later(Millis difference) {
        if (shown(difference) == Millis{0}) return "as soon as";
        return fmt::format("about {} {} than", hours_and_minutes(std::chrono::abs(difference)), difference < Millis{0} ? "sooner" : "later");
    }

    static std::string between(Millis low, Millis high) {
        const auto size = [](Millis difference) { return hours_and_minutes(std::chrono::abs(shown(difference))); };
        if (shown(high) <= Millis{0}) return fmt::format("between {} and {} sooner", size(high), size(low));
        if (shown(low) >= Millis{0}) return fmt::format("between {} and {} later", size(low), size(high));
        return fmt::format("between {} sooner and {} later", size(low), size(high));
    }

    // Where the arrivals are, if that is one place for all.
    std::string places() const {
        std::string name;
        for (const VariantOutcome& variant : comparison_.variants) {
            if (!answered(variant)) continue;
            const std::string& here = station_of(*variant.model, variant.point).name;
            if (name.empty()) name = here;
            if (name != here) return " of each one's destination";
        }
        return " of " + name;
    }

    bool differ(const std::function<double(const VariantOutcome&)>& value) const {
        const auto other = [&](const VariantOutcome& of) { return answered(of) && answered(base()) && value(of) != value(base()); };
        return !answered(base()) || std::any_of(comparison_.variants.begin(), comparison_.variants.end(), other);
    }

    void write_windows() {
        std::vector<Column> columns;
        if (differ([](const auto& of) { return of.model->main().path.length / km; }))
            columns.push_back({3, fmt::format("{:>9}", shown_unit_name(units_)),
                               [this](const auto& of) { return fmt::format(" {:>8.1f}", of.model->main().path.length / shown_unit(units_)); }});
        if (differ([](const auto& of) { return static_cast<double>(gauge_changes(*of.model)); }))
            columns.push_back({5, " gauge", [](const auto& of) { return fmt::format(" {:>5}", gauge_changes(*of.model)); }});
        for (std::size_t i = 0; i < comparison_.quantiles.size(); ++i) {
            const auto [above, below] = quantile_words(comparison_.quantiles[i]);
            columns.push_back(
                {0, ' ' + fitted(below, 12),
                 [i](const VariantOutcome& of) { return ' ' + weekday_time(Instant{of.time[i].value}, station_of(*of.model, of.point).zone); },
                 ' ' + fitted(above, 12)});
        }
        columns.push_back({2, "   after", [](const auto& of) { return fmt::format(" {:>7}", clock_text(of.median_elapsed)); }});
        const bool some_fail = std::any_of(comparison_.variants.begin(), comparison_.variants.end(),
                                           [](const VariantOutcome& of) { return answered(of) && of.probability < 1; });
        if (some_fail)
            columns.push_back({1, " there %", [](const auto& of) { return fmt::format(" {:>7.1f}", std::floor(1000 * of.probability) / 10); }});
        write_rows(
            std::move(columns), [](const VariantOutcome& variant) { return answered(variant) ? Row::cells : Row::left_out; },
            {{5, "gauge: how often it changes."},
             {2, "after: median time since departure, h:mm."},
             {1, "there %: share of the runs that get there, rounded down."}},
            "Arrivals, " + months_of_windows() + '.');
    }

    std::string months_of_windows() const {
        const VariantOutcome *first = nullptr, *last = nullptr;
        for (const VariantOutcome& of : comparison_.variants) {
            if (!answered(of)) continue;
            if (!first || middle(of.time).value < middle(first->time).value) first = &of;
            if (!last || middle(of.time).value > middle(last->time).value) last = &of;
        }
        const auto at = [](const VariantOutcome& of) { return std::pair{Instant{middle(of.time).value}, station_of(*of.model, of.point).zone}; };
        return months(at(*first), at(*last));
    }

    enum class Row { cells, no_pair, left_out };

    // The rows with the columns that there is room for, and below them `text` and what these columns mean, by their rank.
    void write_rows(std::vector<Column> all, Row (*row_of)(const VariantOutcome&), const std::vector<std::pair<int, std::string>>& meanings,
                    std::string text) {
        const auto [columns, left_out] = that_fit(std::move(all), width_ - least_names);
        names_ = std::clamp(width_ - wide(columns), 4, std::max(least_names, longest_));
        std::string above = fitted("", names_), head = fitted(names_ < 7 ? "" : "Variant", names_);
        for (const Column& column : columns) {
            above += column.above.empty() ? std::string(characters(column.head), ' ') : column.above;
            head += column.head;
        }
        if (above = without_end(above); !above.empty()) out_ << above << '\n';
        out_ << without_end(head) << '\n';
        for (const VariantOutcome& variant : comparison_.variants) {
            const Row row = row_of(variant);
            if (row == Row::left_out) continue;
            write_name(variant.name);
            if (row == Row::no_pair) out_ << "  no run in which both arrive";
            if (row == Row::cells)
                for (const Column& column : columns) out_ << column.cell(variant);
            out_ << '\n';
        }
        for (const auto& [rank, meaning] : meanings)
            if (std::any_of(columns.begin(), columns.end(), [rank = rank](const Column& column) { return column.rank == rank; }))
                text += (text.empty() ? "" : " ") + meaning;
        if (!left_out.empty()) text += " Left out for want of room: " + left_out + '.';
        if (!text.empty()) write_wrapped(out_, text, width_, 2);
    }

    // A long name has a line of its own.
    void write_name(const std::string& name) {
        if (static_cast<int>(characters(name)) > names_) out_ << name << '\n';
        out_ << fitted(static_cast<int>(characters(name)) > names_ ? "" : name, names_);
    }

    void write_differences() {
        if (comparison_.variants.size() < 2) return;
        out_ << '\n';
        if (!answered(base())) return write_wrapped(out_, base().name + " has no answer, so there is nothing to take differences from.", width_, 2);
        write_wrapped(out_, "How much later than " + base().name + " it arrives, run by run:", width_, 2);
        const auto paired = [](const VariantOutcome& of) -> const PairedDifference& { return *of.against_base; };
        std::vector<Column> columns;
        for (std::size_t i = 0; i < comparison_.quantiles.size(); ++i) {
            const double p = comparison_.quantiles[i];
            const auto [above, below] = quantile_words(p);
            columns.push_back({0,
                               fmt::format(" {:>8}", p == 0.5  ? below
                                                     : p < 0.5 ? "sooner"
                                                               : below),
                               [=](const VariantOutcome& of) { return fmt::format(" {:>8}", signed_clock(paired(of).difference[i].value)); },
                               fmt::format(" {:>8}", above)});
        }
        columns.push_back({2, "     mean", [=](const auto& of) { return fmt::format(" {:>8}", signed_clock(to_millis(paired(of).mean))); }});
        columns.push_back({5, "    +-", [=](const auto& of) { return fmt::format(" {:>5}", minutes_text(paired(of).mean_error)); }});
        columns.push_back({1, " first %", [=](const auto& of) { return fmt::format(" {:>7.1f}", 100 * paired(of).earlier.value); }});
        columns.push_back({7, "   +-", [=](const auto& of) { return fmt::format(" {:>4.1f}", 100 * paired(of).earlier.error); }});
        write_rows(
            std::move(columns),
            [](const VariantOutcome& variant) {
                return !variant.against_base ? Row::left_out : variant.against_base->pairs > 0 ? Row::cells : Row::no_pair;
            },
            {{5, "+-: one standard error in minutes."}, {1, "first %: how often it comes first, with its error."}},
            "Quantiles and mean of the difference, h:mm, over the runs in which both arrive.");
    }

    void write_infeasible() {
        for (const VariantOutcome& variant : comparison_.variants) {
            if (answered(variant)) continue;
            out_ << '\n';
            write_wrapped(out_, fmt::format("Not possible: {}: {}", variant.name, variant.infeasible), width_, 2);
        }
    }

    void write_changes() {
        const bool any = std::any_of(comparison_.variants.begin(), comparison_.variants.end(), [](const VariantOutcome& v) {
            return !v.why.empty() || !v.changes.empty() || (v.model && !v.model->doubts.empty());
        });
        if (any) out_ << '\n';
        for (const VariantOutcome& variant : comparison_.variants) {
            std::string text = variant.why;
            for (const std::string& change : variant.changes) text += (text.empty() ? "" : "; ") + change;
            for (const std::string& doubt : variant.model ? variant.model->doubts : std::vector<std::string>{})
                text += (text.empty() ? "" : "; ") + ("is this meant? " + doubt);
            if (!text.empty()) write_wrapped(out_, variant.name + ": " + text, width_, 2);
        }
        for (const std::string& note : notes()) out_ << '\n', write_wrapped(out_, "Note: " + note, width_, 2);
    }

    std::vector<std::string> notes() const {
        std::vector<std::string> all;
        for (const VariantOutcome& variant : comparison_.variants)
            for (const std::string& note : variant.model ? variant.model->notes : std::vector<std::string>{})
                if (std::find(all.begin(), all.end(), note) == all.end()) all.push_back(note);
        return all;
    }

    std::ostream& out_;
    const Comparison& comparison_;
    int width_, names_ = 0, longest_ = 0;
    Units units_;
};

}  // namespace

void write_table(std::ostream& out, const Comparison& comparison, const TableStyle& style) { ComparisonTable{out, comparison, style}.write(); }

void write_csv(std::ostream& out, const Comparison& comparison) {
    std::string head = "variant";
    for (const auto& [path, value] : comparison.variants.back().swept) head += "," + csv_field(path);
    head += ",length_km,gauge_changes,probability";
    for (const char* what : {"arrive", "elapsed_seconds", "difference_seconds"})
        for (const double p : comparison.quantiles) head += fmt::format(",{}_{}", what, quantile_name(p));
    out << head << ",mean_difference_seconds,mean_error_seconds,earlier,earlier_error,infeasible\n";
    const std::size_t columns = comparison.quantiles.size(), swept = comparison.variants.back().swept.size();
    for (const VariantOutcome& variant : comparison.variants) {
        std::string row = csv_field(variant.name);
        for (std::size_t i = 0; i < swept; ++i) row += "," + (i < variant.swept.size() ? csv_field(variant.swept[i].second) : std::string{});
        row += variant.model ? fmt::format(",{:.3f},{}", variant.model->main().path.length / km, gauge_changes(*variant.model)) : ",,";
        if (!variant.infeasible.empty()) {
            out << row << std::string(1 + 3 * columns + 4, ',') << ',' << csv_field(variant.infeasible) << '\n';
            continue;
        }
        row += fmt::format(",{}", variant.probability);
        for (const Quantile& q : variant.time) row += "," + iso_time(Instant{q.value}, station_of(*variant.model, variant.point).zone);
        for (const Quantile& q : variant.elapsed) row += fmt::format(",{:.3f}", to_duration(q.value) / s);
        const bool paired = variant.against_base && variant.against_base->pairs > 0;
        if (paired) {
            const PairedDifference& difference = *variant.against_base;
            for (const Quantile& q : difference.difference) row += fmt::format(",{:.3f}", to_duration(q.value) / s);
            row +=
                fmt::format(",{:.3f},{},{},{}", difference.mean / s, difference.mean_error ? fmt::format("{:.3f}", *difference.mean_error / s) : "",
                            difference.earlier.value, difference.earlier.error);
        } else {
            row += std::string(columns + 4, ',');
        }
        out << row << ",\n";
    }
}

}  // namespace railwindow
