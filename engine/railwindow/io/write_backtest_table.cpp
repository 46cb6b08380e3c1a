#include <railwindow/io/write_backtest.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/table_text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow {
namespace {

class TableWriter {
public:
    TableWriter(std::ostream& out, const Backtest& result, int width) : out_{out}, result_{result}, width_{std::max(width, 80)} {}

    void write(const Calibration* fit) {
        write_targets("Forecast and observed (times local to the station)", result_.targets);
        if (!result_.calibrating.empty()) write_targets("Ordinary trains: never counted", result_.calibrating);
        if (result_.all.observations > 0) {
            write_coverage(result_);
            write_scores();
            write_pit();
        } else {
            out_ << "\nNothing here counts: every observation is one-sided, wider than 3 h, of an ordinary train, or only to be consistent.\n";
        }
        if (fit) write_fit(*fit);
        out_ << '\n';
        write_wrapped(out_, prior_remark, width_, 0);
    }

private:
    void write_targets(const std::string& head, const std::vector<TargetScore>& targets) {
        out_ << fmt::format("{}\n  {:<18} {:>11} {:>11} {:>11}  {:<11} {:>4} {:>5}\n", head, "", "P5", "P50", "P95", "observed", "in90", "CRPS");
        std::string journey;
        for (const TargetScore& score : targets) {
            const std::string of = fmt::format("{}, from {} {}", score.scenario, score.from, year_of(score));
            if (of != journey) out_ << (journey = of) << '\n';
            write_target(score);
        }
    }

    static std::string year_of(const TargetScore& score) { return std::to_string(score.target.zone.local_at(score.start).year); }

    static std::string when(Instant at, const TimeZone& zone) { return short_time(at, zone).substr(5); }

    void write_target(const TargetScore& score) {
        const Target& target = score.target;
        const Observation& seen = target.observed;
        const std::string name = target.station.substr(0, 13) + (seen.before > 0 * m ? "*" : "");
        out_ << fmt::format("  {:<14} {:<3}", name, event_word(seen.event));
        for (const Quantile& quantile : score.time) out_ << ' ' << when(Instant{quantile.value}, target.zone);
        const Instant shown = seen.low && seen.high ? *seen.low + (*seen.high - *seen.low) / 2 : seen.low ? *seen.low : *seen.high;
        const char sign = seen.low && seen.high ? ' ' : seen.low ? '>' : '<';
        out_ << ' ' << sign << when(shown, target.zone);
        if (score.full)
            out_ << fmt::format(" {:>4} {:>5}\n", inside90(*score.full), fmt::format("{:.1f}%", 100 * score.full->crps));
        else
            out_ << fmt::format(" {}\n", score.consistent ? "consistent" : "NOT consistent");
    }

    static const char* event_word(ObservedEvent event) {
        switch (event) {
            case ObservedEvent::arrive:
                return "arr";
            case ObservedEvent::depart:
                return "dep";
            case ObservedEvent::pass:
                return "pas";
            case ObservedEvent::seen:
                break;
        }
        return "saw";
    }

    static std::string inside90(const FullScore& score) {
        const double inside = score.levels.empty() ? 0 : score.levels.back().inside;
        return inside >= 1 ? "yes" : inside <= 0 ? "no" : fmt::format("{:.0f}%", 100 * inside);
    }

    void write_coverage(const Backtest& of) {
        out_ << "\nCoverage: how many observed times lie in the central window, and the 95 % band\nthat the model's own joint draws give for the "
                "same set\n";
        for (const Coverage& one : of.coverage)
            out_ << fmt::format("  {:>3.0f} %  {:>5.1f} of {:<3}  band {:>4.1f} to {:<4.1f}  {}\n", 100 * one.level, one.covered, one.of, one.low,
                                one.high,
                                one.covered < one.low    ? "TOO FEW"
                                : one.covered > one.high ? "TOO MANY"
                                                         : "inside");
    }

    static std::string share(double value) { return fmt::format("{:.2f}%", 100 * value); }

    void write_summary(const std::string& name, const Summary& summary) {
        const LevelScore* last = summary.levels.empty() ? nullptr : &summary.levels.back();
        out_ << fmt::format("  {:<16} {:>3} {:>4} {:>8} {:>8} {:>9} {:>9} {:>9}\n", name, summary.journeys, summary.observations, share(summary.crps),
                            share(summary.sixty_crps), share(summary.lognormal_crps), last ? share(last->winkler) : "",
                            last ? share(last->width) : "");
    }

    void write_scores() {
        out_ << "\nScores relative to the time that the journey took; lower is better\n"
             << fmt::format("  {:<16} {:>3} {:>4} {:>8} {:>8} {:>9} {:>9} {:>9}\n", "", "jrn", "obs", "CRPS", "60 km/h", "lognormal", "Winkler",
                            "width");
        write_summary("all", result_.all);
        for (const CountrySummary& country : result_.by_country) write_summary("  " + country.country, country.summary);
        write_wrapped(
            out_,
            fmt::format("The model's CRPS is {:.0f} % below that of distance over 60 km/h plus fixed stands, and {:.0f} % below that of a lognormal "
                        "around the countries' mean speeds in the other journeys.",
                        gain(result_.all.crps, result_.all.sixty_crps), gain(result_.all.crps, result_.all.lognormal_crps)),
            width_, 2);
        if (result_.press.forecasts > 0)
            write_wrapped(out_,
                          fmt::format("The press on {} occasions (baseline): {} against {} for the model.", result_.press.forecasts,
                                      share(result_.press.press_crps), share(result_.press.model_crps)),
                          width_, 2);
        std::string pinball = "Pinball:";
        for (const PinballScore& one : result_.all.pinball) pinball += fmt::format(" {} {},", quantile_name(one.p), share(one.loss));
        pinball.back() = '.';
        write_wrapped(out_, pinball + " Winkler and width are those of the widest level.", width_, 2);
    }

    static double gain(double model, double baseline) { return 100 * (1 - model / baseline); }

    void write_pit() {
        out_ << "\nObserved times by tenths of their forecast (even counts if it is right)\n ";
        for (const double bin : result_.pit) out_ << fmt::format(" {:>4.1f}", bin);
        out_ << '\n';
    }

    void write_fit(const Calibration& fit) {
        out_ << "\nFit: maximum a posteriori, each journey scored by the fit to the others\n"
             << fmt::format("  {:<10} {:>8} {:>8} {:>10} {:>18}\n", "", "prior sd", "factor", "sd after", "one left out");
        for (const Fitted& one : fit.fitted)
            out_ << fmt::format("  {:<10} {:>8.2f} {:>8.3f} {:>10.3f} {:>9.3f} to {:.3f}\n", one.name, one.prior_deviation, one.factor, one.deviation,
                                one.lowest, one.highest);
        for (const auto& [name, scored] : {std::pair{"without", &fit.plain}, std::pair{"with", &fit.left_out}}) {
            out_ << fmt::format("  {:<8} CRPS {}, coverage", name, share(scored->all.crps));
            for (const Coverage& one : scored->coverage) out_ << fmt::format(" {:.1f} ({:.1f}-{:.1f})", one.covered, one.low, one.high);
            out_ << '\n';
        }
        out_ << (fit.improves ? "  The fit improves the left-out score.\n"
                              : "  The fit does not improve the left-out score and is not to be used.\n");
    }

    std::ostream& out_;
    const Backtest& result_;
    int width_;
};

}  // namespace

void write_table(std::ostream& out, const Backtest& result, const Calibration* fit, const TableStyle& style) {
    TableWriter{out, result, style.width}.write(fit);
}

}  // namespace railwindow
