#pragma once
// Every locomotive with every number of cars on every even grade: from a stand or at speed, to a stand or past at 10 km/h.

#include <train/in_time.hpp>

#include <railwindow/train/run.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace railwindow {

/// One locomotive and the cars behind it.
struct GridTrain {
    std::string name;
    Vehicle locomotive, car;
};

/// How far apart the grid's values are: each takes every so many of the whole grid's, from `first` on.
struct GridStep {
    int cars = 1, grades = 1, lengths = 1, first = 0;
};

struct GridResult {
    int cases = 0, stalled = 0, bad = 0;
    int touchy = 0;    ///< that come so near to a stand before their end that a ten-thousandth of the way more or less tells
    double worst = 0;  ///< share of the time by which one of the rest is off
    std::vector<std::string> examples;
};

/// The same unit by its effort at every whole km/h.
inline TractionUnit by_table(const TractionUnit& unit, Speed limit) {
    TractionUnit table;
    for (int v = 0; v * km / h < limit + 1 * km / h; ++v)
        table.effort.push_back({v * km / h, from_si<Force>(in_time::effort_of(unit, Rating::maximum, {}, to_si(v * km / h)).force)});
    return table;
}

namespace grid {
inline constexpr std::array lengths{3.0, 4.0, 5.5, 6.0, 8.0, 10.0, 20.0, 40.0};  // km
inline constexpr int fewest = 8, most = 40, between = 4;                         // cars
inline constexpr int steepest = 34;                                              // permille
inline constexpr double bar = 2e-4;                                              // of the time
}  // namespace grid

/// One case: the kernel and the reference; adds what is wrong to `result`.
inline void compare_on_grade(const std::string& name, const Consist& consist, const in_time::Train& train, double permille, double km, double v,
                             double v_end, Workspace& workspace, GridResult& result) {
    Course course;
    course.length = from_si<Length>(1000 * km);
    course.pieces.push_back({.begin = CourseOffset{}, .limit = from_si<Speed>(100 / 3.6), .gradient = 0.001 * permille});
    const std::array caps{from_si<Speed>(1000.0)};
    const Movement movement{.from = CourseOffset{},
                            .to = CourseOffset{course.length},
                            .initial_speed = from_si<Speed>(v),
                            .final_speed = from_si<Speed>(v_end),
                            .caps = caps};
    const in_time::Arrival right = in_time::Journey{course, train}.run(v, v_end);
    std::string is;
    double time = 0, share = 1;
    bool stalls = false;
    try {
        const RunOutcome outcome = run(course, consist, movement, workspace);
        stalls = std::holds_alternative<Stall>(outcome);
        time = to_si(stalls ? std::get<Stall>(outcome).time : std::get<Duration>(outcome));
        is = std::to_string(time) + (stalls ? " s, stalled at " + std::to_string(to_si(std::get<Stall>(outcome).at.from_begin())) + " m" : " s");
        share = std::abs(time - right.time) / std::max(right.time, 1.0);
    } catch (const std::logic_error& error) {
        is = error.what();
    }
    ++result.cases;
    result.stalled += right.stalled;
    if (stalls == right.stalled && !(share <= grid::bar)) {
        Course longer = course;
        longer.length = 1.0001 * course.length;
        if (std::abs(time - right.time) <= std::abs(in_time::Journey{longer, train}.run(v, v_end).time - right.time)) return void(++result.touchy);
    }
    if (stalls == right.stalled) result.worst = std::max(result.worst, share);
    if (stalls == right.stalled && share <= grid::bar) return;
    if (++result.bad <= 400)
        result.examples.push_back(name + ", " + std::to_string(permille) + " permille, " + std::to_string(km) + " km, from " +
                                  std::to_string(3.6 * v) + " to " + std::to_string(3.6 * v_end) + " km/h: " + is + ", right is " +
                                  std::to_string(right.time) + (right.stalled ? " s, stalled at " + std::to_string(right.at) + " m" : " s"));
}

/// The part of the grid that `step` says.
inline GridResult compared_on_grid(const std::vector<GridTrain>& trains, const GridStep& step) {
    GridResult result;
    Workspace workspace;
    int turn = step.first;
    for (const GridTrain& each : trains)
        for (const bool table : {false, true})
            for (int cars = grid::fewest + grid::between * (turn++ % step.cars); cars <= grid::most; cars += grid::between * step.cars) {
                Vehicle locomotive = each.locomotive, car = each.car;
                car.count = cars;
                if (table) locomotive.unit = by_table(*locomotive.unit, std::min(locomotive.speed_limit, car.speed_limit));
                const Consist consist =
                    formed(std::array{locomotive, car}, {.deceleration = 0.35 * m / s / s, .build_up = 4 * s}, GradientModel::strip);
                const in_time::Train train = in_time::train_of(consist);
                const std::string name = each.name + (table ? " by table, " : ", ") + std::to_string(cars) + " cars";
                for (int grade = turn++ % step.grades; grade <= grid::steepest; grade += step.grades)
                    for (std::size_t i = static_cast<std::size_t>(turn++ % step.lengths); i < grid::lengths.size(); i += step.lengths)
                        for (const double v : {0.0, 40 / 3.6})
                            for (const double v_end : {0.0, 10 / 3.6})
                                compare_on_grade(name, consist, train, grade, grid::lengths[i], v, v_end, workspace, result);
            }
    return result;
}

}  // namespace railwindow
