#include <railwindow/simulation/build_traffic.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/simulation/ordinary_traffic.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace railwindow::building {
namespace {

LineKeys keys_of(const std::string& line) {
    const auto trains = [&](std::string_view way) {
        return LineKeys::Trains{{"ordinary-trains", way, line},
                                {"ordinary-train-time", way, line},
                                {"ordinary-train-kind", way, line},
                                {"ordinary-train-speed", way, line},
                                {"ordinary-train-length", way, line}};
    };
    return {{"loop-phase", "", line},     {"loop-place", "", line},   {"loop-length", "", line},     {"headway", "", line},
            {"trains-per-day", "", line}, {"line-cleared", "", line}, {trains("up"), trains("down")}};
}

class TrafficBuilder {
public:
    TrafficBuilder(Alternative& alternative, const Scenario& scenario, Model& model, BuildNotes& notes)
        : alternative_{alternative}, scenario_{scenario}, model_{model}, network_{model.network}, notes_{notes} {}

    // Steps of one line, one rule, one direction, one stage and one district belong together.
    void build() {
        const Itinerary& main = alternative_.main();
        const std::vector<PathStep>& steps = main.path.steps;
        for (std::size_t first = 0; first < steps.size();) {
            const TrafficRuleSheet* rule = rule_of(steps[first]);
            std::size_t last = first + 1;
            while (last < steps.size() && section(steps[last]).line == section(steps[first]).line &&
                   main.visits[last + 1].stage == main.visits[first + 1].stage && steps[last].direction == steps[first].direction &&
                   rule_of(steps[last]) == rule && !(rule && district_ends(*rule, steps[last - 1], steps[last])))
                ++last;
            if (rule) add_stretch(*rule, first, last);
            first = last;
        }
    }

private:
    const Section& section(const PathStep& step) const { return network_.sections()[step.section]; }
    const Station& station(StationId id) const { return network_.stations()[id]; }

    const PracticeSheet& practice_of(const PathStep& step) const {  // ItineraryBuilder has found one for every step
        return *std::find_if(scenario_.practice.begin(), scenario_.practice.end(),
                             [&](const PracticeSheet& p) { return p.country.value == station(section(step).from).country; });
    }

    // The rule that fills the section with trains, if one does.
    const TrafficRuleSheet* rule_of(const PathStep& step) const {
        if (scenario_.traffic && !scenario_.traffic->running) return nullptr;
        const std::string& line = network_.lines()[section(step).line].id;
        const TrafficRuleSheet* general = nullptr;
        for (const TrafficRuleSheet& rule : practice_of(step).traffic) {
            const bool named = std::any_of(rule.lines.begin(), rule.lines.end(), [&](const Name& name) { return name.value == line; });
            if (named) return shuts_out(rule) ? nullptr : &rule;
            if (rule.lines.empty() && !general) general = &rule;
        }
        return general && !shuts_out(*general) ? general : nullptr;
    }
    bool shuts_out(const TrafficRuleSheet& rule) const { return rule.closed && !scenario_.traffic; }

    // Districts are cut at the first station at or beyond every so many kilometres of the line, whatever part of it is run.
    bool district_ends(const TrafficRuleSheet& rule, const PathStep& before, const PathStep& after) const {
        if (!rule.district) return false;
        const Section& lower = section(before.direction == Direction::up_chainage ? before : after);
        return std::floor(lower.begin / *rule.district) != std::floor((lower.begin + lower.length) / *rule.district);
    }

    void add_stretch(const TrafficRuleSheet& rule, std::size_t first, std::size_t last) {
        const Itinerary& main = alternative_.main();
        const PathStep& begin = main.path.steps[first];
        const LineId id = section(begin).line;
        const Line& line = network_.lines()[id];
        const bool up = begin.direction == Direction::up_chainage;
        SharedStretch stretch{id, listed(id),       first, last, main.visits[first + 1].stage, up ? Way::up : Way::down, {}, {}, {}, {}, rule,
                              1,  keys_of(line.id), {}};
        for (std::size_t i = first; i < last; ++i) {
            const Section& part = section(main.path.steps[up ? i : first + last - 1 - i]);
            stretch.sections.push_back({part.begin, part.length, part.limit.value, part.tracks > 1});
            if (i == first) stretch.stations.push_back(station_of(part.from));
            stretch.stations.push_back(station_of(part.to));
        }
        line_ends(stretch);
        if (scenario_.traffic) change(stretch, *scenario_.traffic);
        require_room(stretch);
        notes_.list_if_weak(Weight::stands, file_name(practice_of(begin).file), fmt::format("ordinary trains of the {}", line.name),
                            inherit(rule.provenance, practice_of(begin).provenance), DrawKey{"ordinary-trains", "", ""});
        alternative_.shared.push_back(std::move(stretch));
    }

