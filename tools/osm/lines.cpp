#include "lines.hpp"

#include <algorithm>
#include <map>

namespace osm_import {
namespace {

using At = std::map<StationNumber, std::vector<std::size_t>>;

At sections_at(const std::vector<Section>& sections) {
    At at;
    for (std::size_t i = 0; i < sections.size(); ++i) at[sections[i].from].push_back(i), at[sections[i].to].push_back(i);
    return at;
}

}  // namespace

std::vector<Line> lines_of(const std::vector<Section>& sections) {
    const At at = sections_at(sections);
    std::vector<bool> used(sections.size());
    std::vector<Line> lines;
    const auto walk = [&](StationNumber here, std::size_t first) {
        Line line;
        for (std::size_t next = first;;) {
            used[next] = true;
            line.push_back({&sections[next], sections[next].from != here});
            here = line.back().to();
            const auto& on = at.at(here);
            if (on.size() != 2) break;
            const Vector arrives = away(sections[next], here);
            next = on[0] == next ? on[1] : on[0];
            if (dot(arrives, away(sections[next], here)) > 0) break;  // trains change direction
            // A line passes each of its stations once.
            if (used[next]) break;
            const StationNumber there = sections[next].from == here ? sections[next].to : sections[next].from;
            if (std::any_of(line.begin(), line.end(), [&](const Part& part) { return part.from() == there; })) break;
        }
        lines.push_back(std::move(line));
    };
    for (const auto& [station, on] : at)
        if (on.size() != 2)
            for (const std::size_t section : on)
                if (!used[section]) walk(station, section);
    for (std::size_t i = 0; i < sections.size(); ++i)  // what is left are rings
        if (!used[i]) walk(sections[i].from, i);
    return lines;
}

std::vector<Section> longest_part(std::vector<Section> sections, std::vector<Section>& left_out) {
    std::map<StationNumber, StationNumber> up;
    const auto root = [&](StationNumber i) {
        while (up.try_emplace(i, i).first->second != i) i = up[i] = up[up[i]];
        return i;
    };
    for (const Section& section : sections) {
        const StationNumber a = root(section.from), b = root(section.to);
        up[std::max(a, b)] = std::min(a, b);
    }
    std::map<StationNumber, double> length;
    for (const Section& section : sections) length[root(section.from)] += section.length;
    if (length.size() < 2) return sections;
    const auto longest = std::max_element(length.begin(), length.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first;
    std::vector<Section> kept;
    for (Section& section : sections) (root(section.from) == longest ? kept : left_out).push_back(std::move(section));
    return kept;
}

}  // namespace osm_import
