#include <railwindow/io/write_backtest.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/table_text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow {
namespace {

class ScoresTable {
public:
    ScoresTable(std::ostream& out, const Scores& scores, int width) : out_{out}, scores_{scores}, width_{std::max(width, 80)} {}

    void write() {
        for (const auto& [group, name, of] : groups()) write_answer(*group, name, of);
        out_ << '\n';
        write_targets("Forecast and observed (times local to the station)", scores_.result.targets);
        if (!scores_.result.calibrating.empty()) write_targets("Ordinary trains: never counted", scores_.result.calibrating);
        write_wrapped(
            out_,
            "Where an observed time counts: whether it lies in the 90 % window (in90), and its CRPS; else between which shares of the runs it "
            "lies.",
            width_, 2);
        for (const auto& [group, name, of] : groups()) write_group(*group, name);
        if (scores_.fit) write_fit(*scores_.fit);
        out_ << '\n';
        write_wrapped(out_, prior_remark, width_, 0);
    }

private:
    struct NamedGroup {
        const ScoreGroup* group;
        const char *name, *of;
    };

    std::vector<NamedGroup> groups() const {
        std::vector<NamedGroup> all;
        if (scores_.result.known.all.observations + scores_.result.known.uncounted > 0)
            all.push_back({&scores_.result.known, "Known journeys", "that the numbers knew"});
        if (scores_.result.unseen.all.observations + scores_.result.unseen.uncounted > 0)
            all.push_back({&scores_.result.unseen, "Unseen journeys", "that the numbers did not know"});
        if (scores_.left_out) all.push_back({&scores_.left_out->unseen, "Each journey left out in turn", "each by laws that did not know it"});
        return all;
    }

    void write_answer(const ScoreGroup& group, const std::string& name, const std::string& of) {
        std::string answer = fmt::format("{} ({}): {}", name, of, verdict(group.tests));
        if (!group.journeys.empty())
            answer += fmt::format(". {} observed times of {}: CRPS {} of the time taken{}, {:.0f} % below a lognormal's", group.all.observations,
                                  group.journeys.size() == 1 ? "one journey" : fmt::format("{} journeys", group.journeys.size()),
                                  share(group.crps.value), error_words(group.crps), gain(group.all.crps, group.all.lognormal_crps));
        write_wrapped(out_, answer + ".", width_, 0);
    }

    static std::string error_words(const Mean& mean) { return mean.error ? fmt::format(" (error {})", share(*mean.error)) : ""; }

    void write_group(const ScoreGroup& group, const std::string& name) {
        out_ << fmt::format("\n{}\n", name);
        if (group.all.observations == 0) {
            write_wrapped(out_, "Nothing here counts: every observation is one-sided, wider than 3 h, or only to be consistent.", width_, 2);
            return;
        }
        write_coverage(group);
        write_scores(group);
        write_journeys(group);
        write_tests(group);
    }

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
            out_ << fmt::format(" {:.2f}-{:.2f}\n{}", score.pit.low, score.pit.high,
                                score.consistent ? "" : "      NOT consistent: it lies outside the central 95 % of the runs\n");
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

    void write_coverage(const ScoreGroup& group) {
        out_ << "  Coverage: how many observed times lie in the central window, and the 95 % band\n  that the model's own joint draws give for the "
                "same set\n";
        for (const Coverage& one : group.coverage)
            out_ << fmt::format("  {:>3.0f} %  {:>5.1f} of {:<3}  band {:>4.1f} to {:<4.1f}  {}\n", 100 * one.level, one.covered, one.of, one.low,
                                one.high,
                                one.covered < one.low    ? "TOO FEW"
                                : one.covered > one.high ? "TOO MANY"
                                                         : "inside");
        out_ << "  By tenths of their forecast (even counts if it is right)\n  ";
        for (const double bin : group.pit) out_ << fmt::format(" {:>4.1f}", bin);
        out_ << '\n';
        if (group.uncounted > 0) out_ << fmt::format("  {} of {} times that do not count are consistent.\n", group.consistent, group.uncounted);
    }

    static std::string share(double value) { return fmt::format("{:.2f}%", 100 * value); }

    void write_summary(const std::string& name, const Summary& summary) {
        const LevelScore* last = summary.levels.empty() ? nullptr : &summary.levels.back();
        out_ << fmt::format("  {:<16} {:>3} {:>4} {:>8} {:>8} {:>9} {:>9} {:>9}\n", name, summary.journeys, summary.observations, share(summary.crps),
                            share(summary.sixty_crps), share(summary.lognormal_crps), last ? share(last->winkler) : "",
                            last ? share(last->width) : "");
    }

