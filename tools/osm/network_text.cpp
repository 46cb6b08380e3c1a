#include "network_text.hpp"

#include "lines.hpp"
#include "places.hpp"

#include <railwindow/core/clock.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/io/slug.hpp>
#include <railwindow/io/yaml_writer.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace osm_import {
namespace {

using namespace railwindow;

using Entries = std::vector<std::pair<std::string, YamlNode>>;

std::string word(Confidence confidence) { return confidence == Confidence::high ? "high" : confidence == Confidence::medium ? "medium" : "low"; }
YamlNode kilometres(double metres) { return yaml_scalar(fmt::format("{:.3f} km", metres / 1000)); }
YamlNode speed(double kilometres_per_hour) { return yaml_scalar(fmt::format("{:.6g} km/h", kilometres_per_hour)); }
std::string position(Spot spot) {
    return fmt::format("{:.7f} {} {:.7f} {}", std::abs(spot.latitude), spot.latitude < 0 ? "S" : "N", std::abs(spot.longitude),
                       spot.longitude < 0 ? "W" : "E");
}
std::string source_of(const Place& place) {
    return place.version > 0 ? fmt::format("{} v{}", text_of(place.object), place.version) : text_of(place.object);
}

class Writer {
public:
    Writer(const TrackGraph& tracks, std::vector<Section> sections, const Wanted& wanted, Doubts& doubts)
        : tracks_{tracks}, wanted_{wanted}, doubts_{doubts} {
        std::vector<Section> left_out;
        sections_ = longest_part(std::move(sections), left_out);
        for (const Section& section : left_out)
            doubts_.add("sections apart from the others", place(section.from).object, spot(section.from),
                        fmt::format("{:.1f} km to {} are not joined to the rest; left out", section.length / 1000, name_of(section.to)));
        for (const Section& section : sections_) used_.insert(section.from), used_.insert(section.to);
        wanted_.assumed.gauge = commonest_gauge(tracks_, sections_, wanted_.assumed.gauge);
        find_where();
        name_stations();
        read_heights();
    }

    std::string text() {
        const std::vector<Line> lines = wanted_.one_line ? std::vector<Line>{as_one_line()} : lines_of(sections_);
        Entries written;
        std::set<std::string> ids;
        for (const Line& line : lines) {
            const std::string first = station_ids_.at(line.front().from()), last = station_ids_.at(line.back().to());
            std::string id = first + "-" + last;
            for (int n = 2; !ids.insert(id).second; ++n) id = fmt::format("{}-{}-{}", first, last, n);
            written.emplace_back(id, line_node(line));
        }
        Entries file{{"schema", yaml_scalar("railwindow.network/1")},
                     {"name", yaml_scalar(fmt::format("{} - {}, from OpenStreetMap", shown_.at(lines.front().front().from()),
                                                      shown_.at(lines.back().back().to())))},
                     {"source", yaml_scalar("(c) OpenStreetMap contributors, ODbL 1.0: " + wanted_.file +
                                            (tracks_.railway().timestamp.empty() ? "" : " of " + tracks_.railway().timestamp))},
                     {"confidence", yaml_scalar("low")},
                     {"stations", stations_node()},
                     {"lines", yaml_map(std::move(written))}};
        if (YamlNode borders = borders_node(); !borders.entries.empty()) file.emplace_back("borders", std::move(borders));
        if (YamlNode turns = turns_node(); !turns.items.empty()) file.emplace_back("turns", std::move(turns));
        return "# (c) OpenStreetMap contributors, https://www.openstreetmap.org/copyright, under the Open Data Commons Open Database License\n"
               "# (ODbL) 1.0: name them wherever this file or what is made of it is passed on, and keep the data open under the same licence.\n" +
               yaml_text(yaml_map(std::move(file)));
    }

private:
    const Stop& stop(StationNumber station) const { return tracks_.stops()[station]; }
    const Place& place(StationNumber station) const { return stop(station).place; }
    Spot spot(StationNumber station) const { return stop(station).spot; }
    std::string name_of(StationNumber station) const { return place(station).name.empty() ? text_of(place(station).object) : place(station).name; }

    void find_where() {
        std::vector<Finding> lost;
        for (const StationNumber station : used_) {
            const auto where = where_is(place(station), spot(station), tracks_.railway().areas, wanted_.zones);
            if (where)
                where_.emplace(station, *where);
            else
                lost.push_back({{},
                                "--zone",
                                fmt::format("no boundary in the file says where {} ({} at {:.4f},{:.4f}) lies", name_of(station),
                                            text_of(place(station).object), spot(station).latitude, spot(station).longitude),
                                "give its time zone, such as --zone Asia/Vladivostok",
                                Severity::error});
        }
        constexpr std::size_t enough = 5;
        if (lost.size() > enough) {
            const std::size_t more = lost.size() - enough;
            lost.resize(enough);
            lost.back().what += fmt::format(", nor where {} more lie", more);
        }
        if (!lost.empty()) throw InputError{std::move(lost)};
    }

