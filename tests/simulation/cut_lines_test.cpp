// One railway written as one line, in districts or as two lines, and trains that hold each other up on it: against a simulation written only for this
// test, and against each other.

#include <support/drawn.hpp>
#include <support/properties.hpp>

#include <railwindow/simulation/simulate.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <tuple>

namespace railwindow::simulation_cut_lines_test {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Speed main_speed = 20 * m / s;
constexpr Millis kept_apart = minutes{8};

struct Goods {
    std::string name;
    std::size_t from, to;  // stations
    int leaves;            // minutes after midnight
    int speed;             // m/s
};

/// Stations with more tracks than trains; the main train leaves the first at midnight for the last.
struct Railway {
    std::vector<int> sections;         // km
    std::vector<bool> double_track{};  // by section
    std::vector<Goods> goods{};
    std::map<std::size_t, int> calls{};  // minutes, by station
    bool brakes = false;                 // else the main train starts and stops in no time
    Rank rank = Rank::equal;
};

enum class Form { one_line, districts, two_lines };

std::string station(std::size_t i) { return std::string(1, static_cast<char>('A' + i)); }

LineSheet line_of(const Railway& railway, const std::string& id, std::size_t from, std::size_t to) {
    LineSheet line = drawn_line(id, station(from), station(to), 1 * km, main_speed);
    line.chainage.clear();
    int at = 0;
    for (std::size_t i = from; i <= to; ++i) {
        line.chainage.push_back({name_of(station(i)), {at * km, {}}});
        if (i == to) break;
        at += railway.sections[i];
        SectionSheet section{name_of(station(i)), name_of(station(i + 1)), {}};
        section.track.tracks = railway.double_track[i] ? 2 : 1;
        line.sections.push_back(section);
    }
    return line;
}

Scenario written(const Railway& railway, Form form, std::size_t cut) {
    std::string text = station(0);
    for (std::size_t i = 0; i < railway.sections.size(); ++i) text += " --" + std::to_string(railway.sections[i]) + "km,72-- " + station(i + 1);
    Scenario scenario = drawn(text);
    if (!railway.brakes) scenario.train.dynamics = {}, scenario.train.dynamics.constant_speed = true;
    const bool two = form == Form::two_lines;
    auto& lines = scenario.networks[0].lines;
    lines = {line_of(railway, "first", 0, two ? cut : railway.sections.size())};
    if (two) lines.push_back(line_of(railway, "second", cut, railway.sections.size()));
    TrafficRuleSheet rule;
    rule.loops.usable = Uncertain<Length>{2 * km};
    rule.loops.station_tracks = Uncertain<double>{60.0};
    rule.headway = Uncertain<Duration>{to_duration(kept_apart)};
    rule.trains_per_day = Uncertain<double>{0.0};
    rule.cleared_before = Uncertain<Duration>{0 * s};
    if (form == Form::districts) {
        int at = 0;
        for (std::size_t i = 0; i < cut; ++i) at += railway.sections[i];
        rule.district = at * km;
    }
    scenario.practice[0].traffic = {rule};
    for (const auto& [at, stays] : railway.calls)
        scenario.journey.calls.push_back({name_of(station(at)), Uncertain<Duration>{stays * minute}, "", {}});
    scenario.traffic.emplace();
    for (const Goods& goods : railway.goods) {
        const int minute_of_day = goods.leaves;
        const bool before = minute_of_day < 0;
        const int clock = (minute_of_day + 1440) % 1440;
        const LocalTime at{before ? 2019 : 2020, before ? 12 : 1, before ? 31 : 1, clock / 60, clock % 60, 0};
        const bool beyond = two && std::min(goods.from, goods.to) >= cut;
        scenario.traffic->trains.push_back({name_of(goods.name),
                                            name_of(beyond ? "second" : "first"),
                                            name_of(station(goods.from)),
                                            name_of(station(goods.to)),
                                            {{at, {}}, {}},
                                            goods.speed * m / s,
                                            300 * m,
                                            railway.rank});
    }
    return scenario;
}

Trace run(const Railway& railway, Form form = Form::one_line, std::size_t cut = 1) {
    return simulate(build(written(railway, form, cut)), {}, Logging::on);
}

Millis of_day(Instant at) { return at - Instant{std::chrono::sys_days{std::chrono::year{2020} / 1 / 1}}; }

Millis arrives(const Trace& trace, std::size_t visit) { return of_day(trace.main().visits.at(visit).arrive); }
Millis departs(const Trace& trace, std::size_t visit) { return of_day(trace.main().visits.at(visit).depart); }

std::map<std::string, Millis> delays(const Trace& trace) {
    std::map<std::string, Millis> found;
    for (const LineTraffic& line : trace.lines)
        for (const StringLine& string : line.strings)
            if (!string.special) found[string.name] += string.delay;
    return found;
}

/// Districts of the length up to `cut` end at other stations, too: whether a goods train runs beyond the end of one, where its delay is forgotten.
bool runs_on(const Railway& railway, std::size_t cut) {
    std::vector<int> at{0};
    for (const int section : railway.sections) at.push_back(at.back() + section);
    for (std::size_t i = 1; i + 1 < at.size(); ++i)
        for (const Goods& goods : railway.goods)
            if (at[i - 1] / at[cut] != at[i] / at[cut] && std::min(goods.from, goods.to) < i && i < std::max(goods.from, goods.to)) return true;
    return false;
}

/// What a section saw of a train.
struct Stay {
    std::size_t section;
    bool up;
    Millis from, to;
};

/// Of all trains; the main one as it ran.
std::vector<Stay> stays(const Railway& railway, const Trace& trace) {
    std::vector<Length> at{0 * km};
    for (const int section : railway.sections) at.push_back(at.back() + section * km);
    const auto index = [&](Length distance) {
        const auto nearer = [&](Length a, Length b) { return abs(a - distance) < abs(b - distance); };
        return static_cast<std::size_t>(std::min_element(at.begin(), at.end(), nearer) - at.begin());
    };
    std::vector<Stay> all;
    for (std::size_t i = 0; i + 1 < at.size(); ++i) all.push_back({i, true, departs(trace, i), arrives(trace, i + 1)});
    for (const LineTraffic& line : trace.lines)
        for (const StringLine& string : line.strings)
            for (std::size_t i = 1; !string.special && i < string.points.size(); ++i) {
                const std::size_t a = index(string.points[i - 1].distance), b = index(string.points[i].distance);
                if (a != b) all.push_back({std::min(a, b), a < b, of_day(string.points[i - 1].at), of_day(string.points[i].at)});
            }
    return all;
}

/// What is wrong; empty when nothing is.
std::string broken_rule(const Railway& railway, const std::vector<Stay>& all) {
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t k = i + 1; k < all.size(); ++k) {
            const Stay &a = all[i].from <= all[k].from ? all[i] : all[k], &b = &a == &all[i] ? all[k] : all[i];
            if (a.section != b.section) continue;
            if (!railway.double_track[a.section]) {
                if (b.from < a.to) return a.up != b.up ? "trains meet head-on" : "two trains on one section";
            } else if (a.up == b.up && (b.from < a.from + kept_apart || b.to < a.to + kept_apart)) {
                return "a headway is not kept";
            }
        }
    return {};
}

