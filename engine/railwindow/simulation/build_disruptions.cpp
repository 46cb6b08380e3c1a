#include <railwindow/simulation/itinerary_builder.hpp>
#include <railwindow/simulation/trace.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace building {
namespace {

constexpr double most_in_a_cell = 100;  // every one is looked at in every run

template <class Sheet>
const Sheet* rule_of(const std::vector<Sheet>& sheets, const std::string& line) {
    const Sheet* general = nullptr;
    for (const Sheet& sheet : sheets) {
        if (std::any_of(sheet.rule.lines.begin(), sheet.rule.lines.end(), [&](const Name& name) { return name.value == line; })) return &sheet;
        if (sheet.rule.lines.empty() && !general) general = &sheet;
    }
    return general;
}

constexpr std::string_view why(DisruptionKind kind) {
    switch (kind) {
        case DisruptionKind::signal_holds:
            return "signal at danger";
        case DisruptionKind::failures:
            return "locomotive failure";
        default:
            return "security hold";
    }
}

// The rules of one line in one country, as far as the scenario lets them hold.
class LineRules {
public:
    LineRules(const PracticeSheet& practice, const DisruptionFactors& factors, const std::string& line, const std::string& train)
        : practice_{practice}, sheet_{*practice.disruptions}, factors_{factors}, line_{line}, train_{train} {}

    std::optional<RestrictionProcess> restrictions() const {
        const auto* sheet = rule_of(sheet_.restrictions, line_);
        if (!sheet || factor(DisruptionKind::restrictions, sheet->rule) == 0) return {};
        return RestrictionProcess{cells(DisruptionKind::restrictions, sheet->rule, kilometre_cell / sheet->every, ""), sheet->length, sheet->speed,
                                  key("restriction-length", ""), key("restriction-speed", "")};
    }

    // Signals and locomotives stop one train; security stops every train of the convoy at the same place for the same time.
    void add_holds(std::vector<HoldProcess>& holds) const {
        add_hold(holds, DisruptionKind::signal_holds, sheet_.signal_holds, train_);
        add_hold(holds, DisruptionKind::failures, sheet_.failures, train_);
        add_hold(holds, DisruptionKind::security_holds, sheet_.security_holds, "");
    }

    std::optional<WireProcess> wire() const {
        WireProcess wire{.rescue_key = key("rescue", ""), .power_key = key("low-voltage", "")};
        if (const auto* sheet = rule_of(sheet_.power_outages, line_)) {
            wire.outages = spells(DisruptionKind::power_outages, *sheet, to_duration(hour_cell) / sheet->every);
            wire.rescue = sheet->rescue;
        }
        if (const auto* sheet = rule_of(sheet_.low_voltage, line_)) {
            wire.low_voltage = spells(DisruptionKind::low_voltage, *sheet, to_duration(hour_cell) / sheet->every);
            wire.power = sheet->power;
        }
        return wire.outages || wire.low_voltage ? std::optional{std::move(wire)} : std::nullopt;
    }

    std::optional<ClosureProcess> closures(Length begin, Length end) const {
        const auto* sheet = rule_of(sheet_.closures, line_);
        if (!sheet) return {};
        auto when = spells(DisruptionKind::closures, *sheet, to_duration(five_day_cell) / sheet->every * ((end - begin) / sheet->per));
        return when ? std::optional{ClosureProcess{std::move(*when), begin, end, key("closure-place", "")}} : std::nullopt;
    }

private:
    double factor(DisruptionKind kind, const DisruptionRule& rule) const { return factors_[kind] ? factors_[kind]->value : rule.by_default; }

    DrawKey key(const std::string& purpose, const std::string& train) const { return {purpose, train, line_}; }

    CellProcess cells(DisruptionKind kind, const DisruptionRule& rule, double mean_in_cell, const std::string& train) const {
        const std::string what{name(kind)};
        const double mean = factor(kind, rule) * mean_in_cell;
        const double most = mean * *std::max_element(rule.months.factor.begin(), rule.months.factor.end());
        if (!(most <= most_in_a_cell))
            fail(practice_.country.place, "disruptions." + what,
                 fmt::format("{:.0f} of them are to be expected in one cell of line '{}'", most, line_),
                 fmt::format("at most {:.0f}: write a longer `every`, or a smaller factor", most_in_a_cell));
        return {mean, rule.months, key(what, train), key(what + "-place", train)};
    }

    void add_hold(std::vector<HoldProcess>& holds, DisruptionKind kind, const std::vector<HoldSheet>& sheets, const std::string& train) const {
        const auto* sheet = rule_of(sheets, line_);
        if (!sheet || factor(kind, sheet->rule) == 0) return;
        holds.push_back({cells(kind, sheet->rule, kilometre_cell / sheet->every, train), sheet->lasts, key(std::string{name(kind)} + "-lasts", train),
                         why(kind)});
    }

    template <class Sheet>
    std::optional<SpellProcess> spells(DisruptionKind kind, const Sheet& sheet, double mean_in_cell) const {
        if (factor(kind, sheet.rule) == 0) return {};
        const Duration longest = sheet.lasts.quantile(longest_share);
        return SpellProcess{cells(kind, sheet.rule, mean_in_cell, ""), sheet.lasts, longest < to_duration(horizon) ? to_millis(longest) : horizon,
                            key(std::string{name(kind)} + "-lasts", "")};
    }

