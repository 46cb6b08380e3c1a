#include <railwindow/simulation/itinerary_builder.hpp>
#include <railwindow/train/fall.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace railwindow {
namespace building {

const PracticeSheet& ItineraryBuilder::practice_of(const std::string& country) {
    const auto found =
        std::find_if(scenario_.practice.begin(), scenario_.practice.end(), [&](const PracticeSheet& p) { return p.country.value == country; });
    if (found == scenario_.practice.end())
        fail(journey().from.one().place, "practice", fmt::format("the route runs through {} and no practice file for it is named", country),
             "add its file to `practice`, such as ../networks/practice/dprk.yaml");
    return *found;
}

// By kilometres, of what lies in the country on this way.
double ItineraryBuilder::part_of_line(LineId line, const std::string& country) const {
    Length on_line{}, in_country{};
    for (const PathStep& step : itinerary_.path.steps) {
        if (country_of(step) != country) continue;
        const Section& section = network().sections()[step.section];
        in_country += section.length;
        if (section.line == line) on_line += section.length;
    }
    return on_line / in_country;
}

void ItineraryBuilder::set_pace(std::size_t index) {
    const Section& section = network().sections()[itinerary_.path.steps[index].section];
    const Line& line = network().lines()[section.line];
    const std::string& country = country_of(itinerary_.path.steps[index]);
    const PracticeSheet& practice = practice_of(country);
    const Sourced<Uncertain<Speed>>& speed = practice.operating_speed ? *practice.operating_speed : section.operating_speed;

    const auto [known, fresh] = countries_.try_emplace(country, itinerary_.countries.size());
    const Uncertain<double> as_written{1.0};
    if (fresh)
        itinerary_.countries.push_back({country,
                                        practice.pace.value_or(PaceSheet{}),
                                        {"operating-speed", main_train, country},
                                        practice.track_resistance ? practice.track_resistance->value : as_written,
                                        {"track-resistance", "", country}});
    const bool timed = practice.operating_speed || speed.provenance.confidence != Confidence::low;
    const double spread = !practice.speed_spread ? 1 : timed ? practice.speed_spread->timed : practice.speed_spread->untimed;
    using Kind = ExactNumber::Kind;
    const DrawKey pace{"operating-speed", main_train, country};
    const auto exact = [&](Kind kind) { return ExactNumber{kind, line.id}; };
    if (practice.speed_spread)
        note(Weight::speeds, file_name(practice.file), "spread of speeds of lines", inherit(practice.speed_spread->provenance, practice.provenance),
             pace);
    itinerary_.speed_laws.push_back({speed.value, known->second, spread});
    const std::string place = fmt::format("{}:{}:{}", line.id, station(section.from).id, station(section.to).id);
    itinerary_.paces.push_back({itinerary_.speed_laws.size() - 1, practice.section_noise.value, DrawKey{"section-pace", train_, place}, 0,
                                practice.gradient_prior ? practice.gradient_prior->intensity : Uncertain<double>{0.0},
                                DrawKey{"gradient", "", place}});

    if (practice.pace)
        note(Weight::speeds, file_name(practice.file), "pace of its lines", inherit(practice.pace->provenance, practice.provenance), pace);
    const auto sourced = [&](const Provenance& own) { return practice.operating_speed ? inherit(own, practice.provenance) : own; };
    note(Weight::speeds, practice.operating_speed ? file_name(practice.file) : file_name(line.file),
         practice.operating_speed ? "operating speed" : fmt::format("operating speed of the {}", line.name), sourced(speed.provenance),
         speed.value.lowest() == speed.value.highest()
             ? UseOfNumber{ExactNumber{Kind::operating_speeds, practice.operating_speed ? country : line.id}}
             : UseOfNumber{DrawnFrom{pace, practice.operating_speed ? 1 : part_of_line(section.line, country)}});
    note(Weight::details, file_name(line.file), fmt::format("limits of the {}", line.name), section.limit.provenance, exact(Kind::limits));
    note(Weight::details, file_name(line.file), fmt::format("kilometres of the {}", line.name), section.provenance, exact(Kind::kilometres));
    if (feels_gradients()) {
        for (const StationId end : {section.from, section.to}) {
            const Station& stop = station(end);
            if (!stop.elevation)
                note(Weight::details, file_name(line.file), fmt::format("height of {}: not known, the track beside it is taken as level", stop.name),
                     {"no height is given", Confidence::low});
            else
                note(Weight::details, file_name(line.file), fmt::format("heights of stations of the {}", line.name),
                     inherit(stop.elevation->provenance, stop.provenance), exact(Kind::heights));
        }
        if (section.ruling_gradient)
            note(Weight::details, file_name(line.file), fmt::format("ruling gradients of the {}", line.name),
                 inherit(section.ruling_gradient->provenance, section.provenance), exact(Kind::ruling_gradients));
        if (section.ruling_gradient && !practice.gradient_prior && section.gradients.empty())
            note(
                Weight::details, file_name(line.file),
                fmt::format("ruling gradients of the {}: not felt, as the practice of {} has no `gradient_prior`", line.name, practice.country.value),
                {"the track between stations is taken as even", Confidence::low});
        if (practice.track_resistance)
            note(Weight::details, file_name(practice.file), "resistance of the track",
                 inherit(practice.track_resistance->provenance, practice.provenance), DrawKey{"track-resistance", "", country});
    }
    note(Weight::details, file_name(practice.file), "speed noise of sections", inherit(practice.section_noise.provenance, practice.provenance),
         itinerary_.paces.back().noise);
}

void ItineraryBuilder::set_traction(std::size_t index) {
    if (!dynamics().full_curves) {
        if (itinerary_.tractions.empty())
            itinerary_.tractions.push_back({"", {}, DrawKey{"locomotives", train_, ""}, DrawKey{"traction-power", train_, ""}});
        return;
    }
    const Section& section = network().sections()[itinerary_.path.steps[index].section];
    const std::string& line = network().lines()[section.line].id;
    const PracticeSheet& practice = practice_of(country_of(itinerary_.path.steps[index]));
    const auto fits = [&](const TractionSheet& rule) {
        const bool named = std::any_of(rule.lines.begin(), rule.lines.end(), [&](const Name& name) { return name.value == line; });
        return (rule.lines.empty() || named) && (!rule.wire || rule.wire == section.electrification);
    };
    const auto found = std::find_if(practice.traction.begin(), practice.traction.end(), fits);
    const TractionSheet* rule = found == practice.traction.end() ? nullptr : &*found;
    if (!rule)
        fail(practice.country.place, "traction",
             fmt::format("{} does not say what pulls the train on line '{}', which full_curves needs", file_name(practice.file), line),
             "give it a `traction`, or choose another rung in the train's dynamics");
    const auto [known, fresh] = tractions_.try_emplace(rule, itinerary_.tractions.size());
    if (fresh) itinerary_.tractions.push_back(traction_of(*rule, practice.country.value, scenario_.rolling_stock, train_));
    itinerary_.paces[index].traction = known->second;
    const Traction& traction = itinerary_.tractions[known->second];
    for (const LocomotiveChoice& choice : traction.choices)
        if (!can_run(choice, section.electrification))
            fail(rule->locomotives.front().units.front().place, "traction",
                 fmt::format("{} cannot run from {} to {}, which has another wire or none", choice.name, station(section.from).name,
                             station(section.to).name),
                 "give this line a rule of its own in `traction`");
    note(Weight::details, file_name(practice.file), fmt::format("locomotives ({})", traction.name), inherit(rule->provenance, practice.provenance),
         traction.choice);
    if (practice.gradient_prior && section.gradients.empty())
        note(Weight::details, file_name(practice.file), "gradients between stations",
             inherit(practice.gradient_prior->provenance, practice.provenance), itinerary_.paces[index].gradient);
}

void ItineraryBuilder::add_locomotive_changes() {
    std::set<std::size_t> in_front{itinerary_.paces.front().traction};
    for (std::size_t i = 1; i < itinerary_.path.steps.size(); ++i) {
        const std::size_t next = itinerary_.paces[i].traction;
        Visit& visit = itinerary_.visits[i];
        const auto change = std::find_if(visit.activities.begin(), visit.activities.end(),
                                         [](const Activity& a) { return a.kind == ActivityKind::locomotive_change; });
        const bool always = change != visit.activities.end() && change->takes.lowest() > 0 * s;
        std::set<std::size_t> staying;
        for (const std::size_t traction : in_front)
            if (!always && can_go_on(traction, i)) staying.insert(traction);
        const bool some_must_go = staying.size() < in_front.size();
        if (some_must_go && change == visit.activities.end() && in_front != std::set<std::size_t>{next}) add_locomotive_change(visit);
        if (some_must_go || change != visit.activities.end()) staying.insert(next);
        in_front = std::move(staying);
    }
}

bool ItineraryBuilder::can_go_on(std::size_t traction, std::size_t step) const {
    const Section& section = network().sections()[itinerary_.path.steps[step].section];
    const std::vector<LocomotiveChoice>& choices = itinerary_.tractions[traction].choices;
    return std::all_of(choices.begin(), choices.end(), [&](const LocomotiveChoice& choice) { return can_run(choice, section.electrification); });
}

void ItineraryBuilder::add_locomotive_change(Visit& visit) {
    const PracticeSheet& practice = practice_of(station(visit.station).country);
    if (!practice.locomotive_change)
        fail(practice.country.place, "locomotive_change",
             fmt::format("other locomotives take over at {} and {} does not say how long that takes", station(visit.station).name,
                         file_name(practice.file)),
             "give it a `locomotive_change`, or a stop there");
    const std::size_t change =
        add_activity(visit, "locomotive change", ActivityKind::locomotive_change, practice.locomotive_change->value, after_gauge_change(visit));
    note(Weight::stands, file_name(practice.file), "time for a change of locomotive",
         inherit(practice.locomotive_change->provenance, practice.provenance), visit.activities[change].key);
}

namespace {

/// The step of the path that makes the fall which `consist` feels at `fall`: the steepest under the train.
std::size_t step_of_fall(const Stage& stage, const Consist& consist, const Fall& fall) {
    const std::vector<CoursePiece>& pieces = stage.course.pieces;
    const CourseOffset tail = fall.at - consist.length;
    std::size_t steepest = pieces.size();
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const CourseOffset end = i + 1 < pieces.size() ? pieces[i + 1].begin : CourseOffset{stage.course.length};
        if (pieces[i].begin > fall.at || end <= tail) continue;
        if (steepest == pieces.size() || pieces[i].gradient < pieces[steepest].gradient) steepest = i;
    }
    return stage.gradients[steepest].step;
}

/// The heights of a step of the path, for trains that the brakes or the wheels do not hold there.
class Grades {
public:
    Grades(const Network& network, const Itinerary& itinerary) : network_{network}, itinerary_{itinerary} {}

