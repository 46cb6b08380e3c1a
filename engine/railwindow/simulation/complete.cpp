#include <railwindow/simulation/complete.hpp>

#include <algorithm>
#include <numeric>

namespace railwindow {
namespace {

class Completeness {
public:
    void check(const Scenario& scenario) {
        require(!scenario.networks.empty(), {}, "networks", "there is none", "give at least one");
        check(scenario.journey);
        check(scenario.train);
        for (const PracticeSheet& practice : scenario.practice)
            require(practice.section_noise.value >= 0, practice.country.place, "practice.section_noise", "it is negative",
                    "give a standard deviation");
        for (const PracticeSheet& practice : scenario.practice)
            for (const HourlyPaceSheet& rule : practice.time_of_day)
                require(rule.pace.lowest() > 0, rule.between.place, "practice.time_of_day.pace", "it may be zero or less", "give a law above 0");
        for (const PracticeSheet& practice : scenario.practice) check_waits(practice);
        for (const PracticeSheet& practice : scenario.practice)
            if (practice.disruptions) check(*practice.disruptions, practice.country.place);
        for (const PracticeSheet& practice : scenario.practice)
            for (const TrafficRuleSheet& rule : practice.traffic) check(rule, practice.country.place);
        if (scenario.traffic) check(*scenario.traffic);
        for (std::size_t kind = 0; kind < disruption_kinds; ++kind) {
            const auto& factor = scenario.disruptions[static_cast<DisruptionKind>(kind)];
            require(!factor || factor->value >= 0, {}, "disruptions", "a factor is negative", "give 0 for none, 1 for the rate as written");
        }
        findings_.throw_if_errors();
    }

private:
    void require(bool holds, const Place& place, const char* subject, const char* what, const char* remedy) {
        if (!holds) findings_.add({place, subject, what, remedy, Severity::error});
    }

    void check(const StationChoice& choice, const char* subject) {
        const double total = std::accumulate(choice.options.begin(), choice.options.end(), 0.0,
                                             [](double sum, const WeightedStation& option) { return sum + option.weight; });
        require(!choice.options.empty(), {}, subject, "no station is given", "name one");
        for (const WeightedStation& option : choice.options)
            require(option.weight >= 0, option.station.place, subject, "a weight is negative", "give weights from 0 up");
        require(choice.options.empty() || total > 0, {}, subject, "all weights are zero", "give one of them weight");
    }

    void check_waits(const PracticeSheet& practice) {
        const Place& place = practice.country.place;
        const auto share = [](double p) { return p >= 0 && p <= 1; };
        if (const auto& hosts = practice.receptions) {
            const auto outside = [&](const ReceptionWindowSheet& window) {
                return !within(window.between.value, hosts->hours.value) || window.weight <= 0;
            };
            require(share(hosts->probability), place, "practice.receptions.probability", "it does not lie between 0 and 1", "give a share");
            require(!hosts->windows.empty(), place, "practice.receptions.windows", "there is none", "give at least one");
            require(std::none_of(hosts->windows.begin(), hosts->windows.end(), outside), place, "practice.receptions.windows",
                    "one has no weight, or does not lie within the hours", "give windows within `hours`, with weights above 0");
        }
        for (const LongStandSheet& stand : practice.long_stands) {
            require(share(stand.probability), place, "practice.long_stands.probability", "it does not lie between 0 and 1", "give a share");
            require(stand.along > 0 * m, place, "practice.long_stands.along", "it is not positive", "give the way that the probability speaks of");
            require(stand.takes.lowest() >= 0 * s, place, "practice.long_stands.takes", "it may be negative", "give a law from 0 up");
            require(stand.at_night.has_value() == stand.until.has_value(), place, "practice.long_stands", "'at_night' or 'until' without the other",
                    "give both, or neither");
        }
        for (const PassageSheet& passage : practice.passages) {
            require(share(passage.probability), place, "practice.passages.probability", "it does not lie between 0 and 1", "give a share");
            require(passage.at_most >= 0 * s && passage.later.lowest() >= 0 * s, place, "practice.passages", "a time is negative",
                    "give times from 0 up");
        }
        if (const auto& spread = practice.speed_spread)
            require(spread->timed > 0 && spread->untimed > 0, place, "practice.speed_spread", "a factor is not positive", "give factors above 0");
    }

