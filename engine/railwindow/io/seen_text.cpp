#include <railwindow/io/seen_text.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/inference/place_on_way.hpp>
#include <railwindow/io/quantity_text.hpp>
#include <railwindow/simulation/model.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <sstream>
#include <vector>

namespace railwindow {
namespace {

constexpr std::string_view pattern =
    "write it like 'razdolnaya-bridge pass 2023-09-12 12:10..12:25', 'baranovsky before 4 km pass 2023-09-12 12:15', or 'khasan not-seen "
    "..2023-09-12 "
    "05:00 noticed 0.8'";
constexpr std::array<std::string_view, 10> words{"before", "behind",  "towards",  "train", "reliability",
                                                 "known",  "noticed", "not-seen", "visit", "after"};

class SeenParser {
public:
    SeenParser(std::string_view text, std::string_view option) : text_{text}, place_{std::string{option}, 0, 0} {
        std::istringstream in{text_};
        for (std::string token; in >> token;) tokens_.push_back(token);
    }

    SeenText parse() {
        report().place = place_;
        report().source = place_.file == "--seen" ? "given on the command line" : "given as " + place_.file;
        if (tokens_.empty()) fail("nothing is said");
        parse_place();
        while (next_ < tokens_.size()) parse_part();
        if (!has_time_) fail("no time is given");
        if (!has_event_) report().event = ObservedEvent::seen;
        if (noticed_ && !report().not_seen) fail("'noticed' without 'not-seen'");
        if (report().not_seen && !noticed_) fail("'not-seen' without 'noticed': how likely would the train have been noticed?");
        if (report().not_seen) report().not_seen->noticed = *noticed_;
        return std::move(result_);
    }

private:
    ObservedSheet& report() { return result_.report; }
    [[noreturn]] void fail(const std::string& what) const {
        throw InputError{Finding{place_, "'" + text_ + "'", what, std::string{pattern}, Severity::error}};
    }
    const std::string& take() {
        if (next_ == tokens_.size()) fail("something is missing at the end");
        return tokens_[next_++];
    }

    // A degree such as 43.66N.
    static std::optional<double> degrees(const std::string& token, char plus, char minus) {
        char* end = nullptr;
        const double value = std::strtod(token.c_str(), &end);
        if (end == token.c_str() || (*end != plus && *end != minus) || end[1] != '\0') return {};
        return *end == plus ? value : -value;
    }

    void parse_place() {
        const std::string& first = take();
        if (const auto latitude = degrees(first, 'N', 'S')) {
            const auto longitude = degrees(take(), 'E', 'W');
            if (!longitude) fail("a latitude without a longitude, such as 131.93E");
            result_.position = GeoPosition{*latitude, *longitude};
        } else {
            std::string name = first;  // of several words, as people write it
            while (next_ < tokens_.size() && !is_word(tokens_[next_]) && tokens_[next_].find_first_of("0123456789") == std::string::npos)
                name += ' ' + take();
            report().at = {name, place_};
        }
    }

    void parse_part() {
        const std::string token = take();
        constexpr std::array<std::pair<std::string_view, ObservedEvent>, 4> events{
            {{"arrive", ObservedEvent::arrive}, {"depart", ObservedEvent::depart}, {"pass", ObservedEvent::pass}, {"seen", ObservedEvent::seen}}};
        for (const auto& [word, event] : events)
            if (token == word) return report().event = event, has_event_ = true, void();
        if (token == "before") return void(report().before = length());
        if (token == "behind") return void(report().behind = length());
        if (token == "after") return void(report().which.after = Name{take(), place_});
        if (token == "visit") {
            const std::string& count = take();
            if (count.empty() || count.size() > 3 || count.find_first_not_of("0123456789") != std::string::npos || std::stoi(count) == 0)
                fail("'" + count + "' is no number of a visit, such as 2");
            return void(report().which.visit = std::stoi(count));
        }
        if (token == "towards") return void(report().towards = Name{take(), place_});
        if (token == "train") return void(report().train = Name{take(), place_});
        if (token == "noticed") return void(noticed_ = share(0, 1));
        if (token == "known") return void(report().known_at = time(take() + ' ' + take()));
        if (token == "not-seen") {
            report().not_seen = WatchSheet{};
            has_event_ = true;
            return;
        }
        if (token == "reliability") {
            report().reliability = share(0, 1);
            if (!(*report().reliability > 0 && *report().reliability < 1)) fail("a reliability lies above 0 and below 1");
            return;
        }
        if (token.find(':') == std::string::npos && token.find('-') == std::string::npos && token.find("..") == std::string::npos)
            fail("what is '" + token + "'?");
        parse_time(token);
    }

    Length length() {
        std::string text = take();
        if (text.find_first_not_of("0123456789.") == std::string::npos) text += ' ' + take();
        const auto value = parse_quantity(text, quantity_kind<Length>());
        if (const auto* error = std::get_if<QuantityError>(&value)) fail(error->what);
        if (std::get<double>(value) < 0) fail("a length must not be negative");
        return std::get<double>(value) * m;
    }

