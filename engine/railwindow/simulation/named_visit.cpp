#include <railwindow/simulation/named_visit.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace railwindow {
namespace {

using Indices = std::vector<std::size_t>;

Indices visits_of(std::span<const StationId> stations, StationId station) {
    Indices found;
    for (std::size_t i = 0; i < stations.size(); ++i)
        if (stations[i] == station) found.push_back(i);
    return found;
}

// The visits that a name may mean whatever stands beside it in the list.
Indices meant(const Network& network, std::span<const StationId> stations, const NamedVisit& written, std::string_view subject) {
    const NamedVisit name = taken_apart(written);
    Indices visits = visits_of(stations, network.station(name.at, subject));
    if (name.which.visit) {
        const auto index = static_cast<std::size_t>(*name.which.visit - 1);
        visits = *name.which.visit >= 1 && index < visits.size() ? Indices{visits[index]} : Indices{};
    }
    if (name.which.after) {
        const Indices before = visits_of(stations, network.station(*name.which.after, subject));
        const auto behind = [&](std::size_t visit) { return !before.empty() && visit > before.front(); };
        const auto first = std::find_if(visits.begin(), visits.end(), behind);
        visits = first == visits.end() ? Indices{} : Indices{*first};
    }
    return visits;
}

// One name of a list that is on the way: what it may mean, and what it means with the names before it or behind it.
struct Ordered {
    const Indices* visits;
    bool joins;  // may mean the visit of the name before it
    std::size_t earliest = 0, latest = 0;
};

// Sets `earliest` and `latest`; false where no choice of visits is in the order of the names.
bool in_order(std::vector<Ordered>& names, bool all_join) {
    const auto joins = [&](std::size_t i) { return all_join || names[i].joins; };
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::size_t least = i == 0 ? 0 : names[i - 1].earliest + (joins(i) ? 0 : 1);
        const auto found = std::lower_bound(names[i].visits->begin(), names[i].visits->end(), least);
        if (found == names[i].visits->end()) return false;
        names[i].earliest = *found;
    }
    for (std::size_t i = names.size(); i-- > 0;) {
        const bool last = i + 1 == names.size();
        const std::size_t bound = last ? names[i].visits->back() : names[i + 1].latest - (joins(i + 1) ? 0 : 1);
        names[i].latest = *(std::upper_bound(names[i].visits->begin(), names[i].visits->end(), bound) - 1);
    }
    return true;
}

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{value} : std::nullopt;
}

// The station behind whose first visit `visit` is the first one of its own station: the one farthest from its neighbours.
std::optional<StationId> station_between(std::span<const StationId> stations, std::size_t before, std::size_t visit) {
    const std::size_t middle = (before + visit) / 2;
    for (std::size_t off = 0; off <= visit - before; ++off)
        for (const std::size_t i : {middle - std::min(off, middle), middle + off}) {
            if (i <= before || i >= visit) continue;
            const auto first = static_cast<std::size_t>(std::find(stations.begin(), stations.end(), stations[i]) - stations.begin());
            if (first > before) return stations[i];
        }
    return {};
}

}  // namespace

NamedVisit taken_apart(NamedVisit written) {
    std::string& text = written.at.value;
    for (const std::string_view word : {std::string_view{" visit "}, std::string_view{" after "}}) {
        const std::size_t at = text.rfind(word);
        if (at == std::string::npos || at == 0 || at + word.size() == text.size()) continue;
        const std::string rest = text.substr(at + word.size());
        if (word == " after ")
            written.which.after = Name{rest, written.at.place};
        else if (const auto visit = number(rest))
            written.which.visit = visit;
        else
            continue;
        text.erase(at);
        break;
    }
    return written;
}

std::string written(const NamedVisit& named) {
    const NamedVisit name = taken_apart(named);
    std::string text = name.at.value;
    if (name.which.visit) text += fmt::format(" visit {}", *name.which.visit);
    if (name.which.after) text += " after " + name.which.after->value;
    return text;
}

StationId station_named(const Network& network, const Name& name, std::string_view subject) {
    return network.station(taken_apart({name}).at, subject);
}

std::vector<FoundVisit> visits_named(const Network& network, std::span<const StationId> stations, std::span<const NamedVisit> names,
                                     VisitRange allowed, std::string_view subject) {
    std::vector<FoundVisit> found(names.size());
    std::vector<Indices> visits(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        visits[i] = meant(network, stations, names[i], subject);
        const bool any = !visits[i].empty();
        std::erase_if(visits[i], [&](std::size_t visit) { return visit < allowed.first || visit > allowed.last; });
        found[i].outside = any && visits[i].empty();
    }
    std::vector<Ordered> ordered;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (!visits[i].empty()) ordered.push_back({&visits[i], names[i].may_join});
    const bool orderly = in_order(ordered, false) || in_order(ordered, true);
    auto next = ordered.begin();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (visits[i].empty()) continue;
        if (orderly) std::erase_if(visits[i], [&](std::size_t visit) { return visit < next->earliest || visit > next->latest; });
        ++next;
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (visits[i].size() == 1) found[i].visit = visits[i].front();
        if (visits[i].size() > 1) found[i].one_of = std::move(visits[i]);
    }
    return found;
}

Finding ambiguous(const Network& network, std::span<const StationId> stations, const NamedVisit& named, const FoundVisit& found,
                  std::string_view subject, bool keys) {
    const NamedVisit name = taken_apart(named);
    const Indices all = visits_of(stations, stations[found.one_of.front()]);
    std::string ways;
    for (const std::size_t visit : found.one_of) {
        const auto rank = static_cast<std::size_t>(std::find(all.begin(), all.end(), visit) - all.begin());
        const std::string in_name = keys ? "" : name.at.value + " ";
        ways += fmt::format("{}`{}visit{} {}`", ways.empty() ? "" : " or ", in_name, keys ? ":" : "", rank + 1);
        if (rank == 0) continue;
        if (const auto between = station_between(stations, all[rank - 1], visit))
            ways += fmt::format(" (the same as `{}after{} {}`)", in_name, keys ? ":" : "", network.stations()[*between].id);
    }
    return {name.at.place, std::string{subject},
            fmt::format("the train comes to '{}' {} times on this route, and it is not clear which is meant", name.at.value, all.size()),
            "say which: " + ways, Severity::error};
}

}  // namespace railwindow