    void write_scores(const ScoreGroup& group) {
        const Summary& all = group.all;
        out_ << "\n  Scores relative to the time that the journey took, counted from the earliest\n  possible departure; lower is better\n"
             << fmt::format("  {:<16} {:>3} {:>4} {:>8} {:>8} {:>9} {:>9} {:>9}\n", "", "jrn", "obs", "CRPS", "60 km/h", "lognormal", "Winkler",
                            "width");
        write_summary("all", all);
        for (const CountrySummary& country : group.by_country) write_summary("  " + country.country, country.summary);
        write_wrapped(
            out_,
            fmt::format("The model's CRPS is {:.0f} % below that of distance over 60 km/h plus fixed stands, and {:.0f} % below that of a lognormal "
                        "around the countries' mean speeds in the other journeys.",
                        gain(all.crps, all.sixty_crps), gain(all.crps, all.lognormal_crps)),
            width_, 2);
        if (group.press.forecasts > 0)
            write_wrapped(out_,
                          fmt::format("The press on {} occasions (baseline): {} against {} for the model.", group.press.forecasts,
                                      share(group.press.press_crps), share(group.press.model_crps)),
                          width_, 2);
        std::string pinball = "Pinball:";
        for (const PinballScore& one : all.pinball) pinball += fmt::format(" {} {},", quantile_name(one.p), share(one.loss));
        pinball.back() = '.';
        write_wrapped(out_, pinball + " Winkler and width are those of the widest level.", width_, 2);
    }

    void write_journeys(const ScoreGroup& group) {
        out_ << fmt::format("\n  {:<29} {:>3} {:>8} {:>9} {:>7} {:>9} {:>6}\n", "By journey", "obs", "CRPS", "lognormal", "log", "lognormal",
                            "final");
        for (const JourneyScore& journey : group.journeys)
            out_ << fmt::format("  {:<29} {:>3} {:>8} {:>9} {:>7.2f} {:>9.2f} {:>6.3f}\n", journey.scenario.substr(0, 29), journey.observations,
                                share(journey.crps), share(journey.lognormal_crps), journey.log_score, journey.lognormal_log, journey.pit.middle);
        if (group.crps.error)
            write_wrapped(
                out_,
                fmt::format("Means and their errors from journey to journey: CRPS {} +- {}, gain on the lognormal {} +- {}, log score {:.2f} "
                            "+- {:.2f}.",
                            share(group.crps.value), share(*group.crps.error), share(group.crps_gain.value), share(*group.crps_gain.error),
                            group.log_score.value, *group.log_score.error),
                width_, 2);
        write_wrapped(out_, "log: minus the logarithm of the probability per hour. final: share of the runs before the last time that counts.",
                      width_, 2);
    }

    void write_tests(const ScoreGroup& group) {
        const PitTests& tests = group.tests;
        std::string tails = "\n  Final places, one a journey, if the windows are right\n";
        for (const TailTest& tail : tests.tails)
            tails += fmt::format("  beyond {:.0f} %: {} of {}, probability of so many or more {:.2g} (binomial)\n", 100 * tail.level, tail.count,
                                 tail.of, tail.p);
        out_ << tails;
        write_wrapped(
            out_,
            fmt::format("uniform: Anderson-Darling {:.2f}, p {:.2g}; Kolmogorov-Smirnov {:.2f}, p {:.2g}. Spread: {:.2f} where 1 is right, p "
                        "of as much {:.2g}. Shift: {:+.2f} standard deviations, p {:.2g}.",
                        tests.anderson_darling.statistic, tests.anderson_darling.p, tests.kolmogorov_smirnov.statistic, tests.kolmogorov_smirnov.p,
                        tests.spread.statistic / static_cast<double>(tests.journeys), tests.spread.p, tests.shift.statistic, tests.shift.p),
            width_, 2);
    }

    // Nothing is gained on a baseline that is never wrong.
    static double gain(double model, double baseline) { return baseline > 0 ? 100 * (1 - model / baseline) : 0.0; }

    void write_fit(const Calibration& fit) {
        out_ << "\nFit: maximum a posteriori, each journey scored by the fit to the others\n"
             << fmt::format("  {:<10} {:>8} {:>8} {:>10} {:>18}\n", "", "prior sd", "factor", "sd after", "one left out");
        for (const Fitted& one : fit.fitted)
            out_ << fmt::format("  {:<10} {:>8.2f} {:>8.3f} {:>10.3f} {:>9.3f} to {:.3f}\n", one.name, one.prior_deviation, one.factor, one.deviation,
                                one.lowest, one.highest);
        for (const auto& [name, scored] : {std::pair{"without", &fit.plain}, std::pair{"with", &fit.left_out}}) {
            for (const auto& [group, which] : {std::pair{&scored->known, "known"}, std::pair{&scored->unseen, "unseen"}}) {
                if (group->all.observations == 0) continue;
                out_ << fmt::format("  {:<8} {:<6} CRPS {}, coverage", name, which, share(group->all.crps));
                for (const Coverage& one : group->coverage) out_ << fmt::format(" {:.1f} ({:.1f}-{:.1f})", one.covered, one.low, one.high);
                out_ << '\n';
            }
        }
        out_ << (fit.improves ? "  The fit improves the left-out score.\n"
                              : "  The fit does not improve the left-out score and is not to be used.\n");
    }

    std::ostream& out_;
    const Scores& scores_;
    int width_;
};

}  // namespace

void write_table(std::ostream& out, const Scores& scores, const TableStyle& style) { ScoresTable{out, scores, style.width}.write(); }

}  // namespace railwindow
