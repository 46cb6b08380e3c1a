#include "places.hpp"

#include <railwindow/core/error.hpp>
#include <railwindow/core/text.hpp>

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <map>

namespace osm_import {
namespace {

constexpr double same_name = 1500, same_place = 100;  // metres

// What a place is rather than another: a station before a halt before a mark on the track.
int rank(const Place& place) {
    static const std::vector<std::string> kinds{"station", "halt", "service_station", "junction", "site", "border", "owner_change", "stop"};
    if (place.named_by_user) return -1;
    const auto kind = std::find(kinds.begin(), kinds.end(), place.kind) - kinds.begin();
    return static_cast<int>(2 * kind) + (place.object.kind == 'n' ? 0 : 1);
}

}  // namespace

std::string plain(const std::string& text) {
    utf8proc_uint8_t* made = nullptr;
    const auto options =
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
    const auto length =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &made, options);
    if (length < 0) return text;
    std::string folded{reinterpret_cast<const char*>(made), static_cast<std::size_t>(length)};
    std::free(made);
    return folded;
}

std::vector<Place> distinct_places(std::vector<Place> places, Doubts& doubts) {
    std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
        return std::pair{rank(a), a.object} < std::pair{rank(b), b.object};
    });
    std::map<std::string, std::vector<std::size_t>> by_name;
    std::multimap<double, std::size_t> by_latitude;
    std::vector<Place> kept;
    for (Place& place : places) {
        const std::string name = plain(place.name);
        const auto near = [&](std::size_t i, double distance) { return metres(kept[i].spot, place.spot) < distance; };
        const auto& namesakes = by_name[name];
        if (std::any_of(namesakes.begin(), namesakes.end(), [&](std::size_t i) { return !name.empty() && near(i, same_name); })) continue;
        const double degrees = same_place / 110'000;
        const auto begin = by_latitude.lower_bound(place.spot.latitude - degrees), end = by_latitude.upper_bound(place.spot.latitude + degrees);
        const auto other = std::find_if(begin, end, [&](const auto& entry) {
            return near(entry.second, same_place) && !(place.named_by_user && kept[entry.second].named_by_user);
        });
        if (other != end) {
            const Place& better = kept[other->second];
            doubts.add("places that lie at another one", place.object, place.spot,
                       fmt::format("'{}' lies {:.0f} m from '{}' ({}); left out", place.name, metres(better.spot, place.spot), better.name,
                                   text_of(better.object)));
            continue;
        }
        by_name[name].push_back(kept.size());
        by_latitude.emplace(place.spot.latitude, kept.size());
        kept.push_back(std::move(place));
    }
    std::stable_sort(kept.begin(), kept.end(), [](const Place& a, const Place& b) { return a.object < b.object; });
    return kept;
}

bool is_called(const Place& place, const std::string& word) {
    if (word.empty()) return false;
    const std::string wanted = plain(word);
    return text_of(place.object) == word || plain(place.name) == wanted || plain(place.english) == wanted || place.reference == word;
}

StationNumber stop_called(const std::string& word, const std::vector<Stop>& stops, const std::string& option) {
    const auto refuse = [&](std::string what, std::string remedy) {
        throw railwindow::InputError{railwindow::Finding{{}, option, std::move(what), std::move(remedy), railwindow::Severity::error}};
    };
    std::vector<StationNumber> found;
    for (StationNumber s = 0; s < stops.size(); ++s) {
        if (text_of(stops[s].place.object) == word) return s;
        if (is_called(stops[s].place, word)) found.push_back(s);
    }
    if (found.size() == 1) return found.front();
    if (found.size() > 1) {
        std::string all;
        for (std::size_t i = 0; i < found.size() && i < 10; ++i) {
            const Stop& stop = stops[found[i]];
            all += fmt::format("{}{} at {:.4f},{:.4f}", all.empty() ? "" : ", ", text_of(stop.place.object), stop.spot.latitude, stop.spot.longitude);
        }
        refuse(fmt::format("the file has {} stations '{}'", found.size(), word), "say which: " + all);
    }
    std::vector<std::string> names;
    for (const Stop& stop : stops)
        for (const std::string& name : {stop.place.name, stop.place.english})
            if (!name.empty()) names.push_back(name);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::string remedy = railwindow::suggestion(word, {names.begin(), names.end()});
    if (remedy.empty()) remedy = "name a station, its reference, or node/ID of a node on a track";
    const bool object = word.find('/') != std::string::npos;
    refuse(object ? fmt::format("the file has no station and no node of a track '{}'", word)
                  : fmt::format("the file has no station '{}' at a track", word),
           remedy);
    return no_station;
}

}  // namespace osm_import
