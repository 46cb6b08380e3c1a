// Order statistics by counting are those of sorting, whatever the values; and runs that tell of a quantile are those nearest to it.

#include <railwindow/core/bytes.hpp>
#include <railwindow/estimate/ranked.hpp>
#include <railwindow/estimate/time_parts.hpp>
#include <railwindow/simulation/model.hpp>
#include <support/drawn.hpp>
#include <support/properties.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace estimate_ranked_test {

using namespace railwindow;

namespace {

Measure arrivals_at_first() {
    return by_row([](const Samples& in, std::uint64_t row) { return in.points[0].arrive[row]; });
}

Samples samples_of(std::vector<std::int64_t> values) {
    Samples samples;
    samples.runs = values.size();
    samples.points.resize(1);
    samples.points[0].arrive = std::move(values);
    return samples;
}

// Few different values, many, and such as lie as far apart as journeys can.
std::vector<std::int64_t> some_values() {
    const std::int64_t widest = *rc::gen::element<std::int64_t>(1, 3, 1000, 90'000'000, 15'000'000'000'000);
    const int count = *rc::gen::inRange(0, 9000);
    const auto seed = *rc::gen::arbitrary<std::uint32_t>();
    std::vector<std::int64_t> values;
    std::uint64_t state = seed | 1u;
    for (int i = 0; i < count; ++i) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        const auto value = static_cast<std::int64_t>((state >> 11) % static_cast<std::uint64_t>(widest)) - widest / 2;
        values.push_back(i % 7 == 3 ? PointSamples::never : value);
    }
    return values;
}

std::vector<std::int64_t> sorted_without_never(std::vector<std::int64_t> values) {
    std::erase(values, PointSamples::never);
    std::sort(values.begin(), values.end());
    return values;
}

// Gives fewer rows when it is read again.
class Restless : public RunSource {
public:
    Restless() : RunSource{1000, 1} {}
    void read(unsigned, const std::function<RowReader()>& make_reader) const override {
        std::vector<std::int64_t> values;
        for (int i = 0; i < (read_ == 0 ? 1000 : 10); ++i) values.push_back(i * 1000);
        ++read_;
        const Samples samples = samples_of(values);
        make_reader()({samples, 0, samples.runs, 0});
    }
    Samples counts() const override { return {}; }

private:
    mutable int read_ = 0;
};

}  // namespace

TEST_CASE("law: values at places are those of the sorted values, whatever the values and threads") {
    holds("ranked", [] {
        const std::vector<std::int64_t> values = some_values();
        const std::vector<std::int64_t> sorted = sorted_without_never(values);
        std::vector<std::uint64_t> places;
        if (!sorted.empty())
            for (int i = *rc::gen::inRange(0, 40); i > 0; --i) places.push_back(*rc::gen::inRange<std::uint64_t>(0, sorted.size()));
        const Samples samples = samples_of(values);
        const RankRequest request{arrivals_at_first(), [&](std::uint64_t) { return places; }};
        const std::vector<Ranked> found = ranked(RunsInMemory{samples}, {request, {arrivals_at_first(), {}}}, *rc::gen::inRange(1u, 4u));
        RC_ASSERT(found.size() == 2u);
        RC_ASSERT(found[0].count == sorted.size());
        RC_ASSERT(found[1].count == sorted.size());
        for (const std::uint64_t place : places) RC_ASSERT(found[0].value.at(place) == sorted[place]);
    });
}

TEST_CASE("law: quantiles and their errors are those of the sorted values") {
    holds("quantile_request", [] {
        const std::vector<std::int64_t> values = some_values();
        std::vector<Millis> sorted;
        for (const std::int64_t value : sorted_without_never(values)) sorted.emplace_back(value);
        std::vector<double> ps;
        for (const int p : *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 1000))) ps.push_back(p / 1000.0);
        const Samples samples = samples_of(values);
        const Ranked answer = ranked(RunsInMemory{samples}, {quantile_request(arrivals_at_first(), ps)}, 2).front();
        const std::vector<Quantile> found = quantiles_of(answer, ps);
        RC_ASSERT(found.size() == (sorted.empty() ? 0 : ps.size()));
        for (std::size_t i = 0; i < found.size(); ++i) {
            const Quantile wanted = quantile_of(sorted, ps[i]);
            RC_ASSERT(found[i].value == wanted.value);
            RC_ASSERT(found[i].error == wanted.error);
        }
    });
}

