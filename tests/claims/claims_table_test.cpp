// What the simulation says beside what the press said: the third column of claims.md.

#include <railwindow/estimate/arrivals.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <support/renewal.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>

namespace claims_claims_table_test {

using namespace railwindow;

namespace {

// Without the plans that the press knew of: what the simulation says by itself.
Scenario unplanned(const std::string& file) {
    Scenario scenario = load_scenario(source("scenarios/" + file + ".yaml"));
    scenario.journey.plans.clear();
    return scenario;
}

// 4,096 runs of one scenario.
class Runs {
public:
    explicit Runs(const std::string& file) : model_{build(unplanned(file))}, samples_{sample(model_, {.runs = 4096})} {}

    // From the departure at the origin, or at `from`, to the arrival at `to`.
    std::vector<Millis> elapsed(const std::string& to) const { return sorted_differences(at(to).arrive, departures(model_, samples_)); }
    std::vector<Millis> between(const std::string& from, const std::string& to) const { return sorted_differences(at(to).arrive, at(from).arrive); }
    std::vector<Millis> stay(const std::string& station) const { return sorted_differences(at(station).depart, at(station).arrive); }

    // "12 September 01:00 to 13 September 20:00": the central 90 % at the station's own time.
    std::string window(const std::string& station) const {
        const std::vector<Millis> sorted = sorted_times(at(station).arrive);
        return local(station, quantile_of(sorted, 0.05).value) + " to " + local(station, quantile_of(sorted, 0.95).value);
    }
    // The share of the runs that arrive from one local time to another.
    double share(const std::string& station, LocalTime low, LocalTime high) const {
        const std::vector<Millis> sorted = sorted_times(at(station).arrive);
        const auto instant = [&](const LocalTime& time) { return std::get<Instant>(zone(station).instant_of(time)).time_since_epoch(); };
        const auto first = std::lower_bound(sorted.begin(), sorted.end(), instant(low)), last = std::lower_bound(first, sorted.end(), instant(high));
        return static_cast<double>(last - first) / static_cast<double>(sorted.size());
    }
    std::string departs() const {
        const auto& depart = std::get<DepartBetween>(model_.main().departure);
        const std::string from = model_.network.stations()[model_.main().visits.front().station].id;
        return local(from, depart.earliest.time_since_epoch()) + " to " + local(from, depart.latest.time_since_epoch());
    }

private:
    const PointSamples& at(const std::string& station) const {
        return samples_.points[timing_point_at(model_, *model_.network.find_station(station)).value()];
    }
    const TimeZone& zone(const std::string& station) const { return model_.network.stations()[*model_.network.find_station(station)].zone; }
    std::string local(const std::string& station, Millis time) const {
        const LocalTime there = zone(station).local_at(Instant{time + std::chrono::minutes{5}});  // to the nearest ten minutes
        static const char* const months[]{"January", "February", "March",     "April",   "May",      "June",
                                          "July",    "August",   "September", "October", "November", "December"};
        return fmt::format("{} {} {:02}:{:02}", there.day, months[there.month - 1], there.hour, there.minute / 10 * 10);
    }