    double share(double low, double high) {
        const std::string& token = take();
        char* end = nullptr;
        const double value = std::strtod(token.c_str(), &end);
        if (end == token.c_str() || *end != '\0' || !(value >= low && value <= high)) fail("'" + token + "' is no probability");
        return value;
    }

    Written<WrittenTime> time(const std::string& text) const {
        const auto found = railwindow::parse_time(text);
        if (const auto* error = std::get_if<TimeError>(&found))
            throw InputError{Finding{place_, "'" + text_ + "'", error->what, error->remedy, Severity::error}};
        return {std::get<WrittenTime>(found), place_};
    }

    static bool is_word(const std::string& token) {
        return std::find(words.begin(), words.end(), token) != words.end() || token == "arrive" || token == "depart" || token == "pass" ||
               token == "seen";
    }

    // All that belongs to the time: up to the next word.
    void parse_time(std::string text) {
        while (next_ < tokens_.size() && !is_word(tokens_[next_])) text += ' ' + take();
        const std::size_t dots = text.find("..");
        std::string from = dots == std::string::npos ? text : text.substr(0, dots), to = dots == std::string::npos ? text : text.substr(dots + 2);
        if (from.empty() && to.empty()) fail("no time is given");
        if (to.size() == 5 && to[2] == ':' && from.size() >= 11) to = from.substr(0, 11) + to;  // 12:25, of the day of `from`
        if (has_time_) fail("two times are given");
        has_time_ = true;
        if (report().not_seen) {
            if (to.empty()) fail("a watch that never ends");
            if (!from.empty() && dots != std::string::npos) report().not_seen->from = time(from);
            report().not_seen->until = time(to);
        } else if (from.empty()) {
            report().not_after = time(to);
        } else if (to.empty()) {
            report().not_before = time(from);
        } else if (dots == std::string::npos) {
            report().between = std::vector{shifted(time(from), -about), shifted(time(from), about)};
        } else {
            report().between = std::vector{time(from), time(to)};
        }
    }

    // Who names one time has looked at a clock and rounded; judgement.
    static constexpr std::chrono::minutes about{5};

    static Written<WrittenTime> shifted(Written<WrittenTime> time, std::chrono::minutes by) {
        LocalTime& t = time.value.local;
        const std::chrono::sys_days day =
            std::chrono::year{t.year} / std::chrono::month{static_cast<unsigned>(t.month)} / std::chrono::day{static_cast<unsigned>(t.day)};
        const auto moved = day + std::chrono::hours{t.hour} + std::chrono::minutes{t.minute} + std::chrono::seconds{t.second} + by;
        const auto midnight = std::chrono::floor<std::chrono::days>(moved);
        const std::chrono::year_month_day date{midnight};
        const auto seconds = static_cast<int>((moved - midnight).count());
        t = {static_cast<int>(date.year()),
             static_cast<int>(static_cast<unsigned>(date.month())),
             static_cast<int>(static_cast<unsigned>(date.day())),
             seconds / 3600,
             seconds / 60 % 60,
             seconds % 60};
        return time;
    }

    std::string text_;
    Place place_;
    std::vector<std::string> tokens_;
    std::size_t next_ = 0;
    bool has_time_ = false, has_event_ = false;
    std::optional<double> noticed_;
    SeenText result_;
};

// The earliest time that a report names, on the clocks that it is written in.
LocalTime earliest_named(const ObservedSheet& seen) {
    if (seen.between && !seen.between->empty()) return seen.between->front().value.local;
    for (const auto* time : {&seen.not_before, &seen.not_after, &seen.time})
        if (*time) return (*time)->value.local;
    return seen.not_seen ? seen.not_seen->until.value.local : LocalTime{};
}

}  // namespace

SeenText parse_seen(std::string_view text, std::string_view option) { return SeenParser{text, option}.parse(); }

Scenario with_sightings(Scenario scenario, const std::vector<std::string>& seen, std::string_view option) {
    std::optional<Model> unseen;  // the ways alone: what was seen before must not decide where a position is
    for (const std::string& text : seen) {
        SeenText parsed = parse_seen(text, option);
        if (parsed.position) {
            if (!unseen) {
                Scenario without = scenario;
                without.observed.clear();
                unseen = build(without);
            }
            const PlaceOnWay place = place_on_way(*unseen, *parsed.position, std::string{option});
            parsed.report.at = {place.station, parsed.report.place};
            if (place.before > 0 * m) parsed.report.before = place.before;
        }
        // Reports of a place that the way comes to twice belong to its visits in their order.
        const LocalTime first = earliest_named(parsed.report);
        const auto later = std::find_if(scenario.observed.begin(), scenario.observed.end(),
                                        [&](const ObservedSheet& other) { return earliest_named(other) > first; });
        scenario.observed.insert(later, std::move(parsed.report));
    }
    return scenario;
}

}  // namespace railwindow
