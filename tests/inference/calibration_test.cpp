// Simulated calibration: journeys of the model itself, reported with noise; the truth must lie anywhere in its posterior with equal probability.
// Source: Talts, Betancourt, Simpson, Vehtari, Gelman (2018), arXiv 1804.06788.

#include "two_legs.hpp"

#include <railwindow/core/error.hpp>
#include <railwindow/simulation/simulate.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>

namespace inference_calibration_test {

using namespace railwindow;
using namespace two_legs;

namespace {

constexpr std::size_t bins = 10;
constexpr double noticed = 0.6;

Uncertain<Duration> minutes(double low, double high) { return Uncertain<Duration>{Law{Uniform{60 * low, 60 * high}}}; }

// Pace and speed shared by the journey, noise by section, stays, and two destinations.
Scenario uncertain_journey() {
    Scenario scenario = railway({{name_of("C"), 0.6}, {name_of("D"), 0.4}});
    scenario.practice[0].section_noise.value = 0.05;
    scenario.practice[0].stops = {{name_of("B"), StopActivity::water, minutes(0, 90), {}}};
    scenario.train.journey_pace.value = Uncertain<double>{Law{Normal{0, 0.1}}};
    for (LineSheet& line : scenario.networks[0].lines)
        line.track.operating_speed = Sourced<Uncertain<Speed>>{Uncertain<Speed>{Law{Uniform{40 / 3.6, 60 / 3.6}}}, {}};
    return scenario;
}

WrittenTime written(Instant time) { return {TimeZone::find("UTC")->local_at(time), {}}; }

// A report of one time between two that are `width` apart, anywhere around it; with probability 1 - r of any time of twelve hours instead.
ObservedSheet reported(const std::string& station, ObservedEvent event, Instant truth, Millis width, double r, const Noise& noise) {
    const auto drawn = [&](const char* what) { return noise.uniform({what, station, ""}); };
    const std::chrono::seconds shift{std::llround(drawn("shift") * to_duration(width) / s)};
    Instant low = std::chrono::floor<std::chrono::seconds>(truth) - shift;
    const auto start = std::get<Instant>(instant_of(at(0).value, *TimeZone::find("UTC")));
    if (drawn("wrong") > r) low = start + std::chrono::seconds{std::llround(drawn("anywhere") * 12 * 3600)};
    ObservedSheet seen = report(station, event);
    seen.between = {{Written<WrittenTime>{written(low), {}}, Written<WrittenTime>{written(low + width), {}}}};
    if (r < 1) seen.reliability = r;
    return seen;
}

struct Calibration {
    std::array<int, bins> ranks{};
    double surprise = 0, variance = 0;  // of the destination: sum of (seen - probability), and of p (1 - p)
    double brier = 0, brier_before = 0;
    int journeys = 0, refused = 0;

