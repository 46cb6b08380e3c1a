#include <railwindow/simulation/unused_traction.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace railwindow {
namespace {

bool can_go_on(const Traction& traction, const Electrification& wire) {
    return std::all_of(traction.choices.begin(), traction.choices.end(), [&](const LocomotiveChoice& choice) { return can_run(choice, wire); });
}

// The rules whose locomotives are in front, in some run, where they are meant to be.
std::set<std::size_t> used_tractions(const Network& network, const Itinerary& train) {
    std::set<std::size_t> in_front{train.paces.front().traction}, used = in_front;
    for (std::size_t i = 1; i < train.path.steps.size(); ++i) {
        const std::size_t next = train.paces[i].traction;
        const Electrification& wire = network.sections()[train.path.steps[i].section].electrification;
        const std::vector<Activity>& activities = train.visits[i].activities;
        const auto change =
            std::find_if(activities.begin(), activities.end(), [](const Activity& a) { return a.kind == ActivityKind::locomotive_change; });
        const bool always = change != activities.end() && change->takes.lowest() > 0 * s;
        std::set<std::size_t> staying;
        for (const std::size_t traction : in_front)
            if (!always && can_go_on(train.tractions[traction], wire)) staying.insert(traction);
        if (staying.size() < in_front.size() || change != activities.end()) staying.insert(next);
        in_front = std::move(staying);
        if (in_front.contains(next)) used.insert(next);
    }
    return used;
}

std::string names(const Traction& traction) {
    std::string list;
    for (const LocomotiveChoice& choice : traction.choices) list += (list.empty() ? "" : " or ") + choice.name;
    return list;
}

}  // namespace

std::vector<std::string> unused_traction(const Network& network, const Itinerary& train) {
    const std::set<std::size_t> used = used_tractions(network, train);
    std::vector<std::string> remarks;
    for (std::size_t i = 0; i < train.tractions.size(); ++i) {
        if (used.contains(i)) continue;
        const auto begins = std::find_if(train.paces.begin(), train.paces.end(), [&](const Pace& pace) { return pace.traction == i; });
        const Station& at = network.stations()[train.visits[static_cast<std::size_t>(begins - train.paces.begin())].station];
        remarks.push_back(
            fmt::format("The rule of traction for {} ({}) is not used: no practice changes locomotives at {}, and those in front go on. Give the "
                        "practice a stop there with `activity: locomotive change` where others take over.",
                        train.tractions[i].name, names(train.tractions[i]), at.name));
    }
    return remarks;
}

}  // namespace railwindow
