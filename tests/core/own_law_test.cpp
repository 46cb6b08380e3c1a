// A law that somebody else wrote, as a value.

#include <railwindow/core/error.hpp>
#include <railwindow/estimate/samples.hpp>
#include <support/drawn.hpp>

#include <doctest/doctest.h>

#include <cmath>

namespace core_own_law_test {

using namespace railwindow;

namespace {

const OwnLaw exponential{[](double u) { return -600 * std::log1p(-u); }};  // ten minutes on average

Scenario with_dwell(Law law) {
    Scenario scenario = drawn("A --20km,100-- B --20km,100-- C");
    scenario.journey.calls = {{.at = name_of("B"), .dwell = Uncertain<Duration>{std::move(law)}, .why = "own"}};
    return scenario;
}

}  // namespace

TEST_CASE("exact: a law of one's own has the quantiles it was given, and their mean") {
    const Law law{exponential};
    CHECK(law.quantile(0.5) == -600 * std::log1p(-0.5));
    CHECK(law.mean() == doctest::Approx(600).epsilon(0.001));  // the midpoints of 1,000 cells leave out 0.05 %
    CHECK(law.support().first >= 0);
    CHECK_FALSE(law.is_constant());
    CHECK(Law{OwnLaw{[](double) { return 5.0; }}}.is_constant());
}

TEST_CASE("law: a law of one's own gives the same bits on any number of threads, and those of the law it imitates") {
    const Model own = build(with_dwell(Law{OwnLaw{[](double u) { return 600 + u * (1800 - 600); }}}));
    const Model built_in = build(with_dwell(Law{Uniform{600, 1800}}));
    const Samples one = sample(own, {.runs = 2000, .threads = 1}), two = sample(own, {.runs = 2000, .threads = 2});
    const Samples same = sample(built_in, {.runs = 2000});
    CHECK(one.points.back().arrive == two.points.back().arrive);
    CHECK(one.points.back().arrive == same.points.back().arrive);
}

TEST_CASE("law: a function that is no law is refused where it is written") {
    CHECK_THROWS_WITH_AS(Law{OwnLaw{}}, doctest::Contains("needs its quantile function"), InputError);
    CHECK_THROWS_WITH_AS((Law{OwnLaw{[](double u) { return -u; }}}), doctest::Contains("must not fall"), InputError);
    CHECK_THROWS_WITH_AS((Law{OwnLaw{[](double u) { return u < 0.5 ? 0.0 : HUGE_VAL; }}}), doctest::Contains("finite"), InputError);
    CHECK_THROWS_WITH_AS((Law{OwnLaw{[calls = 0.0](double) mutable { return ++calls; }}}), doctest::Contains("one value for one u"), InputError);
    CHECK_THROWS_WITH_AS(build(with_dwell(Law{OwnLaw{[](double u) { return u - 0.5; }}})), doctest::Contains("less than no time"), InputError);
}

}  // namespace core_own_law_test