TEST_CASE("law: cells, sums and sorted values are those of the plain calculation") {
    holds("counted", [] {
        const std::vector<std::int64_t> values = some_values();
        const std::vector<std::int64_t> sorted = sorted_without_never(values);
        const Samples samples = samples_of(values);
        const RunsInMemory runs{samples};
        const std::int64_t low = -400, high = low + *rc::gen::inRange<std::int64_t>(1, 3000);
        const std::vector<std::uint64_t> cells = counted(runs, {{arrivals_at_first(), low, high, 7}}, 2).front();
        std::vector<std::uint64_t> wanted(7);
        double sum = 0;
        for (const std::int64_t value : sorted) {
            sum += static_cast<double>(value);
            if (value >= low && value < high) ++wanted[static_cast<std::size_t>((value - low) * 7 / (high - low))];
        }
        RC_ASSERT(cells == wanted);
        RC_ASSERT(std::abs(summed(runs, {arrivals_at_first()}, 2).front() - sum) <= 1e-12 * 9000 * 7.5e12);
        const std::vector<Millis> all = sorted_values(runs, arrivals_at_first(), 2);
        RC_ASSERT(all.size() == sorted.size());
        for (std::size_t i = 0; i < all.size(); ++i) RC_ASSERT(all[i].count() == sorted[i]);
    });
}

TEST_CASE("fail: runs that are others when they are read again are no crash") {
    const RankRequest request{arrivals_at_first(), [](std::uint64_t) { return std::vector<std::uint64_t>{500}; }};
    CHECK_THROWS_AS(ranked(Restless{}, {request}, 1), BrokenBytes);
}

TEST_CASE("law: the runs that tell of a quantile are those nearest to it in the order of arrival and number, ties and all") {
    const Model model = build(drawn("A --30km,60-- B"));
    holds("time_parts_of", [&] {
        // Few different times, so that many runs are equally near; the part of a run tells its number.
        const std::uint64_t count = *rc::gen::inRange<std::uint64_t>(1, 700);
        const std::int64_t widest = *rc::gen::element<std::int64_t>(1, 2, 5, 40, 100'000);
        Samples samples = sized(model, 1, count);
        std::uint64_t state = *rc::gen::arbitrary<std::uint32_t>() | 1u;
        struct Arrival {
            std::int64_t at;
            std::uint64_t run;
            auto operator<=>(const Arrival&) const = default;
        };
        std::vector<Arrival> sorted;
        for (std::uint64_t run = 0; run < count; ++run) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            samples.parts[run].spent[0] = Millis{static_cast<std::int64_t>(run * run)};
            if (run % 5 == 4) continue;  // does not arrive
            const auto at = static_cast<std::int64_t>((state >> 20) % static_cast<std::uint64_t>(widest));
            for (PointSamples& point : samples.points) point.arrive[run] = point.depart[run] = at, point.moving[run] = 0;
            sorted.push_back({at, run});
        }
        std::sort(sorted.begin(), sorted.end());
        const std::vector<double> ps{0.01, 0.3, 0.5, 0.95};
        const std::vector<TimePartsEstimate> found = time_parts_of(model, RunsInMemory{samples}, ps);
        RC_ASSERT(found.size() == (sorted.empty() ? 0 : 1 + ps.size()));
        for (std::size_t i = 0; i < ps.size() && !sorted.empty(); ++i) {
            const double n = static_cast<double>(sorted.size());
            const auto place = static_cast<std::size_t>(std::clamp(std::ceil(ps[i] * n - 1e-9), 1.0, n)) - 1;
            std::size_t first = place, last = place + 1;  // one after the other, the nearer one, and of two equally near ones the earlier
            while (last - first < (sorted.size() + 99) / 100) {
                const bool earlier =
                    last == sorted.size() || (first > 0 && sorted[place].at - sorted[first - 1].at <= sorted[last].at - sorted[place].at);
                earlier ? --first : ++last;
            }
            double sum = 0;
            for (std::size_t k = first; k < last; ++k) sum += static_cast<double>(sorted[k].run * sorted[k].run);
            RC_ASSERT(found[i + 1].runs == last - first);
            RC_ASSERT(std::abs(found[i + 1].mean_seconds[0] - sum / 1000 / static_cast<double>(last - first)) < 1e-9 * (1 + sum));
        }
    });
}

}  // namespace estimate_ranked_test
