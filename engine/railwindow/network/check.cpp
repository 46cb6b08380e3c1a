#include <railwindow/network/check.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace railwindow {
namespace {

// Between a straight line measured on a sphere and the windings of real lines; judgement, all 261 sections of this repository
// lie between 1.003 and 1.71.
constexpr double least_winding = 0.98, most_winding = 2.5;
// Two stations nearer than this are one; judgement.
constexpr Length one_place = 100 * m;
// The steepest railway that runs on its wheels alone for kilometres, the Bernina, has 70 permille.
constexpr double steepest_line = 0.07;

class NetworkCheck {
public:
    explicit NetworkCheck(const std::vector<NetworkSheet>& sheets) : network_{sheets} {
        for (const NetworkSheet& sheet : sheets) {
            for (const StationSheet& station : sheet.stations) stations_.push_back(&station);
            for (const LineSheet& line : sheet.lines) lines_.push_back(&line);
        }
    }

    std::vector<Finding> doubts() {
        check_stations();
        for (std::uint32_t i = 0; i < network_.sections().size(); ++i) check_section(SectionId{i});
        check_sources();
        check_gauges();
        check_parts();
        return std::move(findings_);
    }

private:
    void add(Severity severity, const Place& place, std::string subject, std::string what, std::string remedy) {
        findings_.push_back({place, std::move(subject), std::move(what), std::move(remedy), severity});
    }
    const StationSheet& sheet(StationId id) const { return *stations_[id.value]; }  // stations and lines keep the order of the sheets
    const Station& station(StationId id) const { return network_.stations()[id]; }
    std::string subject(StationId id) const { return "stations." + station(id).id; }

    void check_stations() {
        std::map<std::pair<std::string, std::string>, StationId> by_name;
        std::vector<StationId> by_latitude;
        for (std::uint32_t i = 0; i < network_.stations().size(); ++i) {
            const StationId id{i};
            const Station& here = station(id);
            by_latitude.push_back(id);
            if (const auto [first, fresh] = by_name.try_emplace({here.country, here.name}, id); !fresh)
                add(Severity::warning, sheet(id).id.place, subject(id),
                    fmt::format("'{}' also has the name {}", station(first->second).id, here.name), "give them different names, or keep one of them");
            const std::string zone_country = here.zone.country();
            if (!zone_country.empty() && zone_country != here.country)
                add(Severity::warning, sheet(id).time_zone.place, subject(id) + ".time_zone",
                    fmt::format("{} is a zone of {}, the station lies in {}", here.zone.name(), zone_country, here.country),
                    "check zone and country");
        }
        check_places(std::move(by_latitude));
    }

    void check_places(std::vector<StationId> by_latitude) {
        const auto latitude = [&](StationId id) { return station(id).position.latitude; };
        std::stable_sort(by_latitude.begin(), by_latitude.end(), [&](StationId a, StationId b) { return latitude(a) < latitude(b); });
        constexpr double degree_of_latitude = 110'000;  // metres, a little less than the shortest
        for (std::size_t i = 0; i < by_latitude.size(); ++i)
            for (std::size_t j = i + 1;
                 j < by_latitude.size() && (latitude(by_latitude[j]) - latitude(by_latitude[i])) * degree_of_latitude <= one_place / m; ++j) {
                const StationId a = std::min(by_latitude[i], by_latitude[j]), b = std::max(by_latitude[i], by_latitude[j]);
                const Length apart = great_circle(station(a).position, station(b).position);
                if (apart <= one_place)
                    add(Severity::warning, sheet(b).id.place, subject(b), fmt::format("lies {:.0f} m from '{}'", apart / m, station(a).id),
                        "keep one of them, or check the positions");
            }
    }

    void check_section(SectionId id) {
        const Section& section = network_.sections()[id];
        const LineSheet& line = *lines_[section.line.value];
        const Station &from = station(section.from), &to = station(section.to);
        const std::string subject = fmt::format("lines.{}", line.id.value), between = fmt::format("{} to {}", from.id, to.id);
        const Place& place = chainage_place(line, to.id);
        const Length straight = great_circle(from.position, to.position);
        if (section.length < least_winding * straight)
            add(Severity::error, place, subject + ".chainage",
                fmt::format("{}: {:.1f} km by rail, {:.1f} km in a straight line", between, section.length / km, straight / km),
                "check chainage and positions");
        else if (section.length > most_winding * straight)
            add(Severity::warning, place, subject + ".chainage",
                fmt::format("{}: {:.1f} km by rail, only {:.1f} km in a straight line", between, section.length / km, straight / km),
                "check chainage and positions");
        if (const Speed mean = section.operating_speed.value.mean();
            section.limits.empty() && mean > section.limit.value)  // limits in detail bind below it
            add(Severity::error, place, subject,
                fmt::format("{}: the mean operating speed {:.0f} km/h is above the limit {:.0f} km/h", between, mean / (km / h),
                            section.limit.value / (km / h)),
                "a train held to the limit cannot be worked at that speed");
        check_heights(section, place, subject, between);
        if (from.country != to.country && !network_.border_between(section.from, section.to))
            add(Severity::warning, place, subject, fmt::format("{} leads from {} to {} and no border says so", between, from.country, to.country),
                "add it to `borders`");
    }

