#include "read_railway.hpp"

#include "tags.hpp"

#include <railwindow/core/text.hpp>
#include <railwindow/io/slug.hpp>

#include <osmium/io/any_input.hpp>
#include <osmium/osm.hpp>

#include <algorithm>
#include <cstring>

namespace osm_import {
namespace {

using osmium::osm_entity_bits::type;

// Texts of strangers become names in a file and words on a terminal.
std::string clean(const char* text) {
    std::string made = railwindow::visible(railwindow::on_one_line(text));
    constexpr std::size_t longest = 200;
    while (made.size() > longest || (!made.empty() && railwindow::first_invalid_utf8(made) != std::string::npos)) made.pop_back();
    return made;
}

bool is_one_of(const char* value, std::initializer_list<const char*> values) {
    return value && std::any_of(values.begin(), values.end(), [&](const char* one) { return std::strcmp(value, one) == 0; });
}

bool is_said(const Tags& tags, const char* key) {
    const char* value = tags[key];
    return value && std::strcmp(value, "no") != 0;
}

// Trains of other kinds stop there; what is only planned or gone is nothing to stop at.
bool is_place(const Tags& tags) {
    const bool kind = is_one_of(tags["railway"], {"station", "halt", "stop", "junction", "service_station", "site", "border", "owner_change"});
    const bool other = is_one_of(tags["station"], {"subway", "light_rail", "monorail", "funicular", "miniature"});
    const bool has_name = tags["name"] || tags["name:en"] || tags["uic_name"];
    return kind && !other && has_name && !is_said(tags, "disused") && !is_said(tags, "abandoned") && !is_said(tags, "subway");
}

Place place_of(const osmium::OSMObject& object, char kind) {
    const Tags tags{object.tags()};
    Place place{{kind, object.id()}, object.version(), nowhere, tags.value_of("railway", ""), {}, {}, {}, {}, {}};
    const auto first = [&](std::initializer_list<const char*> keys) {
        for (const char* key : keys)
            if (const char* value = tags[key]; value && *value) return clean(value);
        return std::string{};
    };
    place.name = first({"name", "uic_name", "name:en"});
    place.english = first({"name:en", "int_name", "name:ko-Latn", "name:zh_pinyin", "name:ja-Latn", "name:latin"});
    place.reference = first({"railway:ref", "uic_ref", "ref"});
    place.elevation = first({"ele"});
    return place;
}

class Collector {
public:
    Collector(Railway& railway, const ReadOptions& options, Doubts& doubts) : railway_{railway}, options_{options}, doubts_{doubts} {}

    void read(const osmium::Relation& relation) {
        const Tags tags{relation.tags()};
        std::vector<std::int64_t> outer;
        for (const osmium::RelationMember& member : relation.members())
            if (member.type() == osmium::item_type::way && !is_one_of(member.role(), {"label", "admin_centre", "subarea"}))
                outer.push_back(member.ref());
        if (is_place(tags)) {
            if (outer.empty()) return;
            station_areas_.emplace(outer.front(), railway_.places.size());
            railway_.places.push_back(place_of(relation, 'r'));
        } else if (is_one_of(tags["boundary"], {"administrative", "timezone"}) &&
                   (tags["timezone"] || tags["ISO3166-1"] || tags["ISO3166-1:alpha2"])) {
            const std::string country = tags.value_of("ISO3166-1:alpha2", tags.value_of("ISO3166-1", ""));
            const int level = std::atoi(tags.value_of("admin_level", "0"));
            for (const std::int64_t way : outer) boundary_ways_[way];
            railway_.areas.push_back({{'r', relation.id()}, level, clean(country.c_str()), clean(tags.value_of("timezone", "")), outer, {}});
        }
    }

