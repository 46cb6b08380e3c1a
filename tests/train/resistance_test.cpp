#include <railwindow/core/error.hpp>
#include <railwindow/train/resistance.hpp>
#include <railwindow/train/traction.hpp>
#include <support/near.hpp>

#include <doctest/doctest.h>

namespace train_resistance_test {

using namespace railwindow;

namespace {

/// Specific resistance in N/kN at `v`.
double specific(const SpecificResistance& law, Speed v) { return resistance(resistance_of(law, 100 * t), v) / (permille * (100 * t * gravity)); }

}  // namespace

TEST_CASE("exact: Russian coaches of 15.15 t per axle need 2.65 N/kN on jointed and 2.41 on welded track at 60 km/h") {
    // Worked number: 20 cars of 60.6 t; 0.7 + (8 + 0.18 x 60 + 0.003 x 3600) / 15.15 and 0.7 + (8 + 0.16 x 60 + 0.0023 x 3600) / 15.15.
    CHECK(near(specific(russian_coach(Track::jointed, 15.15 * t), 60 * km / h), 2.6537, 1e-4));
    CHECK(near(specific(russian_coach(Track::welded, 15.15 * t), 60 * km / h), 2.4083, 1e-4));
    CHECK_THROWS_AS(russian_coach(Track::welded, 0 * t), InputError);
}

TEST_CASE("exact: a Russian locomotive needs 3.58 N/kN on jointed and 3.28 on welded track at 60 km/h") {
    CHECK(near(specific(russian_locomotive(Track::jointed), 60 * km / h), 1.9 + 0.6 + 1.08, 1e-9));
    CHECK(near(specific(russian_locomotive(Track::welded), 60 * km / h), 1.9 + 0.48 + 0.9, 1e-9));
}

TEST_CASE("exact: Chinese coaches need 2.67, 2.94 and 2.52 N/kN at 60 km/h, a DF11 1.97, a DF4 4.68, an SS8 2.76") {
    CHECK(near(specific(chinese_coach(ChineseCoach::type_22), 60 * km / h), 2.668, 1e-9));
    CHECK(near(specific(chinese_coach(ChineseCoach::type_25g), 60 * km / h), 2.942, 1e-9));
    CHECK(near(specific(chinese_coach(ChineseCoach::rapid), 60 * km / h), 2.5232, 1e-9));
    CHECK(near(specific(chinese_locomotive(ChineseLocomotive::df11), 60 * km / h), 1.9688, 1e-9));
    CHECK(near(specific(chinese_locomotive(ChineseLocomotive::df4), 60 * km / h), 4.6788, 1e-9));
    CHECK(near(specific(chinese_locomotive(ChineseLocomotive::ss8), 60 * km / h), 2.7636, 1e-9));
}

TEST_CASE("exact: Strahl, Sauthoff and the traction unit give what TrainRuns.jl publishes") {
    // Source: TrainRuns.jl v1.0.4, test data, points of interest freight_const/point_1 and longdistance_const/point_1.
    CHECK(near(resistance(strahl(1.4, 3.9, 840 * t), 11.168306826688758 * m / s), 16725.93035768385 * N, 1e-6 * N));
    CHECK(near(resistance(traction_unit(2.2, 0, 10, 80 * t, 0 * t), 11.168306826688758 * m / s), 4116.982221740381 * N, 1e-6 * N));
    CHECK(near(resistance(sauthoff(2.0, 0.715, 3.64, 358 * t), 30.31543270132988 * m / s), 29453.438372806067 * N, 1e-6 * N));
    CHECK(near(resistance(traction_unit(2.5, 0, 6, 85 * t, 0 * t), 30.31543270132988 * m / s), 9790.875721767676 * N, 1e-6 * N));
}

TEST_CASE("exact: a curve of 500 m counts 1.46, 1.4 and 1.2 permille, a tunnel of 4 km 0.52") {
    CHECK(near(curve_gradient(CurveFormula::roeckl, 500 * m), 650.0 / 445 * permille, 1e-12));
    CHECK(near(curve_gradient(CurveFormula::roeckl, 200 * m), 500.0 / 170 * permille, 1e-12));
    CHECK(near(curve_gradient(CurveFormula::russian, 500 * m), 1.4 * permille, 1e-12));
    CHECK(near(curve_gradient(CurveFormula::chinese, 500 * m), 1.2 * permille, 1e-12));
    CHECK(near(tunnel_gradient(4 * km), 0.52 * permille, 1e-12));
    CHECK_THROWS_AS(curve_gradient(CurveFormula::russian, 10 * m), InputError);
}

TEST_CASE("exact: adhesion at 50 km/h") {
    CHECK(near(adhesion(curtius_kniffler, 50 * km / h), 0.161 + 7.5 / 94, 1e-12));
    CHECK(near(adhesion(russian_electric_ac, 50 * km / h), 0.28 + 4.0 / 350 - 0.03, 1e-12));
    CHECK(near(adhesion(russian_electric_dc, 50 * km / h), 0.28 + 3.0 / 1050 - 0.035, 1e-12));
    CHECK(near(adhesion(russian_diesel, 50 * km / h), 0.118 + 5.0 / 77.5, 1e-12));
    CHECK(near(adhesion(chinese_electric, 50 * km / h), 0.24 + 12.0 / 500, 1e-12));
    CHECK(near(adhesion(chinese_diesel, 50 * km / h), 0.248 + 5.9 / 1075, 1e-12));
}

}  // namespace train_resistance_test