    void check_heights(const Section& section, const Place& place, const std::string& subject, const std::string& between) {
        const auto &from = station(section.from).elevation, &to = station(section.to).elevation;
        if (!from || !to || !section.gradients.empty()) return;
        const double gradient = (to->value - from->value) / section.length;
        const std::string heights = fmt::format("{}: {:.0f} m and {:.0f} m on {:.1f} km are {:.1f} permille", between, from->value / m, to->value / m,
                                                section.length / km, 1000 * gradient);
        std::optional<Gradient> ruling;
        if (section.ruling_gradient) ruling = gradient > 0 ? section.ruling_gradient->forward : section.ruling_gradient->reverse;
        if (ruling && std::abs(gradient) > ruling->ratio)
            add(Severity::warning, place, subject, fmt::format("{}, more than the ruling gradient of {:.1f} permille", heights, 1000 * ruling->ratio),
                "check the heights, the chainage and the ruling gradient");
        else if (std::abs(gradient) > steepest_line)
            add(Severity::warning, place, subject, heights + ", steeper than any railway without a rack", "check the heights and the chainage");
    }

    static const Place& chainage_place(const LineSheet& line, const std::string& station) {
        const auto found = std::find_if(line.chainage.begin(), line.chainage.end(), [&](const auto& entry) { return entry.first.value == station; });
        return found->first.place;
    }

    void check_sources() {
        const auto check = [&](const Place& place, const std::string& subject, const std::string& what, const Provenance& provenance) {
            if (provenance.source.empty())
                add(Severity::warning, place, subject, what + " has no source", "write where it comes from, here or for the line or file");
            if (!provenance.confidence)
                add(Severity::warning, place, subject, what + " has no confidence", "write low, medium or high, here or for the line or file");
        };
        for (std::uint32_t i = 0; i < stations_.size(); ++i)
            check(stations_[i]->id.place, "stations." + stations_[i]->id.value, "the position", station(StationId{i}).provenance);
        std::set<std::pair<std::uint32_t, int>> told;  // once for a line
        for (const Section& section : network_.sections()) {
            const LineSheet& line = *lines_[section.line.value];
            const std::pair<const char*, const Provenance*> numbers[]{{"the chainage", &section.provenance},
                                                                      {"the limit", &section.limit.provenance},
                                                                      {"the operating speed", &section.operating_speed.provenance}};
            for (int which = 0; which < 3; ++which) {
                const Provenance& provenance = *numbers[which].second;
                if ((provenance.source.empty() || !provenance.confidence) && told.insert({section.line.value, which}).second)
                    check(line.id.place, "lines." + line.id.value, numbers[which].first, provenance);
            }
        }
    }

    void check_gauges() {
        for (std::uint32_t i = 0; i < network_.stations().size(); ++i) {
            const StationId here{i};
            const std::vector<SectionId>& sections = network_.sections_at(here);
            if (network_.gauge_change_at(here)) continue;
            const auto apart = [&](SectionId a, SectionId b) {
                const auto &first = network_.sections()[a].gauges, &second = network_.sections()[b].gauges;
                return std::find_first_of(first.begin(), first.end(), second.begin(), second.end()) == first.end();
            };
            for (std::size_t a = 0; a < sections.size(); ++a)
                for (std::size_t b = a + 1; b < sections.size(); ++b) {
                    if (!apart(sections[a], sections[b])) continue;
                    add(Severity::warning, sheet(here).id.place, subject(here),
                        fmt::format("{} mm and {} mm meet here and nothing changes the gauge",
                                    network_.sections()[sections[a]].gauges.front().millimetres,
                                    network_.sections()[sections[b]].gauges.front().millimetres),
                        "add it to `gauge_changes`, if trains can go on");
                    a = b = sections.size();  // once for a station
                }
        }
    }

    void check_parts() {
        std::vector<std::uint32_t> part(network_.stations().size());
        std::iota(part.begin(), part.end(), 0u);
        const auto root = [&](std::uint32_t i) {
            while (part[i] != i) i = part[i] = part[part[i]];
            return i;
        };
        for (const Section& section : network_.sections())
            part[std::max(root(section.from.value), root(section.to.value))] = std::min(root(section.from.value), root(section.to.value));
        for (std::uint32_t i = 0; i < part.size(); ++i) {
            if (root(i) != i || i == 0) continue;
            const auto size = std::count_if(part.begin(), part.end(), [&](std::uint32_t member) { return root(member) == i; });
            add(Severity::warning, sheet(StationId{i}).id.place, subject(StationId{i}),
                size == 1 ? "no line serves this station"
                          : fmt::format("no line joins this station and {} more to {}", size - 1, station(StationId{0}).id),
                "check where the lines touch, or load what lies between");
        }
    }

    Network network_;
    std::vector<const StationSheet*> stations_;
    std::vector<const LineSheet*> lines_;
    std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> doubts(const std::vector<NetworkSheet>& sheets) { return NetworkCheck{sheets}.doubts(); }

NetworkSheet self_contained(const NetworkSheet& sheet) {
    std::set<std::string> own;
    for (const StationSheet& station : sheet.stations) own.insert(station.id.value);
    const auto knows = [&](const Name& name) { return own.count(name.value) == 1; };
    NetworkSheet part = sheet;
    std::erase_if(part.lines, [&](const LineSheet& line) {
        return !std::all_of(line.chainage.begin(), line.chainage.end(), [&](const auto& entry) { return knows(entry.first); });
    });
    std::erase_if(part.borders, [&](const BorderSheet& border) { return !std::all_of(border.between.begin(), border.between.end(), knows); });
    std::erase_if(part.gauge_changes, [&](const GaugeChangeSheet& change) { return !knows(change.at); });
    if (part.lines.size() < sheet.lines.size()) part.turns.clear();  // its neighbours may lie on the others' lines
    return part;
}

}  // namespace railwindow