    void read(const osmium::Way& way) {
        const auto& nodes = way.nodes();
        const auto copy_of_nodes = [&] {
            std::vector<std::int64_t> ids;
            for (const osmium::NodeRef& node : nodes) ids.push_back(node.ref());
            return ids;
        };
        if (const auto boundary = boundary_ways_.find(way.id()); boundary != boundary_ways_.end()) boundary->second = copy_of_nodes();
        if (const auto station = station_areas_.find(way.id()); station != station_areas_.end())
            outlines_.emplace_back(station->second, copy_of_nodes());
        const Tags tags{way.tags()};
        if (is_place(tags)) {
            outlines_.emplace_back(railway_.places.size(), copy_of_nodes());
            railway_.places.push_back(place_of(way, 'w'));
        }
        if (is_one_of(tags["railway"], {"rail"}) || (options_.narrow_gauge && is_one_of(tags["railway"], {"narrow_gauge"}))) add_track(way);
        if (is_one_of(tags["railway"], {"narrow_gauge"}) && !options_.narrow_gauge) ++railway_.narrow_gauge_left_out;
    }

    void read(const osmium::Node& node) {
        const std::int64_t id = node.id();
        const auto found = std::lower_bound(railway_.node_ids.begin(), railway_.node_ids.end(), id);
        const Spot spot = node.location().valid() ? Spot{node.location().lat(), node.location().lon()} : nowhere;
        if (found != railway_.node_ids.end() && *found == id) railway_.node_spots[static_cast<std::size_t>(found - railway_.node_ids.begin())] = spot;
        const Tags tags{node.tags()};
        if (tags.empty() && options_.nodes.empty()) return;
        const bool named = options_.nodes.count(id) == 1;
        if ((is_place(tags) || named) && spot.latitude <= 90) {
            railway_.places.push_back(place_of(node, 'n'));
            railway_.places.back().spot = spot;
            railway_.places.back().named_by_user = named;
        } else if (is_one_of(tags["railway"], {"buffer_stop"})) {
            railway_.buffer_stops.push_back(id);
        }
    }

    // Between the passes: which nodes will be needed.
    void list_nodes() {
        std::vector<std::int64_t>& ids = railway_.node_ids;
        ids = railway_.refs;
        for (const auto& [place, nodes] : outlines_) ids.insert(ids.end(), nodes.begin(), nodes.end());
        for (const auto& [way, nodes] : boundary_ways_) ids.insert(ids.end(), nodes.begin(), nodes.end());
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
        ids.shrink_to_fit();
        railway_.node_spots.assign(ids.size(), nowhere);
    }

    void finish() {
        std::sort(railway_.buffer_stops.begin(), railway_.buffer_stops.end());
        for (const auto& [place, nodes] : outlines_) set_middle(railway_.places[place], nodes);
        std::erase_if(railway_.places, [](const Place& place) { return place.spot.latitude > 90; });
        for (Area& area : railway_.areas) close_rings(area);
    }

private:
    void add_track(const osmium::Way& way) {
        const Tags tags{way.tags()};
        for (const char* key : {"disused", "abandoned", "construction", "proposed", "razed", "dismantled"})
            if (is_said(tags, key))
                return doubts_.add("tracks out of use", {'w', way.id()}, std::string{"is tagged "} + key + "=" + clean(tags[key]) + "; left out");
        Way made{way.id(), way.version(), static_cast<std::uint32_t>(railway_.refs.size()), 0, {}};
        for (const osmium::NodeRef& node : way.nodes())
            if (made.count == 0 || railway_.refs.back() != node.ref()) railway_.refs.push_back(node.ref()), ++made.count;
        if (made.count < 2) {
            railway_.refs.resize(made.first);
            return doubts_.add("broken tracks", {'w', way.id()}, "has fewer than two nodes; left out");
        }
        for (std::size_t i = 0; i < tag_count; ++i)
            if (const char* value = tags[tag_keys[i]]; value && *value) made.values[i] = number_of(clean(value));
        railway_.ways.push_back(made);
    }

    std::uint32_t number_of(const std::string& text) {
        const auto [found, fresh] = numbers_.try_emplace(text, static_cast<std::uint32_t>(railway_.texts.size()));
        if (fresh) railway_.texts.push_back(text);
        return found->second;
    }

