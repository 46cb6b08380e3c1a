// Running times on line1200 and on a 10,000 km line: the mean answer is checked first, then timed. Every iteration draws
// mass and power by its index, so that nothing can be remembered; all that depends on the train is inside the time.

#include <train/line1200.hpp>
#include <train/midpoint.hpp>

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <ctime>

using namespace railwindow;
using line1200::Effort;
using line1200::Semantics;

namespace {

/// Factor within +-5 %, by index: a Weyl sequence.
double drawn(std::uint64_t index, double step) {
    const double x = static_cast<double>(index) * step;
    return 0.95 + 0.1 * (x - static_cast<double>(static_cast<std::uint64_t>(x)));
}

Conditions conditions(std::uint64_t index) { return {.mass = drawn(index, 0.6180339887498949), .power = drawn(index, 0.7548776662466927)}; }

Movement whole(const Course& course, const Conditions& drawn_conditions) {
    return {.from = CourseOffset{}, .to = CourseOffset{course.length}, .caps = line1200::no_cap, .conditions = drawn_conditions};
}

double seconds(const Course& course, const Consist& consist, const Conditions& drawn_conditions, Workspace& workspace) {
    return std::get<Duration>(run(course, consist, whole(course, drawn_conditions), workspace)) / s;
}

/// Mean over 8 draws by midpoint integration in 1 m steps, and the processor time of one.
struct Yardstick {
    double mean = 0, seconds = 0;
};
Yardstick yardstick(const Course& course, const Consist& consist) {
    Yardstick result;
    const auto* curves = std::get_if<FullCurves>(&consist.rung);
    const auto train = [&](const Conditions& c) { return curves ? midpoint_train(consist, curves->units[0].effort, c) : midpoint_train(consist, c); };
    const std::clock_t begin = std::clock();
    for (std::uint64_t i = 0; i < 8; ++i) result.mean += *Midpoint{course, train(conditions(i))}.time(1.0) / 8;
    result.seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC / 8;
    return result;
}

void timed(benchmark::State& state, const Course& course, const Consist& consist, double tolerance) {
    Workspace workspace;
    const Yardstick reference = yardstick(course, consist);
    double mean = 0;
    for (std::uint64_t i = 0; i < 8; ++i) mean += seconds(course, consist, conditions(i), workspace) / 8;
    if (std::abs(mean - reference.mean) > tolerance) return state.SkipWithError("wrong answer");
    std::uint64_t index = 0;
    for (auto _ : state) benchmark::DoNotOptimize(seconds(course, consist, conditions(index++), workspace));
    state.counters["off_ms"] = 1000 * (mean - reference.mean);
    state.counters["midpoint_ratio"] = benchmark::Counter(reference.seconds * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
    state.counters["pieces"] = static_cast<double>(course.pieces.size());
}

/// line1200 repeated to 10,000 km and 5,000 pieces: every piece cut in pieces of 2 km, limits moved so that none merge.
Course long_course() {
    const Course once = line1200::course(Semantics::point);
    Course course;
    for (std::size_t i = 0; i < 5000; ++i) {
        CoursePiece piece = once.pieces[(i * 7) % once.pieces.size()];
        piece.begin = CourseOffset{course.length};
        course.pieces.push_back(piece);
        course.length += 2 * km;
    }
    return course;
}

void line1200_run(benchmark::State& state, Semantics semantics, Effort effort) {
    timed(state, line1200::course(semantics), line1200::consist(semantics, effort), semantics == Semantics::strip ? 0.1 : 0.05);
}

BENCHMARK_CAPTURE(line1200_run, point, Semantics::point, Effort::hyperbola)->Name("train/line1200/point")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(line1200_run, strip, Semantics::strip, Effort::hyperbola)->Name("train/line1200/strip")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(line1200_run, flat, Semantics::flat, Effort::hyperbola)->Name("train/line1200/flat")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(line1200_run, point_table, Semantics::point, Effort::table)->Name("train/line1200_curves/point")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(line1200_run, strip_table, Semantics::strip, Effort::table)->Name("train/line1200_curves/strip")->Unit(benchmark::kMicrosecond);

void long_run(benchmark::State& state) { timed(state, long_course(), line1200::consist(Semantics::strip, Effort::hyperbola), 1.0); }
BENCHMARK(long_run)->Name("train/line10000/strip")->Unit(benchmark::kMicrosecond);

}  // namespace
