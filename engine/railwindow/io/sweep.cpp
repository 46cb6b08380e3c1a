#include <railwindow/io/sweep.hpp>

#include <railwindow/core/clock.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/io/quantity_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace railwindow {
namespace {

[[noreturn]] void fail(std::string_view path, std::string what, std::string remedy) {
    throw InputError{Finding{{fmt::format("--sweep {}", path), 0, 0}, {}, std::move(what), std::move(remedy), Severity::error}};
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

std::vector<std::string> listed_values(std::string_view path, std::string_view text) {
    std::vector<std::string> values;
    int depth = 0;
    char quote = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const char c = i < text.size() ? text[i] : ',';
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '[' || c == '{') {
            ++depth;
        } else if (c == ']' || c == '}') {
            --depth;
        } else if (c == ',' && (depth == 0 || i == text.size())) {
            values.emplace_back(trimmed(text.substr(begin, i - begin)));
            if (values.back().empty()) fail(path, "a value is missing", "write path=a,b,c");
            begin = i + 1;
        }
    }
    return values;
}

// `a..b/step`; the step begins with a digit, which the `/h` of km/h does not.
struct SteppedRange {
    std::string_view first, last, step;
};

std::optional<SteppedRange> range_of(std::string_view text) {
    const std::size_t dots = text.find("..");
    if (dots == std::string_view::npos || text.find_first_of("[{\"',") != std::string_view::npos) return {};
    for (std::size_t slash = text.find('/', dots); slash != std::string_view::npos; slash = text.find('/', slash + 1)) {
        const std::string_view step = trimmed(text.substr(slash + 1));
        if (!step.empty() && (std::isdigit(static_cast<unsigned char>(step.front())) || step.front() == '-' || step.front() == '.'))
            return SteppedRange{trimmed(text.substr(0, dots)), trimmed(text.substr(dots + 2, slash - dots - 2)), step};
    }
    return SteppedRange{trimmed(text.substr(0, dots)), trimmed(text.substr(dots + 2)), {}};
}

// A number and what stands behind it.
struct Amount {
    double number;
    std::string_view unit;
};

std::optional<Amount> amount_of(std::string_view text) {
    Amount amount{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount.number);
    if (error != std::errc{} || !std::isfinite(amount.number)) return {};
    amount.unit = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
    return amount;
}

// Ends and step of a range in different units of one kind, in those of the step: `0 min..3 h/1 h`.
struct Amounts {
    double first, last, step;
    std::string_view unit;
};

std::optional<Amounts> in_unit_of_step(const SteppedRange& range) {
    const auto step = amount_of(range.step);
    if (!step || step->unit.find(' ') != std::string_view::npos) return {};
    const auto in_its_unit = [&](const QuantityKind& kind) -> std::optional<Amounts> {
        const auto first = parse_quantity(range.first, kind), last = parse_quantity(range.last, kind);
        const auto unit = std::find_if(kind.units.begin(), kind.units.end(), [&](const Unit& u) { return u.name == step->unit; });
        if (unit == kind.units.end() || !std::holds_alternative<double>(first) || !std::holds_alternative<double>(last)) return {};
        return Amounts{std::get<double>(first) / unit->si, std::get<double>(last) / unit->si, step->number, step->unit};
    };
    for (const QuantityKind* kind : {&quantity_kind<Duration>(), &quantity_kind<Length>(), &quantity_kind<Speed>(), &quantity_kind<Mass>(),
                                     &quantity_kind<Force>(), &quantity_kind<Power>(), &quantity_kind<Gradient>()})
        if (const auto amounts = in_its_unit(*kind)) return amounts;
    return {};
}

// How many values lie on the way from 0 to `distance` in steps of `step`, both ends included.
std::size_t count_of(std::string_view path, double distance, double step) {
    if (step == 0 || distance / step < 0) fail(path, "the step does not lead from the first value to the last", "change its sign, or swap the ends");
    const double count = std::floor(distance / step + 1e-9) + 1;
    if (count > static_cast<double>(most_swept))
        fail(path, fmt::format("{:.0f} values are too many", count), fmt::format("ask for at most {}", most_swept));
    return static_cast<std::size_t>(count);
}

