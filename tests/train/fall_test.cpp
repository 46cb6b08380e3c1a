// Falls as trains feel them.

#include <railwindow/core/error.hpp>
#include <railwindow/train/fall.hpp>
#include <railwindow/train/run.hpp>
#include <support/near.hpp>
#include <train/random_line.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace train_fall_test {

using namespace railwindow;

namespace {

Course with_fall(double in_permille, double metres) {
    Course course;
    course.length = 15 * km;
    course.pieces = {{.begin = CourseOffset{}, .limit = 80 * km / h},
                     {.begin = CourseOffset{5 * km}, .limit = 80 * km / h, .gradient = -in_permille * permille},
                     {.begin = CourseOffset{5 * km + metres * m}, .limit = 80 * km / h}};
    return course;
}

Consist train(GradientModel model) {
    Draw draw{3};
    Consist consist = random_train(draw, model);
    consist.length = 520 * m;
    return consist;
}

}  // namespace

TEST_CASE("exact: a fall is felt over the train, or under its head") {
    CHECK(std::abs(steepest_fall(with_fall(45, 50), train(GradientModel::strip)).gradient - 0.045 * 50 / 520) < 1e-12);
    CHECK(std::abs(steepest_fall(with_fall(45, 520), train(GradientModel::strip)).gradient - 0.045) < 1e-12);
    CHECK(std::abs(steepest_fall(with_fall(45, 50), train(GradientModel::point)).gradient - 0.045) < 1e-12);
    CHECK(steepest_fall(with_fall(-45, 50), train(GradientModel::strip)).gradient == 0);
    const Length at = steepest_fall(with_fall(45, 50), train(GradientModel::strip)).at.from_begin();
    CHECK(at >= 5.05 * km - 1 * mm);  // from where the fall is under it whole to where the tail comes to it
    CHECK(at <= 5.52 * km + 1 * mm);
}

TEST_CASE("law: what is felt is nowhere steeper than the mean over any train length of the way") {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        Draw draw{seed};
        const Course course = random_course(draw, 12, 30);
        const Consist consist = random_train(draw, GradientModel::strip);
        const double length = to_si(consist.length), end = to_si(course.length);
        const auto climbed = [&](double at) {
            double height = std::min(at, 0.0) * course.pieces[0].gradient;
            for (std::size_t i = 0; i < course.pieces.size(); ++i) {
                const double begin = to_si(course.pieces[i].begin.from_begin());
                const double next = i + 1 < course.pieces.size() ? to_si(course.pieces[i + 1].begin.from_begin()) : end;
                height += course.pieces[i].gradient * std::clamp(at - begin, 0.0, next - begin);
            }
            return height;
        };
        double steepest = 0;
        for (double at = 0; at <= end; at += 1) steepest = std::max(steepest, (climbed(at - length) - climbed(at)) / length);
        const double felt = steepest_fall(course, consist).gradient;
        CHECK(felt >= steepest - 1e-12);
        CHECK(felt <= steepest + 0.06 / length);  // steps of a metre miss the place by half a metre
    }
}

TEST_CASE("found: a short fall was refused that a long train hardly feels") {
    check(with_fall(45, 50), train(GradientModel::strip));
    CHECK_THROWS_AS(check(with_fall(90, 600), train(GradientModel::strip)), Infeasible);
}

}  // namespace train_fall_test