    void check(const JourneySheet& journey) {
        check(journey.from, "journey.from");
        check(journey.to, "journey.to");
        if (journey.regauging) check(*journey.regauging, "journey.regauging");
        for (const PlanSheet& plan : journey.plans) check(plan);
        for (const RunningHoursSheet& hours : journey.hours) check(hours);
        for (const WeightedDeparture& departure : journey.departures) {
            require(departure.weight > 0, departure.when.place, "journey.depart", "a weight is not above zero", "give weights above 0");
            check_departure(departure.when);
        }
        if (journey.departures.empty()) check_departure(journey.depart);
    }

    void check_departure(const WhenSheet& depart) {
        require(depart.at.has_value() != depart.between.has_value(), depart.place, "journey.depart", "no time is given, or both 'at' and 'between'",
                "give one of them");
        require(!depart.between || depart.between->size() == 2, depart.place, "journey.depart.between", "it does not have two times",
                "give the earliest and the latest");
        require(!depart.spread || (depart.at && *depart.spread >= 0 * s), depart.place, "journey.depart.spread", "it is negative, or without 'at'",
                "give `at` and a spread");
    }

    void check(const PlanSheet& plan) {
        const WhenSheet* arrive = plan.arrive ? &*plan.arrive : nullptr;
        require((arrive != nullptr) != plan.not_before.has_value(), plan.place, "journey.plans", "not exactly one of 'arrive' and 'not_before'",
                "give one of them");
        require(!arrive || arrive->at.has_value() != arrive->between.has_value(), plan.place, "journey.plans.arrive",
                "no time is given, or both 'at' and 'between'", "give one of them");
        require(!arrive || !arrive->between || arrive->between->size() == 2, plan.place, "journey.plans.arrive.between", "it does not have two times",
                "give the earliest and the latest");
        require(!arrive || !arrive->spread || (arrive->at && *arrive->spread >= 0 * s), plan.place, "journey.plans.arrive.spread",
                "it is negative, or without 'at'", "give `at` and a spread");
        require(plan.weight >= 0 && plan.weight <= 1, plan.place, "journey.plans.weight", "it does not lie between 0 and 1", "give a share");
        require(!plan.announced || arrive, plan.place, "journey.plans.announced", "a bound is no announced time", "give `arrive`");
    }

    void check(const RunningHoursSheet& hours) {
        require(hours.run.has_value() != hours.not_run.has_value(), hours.place, "journey.hours", "not exactly one of 'run' and 'not'",
                "give one of them");
        require(!hours.lines.empty() || !hours.countries.empty() || !hours.stations.empty(), hours.place, "journey.hours",
                "it does not say where the hours hold", "give lines, countries or stations");
        require(hours.weight >= 0 && hours.weight <= 1, hours.place, "journey.hours.weight", "it does not lie between 0 and 1", "give a share");
    }

    void check(const TrainSheet& train) {
        const Place place = train.file.empty() ? Place{} : Place{train.file, 1, 1};
        const DynamicsSheet& rungs = train.dynamics;
        const int chosen = rungs.full_curves.has_value() + rungs.power_and_mass.has_value() + rungs.constant_acceleration.has_value() +
                           rungs.constant_speed.has_value();
        const bool cars = train.cars.value.highest() > 0;
        require(!train.gauges.empty(), place, "train.gauges", "there is none", "name those that its cars can be set on");
        require(chosen == 1, place, "train.dynamics", "not exactly one rung is chosen", "choose one");
        require(train.cars.value.lowest() >= 0, place, "train.cars", "there may be fewer than none", "give a law from 0 up");
        require(cars || rungs.full_curves, place, "train.cars", "there are none", "only full_curves knows what runs without them");
        require(!cars || (train.car.length > 0 * m && train.car.mass.value.lowest() > 0 * kg && train.car.axles > 0), place, "train.car",
                "length, mass or axles are missing", "a car has all of them");
        require(train.limit.value > 0 * km / h, place, "train.limit", "it is not above zero", "give its highest speed");
        require(train.service_deceleration.value > 0 * m / (s * s), place, "train.service_deceleration", "it is not above zero", "give one");
        require(train.brake_build_up.value >= 0 * s, place, "train.brake_build_up", "it is negative", "give a time from 0 up");
        require(train.locomotive_length.value >= 0 * m, place, "train.locomotive_length", "it is negative", "give a length from 0 up");
        require(!rungs.constant_acceleration || *rungs.constant_acceleration > 0 * m / (s * s), place, "train.dynamics.constant_acceleration",
                "it is not above zero", "give one");
    }