/// The rules again, for trains that fit everywhere and rank alike: who is ready first for a section has it first.
class Tiny {
public:
    struct Train {
        std::size_t at, to;
        Millis ready;
        Millis per_km;
        std::vector<std::pair<Millis, Millis>> times{};  // arrival and departure, station by station
        bool up() const { return at < to; }
    };

    explicit Tiny(const Railway& railway) : railway_{railway}, sections_(railway.sections.size()) {
        for (const Goods& goods : railway.goods) trains_.push_back({goods.from, goods.to, minutes{goods.leaves}, Millis{1'000'000 / goods.speed}});
        trains_.push_back({0, railway.sections.size(), Millis{0}, Millis{50'000}});
        for (Train& train : trains_) train.times.push_back({train.ready, train.ready});
        while (step()) {
        }
    }
    const Train& main() const { return trains_.back(); }
    const Train& goods(std::size_t i) const { return trains_[i]; }

private:
    struct Direction {
        std::optional<Millis> entered, left;
    };
    struct Section {
        Direction up, down;
        std::optional<Millis> free;
    };

    Section& section(const Train& train) { return sections_[train.up() ? train.at : train.at - 1]; }
    bool is_double(const Train& train) const { return railway_.double_track[train.up() ? train.at : train.at - 1]; }

    Millis can_go(const Train& train) {
        Section& ahead = section(train);
        if (!is_double(train)) return std::max(train.ready, ahead.free.value_or(train.ready));
        const Direction& way = train.up() ? ahead.up : ahead.down;
        return way.entered ? std::max(train.ready, *way.entered + kept_apart) : train.ready;
    }

    bool step() {
        Train* next = nullptr;
        for (Train& train : trains_)
            if (train.at != train.to && (!next || std::tuple{can_go(train), train.ready} < std::tuple{can_go(*next), next->ready})) next = &train;
        if (!next) return false;
        const Millis goes = can_go(*next);
        const int length = railway_.sections[next->up() ? next->at : next->at - 1];
        Millis arrives = goes + length * next->per_km;
        Section& ahead = section(*next);
        if (is_double(*next)) {
            Direction& way = next->up() ? ahead.up : ahead.down;
            if (way.left) arrives = std::max(arrives, *way.left + kept_apart);
            way = {goes, arrives};
        } else {
            ahead.free = arrives;
        }
        next->times.back().second = goes;
        next->at = next->up() ? next->at + 1 : next->at - 1;
        const auto call = next == &trains_.back() ? railway_.calls.find(next->at) : railway_.calls.end();
        next->ready = call == railway_.calls.end() ? arrives : arrives + minutes{call->second};
        next->times.push_back({arrives, next->ready});
        return true;
    }

    const Railway& railway_;
    std::vector<Section> sections_;
    std::vector<Train> trains_;
};

enum class Tracks { one, two, mixed };

/// Of `cut`, if there is one, no goods train runs to the other side.
Railway any_railway(std::uint32_t seed, Tracks tracks, std::optional<std::size_t>* cut = nullptr) {
    std::mt19937 bits{seed};
    const auto upto = [&](int from, int to) { return from + static_cast<int>(bits() % static_cast<std::uint32_t>(to - from + 1)); };
    Railway railway;
    const int sections = upto(2, 5);
    for (int i = 0; i < sections; ++i) {
        railway.sections.push_back(upto(1, 8) * 3);
        railway.double_track.push_back(tracks == Tracks::two || (tracks == Tracks::mixed && upto(0, 1) == 0));
    }
    if (cut) *cut = static_cast<std::size_t>(upto(1, sections - 1));
    constexpr std::array speeds{4, 5, 8, 10, 20};
    for (int i = upto(1, 9); i > 0; --i) {
        int low = 0, high = sections;
        if (cut && upto(0, 1) == 0)
            high = static_cast<int>(**cut);
        else if (cut)
            low = static_cast<int>(**cut);
        const int a = upto(low, high - 1), b = upto(a + 1, high);
        const bool up = upto(0, 2) > 0;
        railway.goods.push_back({"goods " + std::to_string(i), static_cast<std::size_t>(up ? a : b), static_cast<std::size_t>(up ? b : a),
                                 upto(-90, 120), speeds[static_cast<std::size_t>(upto(0, 4))]});
    }
    if (upto(0, 2) == 0) railway.calls[static_cast<std::size_t>(upto(1, sections - 1))] = upto(1, 30);
    return railway;
}

void agrees_with_tiny(const Railway& railway) {
    const Trace trace = run(railway);
    const Tiny tiny{railway};
    const std::map<std::string, Millis> late = delays(trace);
    RC_ASSERT(trace.main().visits.size() == tiny.main().times.size());
    for (std::size_t i = 0; i < tiny.main().times.size(); ++i) {
        RC_ASSERT(arrives(trace, i) == tiny.main().times[i].first);
        if (i + 1 < tiny.main().times.size()) RC_ASSERT(departs(trace, i) == tiny.main().times[i].second);
    }
    for (std::size_t i = 0; i < railway.goods.size(); ++i) {
        const Goods& goods = railway.goods[i];
        int length = 0;
        for (std::size_t k = std::min(goods.from, goods.to); k < std::max(goods.from, goods.to); ++k) length += railway.sections[k];
        const Millis alone = length * Millis{1'000'000 / goods.speed};
        RC_ASSERT(late.at(goods.name) == tiny.goods(i).times.back().first - minutes{goods.leaves} - alone);
    }
    RC_ASSERT(trace.main().parts.sum() == trace.main().visits.back().arrive - trace.main().visits.front().arrive);
}

}  // namespace

TEST_CASE("found: 2026-11-29 a train that is held where one line or district ends comes as late to the next as if they were one") {
    // 60 km at 20 m/s: 50 min. The first goods train is at B after 100 min less ten, the second at C after 70 + 100.
    const Railway railway{{60, 60}, {true, true}, {{"x", 0, 1, -10, 10}, {"y", 1, 2, 70, 10}}};
    for (const Form form : {Form::one_line, Form::districts, Form::two_lines}) {
        const Trace trace = run(railway, form);
        CHECK(arrives(trace, 1) == minutes{90 + 8});
        CHECK(departs(trace, 1) == minutes{90 + 8});
        CHECK(arrives(trace, 2) == minutes{170 + 8});
        CHECK(trace.main().parts[TimePart::waiting_for_others] == minutes{170 + 8 - 100});
    }
}

TEST_CASE("found: 2026-11-29 no train is sent against one that comes late into a single line") {
    const Railway railway{{60, 60}, {true, false}, {{"x", 0, 1, -10, 10}, {"y", 2, 1, 120, 20}}};
    for (const Form form : {Form::one_line, Form::districts, Form::two_lines}) {
        const Trace trace = run(railway, form);
        CHECK(departs(trace, 1) == minutes{98});
        CHECK(arrives(trace, 2) == minutes{148});
        CHECK(delays(trace).at("y") == minutes{28});
        Millis caused{0};
        for (const LineTraffic& line : trace.lines) caused += line.caused;
        CHECK(caused == minutes{28});
    }
}

TEST_CASE("found: 2026-11-29 on double track a train behind a slower one is at a station when it may come in") {
    const Trace trace = run({{60, 60}, {true, true}, {{"x", 0, 2, -10, 10}}});
    CHECK(arrives(trace, 1) == minutes{98});
    CHECK(arrives(trace, 2) == minutes{190 + 8});
    const Trace called = run({{60, 60}, {true, true}, {{"x", 0, 2, -10, 10}}, {{1, 5}}});
    CHECK(arrives(called, 1) == minutes{98});  // and its stay begins there
    CHECK(departs(called, 1) == minutes{103});
}

TEST_CASE("found: 2026-11-29 a train that waits at its origin for others on the line is said to wait") {
    const Trace trace = run({{60, 60}, {true, true}, {{"x", 0, 2, -3, 20}}});
    CHECK(departs(trace, 0) == minutes{5});
    CHECK(arrives(trace, 0) == minutes{0});
    CHECK(trace.main().parts[TimePart::waiting_for_others] == minutes{5});
    CHECK(trace.main().parts.sum() == minutes{105});
}

TEST_CASE("found: 2026-11-29 a train that is held for long meets those that come in meanwhile") {
    // Behind a train of 5 h it comes to B at 338 min instead of 50, and is in the way of one that leaves C then.
    const Railway railway{{60, 60}, {true, false}, {{"x", 0, 1, 30, 4}, {"late", 2, 1, 300, 20}}};
    Railway held = railway;
    held.goods.push_back({"before", 0, 1, -10, 3});
    CHECK(broken_rule(held, stays(held, run(held))) == "");
    CHECK(broken_rule(railway, stays(railway, run(railway))) == "");
}

TEST_CASE("law: among trains of any timetable on double track all times are those of a simulation written from the rules") {
    holds("the same", [](std::uint32_t seed) { agrees_with_tiny(any_railway(seed, Tracks::two)); });
}

TEST_CASE("law: on single track, too") {
    holds("the same", [](std::uint32_t seed) { agrees_with_tiny(any_railway(seed, Tracks::one)); });
}

TEST_CASE("law: and where single track follows double") {
    holds("the same", [](std::uint32_t seed) { agrees_with_tiny(any_railway(seed, Tracks::mixed)); });
}

TEST_CASE("law: a railway that is cut anywhere, into districts or lines, has the times of one line") {
    holds("the same", [](std::uint32_t seed) {
        std::optional<std::size_t> cut;
        Railway railway = any_railway(seed, Tracks::mixed, &cut);
        railway.brakes = seed % 2 == 0;
        const Trace one = run(railway);
        for (const Form form : {Form::districts, Form::two_lines}) {
            if (form == Form::districts && runs_on(railway, *cut)) continue;
            const Trace other = run(railway, form, *cut);
            for (std::size_t i = 0; i <= railway.sections.size(); ++i) {
                RC_ASSERT(arrives(one, i) == arrives(other, i));
                RC_ASSERT(departs(one, i) == departs(other, i));
            }
            RC_ASSERT(one.main().parts.spent == other.main().parts.spent);
            if (railway.calls.empty() || !railway.brakes) RC_ASSERT(delays(one) == delays(other));
        }
    });
}

TEST_CASE("law: whatever the ranks, no two trains are on one single line at once, and headways are kept") {
    holds("rules", [](std::uint32_t seed) {
        std::optional<std::size_t> cut;
        Railway railway = any_railway(seed, Tracks::mixed, &cut);
        railway.brakes = seed % 2 == 0;
        railway.rank = static_cast<Rank>(seed / 2 % 3);
        railway.calls.clear();
        for (const Form form : {Form::one_line, Form::districts, Form::two_lines})
            RC_ASSERT(broken_rule(railway, stays(railway, run(railway, form, *cut))) == "");
    });
}

}  // namespace railwindow::simulation_cut_lines_test