    void set_middle(Place& place, const std::vector<std::int64_t>& nodes) const {
        Spot least{90, 180}, most{-90, -180};
        bool any = false;
        for (const std::int64_t id : nodes)
            if (const auto spot = railway_.spot_of(id)) {
                any = true;
                least = {std::min(least.latitude, spot->latitude), std::min(least.longitude, spot->longitude)};
                most = {std::max(most.latitude, spot->latitude), std::max(most.longitude, spot->longitude)};
            }
        if (any) place.spot = along(least, most, 0.5);
    }

    // Ways of the boundary joined end to end; without a ring where the file lacks a part of it.
    void close_rings(Area& area) {
        std::vector<const std::vector<std::int64_t>*> open;
        for (const std::int64_t way : area.ways) {
            const std::vector<std::int64_t>& nodes = boundary_ways_[way];
            if (nodes.size() < 2) return;
            open.push_back(&nodes);
        }
        std::vector<std::vector<Spot>> rings;
        while (!open.empty()) {
            std::vector<std::int64_t> ring = *open.back();
            open.pop_back();
            while (ring.front() != ring.back()) {
                const auto next = std::find_if(open.begin(), open.end(),
                                               [&](const auto* nodes) { return nodes->front() == ring.back() || nodes->back() == ring.back(); });
                if (next == open.end()) return;
                std::vector<std::int64_t> more = **next;
                open.erase(next);
                if (more.front() != ring.back()) std::reverse(more.begin(), more.end());
                ring.insert(ring.end(), more.begin() + 1, more.end());
            }
            rings.emplace_back();
            for (const std::int64_t id : ring) {
                const auto spot = railway_.spot_of(id);
                if (!spot) return;
                rings.back().push_back(*spot);
            }
        }
        area.rings = std::move(rings);
    }

    Railway& railway_;
    const ReadOptions& options_;
    Doubts& doubts_;
    std::unordered_map<std::string, std::uint32_t> numbers_{{"", 0}};
    std::unordered_multimap<std::int64_t, std::size_t> station_areas_;  // way -> place of the relation
    std::unordered_map<std::int64_t, std::vector<std::int64_t>> boundary_ways_;
    std::vector<std::pair<std::size_t, std::vector<std::int64_t>>> outlines_;  // of places that are areas
};

template <class Object, class Read>
void pass(const std::string& file, type which, double begin, double end, const ReadOptions& options, Read read) {
    osmium::thread::Pool pool{1, 4};
    osmium::io::Reader reader{osmium::io::File{file}, which, osmium::io::read_meta::yes, pool};
    const auto size = static_cast<double>(std::max<std::size_t>(1, reader.file_size()));
    while (const osmium::memory::Buffer buffer = reader.read()) {
        for (const Object& object : buffer.select<Object>())
            if (object.visible()) read(object);
        if (options.progress) options.progress(begin + (end - begin) * std::min(1.0, static_cast<double>(reader.offset()) / size));
    }
    reader.close();
}

std::string timestamp_of(const std::string& file) {
    osmium::thread::Pool pool{1, 4};
    osmium::io::Reader reader{osmium::io::File{file}, osmium::osm_entity_bits::nothing, pool};
    const osmium::io::Header header = reader.header();
    reader.close();
    const std::string stamp = header.get("osmosis_replication_timestamp", header.get("timestamp"));
    return clean(stamp.c_str()).substr(0, 10);
}

}  // namespace

Railway read_railway(const std::string& file, const ReadOptions& options, Doubts& doubts) {
    Railway railway;
    Collector collector{railway, options, doubts};
    railway.timestamp = timestamp_of(file);
    pass<osmium::Relation>(file, type::relation, 0, 0.2, options, [&](const osmium::Relation& relation) { collector.read(relation); });
    pass<osmium::Way>(file, type::way, 0.2, 0.5, options, [&](const osmium::Way& way) { collector.read(way); });
    collector.list_nodes();
    pass<osmium::Node>(file, type::node, 0.5, 1, options, [&](const osmium::Node& node) { collector.read(node); });
    collector.finish();
    return railway;
}

}  // namespace osm_import