    void check(const DisruptionsSheet& sheet, const Place& place) {
        const auto common = [&](const auto& rules, const char* every, const char* lasts) {
            for (const auto& one : rules) {
                require(to_si(one.every) > 0, place, every, "it is not above zero", "give the mean way or time between two");
                require(one.rule.by_default >= 0, place, every, "its factor by default is negative", "give one from 0 up");
                for (const double factor : one.rule.months.factor)
                    require(factor >= 0, place, every, "the factor of a month is negative", "give factors from 0 up");
                if constexpr (requires { one.lasts; })
                    require(one.lasts.lowest() >= 0 * s, place, lasts, "it may be negative", "give a law from 0 up");
            }
        };
        common(sheet.restrictions, "disruptions.restrictions.every", "");
        common(sheet.signal_holds, "disruptions.signal_holds.every", "disruptions.signal_holds.lasts");
        common(sheet.failures, "disruptions.failures.every", "disruptions.failures.lasts");
        common(sheet.security_holds, "disruptions.security_holds.every", "disruptions.security_holds.lasts");
        common(sheet.power_outages, "disruptions.power_outages.every", "disruptions.power_outages.lasts");
        common(sheet.low_voltage, "disruptions.low_voltage.every", "disruptions.low_voltage.lasts");
        common(sheet.closures, "disruptions.closures.every", "disruptions.closures.lasts");
        for (const RestrictionSheet& one : sheet.restrictions) {
            require(one.speed.lowest() > 0 * km / h, place, "disruptions.restrictions.speed", "it may be zero", "give a law above 0 km/h");
            require(one.length.lowest() >= 0 * m, place, "disruptions.restrictions.length", "it may be negative", "give a law from 0 up");
        }
        for (const OutageSheet& one : sheet.power_outages)
            require(!one.rescue || one.rescue->lowest() >= 0 * s, place, "disruptions.power_outages.rescue", "it may be negative",
                    "give a law from 0 up");
        for (const LowVoltageSheet& one : sheet.low_voltage)
            require(one.power.lowest() > 0, place, "disruptions.low_voltage.power", "it may be zero", "give a law above 0; no power is an outage");
        for (const ClosureSheet& one : sheet.closures)
            require(one.per > 0 * m, place, "disruptions.closures.per", "it is not above zero", "give a length of line");
    }

    void check(const TrafficRuleSheet& rule, const Place& place) {
        const LoopsSheet& loops = rule.loops;
        require(!loops.every || (*loops.every >= 1 * km && loops.jitter && *loops.jitter >= 0 * m && *loops.jitter < *loops.every), place,
                "practice.traffic.loops", "loops lie closer than 1 km, or the jitter is missing, negative or not below the spacing",
                "give `every` and a smaller `jitter`");
        require(!rule.district || *rule.district > 0 * m, place, "practice.traffic.district", "it is not above zero", "give a length");
        require(loops.usable.lowest() >= 0 * m && loops.station_tracks.lowest() > 0, place, "practice.traffic.loops",
                "a length or a number of tracks may be negative", "give laws from 0 up");
        require(rule.headway.lowest() > 0 * s && rule.trains_per_day.lowest() >= 0 && rule.cleared_before.lowest() >= 0 * s, place,
                "practice.traffic", "headway, trains per day or clearing may be negative, or the headway zero", "give laws from 0 up");
        for (const OrdinaryTrainsSheet& kind : rule.trains)
            require(kind.weight > 0 && kind.speed.lowest() > 0 * m / s && kind.length.lowest() >= 0 * m, place, "practice.traffic.trains",
                    "weight or speed is not above zero, or a length may be negative", "give a weight, a speed and a length");
    }

    void check(const TrafficSheet& traffic) {
        require(traffic.scale >= 0 && (!traffic.cleared_before || traffic.cleared_before->lowest() >= 0 * s), traffic.place, "traffic",
                "scale or clearing may be negative", "give values from 0 up");
        for (const TimetabledTrainSheet& train : traffic.trains)
            require(train.speed > 0 * m / s && train.length >= 0 * m, train.name.place, "traffic.trains",
                    "speed is not above zero, or length negative", "give both");
    }

    Findings findings_;
};

}  // namespace

void require_complete(const Scenario& scenario) { Completeness{}.check(scenario); }

}  // namespace railwindow
