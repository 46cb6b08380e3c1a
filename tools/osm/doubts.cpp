#include "doubts.hpp"

#include <railwindow/core/text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace osm_import {

std::string text_of(Object object) { return fmt::format("{}/{}", object.kind == 'n' ? "node" : object.kind == 'w' ? "way" : "relation", object.id); }

void Doubts::add(const std::string& kind, Object object, Spot spot, std::string what) {
    by_kind_[kind].emplace_back(object, fmt::format("{} at {:.6f},{:.6f}: {}", text_of(object), spot.latitude, spot.longitude, what));
}

void Doubts::add(const std::string& kind, Object object, std::string what) {
    by_kind_[kind].emplace_back(object, fmt::format("{}: {}", text_of(object), what));
}

void Doubts::tell(std::ostream& out, bool all) const {
    constexpr std::size_t enough = 10;
    std::size_t count = 0;
    std::string kinds;
    for (auto [kind, doubts] : by_kind_) {
        std::stable_sort(doubts.begin(), doubts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        const auto same = [](const auto& a, const auto& b) { return a.second == b.second; };
        doubts.erase(std::unique(doubts.begin(), doubts.end(), same), doubts.end());
        for (std::size_t i = 0; i < doubts.size() && (all || i < enough); ++i) out << railwindow::visible(doubts[i].second) << '\n';
        if (!all && doubts.size() > enough) out << fmt::format("... and {} more: {} (--all-doubts tells them)\n", doubts.size() - enough, kind);
        count += doubts.size();
        kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", doubts.size(), kind);
    }
    if (count > 0) out << fmt::format("{} {}: {}\n", count, count == 1 ? "doubt" : "doubts", kinds);
}

}  // namespace osm_import