    const PracticeSheet& practice_;
    const DisruptionsSheet& sheet_;
    const DisruptionFactors& factors_;
    const std::string &line_, &train_;
};

}  // namespace

void ItineraryBuilder::add_disruptions() {
    for (std::size_t stage = 0; stage < itinerary_.stages.size(); ++stage) add_disrupted_parts(stage);
    Disruptions& disruptions = itinerary_.disruptions;
    std::map<LineId, std::optional<std::size_t>> wires, closures;
    const std::size_t steps = itinerary_.path.steps.size();
    disruptions.wire.resize(steps);
    disruptions.closure.resize(steps);
    for (std::size_t i = 0; i < steps; ++i) {
        const Section& section = network().sections()[itinerary_.path.steps[i].section];
        const PracticeSheet& practice = practice_of(country_of(itinerary_.path.steps[i]));
        if (!practice.disruptions) continue;
        const Line& line = network().lines()[section.line];
        const LineRules rules{practice, scenario_.disruptions, line.id, train_};
        if (section.electrification.exists()) {
            if (!wires.contains(section.line)) {
                auto wire = rules.wire();
                wires[section.line] = wire ? std::optional{disruptions.wires.size()} : std::nullopt;
                if (wire) disruptions.wires.push_back(std::move(*wire));
            }
            disruptions.wire[i] = wires[section.line];
        }
        if (!closures.contains(section.line)) {
            const auto [begin, end] = extent(section.line);
            auto closure = rules.closures(begin, end);
            closures[section.line] = closure ? std::optional{disruptions.closures.size()} : std::nullopt;
            if (closure) disruptions.closures.push_back(std::move(*closure));
        }
        disruptions.closure[i] = closures[section.line];
        note_disruptions(i);
    }
    if (disruptions.wires.empty()) disruptions.wire.clear();
    if (disruptions.closures.empty()) disruptions.closure.clear();
}

// One part for each row of sections of one line and country, run one after the other.
void ItineraryBuilder::add_disrupted_parts(std::size_t index) {
    const Stage& stage = itinerary_.stages[index];
    const auto line_of = [&](std::size_t step) { return network().sections()[itinerary_.path.steps[step].section].line; };
    for (std::size_t first = stage.first, last = first; first < stage.last; first = last) {
        const PathStep& step = itinerary_.path.steps[first];
        const PracticeSheet& practice = practice_of(country_of(step));
        TrackPart part{index, {}, {}, stage.begins[first - stage.first], step.direction == Direction::up_chainage, {}, {}};
        for (; last < stage.last && line_of(last) == line_of(first) && itinerary_.path.steps[last].direction == step.direction &&
               &practice_of(country_of(itinerary_.path.steps[last])) == &practice;
             ++last) {
            const Section& section = network().sections()[itinerary_.path.steps[last].section];
            part.begin = last == first ? section.begin : std::min(part.begin, section.begin);
            part.end = std::max(last == first ? 0 * m : part.end, section.begin + section.length);
        }
        if (!practice.disruptions) continue;
        const LineRules rules{practice, scenario_.disruptions, network().lines()[line_of(first)].id, train_};
        part.restrictions = rules.restrictions();
        rules.add_holds(part.holds);
        if (part.restrictions || !part.holds.empty()) itinerary_.disruptions.parts.push_back(std::move(part));
    }
}

std::pair<Length, Length> ItineraryBuilder::extent(LineId line) const {
    std::optional<std::pair<Length, Length>> found;
    for (const Section& section : network().sections()) {
        if (section.line != line) continue;
        if (!found) found = {section.begin, section.begin + section.length};
        found = {std::min(found->first, section.begin), std::max(found->second, section.begin + section.length)};
    }
    return *found;
}

// Whatever disturbs this run; what is switched off is no input.
void ItineraryBuilder::note_disruptions(std::size_t step) {
    const Section& section = network().sections()[itinerary_.path.steps[step].section];
    const std::string& line = network().lines()[section.line].id;
    const PracticeSheet& practice = practice_of(country_of(itinerary_.path.steps[step]));
    const DisruptionsSheet& sheet = *practice.disruptions;
    const bool wired = section.electrification.exists();
    const auto tell = [&](DisruptionKind kind, const auto& sheets, Weight weight) {
        const auto* found = rule_of(sheets, line);
        const auto& scenario = scenario_.disruptions[kind];
        if (!found || (scenario ? scenario->value : found->rule.by_default) == 0) return;
        std::string what{name(kind)};
        std::replace(what.begin(), what.end(), '_', ' ');
        note(weight, file_name(practice.file), "rate and size of disruptions: " + what, inherit(found->rule.provenance, practice.provenance),
             DrawKey{name(kind), "", line});
    };
    tell(DisruptionKind::restrictions, sheet.restrictions, Weight::speeds);
    tell(DisruptionKind::signal_holds, sheet.signal_holds, Weight::stands);
    tell(DisruptionKind::failures, sheet.failures, Weight::details);
    tell(DisruptionKind::security_holds, sheet.security_holds, Weight::details);
    if (wired) tell(DisruptionKind::power_outages, sheet.power_outages, Weight::stands);
    if (wired) tell(DisruptionKind::low_voltage, sheet.low_voltage, Weight::details);
    tell(DisruptionKind::closures, sheet.closures, Weight::details);
}

}  // namespace building
}  // namespace railwindow