    /// Throws: InputError where a grade is too steep for any train, or a fall too steep for the brakes of `consist`.
    void check_for(const Consist& consist) const {
        constexpr double steepest = 0.2;  // that the kernel takes
        if (!knows_forces(consist)) return;
        for (const Stage& stage : itinerary_.stages) {
            for (std::size_t i = 0; i < stage.course.pieces.size(); ++i)
                if (const double gradient = stage.course.pieces[i].gradient; !(std::abs(gradient) < steepest))
                    refuse(stage.gradients[i].step, fmt::format("a gradient of {:.0f} permille", 1000 * gradient),
                           "no train climbs or falls by 200 permille on its wheels alone: check the heights and the chainage");
            if (const Fall fall = steepest_fall(stage.course, consist); fall.gradient > fall_held(consist))
                refuse(step_of_fall(stage, consist, fall),
                       fmt::format("the train feels a fall of {:.1f} permille there, and brakes of {:.6g} m/s^2 hold {:.1f}", 1000 * fall.gradient,
                                   to_si(consist.brakes.deceleration), 1000 * fall_held(consist)),
                       fmt::format("check the heights, or raise `service_deceleration` in {}", file_name(itinerary_.train.file)));
        }
    }

private:
    [[noreturn]] void refuse(std::size_t step, const std::string& what, std::string remedy) const {
        const Line& line = network_.lines()[network_.sections()[itinerary_.path.steps[step].section].line];
        fail(line.place, "lines." + line.id, between(step) + ": " + what, std::move(remedy));
    }
    /// The ends of a step and what the files know of the heights there.
    std::string between(std::size_t step) const {
        const PathStep& run = itinerary_.path.steps[step];
        const Section& section = network_.sections()[run.section];
        const Station &from = network_.stations()[begin_of(network_, run)], &to = network_.stations()[end_of(network_, run)];
        const std::string ends = fmt::format("{} to {}", from.id, to.id);
        if (!section.gradients.empty()) return ends + ", by its `gradients`";
        if (!from.elevation || !to.elevation) return ends;
        return fmt::format("{}, {:.0f} m and {:.0f} m high, {:.1f} km apart", ends, from.elevation->value / m, to.elevation->value / m,
                           section.length / km);
    }

