#include <railwindow/inference/shared_way.hpp>

#include <railwindow/simulation/draw_places.hpp>

#include <algorithm>

namespace railwindow {
namespace {

// No train of ours brakes from farther away.
constexpr Length foresight = 50 * km;

bool same_choices(const Alternative& a, const Alternative& b) {
    const auto matters = [](const ChosenOption& option) { return option.kind != ChoiceKind::destination && option.kind != ChoiceKind::corridor; };
    std::vector<ChosenOption> of_a, of_b;
    std::copy_if(a.chosen.begin(), a.chosen.end(), std::back_inserter(of_a), matters);
    std::copy_if(b.chosen.begin(), b.chosen.end(), std::back_inserter(of_b), matters);
    return of_a == of_b;
}

bool same_step(const PathStep& a, const PathStep& b) {
    return a.section == b.section && a.direction == b.direction && a.gauge == b.gauge && a.traction == b.traction;
}

bool same_visit(const Visit& a, const Visit& b) {
    const auto same_activity = [](const Activity& one, const Activity& other) {
        return one.what == other.what && one.key.hash() == other.key.hash();
    };
    return a.station == b.station && a.distance == b.distance && a.must_stop == b.must_stop && a.turn == b.turn && a.not_before == b.not_before &&
           a.technical.size() == b.technical.size() && a.running.size() == b.running.size() &&
           std::equal(a.activities.begin(), a.activities.end(), b.activities.begin(), b.activities.end(), same_activity);
}

// Plans for places up to `last`; none for a place beyond may be felt there.
bool same_plans(const Itinerary& a, const Itinerary& b, std::size_t last) {
    const auto near = [&](const Itinerary& way) {
        std::vector<std::pair<std::size_t, std::uint64_t>> plans;
        for (const PlannedArrival& plan : way.plans)
            if (plan.visit <= last) plans.emplace_back(plan.visit, plan.key.hash());
        return plans;
    };
    const auto felt = [&](const Itinerary& way) {
        return std::any_of(way.plans.begin(), way.plans.end(), [&](const PlannedArrival& plan) {
            return plan.visit > last && std::any_of(plan.hold_at.begin(), plan.hold_at.end(), [&](std::size_t visit) { return visit <= last; });
        });
    };
    return near(a) == near(b) && !felt(a) && !felt(b);
}

bool same_long_stands(const Itinerary& a, const Itinerary& b, std::size_t last) {
    const auto near = [&](const LongStand& stand) {
        return std::any_of(stand.places.begin(), stand.places.end(), [&](const auto& place) { return place.first <= last; });
    };
    std::vector<const LongStand*> of_a, of_b;
    for (const LongStand& stand : a.long_stands)
        if (near(stand)) of_a.push_back(&stand);
    for (const LongStand& stand : b.long_stands)
        if (near(stand)) of_b.push_back(&stand);
    return std::equal(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), [](const LongStand* one, const LongStand* other) {
        return one->decision.hash() == other->decision.hash() && one->probability == other->probability && one->places == other->places;
    });
}

}  // namespace

bool same_up_to(const Alternative& a, const Alternative& b, std::size_t last) {
    if (&a == &b) return true;
    if (a.trains.size() != 1 || b.trains.size() != 1 || !a.shared.empty() || !b.shared.empty() || !same_choices(a, b)) return false;
    const Itinerary &one = a.main(), &other = b.main();
    const std::size_t common = std::min(one.visits.size(), other.visits.size()) - 1;  // the last visit of one of them is where it ends
    const auto parted = [&](std::size_t visit) {                                      // what lies behind it is not felt at `last`
        return visit > last && (always_stops(one.visits[visit]) || one.visits[visit].distance >= one.visits[last].distance + foresight);
    };
    std::size_t visit = 0;
    while (visit < common && same_visit(one.visits[visit], other.visits[visit]) && !parted(visit) &&
           same_step(one.path.steps[visit], other.path.steps[visit]))
        ++visit;
    const bool far_enough = visit < common && parted(visit) && same_visit(one.visits[visit], other.visits[visit]);
    return far_enough && same_plans(one, other, visit) && same_long_stands(one, other, visit);
}

}  // namespace railwindow
