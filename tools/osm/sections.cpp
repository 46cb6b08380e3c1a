#include "sections.hpp"

#include <railwindow/core/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <queue>

namespace osm_import {
namespace {

constexpr double longest_section = 1'000'000;   // of cost; beyond it nothing is a next station
constexpr double change_of_direction = 30'000;  // metres that a way may be longer without one
constexpr Move none = ~0u;

double weight(const std::string& service) { return service.empty() ? 1 : service == "crossover" ? 3 : 20; }

}  // namespace

Sections::Sections(const TrackGraph& tracks) : tracks_{tracks}, epoch_(2 * tracks.edges().size()), cost_(epoch_.size()), before_(epoch_.size()) {}

std::vector<Section> Sections::search(StationNumber station) {
    using Entry = std::pair<double, Move>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
    std::vector<std::uint8_t> done;
    ++searches_;
    const auto reach = [&](Move move, double cost, Move before) {
        if (epoch_[move] == searches_ && cost_[move] <= cost) return;
        epoch_[move] = searches_, cost_[move] = cost, before_[move] = before;
        open.emplace(cost, move);
    };
    const auto cost_of = [&](Move move) { return tracks_.edges()[move / 2].length * weight(tracks_.value(move / 2, Tag::service)); };
    for (const VertexNumber foot : tracks_.stops()[station].feet)
        for (const Move move : tracks_.leaving(foot)) reach(move, cost_of(move), none);
    std::map<StationNumber, Section> found;
    while (!open.empty()) {
        const auto [cost, move] = open.top();
        open.pop();
        if (cost > cost_[move]) continue;
        const VertexNumber here = tracks_.end(move);
        if (const StationNumber there = tracks_.vertices()[here].station; there != no_station) {
            if (there != station && found.count(there) == 0) found.emplace(there, made_of(station, move, cost));
            continue;
        }
        for (const Move next : tracks_.leaving(here))
            if (const double sum = cost + cost_of(next); sum <= longest_section && tracks_.goes_on(move, next)) reach(next, sum, move);
    }
    std::vector<Section> sections;
    for (auto& [there, section] : found) sections.push_back(std::move(section));
    return sections;
}

// Stations lie beside their tracks: what the feet of one station on several tracks lie ahead of or behind each other is no way.
Section Sections::made_of(StationNumber from, Move last, double cost) const {
    Section section{from, tracks_.vertices()[tracks_.end(last)].station, {}, 0, 0, cost, {}, {}};
    for (Move move = last; move != none; move = before_[move]) section.moves.push_back(move);
    std::reverse(section.moves.begin(), section.moves.end());
    for (const Move move : section.moves) {
        section.length += tracks_.edges()[move / 2].length;
        if (tracks_.service(move / 2)) section.on_service += tracks_.edges()[move / 2].length;
    }
    section.leaves = tracks_.direction(section.moves.front());
    section.arrives = tracks_.direction(section.moves.back());
    const auto ahead = [](Vector offset, Vector direction) { return direction.length() > 0 ? dot(offset, direction) / direction.length() : 0; };
    const Spot begin = tracks_.vertices()[tracks_.begin(section.moves.front())].spot, end = tracks_.vertices()[tracks_.end(last)].spot;
    const double more = ahead(osm_import::between(tracks_.stops()[from].spot, begin), section.leaves) +
                        ahead(osm_import::between(end, tracks_.stops()[section.to].spot), section.arrives);
    section.length = std::max({section.length + more, 0.5 * section.length, 0.001});
    return section;
}

bool Sections::passes(const Section& section, StationNumber station) const {
    const Spot spot = tracks_.stops()[station].spot;
    return std::any_of(section.moves.begin(), section.moves.end(), [&](Move move) {
        const Spot a = tracks_.vertices()[tracks_.begin(move)].spot, b = tracks_.vertices()[tracks_.end(move)].spot;
        return metres(spot, along(a, b, nearest_share(a, b, spot))) < 400;
    });
}

const std::vector<Section>& Sections::found_from(StationNumber station) {
    const auto known = found_.find(station);
    return known != found_.end() ? known->second : found_.emplace(station, search(station)).first->second;
}

const std::vector<Section>& Sections::from(StationNumber station) {
    if (const auto known = kept_.find(station); known != kept_.end()) return known->second;
    const std::vector<Section> all = found_from(station);
    std::vector<Section> kept;
    for (const Section& section : all) {
        const bool by_another = std::any_of(all.begin(), all.end(), [&](const Section& part) {
            if (part.to == section.to || part.length >= section.length || !passes(section, part.to)) return false;
            const std::vector<Section>& on = found_from(part.to);
            return std::any_of(on.begin(), on.end(), [&](const Section& rest) {
                return rest.to == section.to && part.length + rest.length <= 1.01 * section.length + 300;
            });
        });
        if (!by_another) kept.push_back(section);
    }
    return kept_.emplace(station, std::move(kept)).first->second;
}

std::vector<Section> Sections::between(StationNumber from, StationNumber to) {
    struct Reached {
        Section section;
        std::size_t before;
    };
    std::vector<Reached> reached;
    using Entry = std::pair<double, std::size_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
    std::map<std::pair<StationNumber, StationNumber>, double> best;
    const auto reach = [&](const Section& section, double cost, std::size_t before) {
        const auto [known, fresh] = best.try_emplace({section.from, section.to}, cost);
        if (!fresh && known->second <= cost) return;
        known->second = cost;
        open.emplace(cost, reached.size());
        reached.push_back({section, before});
    };
    constexpr std::size_t begin = ~std::size_t{0};
    for (const Section& section : this->from(from)) reach(section, section.cost, begin);
    StationNumber nearest = from;
    const auto left = [&](StationNumber station) { return metres(tracks_.stops()[station].spot, tracks_.stops()[to].spot); };
    while (!open.empty()) {
        const auto [cost, at] = open.top();
        open.pop();
        const Section last = reached[at].section;
        if (cost > best.at({last.from, last.to})) continue;
        if (last.to == to) {
            std::vector<Section> way;
            for (std::size_t i = at; i != begin; i = reached[i].before) way.push_back(reached[i].section);
            std::reverse(way.begin(), way.end());
            return way;
        }
        if (left(last.to) < left(nearest)) nearest = last.to;
        for (const Section& next : this->from(last.to))
            if (next.to != last.from && next.to != from)
                reach(next, cost + next.cost + (dot(last.arrives, next.leaves) < 0 ? change_of_direction : 0), at);
    }
    const auto said = [&](StationNumber station) {
        const Stop& stop = tracks_.stops()[station];
        return fmt::format("'{}' ({} at {:.6f},{:.6f})", stop.place.name, text_of(stop.place.object), stop.spot.latitude, stop.spot.longitude);
    };
    throw railwindow::Infeasible{fmt::format("no tracks of the file join {} to {}; the nearest station that they lead to is {}, {:.1f} km away",
                                             said(from), said(to), nearest == from ? "the first itself" : said(nearest), left(nearest) / 1000)};
}

std::vector<Section> Sections::among(const std::vector<bool>& wanted) {
    std::vector<Section> all, kept;
    for (StationNumber station = 0; station < wanted.size(); ++station)
        if (wanted[station])
            for (const Section& section : from(station))
                if (wanted[section.to] &&
                    (station < section.to ||  // each once, unless the way back was not found or was left out
                     std::none_of(from(section.to).begin(), from(section.to).end(), [&](const Section& back) { return back.to == station; })))
                    all.push_back(section);
    std::vector<StationNumber> group(wanted.size());
    std::iota(group.begin(), group.end(), 0u);
    const auto root = [&](StationNumber i) {
        while (group[i] != i) i = group[i] = group[group[i]];
        return i;
    };
    const auto is_service_line = [](const Section& section) { return section.on_service > 0.5 * section.length; };
    std::stable_sort(all.begin(), all.end(), [&](const Section& a, const Section& b) {
        return is_service_line(a) != is_service_line(b) ? is_service_line(b) : a.cost < b.cost;
    });
    for (Section& section : all) {
        const StationNumber a = root(section.from), b = root(section.to);
        if (is_service_line(section) && a == b) continue;
        group[std::max(a, b)] = std::min(a, b);
        kept.push_back(std::move(section));
    }
    return kept;
}

}  // namespace osm_import