    double chi_square() const {
        const double expected = static_cast<double>(journeys) / bins;
        double sum = 0;
        for (const int count : ranks) sum += (count - expected) * (count - expected) / expected;
        return sum;
    }
};

// `late`: by how much the reports are told later than the likelihood believes.
Calibration calibrate(int journeys, std::uint64_t runs, Millis late) {
    const Scenario scenario = uncertain_journey();
    const Model model = build(scenario);
    Calibration result;
    for (int journey = 0; journey < journeys; ++journey) {
        // Numbers in a row would share the destinations out in turn.
        const double anywhere = Noise{978, static_cast<std::uint64_t>(journey)}.uniform({"journey", "", ""});
        const Noise noise{977, (std::uint64_t{1} << 50) + static_cast<std::uint64_t>(anywhere * 0x1p40)};
        const Trace truth = simulate(model, noise);
        const std::vector<VisitTimes>& visits = truth.main().visits;
        Scenario seen = scenario;
        seen.observed = {reported("B", ObservedEvent::arrive, visits[1].arrive + late, std::chrono::minutes{40}, 0.9, noise),
                         reported("B", ObservedEvent::depart, visits[1].depart + late, std::chrono::minutes{30}, 0.9, noise)};
        const bool to_c = truth.alternative == 0;
        if (journey % 2 == 0) {  // the way to C is watched: who notices the train there tells when
            ObservedSheet watched = report("C", ObservedEvent::pass);
            const Instant halfway = visits[1].depart + (visits[2].arrive - visits[1].depart) / 2;
            if (to_c && noise.uniform({"noticed", "", ""}) < noticed)
                watched = reported("C", ObservedEvent::pass, halfway + late, std::chrono::minutes{30}, 1, noise);
            else
                watched.not_seen = WatchSheet{{}, {{LocalTime{2020, 1, 2, 0, 0, 0}, {}}, {}}, noticed};
            watched.before = 30 * km;
            seen.observed.push_back(watched);
        }
        InferOptions options;
        options.runs = runs;
        options.most_runs = 16 * runs;
        options.seed = 5 + static_cast<std::uint64_t>(journey);
        options.quantiles.clear();
        for (std::size_t i = 1; i < bins; ++i) options.quantiles.push_back(static_cast<double>(i) / bins);
        Inference inference;
        try {
            inference = infer(build(seen), options);
        } catch (const Infeasible&) {  // as good as a truth beyond every quantile
            ++result.ranks.back(), ++result.journeys, ++result.refused;
            continue;
        }
        for (const DestinationWindow& destination : inference.destinations) {
            if (inference.odds[*destination.odds].value != (to_c ? "C" : "D")) continue;
            std::size_t rank = 0;
            for (const Quantile& quantile : destination.window.after) rank += visits.back().arrive.time_since_epoch() > quantile.value;
            ++result.ranks[rank];
        }
        const double p = inference.odds[0].after.value;
        result.surprise += (to_c ? 1 : 0) - p;
        result.variance += p * (1 - p);
        result.brier += ((to_c ? 1 : 0) - p) * ((to_c ? 1 : 0) - p);
        result.brier_before += ((to_c ? 1 : 0) - 0.6) * ((to_c ? 1 : 0) - 0.6);
        ++result.journeys;
    }
    return result;
}

// The law of chi square with nine degrees of freedom has mean 9 and standard deviation 4.24; four of them above lie at 26.
constexpr double chi_square_limit = 9 + 4 * 4.2426;

}  // namespace

TEST_CASE("stat: the truth lies anywhere in its posterior, and a likelihood that is wrong shows") {
    const Calibration right = calibrate(40, 4096, Millis{0});
    INFO("chi square " << right.chi_square());
    CHECK(right.chi_square() < chi_square_limit);
    CHECK(std::abs(right.surprise) < 4 * std::sqrt(right.variance));
    const Calibration wrong = calibrate(40, 4096, std::chrono::minutes{45});
    INFO("chi square of the wrong likelihood " << wrong.chi_square());
    CHECK(wrong.chi_square() > chi_square_limit);
}

TEST_CASE("stat: of 500 journeys the truth lies anywhere in its posterior and destinations are as probable as they are told" *
          doctest::test_suite("slow")) {
    const Calibration right = calibrate(500, 4096, Millis{0});
    INFO("chi square " << right.chi_square() << ", surprise " << right.surprise << " of " << std::sqrt(right.variance));
    CHECK(right.chi_square() < chi_square_limit);
    CHECK(std::abs(right.surprise) < 4 * std::sqrt(right.variance));
    CHECK(right.brier < 0.9 * right.brier_before);
    CHECK(right.refused == 0);
    const Calibration wrong = calibrate(250, 4096, std::chrono::minutes{15});
    INFO("chi square of a likelihood that is a quarter of an hour off " << wrong.chi_square());
    CHECK(wrong.chi_square() > chi_square_limit);
}

}  // namespace inference_calibration_test
