#include <railwindow/io/write_comparison.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/io/table_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

std::string upper(std::string name) {
    name.front() = 'P';
    return name;
}

std::string signed_clock(Millis duration) { return (duration < Millis{0} ? "" : "+") + clock_text(duration); }

std::string minutes_text(const std::optional<Duration>& error) { return error ? fmt::format("{:.2f}", *error / minute) : "?"; }

// Changes of gauge on the way, the likeliest alternative's where several are open.
std::size_t gauge_changes(const Model& model) { return model.main().path.gauge_changes.size(); }

class ComparisonTable {
public:
    ComparisonTable(std::ostream& out, const Comparison& comparison, int width) : out_{out}, comparison_{comparison}, width_{std::max(width, 60)} {
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
        write_wrapped(out_,
                      fmt::format("{} runs each, seed {}: run by run the same draws, so that only the change differs. Arrivals in local time{}.",
                                  grouped(comparison_.runs), comparison_.seed, places()),
                      width_, 2);
        out_ << '\n';
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

    void write_windows() {
        const auto columns = static_cast<int>(comparison_.quantiles.size());
        names_ = std::clamp(width_ - (9 + 6 + 12 * columns + 8 + 8), 12, std::max(12, longest_));
        out_ << fitted("Variant", names_) << "       km gauge ";
        for (const double p : comparison_.quantiles) out_ << ' ' << fitted(upper(quantile_name(p)), 11);
        out_ << "   after arr.%\n";
        for (const VariantOutcome& variant : comparison_.variants) {
            if (!answered(variant)) continue;
            const Model& model = *variant.model;
            const Station& place = station_of(model, variant.point);
            write_name(variant.name);
            out_ << fmt::format(" {:>8.1f} {:>5} ", model.main().path.length / km, gauge_changes(model));
            for (const Quantile& q : variant.time) out_ << ' ' << short_time(Instant{q.value}, place.zone).substr(5);
            out_ << fmt::format(" {:>7} {:>5.1f}\n", clock_text(middle(variant.elapsed).value), std::floor(1000 * variant.probability) / 10);
        }
        write_wrapped(out_,
                      "gauge: how often it changes. after: median time since departure, h:mm. arr.%: share of the runs that get there, rounded down.",
                      width_, 2);
    }

    // A long name has a line of its own.
    void write_name(const std::string& name) {
        if (static_cast<int>(characters(name)) > names_) out_ << name << '\n';
        out_ << fitted(static_cast<int>(characters(name)) > names_ ? "" : name, names_);
    }

    static const Quantile& middle(const std::vector<Quantile>& quantiles) {
        return *std::min_element(quantiles.begin(), quantiles.end(),
                                 [](const Quantile& a, const Quantile& b) { return std::abs(a.p - 0.5) < std::abs(b.p - 0.5); });
    }

    void write_differences() {
        if (comparison_.variants.size() < 2) return;
        out_ << '\n';
        if (!answered(base())) return write_wrapped(out_, base().name + " has no answer, so there is nothing to take differences from.", width_, 2);
        write_wrapped(out_, "How much later than " + base().name + " it arrives, run by run:", width_, 2);
        out_ << fitted("Variant", names_);
        for (const double p : comparison_.quantiles) out_ << fmt::format(" {:>7}", upper(quantile_name(p)));
        out_ << "    mean    +-   moves    +- first   +-\n";
        for (const VariantOutcome& variant : comparison_.variants)
            if (variant.against_base) write_difference(variant, *variant.against_base);
        write_wrapped(
            out_,
            "Quantiles and mean of the difference, h:mm, over the runs in which both arrive. moves: by how much the median of the window lies later. "
            "+-: one standard error in minutes. first: how often it comes first, in percent, with its error.",
            width_, 2);
    }

    void write_difference(const VariantOutcome& variant, const PairedDifference& paired) {
        write_name(variant.name);
        if (paired.pairs == 0) {
            out_ << "  no run in which both arrive\n";
            return;
        }
        for (const Quantile& q : paired.difference) out_ << fmt::format(" {:>7}", signed_clock(q.value));
        const QuantileShift& shift = *std::min_element(paired.shift.begin(), paired.shift.end(),
                                                       [](const auto& a, const auto& b) { return std::abs(a.p - 0.5) < std::abs(b.p - 0.5); });
        out_ << fmt::format(" {:>7} {:>5} {:>7} {:>5} {:>5.1f} {:>4.1f}\n", signed_clock(to_millis(paired.mean)), minutes_text(paired.mean_error),
                            signed_clock(shift.value), minutes_text(shift.error), 100 * paired.earlier.value, 100 * paired.earlier.error);
    }

    void write_infeasible() {
        for (const VariantOutcome& variant : comparison_.variants) {
            if (answered(variant)) continue;
            out_ << '\n';
            write_wrapped(out_, fmt::format("Not possible: {}: {}", variant.name, variant.infeasible), width_, 2);
        }
    }

    void write_changes() {
        const bool any = std::any_of(comparison_.variants.begin(), comparison_.variants.end(),
                                     [](const VariantOutcome& v) { return !v.why.empty() || !v.changes.empty(); });
        if (any) out_ << '\n';
        for (const VariantOutcome& variant : comparison_.variants) {
            std::string text = variant.why;
            for (const std::string& change : variant.changes) text += (text.empty() ? "" : "; ") + change;
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
};

}  // namespace

void write_table(std::ostream& out, const Comparison& comparison, const TableStyle& style) { ComparisonTable{out, comparison, style.width}.write(); }

void write_csv(std::ostream& out, const Comparison& comparison) {
    std::string head = "variant";
    for (const auto& [path, value] : comparison.variants.back().swept) head += "," + csv_field(path);
    head += ",length_km,gauge_changes,probability";
    for (const char* what : {"arrive", "elapsed_h", "difference_min"})
        for (const double p : comparison.quantiles) head += fmt::format(",{}_{}", what, quantile_name(p));
    out << head << ",mean_difference_min,mean_error_min,earlier,earlier_error,infeasible\n";
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
        for (const Quantile& q : variant.elapsed) row += fmt::format(",{:.5f}", to_duration(q.value) / h);
        const bool paired = variant.against_base && variant.against_base->pairs > 0;
        if (paired) {
            const PairedDifference& difference = *variant.against_base;
            for (const Quantile& q : difference.difference) row += fmt::format(",{:.4f}", to_duration(q.value) / minute);
            row += fmt::format(",{:.4f},{},{},{}", difference.mean / minute,
                               difference.mean_error ? fmt::format("{:.4f}", *difference.mean_error / minute) : "", difference.earlier.value,
                               difference.earlier.error);
        } else {
            row += std::string(columns + 4, ',');
        }
        out << row << ",\n";
    }
}

}  // namespace railwindow
