#include "facts.hpp"

#include "parallel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace osm_import {
namespace {

using railwindow::Confidence;
using railwindow::Gauge;

/// Which value most of a length has.
template <class T>
class Majority {
public:
    void add(const std::string& key, const T& value, double length) {
        auto& [sum, first] = values_.try_emplace(key, 0.0, value).first->second;
        sum += length;
    }
    bool empty() const { return values_.empty(); }
    std::size_t kinds() const { return values_.size(); }
    const T& value() const { return best()->second.second; }
    double length() const { return best()->second.first; }

private:
    auto best() const {
        return std::max_element(values_.begin(), values_.end(), [](const auto& a, const auto& b) { return a.second.first < b.second.first; });
    }
    std::map<std::string, std::pair<double, T>> values_;
};

class Reading {
public:
    Reading(const TrackGraph& tracks, const Section& section, const Assumed& assumed, Doubts& doubts)
        : tracks_{tracks}, section_{section}, assumed_{assumed}, doubts_{doubts} {}

    Facts facts() {
        double drawn = 0;
        for (const Move move : section_.moves) drawn += tracks_.edges()[move / 2].length;
        const double scale = drawn > 0 ? section_.length / drawn : 1;
        double at = 0;
        for (std::size_t i = 0; i < section_.moves.size();) {  // way by way
            const std::uint32_t way = tracks_.edges()[section_.moves[i] / 2].way;
            const std::size_t first = i;
            double length = 0;
            for (; i < section_.moves.size() && tracks_.edges()[section_.moves[i] / 2].way == way; ++i)
                length += tracks_.edges()[section_.moves[i] / 2].length * scale;
            read(tracks_.railway().ways[way], section_.moves[first], at, length);
            at += length;
        }
        return finished();
    }

private:
    void doubt(const std::string& kind, const Way& way, Move move, std::string what) {
        doubts_.add(kind, {'w', way.id}, tracks_.vertices()[tracks_.begin(move)].spot, std::move(what));
    }

    void read(const Way& way, Move move, double at, double length) {
        const auto value = [&](Tag tag) -> const std::string& { return tracks_.railway().value(way, tag); };
        if (told_.insert(way.id).second) facts_.ways += fmt::format("{}way/{} v{}", facts_.ways.empty() ? "" : ", ", way.id, way.version);
        const auto gauges = gauges_of(value(Tag::gauge));
        if (!gauges.doubt.empty()) doubt("gauges that are not understood", way, move, gauges.doubt);
        if (gauges.value) gauge_.add(value(Tag::gauge), *gauges.value, length);
        const auto wire = electrification_of(value(Tag::electrified), value(Tag::voltage), value(Tag::frequency));
        if (!wire.doubt.empty()) doubt("doubtful electrification", way, move, wire.doubt);
        if (wire.value) wire_.add(text_of(*wire.value), *wire.value, length);
        const bool freight = is_freight_only(value(Tag::usage), value(Tag::traffic_mode));
        freight_ += freight ? length : 0;
        const auto limit = limit_of(value(Tag::maxspeed), value(Tag::maxspeed_forward), value(Tag::maxspeed_backward));
        if (!limit.doubt.empty()) doubt("doubtful limits", way, move, limit.doubt);
        if (limit.value) limited_ += length;
        add_limit(at, limit.value.value_or(assumed_.limit));
        if (is_service(value(Tag::service)))
            doubt("service tracks taken to connect", way, move, fmt::format("service={} for {:.0f} m", value(Tag::service), length));
        add_work(way, Tag::bridge, Tag::bridge_name, at, length);
        add_work(way, Tag::tunnel, Tag::tunnel_name, at, length);
        length_ += length;
    }

    void add_limit(double at, double limit) {
        if (facts_.limits.empty() || facts_.limits.back().limit != limit) facts_.limits.push_back({at, limit});
    }

    void add_work(const Way& way, Tag kind, Tag name, double at, double length) {
        const std::string &said = tracks_.railway().value(way, kind), &called = tracks_.railway().value(way, name);
        if (said.empty() || said == "no" || called.empty()) return;
        facts_.works.push_back({called, at + length / 2, {'w', way.id}, way.version});
    }

    Facts finished() {
        const Parallel beside = parallel_tracks(tracks_, section_, assumed_.gauge);
        facts_.tracks = beside.tracks;
        facts_.gauges = beside.gauges;
        if (!gauge_.empty()) facts_.gauges.insert(facts_.gauges.end(), gauge_.value().begin(), gauge_.value().end());
        if (facts_.gauges.empty()) facts_.gauges = {assumed_.gauge};
        std::sort(facts_.gauges.begin(), facts_.gauges.end());
        facts_.gauges.erase(std::unique(facts_.gauges.begin(), facts_.gauges.end()), facts_.gauges.end());
        if (!wire_.empty()) facts_.wire = wire_.value();
        if (wire_.kinds() > 1) {
            const Way& way = tracks_.way(section_.moves.front() / 2);
            doubt("doubtful electrification", way, section_.moves.front(),
                  fmt::format("the wire changes before the next station; {} holds on most of the way", text_of(facts_.wire)));
        }
        facts_.freight_only = freight_ > 0.5 * length_;
        const double most = 0.5 * length_;
        const bool gauge_known = !gauge_.empty() && gauge_.length() > most, wire_known = !wire_.empty() && wire_.length() > most;
        facts_.track_confidence = gauge_known && wire_known && section_.on_service < most ? Confidence::medium : Confidence::low;
        facts_.limit_confidence = limited_ > 0.99 * length_ ? Confidence::medium : Confidence::low;
        return std::move(facts_);
    }

    const TrackGraph& tracks_;
    const Section& section_;
    const Assumed& assumed_;
    Doubts& doubts_;
    Facts facts_;
    Majority<std::vector<Gauge>> gauge_;
    Majority<railwindow::Electrification> wire_;
    std::set<std::int64_t> told_;
    double freight_ = 0, limited_ = 0, length_ = 0;
};

}  // namespace

Gauge commonest_gauge(const TrackGraph& tracks, const std::vector<Section>& sections, Gauge otherwise) {
    Majority<Gauge> all;
    for (const Section& section : sections)
        for (const Move move : section.moves)
            if (const auto gauges = gauges_of(tracks.value(move / 2, Tag::gauge)).value)
                for (const Gauge gauge : *gauges) all.add(std::to_string(gauge.millimetres), gauge, tracks.edges()[move / 2].length);
    return all.empty() ? otherwise : all.value();
}

Facts facts_of(const TrackGraph& tracks, const Section& section, const Assumed& assumed, Doubts& doubts) {
    return Reading{tracks, section, assumed, doubts}.facts();
}

}  // namespace osm_import