    Model model_;
    Samples samples_;
};

double hours(Millis time) { return to_duration(time) / h; }

// "33 to 62 h, median 42 h": the central 90 %.
std::string central(const std::vector<Millis>& sorted, int decimals = 0) {
    const auto at = [&](double p) { return hours(quantile_of(sorted, p).value); };
    return fmt::format("{:.{}f} to {:.{}f} h, median {:.{}f} h", at(0.05), decimals, at(0.95), decimals, at(0.5), decimals);
}

std::string share_of_runs(const std::vector<Millis>& sorted, double low, double high) {
    const auto inside = std::count_if(sorted.begin(), sorted.end(), [&](Millis time) { return low <= hours(time) && hours(time) <= high; });
    return fmt::format("{:.0f} % of the runs", 100 * static_cast<double>(inside) / static_cast<double>(sorted.size()));
}

std::map<std::string, std::string> simulated() {
    const Runs out_2023{"history/2023-09-pyongyang-vostochny"}, hanoi{"history/2019-02-pyongyang-dong-dang"},
        back{"history/2019-03-dong-dang-pyongyang"}, vladivostok{"history/2019-04-khasan-vladivostok"}, whole_2019{"pyongyang-vladivostok-2019"},
        kyongsong{"kyongsong-vladivostok-2019"};
    const std::string vostochny = "vostochny-cosmodrome-railhead";
    const auto percent = [](double share) { return fmt::format("{:.0f} % of the runs", 100 * share); };
    std::map<std::string, std::string> says;
    for (const char* claim : {"SC05", "SC08", "SC40", "SC56"}) says[claim] = "given: departure " + out_2023.departs();
    says["SC07"] = "Khasan " + out_2023.window("khasan") +
                   "; on Tuesday before 08:00: " + percent(out_2023.share("khasan", {2023, 9, 12, 0, 0, 0}, {2023, 9, 12, 8, 0, 0}));
    says["SC09"] = central(out_2023.elapsed("khasan")) + "; 33 to 40 h: " + share_of_runs(out_2023.elapsed("khasan"), 33, 40);
    says["SC17"] = central(whole_2019.elapsed("vladivostok")) + "; 20 h or more: " + share_of_runs(whole_2019.elapsed("vladivostok"), 20, 1e6);
    says["SC21"] = central(hanoi.elapsed("dong-dang")) + "; over 60 h: " + share_of_runs(hanoi.elapsed("dong-dang"), 60, 1e6);
    says["SC25"] = "there on 24 April: " + percent(vladivostok.share("vladivostok", {2019, 4, 24, 0, 0, 0}, {2019, 4, 25, 0, 0, 0}));
    says["SC28"] = "each has a replay";
    says["SC31"] = central(kyongsong.stay("khasan"), 1);
    says["SC33"] = vladivostok.window("vladivostok");
    says["SC34"] =
        central(vladivostok.elapsed("vladivostok"), 1) + "; 6 h 20 or less: " + share_of_runs(vladivostok.elapsed("vladivostok"), 0, 6 + 20 / 60.0);
    says["SC35"] = central(kyongsong.between("khasan", "vladivostok"), 1);
    says["SC47"] = central(back.elapsed("pyongyang")) + "; 60 h or more: " + share_of_runs(back.elapsed("pyongyang"), 60, 1e6);
    says["SC49"] = "given: " + central(out_2023.stay("khasan"), 1);
    says["SC55"] = out_2023.window(vostochny) +
                   "; from noon of 13 September on: " + percent(out_2023.share(vostochny, {2023, 9, 13, 12, 0, 0}, {2024, 1, 1, 0, 0, 0}));
    return says;
}

// The row of a claim around its third cell.
struct Row {
    std::string before, says, behind;
};

// By claim, of a line that has one.
std::optional<std::pair<std::string, Row>> row_of(const std::string& line) {
    if (line.rfind("| SC", 0) != 0) return {};
    const std::size_t second = line.find('|', 1), third = line.find('|', second + 1), fourth = line.find('|', third + 1);
    return {{line.substr(2, 4), {line.substr(0, third + 2), line.substr(third + 2, fourth - third - 3), line.substr(fourth - 1)}}};
}

}  // namespace

TEST_CASE("golden: claims.md says of the simulation what the runs say" * doctest::test_suite("slow")) {
    const std::map<std::string, std::string> runs = simulated();
    std::size_t found = 0;
    std::string renewed;
    std::ifstream in{source("tests/claims/claims.md")};
    for (std::string line; std::getline(in, line);) {
        const auto row = row_of(line);
        const auto says = row ? runs.find(row->first) : runs.end();
        if (says != runs.end()) {
            ++found;
            INFO(row->first);
            if (renewing())
                line = row->second.before + says->second + row->second.behind;
            else
                CHECK(row->second.says == says->second);
        }
        renewed += line + '\n';
    }
    CHECK(found == runs.size());
    if (renewing()) std::ofstream{source("tests/claims/claims.md")} << renewed;
}

}  // namespace claims_claims_table_test