std::vector<std::string> times_between(std::string_view path, const LocalTime& first, const LocalTime& last, std::string_view step_text) {
    using namespace std::chrono;
    const auto minutes_of = [](const LocalTime& t) {
        const sys_days day = year{t.year} / t.month / t.day;
        return day + hours{t.hour} + minutes{t.minute};
    };
    const auto step = parse_quantity(step_text, quantity_kind<Duration>());
    if (const auto* error = std::get_if<QuantityError>(&step)) fail(path, error->what, "write a step such as 30 min behind the slash");
    const auto step_minutes = std::llround(std::get<double>(step) / 60);
    const auto begin = minutes_of(first);
    std::vector<std::string> values;
    const std::size_t count = count_of(path, static_cast<double>((minutes_of(last) - begin).count()), static_cast<double>(step_minutes));
    for (std::size_t i = 0; i < count; ++i) {
        const auto at = begin + minutes{step_minutes * static_cast<std::int64_t>(i)};
        const year_month_day day{floor<days>(at)};
        const auto of_day = (at - floor<days>(at)).count();
        values.push_back(fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                                     static_cast<unsigned>(day.day()), of_day / 60, of_day % 60));
    }
    return values;
}

std::vector<std::string> range_values(std::string_view path, const SteppedRange& range) {
    if (range.step.empty()) fail(path, "the range has no step", "write path=a..b/step");
    const auto first_time = parse_time(range.first), last_time = parse_time(range.last);
    const auto *begin = std::get_if<WrittenTime>(&first_time), *end = std::get_if<WrittenTime>(&last_time);
    if (begin && end && !begin->utc_offset && !end->utc_offset) return times_between(path, begin->local, end->local, range.step);
    const auto first = amount_of(range.first), last = amount_of(range.last), step = amount_of(range.step);
    const auto fits = [&](const Amount& amount) { return amount.unit.empty() || amount.unit == last->unit; };
    std::optional<Amounts> amounts;
    if (first && last && step && fits(*first) && fits(*step))
        amounts = Amounts{first->number, last->number, step->number, last->unit};
    else
        amounts = in_unit_of_step(range);
    if (!amounts)
        fail(path, fmt::format("'{}..{}/{}' is no range", range.first, range.last, range.step),
             "write numbers, quantities (30..90 min/15 min, 0 min..3 h/1 h) or local times (2019-04-23 18:00..2019-04-23 22:00/1 h)");
    std::vector<std::string> values;
    const std::size_t count = count_of(path, amounts->last - amounts->first, amounts->step);
    for (std::size_t i = 0; i < count; ++i) {
        const double value = amounts->first + static_cast<double>(i) * amounts->step;
        const bool zero = i > 0 && std::abs(value) < 1e-9 * std::abs(amounts->step);  // but for rounding
        values.push_back(fmt::format("{:.10g}{}{}", zero ? 0.0 : value, amounts->unit.empty() ? "" : " ", amounts->unit));
    }
    return values;
}

}  // namespace

Sweep parse_sweep(std::string_view text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0) fail(text, "there is no '='", "write path.to.key=a,b,c or path.to.key=a..b/step");
    const std::string_view path = text.substr(0, equals), values = text.substr(equals + 1);
    const auto range = range_of(values);
    return {std::string{path}, range ? range_values(path, *range) : listed_values(path, values)};
}

std::vector<std::vector<std::string>> grid(const std::vector<Sweep>& sweeps) {
    std::vector<std::vector<std::string>> points{{}};
    for (const Sweep& sweep : sweeps) {
        if (std::count_if(sweeps.begin(), sweeps.end(), [&](const Sweep& other) { return other.path == sweep.path; }) > 1)
            fail(sweep.path, "it is swept twice", "put all its values into one --sweep");
        if (points.size() * sweep.values.size() > most_swept)
            fail(sweep.path, "the grid has too many points", fmt::format("ask for at most {} in all", most_swept));
        std::vector<std::vector<std::string>> more;
        for (const auto& point : points)
            for (const std::string& value : sweep.values) {
                more.push_back(point);
                more.back().push_back(sweep.path + "=" + value);
            }
        points = std::move(more);
    }
    return points;
}

}  // namespace railwindow
