#include <railwindow/simulation/draw_places.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace railwindow {
namespace {

class PlaceFinder {
public:
    explicit PlaceFinder(const Alternative& alternative) : alternative_{alternative}, way_{alternative.main()} {}

    DrawPlaces find() {
        const TrainSheet& train = way_.train;
        // Twice the way in which it brakes on the level: steep grades and slow brakes.
        braking_ =
            2 * (train.limit.value * train.limit.value / (2 * train.service_deceleration.value) + train.limit.value * train.brake_build_up.value);
        for (const SharedStretch& stretch : alternative_.shared) looked_ahead_.push_back({1, departure_place(stretch.last)});
        for (const PlannedArrival& plan : way_.plans) add_plan(plan);
        for (const LongStand& stand : way_.long_stands) add_long_stand(stand);
        for (std::size_t step = 0; step < way_.paces.size(); ++step) add_step(step);
        for (std::size_t visit = 1; visit < way_.visits.size(); ++visit) add_visit(visit);
        return std::move(places_);
    }

private:
    // The first place where something at `visit` is felt; `behind_stop` where the train always stops there.
    std::uint32_t felt_from(std::size_t visit, std::uint32_t behind_stop) const {
        if (visit == 0 || always_stops(way_.visits[visit])) return behind_stop;
        std::size_t first = visit;
        while (first > 1 && way_.visits[first - 1].distance > way_.visits[visit].distance - braking_ && !always_stops(way_.visits[first - 1]))
            --first;
        return arrival_place(first);
    }

    void note(const DrawKey& key, std::uint32_t place) {
        for (const LookAhead& ahead : looked_ahead_)
            if (place > ahead.from && place <= ahead.until) place = ahead.from;
        places_.note(key, place);
    }

    // Where the train may stand because it is early it knows how long it will run to the place where it is wanted.
    void add_plan(const PlannedArrival& plan) {
        const auto first = std::min_element(plan.hold_at.begin(), plan.hold_at.end());
        const std::size_t held = first == plan.hold_at.end() ? plan.visit : *first;
        const std::uint32_t from = felt_from(held, arrival_place(held));
        if (held != plan.visit) looked_ahead_.push_back({from, arrival_place(plan.visit)});
        if (plan.reception)
            for (const DrawKey& key : {plan.reception->decision, plan.reception->window, plan.reception->minute}) note(key, from);
        else
            for (const DrawKey& key : {plan.key, plan.later_key}) note(key, from);
    }

    // The first of the places where it may be.
    void add_long_stand(const LongStand& stand) {
        std::uint32_t place = 0;
        for (const auto& [visit, share] : stand.places)
            if (const std::uint32_t here = visit == 0 ? 1 : felt_from(visit, departure_place(visit)); place == 0 || here < place) place = here;
        if (place > 0)
            for (const DrawKey& key : {stand.decision, stand.place, stand.length, stand.morning}) note(key, place);
    }

    void add_step(std::size_t step) {
        const Pace& pace = way_.paces[step];
        const std::uint32_t place = felt_from(step, arrival_place(step + 1));
        const CountryWorking& country = way_.countries[way_.speed_laws[pace.law].country];
        for (const DrawKey& key : {pace.noise, pace.gradient, country.speed, country.resistance, way_.tractions[pace.traction].choice,
                                   way_.tractions[pace.traction].power})
            note(key, place);
        for (const HoursOfPace& hours : pace.hours) note(way_.hourly_paces[hours.pace].key, place);
    }

    void add_visit(std::size_t visit) {
        const std::uint32_t place = felt_from(visit, departure_place(visit));
        for (const Activity& activity : way_.visits[visit].activities) note(activity.key, place);
        for (const TechnicalStops& rule : way_.visits[visit].technical) add_technical(rule, place);
        for (const RunningHours& running : way_.visits[visit].running)
            if (running.passage)
                for (const DrawKey& key : {way_.passages[*running.passage].key, way_.passages[*running.passage].later_key}) note(key, place);
    }

    // Every cell that can reach into the section, whatever the phase of the line.
    void add_technical(const TechnicalStops& rule, std::uint32_t place) {
        note(rule.phase, place);
        const double reach = rule.jitter / rule.every / 2 + 1e-9;
        const auto first = static_cast<std::int64_t>(std::floor(rule.begin / rule.every - 1 - reach));
        const auto last = static_cast<std::int64_t>(std::ceil(rule.end / rule.every + reach));
        for (std::int64_t cell = first; cell <= last; ++cell) {
            note(rule.cell.at(static_cast<std::uint64_t>(cell)), place);
            note(rule.length.at(static_cast<std::uint64_t>(cell)), place);
        }
    }

    const Alternative& alternative_;
    const Itinerary& way_;
    Length braking_{};
    // What is drawn for these places is felt from the first of them on.
    struct LookAhead {
        std::uint32_t from, until;
    };
    std::vector<LookAhead> looked_ahead_;
    DrawPlaces places_;
};

}  // namespace

bool always_stops(const Visit& visit) {
    return visit.must_stop || std::any_of(visit.activities.begin(), visit.activities.end(),
                                          [](const Activity& activity) { return activity.takes.lowest() > Duration{}; });
}

DrawPlaces places_of_draws(const Alternative& alternative) { return PlaceFinder{alternative}.find(); }

}  // namespace railwindow