    const Network& network_;
    const Itinerary& itinerary_;
};

}  // namespace

void ItineraryBuilder::check_train() {
    const auto lowest = [](const auto& law) { return law.quantile(1e-6); };
    const auto highest = [](const auto& law) { return law.quantile(1 - 1e-6); };
    const TrainSheet& train = itinerary_.train;
    for (const Traction& traction : itinerary_.tractions) {
        const LocomotiveChoice none{};
        for (std::size_t i = 0; i < std::max<std::size_t>(1, traction.choices.size()); ++i) {
            const LocomotiveChoice* locomotives = traction.choices.empty() ? &none : &traction.choices[i];
            for (const auto& [cars, mass] : {std::pair{lowest(train.cars.value), lowest(train.car.mass.value)},
                                             std::pair{highest(train.cars.value), highest(train.car.mass.value)}}) {
                const Consist consist = consist_of(train, whole_cars(cars), mass, locomotives);
                check(consist);
                Grades{network(), itinerary_}.check_for(consist);
                for (const Stage& stage : itinerary_.stages) check(stage.course, consist);
                itinerary_.rung = rung_name(consist);
                if (knows_forces(consist))
                    itinerary_.rung +=
                        consist.gradient_model == GradientModel::strip ? ", gradient averaged over the train" : ", gradient under the head";
            }
        }
    }
}

}  // namespace building

}  // namespace railwindow