    void name_stations() {
        std::set<std::string> ids;
        std::map<std::pair<std::string, std::string>, int> names;
        const auto shown = [&](StationNumber station) { return place(station).english.empty() ? name_of(station) : place(station).english; };
        for (const StationNumber station : used_) ++names[{where_.at(station).country, shown(station)}];
        for (const StationNumber station : used_) {
            const std::string name = shown(station);
            std::string id = slug(plain(name));
            if (id == "unnamed") {
                id = slug(text_of(place(station).object));
                doubts_.add("names in no Latin script", place(station).object, spot(station), fmt::format("'{}' has no name:en", name));
            }
            const std::string base = id;
            for (int n = 2; !ids.insert(id).second; ++n) id = fmt::format("{}-{}", base, n);
            station_ids_[station] = id;
            const bool alone = names.at({where_.at(station).country, name}) == 1;
            shown_[station] = alone ? name : fmt::format("{} ({})", name, text_of(place(station).object));
        }
    }

    void read_heights() {
        for (const StationNumber station : used_) {
            const std::string& said = place(station).elevation;
            if (said.empty()) continue;
            double height = 0;
            const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), height, std::chars_format::fixed);
            const std::string rest{end, static_cast<std::size_t>(said.data() + said.size() - end)};
            if (error == std::errc{} && (rest.empty() || rest == "m" || rest == " m") && height > -500 && height < 9000)
                heights_[station] = height;
            else
                doubts_.add("doubtful heights", place(station).object, spot(station), fmt::format("ele={} is no height in metres", said));
        }
        constexpr double steepest = 0.06;  // railways without a rack, and heights that are rounded
        for (const Section& section : sections_) {
            const auto from = heights_.find(section.from), to = heights_.find(section.to);
            if (from == heights_.end() || to == heights_.end() || std::abs(to->second - from->second) <= steepest * section.length) continue;
            doubts_.add("doubtful heights", place(section.from).object, spot(section.from),
                        fmt::format("ele={:g}, and {:g} at {}, {:.1f} km on: too steep; both left out", from->second, to->second, name_of(section.to),
                                    section.length / 1000));
            const StationNumber other = section.to;
            heights_.erase(section.from);
            heights_.erase(other);
        }
    }

    YamlNode stations_node() const {
        Entries stations;
        for (const StationNumber station : used_) {
            const std::string& name = shown_.at(station);
            const Where& where = where_.at(station);
            Entries entries{{"name", yaml_scalar(name)}};
            if (!place(station).name.empty() && place(station).name != name && !place(station).english.empty())
                entries.emplace_back("local_name", yaml_scalar(place(station).name));
            entries.emplace_back("country", yaml_scalar(where.country.empty() ? "XX" : where.country));
            entries.emplace_back("position", yaml_scalar(position(spot(station))));
            if (const auto height = heights_.find(station); height != heights_.end())
                entries.emplace_back("elevation", yaml_scalar(fmt::format("{:g} m", height->second)));
            entries.emplace_back("time_zone", yaml_scalar(where.zone));
            entries.emplace_back("source", yaml_scalar(source_of(place(station)) + (where.boundary.id != 0 ? ", within " + text_of(where.boundary)
                                                                                                           : ", zone as given to the import")));
            entries.emplace_back("confidence", yaml_scalar("medium"));
            stations.emplace_back(station_ids_.at(station), yaml_map(std::move(entries)));
        }
        return yaml_map(std::move(stations));
    }

    Line as_one_line() const {
        Line line;
        for (const Section& section : sections_) line.push_back({&section, false});
        return line;
    }

    YamlNode line_node(const Line& line) {
        Entries chainage, landmarks;
        std::vector<YamlNode> sections;
        std::vector<LimitFrom> limits;
        double at = 0;
        chainage.emplace_back(station_ids_.at(line.front().from()), kilometres(0));
        for (const Part& part : line) {
            const Section& section = *part.section;
            const Facts facts = facts_of(tracks_, section, wanted_.assumed, doubts_);
            const double length = chained(section, at);
            add_limits(limits, facts, part, at, length);
            add_landmarks(landmarks, facts, part, at, length);
            sections.push_back(section_node(part, facts));
            at += length;
            chainage.emplace_back(station_ids_.at(part.to()), kilometres(at));
        }
        while (limits.size() > 1 && limits.back().at > std::round(at) - 1) limits.pop_back();  // shorter than a metre, at the end
        Entries entries{{"name", yaml_scalar(shown_.at(line.front().from()) + " - " + shown_.at(line.back().to()))}};
        if (const std::string name = common_name(line); !name.empty()) entries.emplace_back("local_name", yaml_scalar(name));
        entries.emplace_back("chainage", yaml_map(std::move(chainage)));
        if (limits.size() > 1) entries.emplace_back("limits", limits_node(limits));
        entries.emplace_back("sections", yaml_list(std::move(sections)));
        if (!landmarks.empty()) entries.emplace_back("landmarks", yaml_map(std::move(landmarks)));
        return yaml_map(std::move(entries));
    }

    // To the metre, as the chainage is written; never shorter than the straight line between the stations.
    double chained(const Section& section, double at) {
        const double straight = metres(spot(section.from), spot(section.to));
        if (section.length < straight * 0.99)
            doubts_.add("sections shorter than a straight line", place(section.from).object, spot(section.from),
                        fmt::format("{:.0f} m of track to {}, {:.0f} m away", section.length, name_of(section.to), straight));
        if (section.length > 2.5 * straight)
            doubts_.add("sections that wind", place(section.from).object, spot(section.from),
                        fmt::format("{:.1f} km of track to {}, {:.1f} km away", section.length / 1000, name_of(section.to), straight / 1000));
        const double end = std::max({at + section.length, at + straight, at + 1});
        return std::round(end) - std::round(at) >= 1 ? end - at : 1;
    }

    static void add_limits(std::vector<LimitFrom>& limits, const Facts& facts, const Part& part, double at, double length) {
        std::vector<LimitFrom> own = facts.limits;
        if (part.reversed) {
            std::vector<LimitFrom> turned;
            for (std::size_t i = own.size(); i-- > 0;)
                turned.push_back({i + 1 < own.size() ? part.section->length - own[i + 1].at : 0, own[i].limit});
            own = turned;
        }
        const double scale = length / part.section->length;
        for (const LimitFrom& limit : own) {
            const double from = std::round(at + limit.at * scale);
            if (!limits.empty() && limits.back().at >= from) limits.pop_back();  // shorter than a metre
            if (limits.empty() || limits.back().limit != limit.limit) limits.push_back({from, limit.limit});
        }
    }

    static YamlNode limits_node(const std::vector<LimitFrom>& limits) {
        std::vector<YamlNode> rows;
        for (const LimitFrom& limit : limits) rows.push_back(yaml_map({{"at", kilometres(limit.at)}, {"limit", speed(limit.limit)}}));
        return yaml_list(std::move(rows));
    }

    void add_landmarks(Entries& landmarks, const Facts& facts, const Part& part, double at, double length) {
        std::vector<std::pair<double, const NamedWork*>> works;
        for (const NamedWork& work : facts.works) works.emplace_back(part.reversed ? part.section->length - work.at : work.at, &work);
        std::stable_sort(works.begin(), works.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (const auto& [where, work] : works) {
            std::string id = slug(plain(work->name));
            if (id == "unnamed") id = slug(text_of(work->way));
            const auto taken = [&](const std::string& tried) {
                return landmark_ids_.count(tried) == 1 ||
                       std::any_of(station_ids_.begin(), station_ids_.end(), [&](const auto& entry) { return entry.second == tried; });
            };
            const std::string base = id;
            for (int n = 2; taken(id); ++n) id = fmt::format("{}-{}", base, n);
            landmark_ids_.insert(id);
            const double middle = std::clamp(at + where / part.section->length * length, std::ceil(at), std::floor(at + length));
            landmarks.emplace_back(id, yaml_map({{"name", yaml_scalar(work->name)},
                                                 {"at", kilometres(middle)},
                                                 {"source", yaml_scalar(fmt::format("{} v{}", text_of(work->way), work->version))},
                                                 {"confidence", yaml_scalar("medium")}}));
        }
    }

    YamlNode section_node(const Part& part, const Facts& facts) {
        std::vector<std::string> gauges;
        for (const Gauge gauge : facts.gauges) gauges.push_back(fmt::format("{} mm", gauge.millimetres));
        const auto [lowest, highest] =
            std::minmax_element(facts.limits.begin(), facts.limits.end(), [](const auto& a, const auto& b) { return a.limit < b.limit; });
        const double most = highest->limit;
        Entries entries{
            {"from", yaml_scalar(station_ids_.at(part.from()))},
            {"to", yaml_scalar(station_ids_.at(part.to()))},
            {"gauge", yaml_texts(gauges)},
            {"tracks", yaml_scalar(std::to_string(facts.tracks))},
            {"electrification", yaml_scalar(text_of(facts.wire))},
            {"limit", yaml_map({{"value", speed(most)}, {"confidence", yaml_scalar(word(facts.limit_confidence))}})},
            {"operating_speed",
             yaml_map({{"triangular", yaml_list({speed(0.5 * lowest->limit), speed(0.8 * lowest->limit), speed(lowest->limit)})},
                       {"source", yaml_scalar("judgement: 50, 80 and 100 percent of the lowest limit of the section; OpenStreetMap does not say it")},
                       {"confidence", yaml_scalar("low")}})}};
        if (facts.freight_only) entries.emplace_back("use", yaml_scalar("freight only"));
        entries.emplace_back("source", yaml_scalar(facts.ways));
        entries.emplace_back("confidence", yaml_scalar(word(facts.track_confidence)));
        return yaml_map(std::move(entries));
    }

    std::string common_name(const Line& line) const {
        std::string name;
        for (const Part& part : line)
            for (const Move move : part.section->moves) {
                const std::string& here = tracks_.value(move / 2, Tag::name);
                if (here.empty() || (!name.empty() && here != name)) return {};
                name = here;
            }
        return name;
    }

    YamlNode borders_node() const {
        Entries borders;
        std::set<std::string> ids;
        for (const Section& section : sections_) {
            if (where_.at(section.from).country == where_.at(section.to).country) continue;
            const std::string &a = station_ids_.at(section.from), &b = station_ids_.at(section.to), id = a + "-" + b;
            if (!ids.insert(std::min(a, b) + " " + std::max(a, b)).second) continue;
            borders.emplace_back(id, yaml_map({{"between", yaml_texts({a, b})},
                                               {"source", yaml_scalar("stations in two countries; OpenStreetMap says nothing of checks")},
                                               {"confidence", yaml_scalar("low")}}));
        }
        return yaml_map(std::move(borders));
    }

    // Where the straight lines to the neighbours mislead, and the tracks say whether a train changes direction.
    YamlNode turns_node() {
        std::map<StationNumber, std::vector<const Section*>> at;
        for (const Section& section : sections_) at[section.from].push_back(&section), at[section.to].push_back(&section);
        std::vector<YamlNode> turns;
        for (const auto& [station, sections] : at) {
            std::set<std::pair<StationNumber, StationNumber>> told;
            for (std::size_t i = 0; i < sections.size(); ++i)
                for (std::size_t j = i + 1; j < sections.size(); ++j) add_turn(turns, station, *sections[i], *sections[j], told);
        }
        return yaml_list(std::move(turns));
    }

    void add_turn(std::vector<YamlNode>& turns, StationNumber station, const Section& one, const Section& other,
                  std::set<std::pair<StationNumber, StationNumber>>& told) {
        const auto neighbour = [&](const Section& section) { return section.from == station ? section.to : section.from; };
        const StationNumber a = neighbour(one), b = neighbour(other);
        if (a == b || !told.insert(std::minmax(a, b)).second) return;
        const auto cosine = [](Vector v, Vector w) { return dot(v, w) / std::max(1e-9, v.length() * w.length()); };
        const bool reverses = cosine(away(one, station), away(other, station)) > 0;
        const bool looks_so = cosine(between(spot(station), spot(a)), between(spot(station), spot(b))) > 0.5;
        if (reverses && wanted_.one_line)
            doubts_.add("changes of direction", place(station).object, spot(station),
                        fmt::format("the way changes direction at {}; where trains can, say so: reversal: {{possible: true}}", name_of(station)));
        if (reverses == looks_so) return;
        turns.push_back(yaml_map({{"at", yaml_scalar(station_ids_.at(station))},
                                  {"between", yaml_texts({station_ids_.at(a), station_ids_.at(b)})},
                                  {"reversal", yaml_scalar(reverses ? "true" : "false")},
                                  {"source", yaml_scalar("direction of the tracks at the station, OpenStreetMap")},
                                  {"confidence", yaml_scalar("medium")}}));
    }

    const TrackGraph& tracks_;
    Wanted wanted_;
    Doubts& doubts_;
    std::vector<Section> sections_;
    std::set<StationNumber> used_;
    std::map<StationNumber, Where> where_;
    std::map<StationNumber, std::string> station_ids_, shown_;
    std::map<StationNumber, double> heights_;
    std::set<std::string> landmark_ids_;
};

}  // namespace

std::string network_text(const TrackGraph& tracks, std::vector<Section> sections, const Wanted& wanted, Doubts& doubts) {
    return Writer{tracks, std::move(sections), wanted, doubts}.text();
}

}  // namespace osm_import