    StretchStation station_of(StationId id) const { return {{"station-loop", "", station(id).id}, {"station-tracks", "", station(id).id}}; }

    std::size_t listed(LineId line) {
        std::vector<LineId>& lines = model_.shared_lines;
        const auto known = std::find(lines.begin(), lines.end(), line);
        if (known != lines.end()) return static_cast<std::size_t>(known - lines.begin());
        lines.push_back(line);
        return lines.size() - 1;
    }

    void line_ends(SharedStretch& stretch) const {
        stretch.line_begin = stretch.sections.front().begin;
        stretch.line_end = stretch.sections.back().begin + stretch.sections.back().length;
        for (const Section& part : network_.sections())
            if (part.line == stretch.line) {
                stretch.line_begin = std::min(stretch.line_begin, part.begin);
                stretch.line_end = std::max(stretch.line_end, part.begin + part.length);
            }
    }

    void change(SharedStretch& stretch, const TrafficSheet& traffic) {
        stretch.scale = traffic.scale;
        if (traffic.cleared_before) stretch.rule.cleared_before = *traffic.cleared_before;
        if (traffic.rank)
            for (OrdinaryTrainsSheet& kind : stretch.rule.trains) kind.rank = *traffic.rank;
        for (const TimetabledTrainSheet& train : traffic.trains)
            if (train.line.value == network_.lines()[stretch.line].id) add_train(stretch, train);
    }

    // More trains than the line carries would only queue before it. Laws may reach beyond: such runs are what a bad day is like, and a note says so.
    // A train every three minutes is more than any line of stations and sections carries; judgement.
    void require_room(const SharedStretch& stretch) const {
        constexpr double most = 480, median = 0.5, nearly_all = 0.9999;
        const Line& line = network_.lines()[stretch.line];
        const double carried = trains_carried(stretch, Noise{0, Noise::median_run});
        const auto asked = [&](double p) { return stretch.scale * stretch.rule.trains_per_day.quantile(p); };
        const auto fail = [&](std::string what, std::string remedy) {
            notes_.findings.add(
                {scenario_.traffic ? scenario_.traffic->place : practice_of(alternative_.main().path.steps[stretch.first]).country.place, "traffic",
                 std::move(what), std::move(remedy), Severity::error});
        };
        // All of them are worked in every run, several times over: a thousand take some hundredths of a second.
        constexpr double most_worked = 1000;
        const double days = days_worked(stretch), worked = 2 * days * asked(nearly_all) + static_cast<double>(stretch.timetable.size());
        if (asked(nearly_all) > most)
            fail(fmt::format("line '{}' would have up to {:.0f} trains a day in each direction", line.id, asked(nearly_all)),
                 fmt::format("ask for at most {:.0f}: one every three minutes", most));
        else if (asked(median) > carried)
            fail(fmt::format("line '{}' would have {:.1f} trains a day in each direction, and with its loops, headway and speeds lets through {:.1f}",
                             line.id, asked(median), carried),
                 fmt::format("write a scale of at most {:.2f}", std::floor(100 * stretch.scale * carried / asked(median)) / 100));
        else if (days > longest_worked || worked > most_worked)
            fail(fmt::format("each run would work line '{}' for {:.1f} days, and {:.0f} trains on it", line.id, days, worked),
                 fmt::format("stay within {:.0f} days and {:.0f} trains: faster or fewer ones, or a shorter `cleared_before`", longest_worked,
                             most_worked));
        else if (asked(nearly_all) > carried)
            tell(fmt::format(
                "On the {} up to {:.0f} ordinary trains a day are drawn in each direction; it lets through {:.0f}. In some runs they queue.",
                line.name, asked(nearly_all), carried));
    }

    static constexpr double longest_worked = 100;  // days

    // Ordinary trains come into the working of a line as long before the special train, and after it, as the slowest of them takes and the line is
    // cleared; before that, from where their line begins.
    static double days_worked(const SharedStretch& stretch) {
        constexpr double nearly_all = 0.9999;
        Speed slowest = physical_range<Speed>.most * m / s;
        for (const OrdinaryTrainsSheet& kind : stretch.rule.trains) slowest = std::min(slowest, kind.speed.quantile(0.5));
        const Duration lead = (stretch.line_end - stretch.line_begin) / slowest;
        const Duration around = to_duration(slowest_run(stretch)) + stretch.rule.cleared_before.quantile(nearly_all);
        return (lead + 2 * around) / (24 * h);
    }

    void tell(const std::string& note) const {
        if (std::find(model_.notes.begin(), model_.notes.end(), note) == model_.notes.end()) model_.notes.push_back(note);
    }

    struct LinePlace {
        Length chainage;
        StationId station;
    };
    std::optional<LinePlace> place_on(LineId line, const Name& name) const {
        const StationId id = network_.station(name, "traffic.trains");
        for (const Section& part : network_.sections()) {
            if (part.line != line) continue;
            if (part.from == id) return LinePlace{part.begin, id};
            if (part.to == id) return LinePlace{part.begin + part.length, id};
        }
        notes_.findings.add({name.place, "traffic.trains", fmt::format("{} is no station of line '{}'", name.value, network_.lines()[line].id),
                             "name two stations of the line", Severity::error});
        return {};
    }

    // Of a train that runs beyond the stretch, what of it lies within; none where nothing does.
    void add_train(SharedStretch& stretch, const TimetabledTrainSheet& sheet) {
        const auto from = place_on(stretch.line, sheet.from), to = place_on(stretch.line, sheet.to);
        if (!from || !to) return;
        if (from->chainage == to->chainage)
            return notes_.findings.add(
                {sheet.to.place, "traffic.trains", sheet.name.value + " ends where it begins", "name another station", Severity::error});
        const auto leaves = instant_of(sheet.depart.value, station(from->station).zone);
        if (const auto* error = std::get_if<TimeError>(&leaves))
            return notes_.findings.add({sheet.depart.place, "traffic.trains", error->what, error->remedy, Severity::error});
        std::vector<Length> at;
        for (const StretchSection& part : stretch.sections) at.push_back(part.begin);
        at.push_back(stretch.sections.back().begin + stretch.sections.back().length);
        const Length low = std::max(at.front(), std::min(from->chainage, to->chainage)),
                     high = std::min(at.back(), std::max(from->chainage, to->chainage));
        if (low >= high) return;
        const auto index = [&](Length chainage) {
            const auto nearer = [&](Length a, Length b) { return abs(a - chainage) < abs(b - chainage); };
            return static_cast<std::size_t>(std::min_element(at.begin(), at.end(), nearer) - at.begin());
        };
        const bool up = from->chainage < to->chainage;
        const Length begin = up ? low : high;
        const Instant enters = std::get<Instant>(leaves) + to_millis(abs(begin - from->chainage) / sheet.speed);
        stretch.timetable.push_back({sheet.name.value, up ? Way::up : Way::down, index(begin), index(up ? high : low), enters, sheet.speed,
                                     sheet.length, scenario_.traffic->rank.value_or(sheet.rank)});
    }

    Alternative& alternative_;
    const Scenario& scenario_;
    Model& model_;
    const Network& network_;
    BuildNotes& notes_;
};

}  // namespace

void add_traffic(Alternative& alternative, const Scenario& scenario, Model& model, BuildNotes& notes) {
    TrafficBuilder{alternative, scenario, model, notes}.build();
}

void require_every_line(const Model& model, const Scenario& scenario, Findings& findings) {
    if (!scenario.traffic) return;
    if (scenario.traffic->running && model.shared_lines.empty())
        findings.add({scenario.traffic->place, "traffic", "no practice file says what runs on the lines of the way",
                      "give the practice of a country on the way a `traffic`, or write `traffic: off`", Severity::error});
    for (const TimetabledTrainSheet& train : scenario.traffic->trains) {
        const auto runs = [&](LineId id) { return model.network.lines()[id].id == train.line.value; };
        if (std::any_of(model.shared_lines.begin(), model.shared_lines.end(), runs)) continue;
        std::vector<std::string_view> known;
        for (const LineId id : model.shared_lines) known.push_back(model.network.lines()[id].id);
        findings.add({train.line.place, "traffic.trains." + train.name.value + ".line",
                      fmt::format("'{}' is no line of the way that has ordinary traffic", train.line.value), suggestion(train.line.value, known),
                      Severity::error});
    }
}

}  // namespace railwindow::building
