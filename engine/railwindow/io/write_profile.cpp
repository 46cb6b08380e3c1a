#include <railwindow/io/write_profile.hpp>

#include <railwindow/core/error.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

SpeedProfile every(Length step, const SpeedProfile& profile) {
    SpeedProfile result = profile;
    result.breakpoints.clear();
    const CourseOffset first = profile.breakpoints.front().at, last = profile.breakpoints.back().at;
    for (std::int64_t n = 0; first + static_cast<double>(n) * step < last; ++n)
        result.breakpoints.push_back(state_at(profile, first + static_cast<double>(n) * step));
    result.breakpoints.push_back(profile.breakpoints.back());
    return result;
}

SpeedProfile every(Duration step, const SpeedProfile& profile) {
    SpeedProfile result = profile;
    result.breakpoints.clear();
    const Duration last = profile.breakpoints.back().time;
    for (std::int64_t n = 0; static_cast<double>(n) * step < last; ++n)
        result.breakpoints.push_back(state_at(profile, static_cast<double>(n) * step));
    result.breakpoints.push_back(profile.breakpoints.back());
    return result;
}

std::string clock(Duration time) {
    const auto seconds = std::llround(time / s);
    return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

// Only rungs that compute with forces feel gradients and know energy; the others have "constant" in their names.
bool knows_forces(const SpeedProfile& profile) { return profile.rung.find("constant") == std::string_view::npos; }

std::string_view gradient_model_name(GradientModel felt) { return felt == GradientModel::strip ? "averaged over the train" : "under the head"; }

std::string_view gradient_felt(const SpeedProfile& profile) {
    return knows_forces(profile) ? gradient_model_name(profile.gradient_model) : "not felt";
}

const Station& station(const Model& model, const Visit& visit) { return model.network.stations()[visit.station]; }

const Itinerary& itinerary(const Model& model, const ProfiledRun& run) { return way_of(model, run.trace).main(); }

Length from_origin(const ProfiledMovement& movement, const Breakpoint& point) { return movement.distance + (point.at - movement.begin); }

}  // namespace

SpeedProfile stepped(const SpeedProfile& profile, const ProfileStep& step) {
    if (profile.breakpoints.size() < 2) return profile;
    if (const auto* length = std::get_if<Length>(&step)) return every(*length, profile);
    if (const auto* duration = std::get_if<Duration>(&step)) return every(*duration, profile);
    return profile;
}

void check_rows(const ProfiledRun& run, const ProfileStep& step) {
    double extent = 0, rows = 0;
    const auto add = [&](double extent_of_movement, double size) { extent += extent_of_movement, rows += std::ceil(extent_of_movement / size) + 1; };
    for (const ProfiledMovement& movement : run.movements) {
        const std::vector<Breakpoint>& points = movement.profile.breakpoints;
        if (points.empty()) continue;  // from a place to the same
        if (const auto* length = std::get_if<Length>(&step)) add((points.back().at - points.front().at) / m, *length / m);
        if (const auto* duration = std::get_if<Duration>(&step)) add(points.back().time / s, *duration / s);
    }
    if (rows <= most_profile_rows) return;
    const std::string least =
        fmt::format("{:.0f} {}", std::ceil(1.01 * extent / most_profile_rows), std::holds_alternative<Length>(step) ? "m" : "s");
    throw InputError{Finding{{},
                             "--step",
                             fmt::format("this run would have {:.3g} rows of some 100 bytes; at most {:.0f} are written", rows, most_profile_rows),
                             "a step of " + least + " is long enough",
                             Severity::error}};
}

void write_profile_table(std::ostream& out, const Model& model, const ProfiledRun& run, const ProfileStep& step) {
    const std::vector<Visit>& visits = itinerary(model, run).visits;
    const std::string& chosen = way_of(model, run.trace).name;
    out << fmt::format("{}{}{}: {:.1f} km with {} cars\n", model.name, chosen.empty() ? "" : ", ", chosen, visits.back().distance / km,
                       run.trace.main().cars);
    out << "limit in km/h, grade in permille, kN: traction less braking, kWh: done at the rail\n";
    Duration moving{};
    Energy energy{};
    for (const ProfiledMovement& movement : run.movements) {
        const Station& from = station(model, visits[movement.from]);
        out << fmt::format("\n{} - {}, leaves {} ({}, gradient {})\n", from.name, station(model, visits[movement.to]).name,
                           short_time(movement.depart, from.zone), movement.profile.rung, gradient_felt(movement.profile));
        const bool forces = knows_forces(movement.profile);
        out << "      km   km/h     time mode         limit bound by         grade    kN    kWh\n";
        for (const Breakpoint& point : stepped(movement.profile, step).breakpoints)
            out << fmt::format("{:8.3f} {:6.1f} {:>8} {:<12} {:5.0f} {:<15} {:6.1f} {:>5} {:>6}\n", from_origin(movement, point) / km,
                               point.speed / (km / h), clock(point.time), name(point.mode), point.limit / (km / h), name(point.binding),
                               point.gradient / permille, forces ? fmt::format("{:.0f}", (point.traction - point.braking) / kN) : "-",
                               forces ? fmt::format("{:.0f}", point.energy / kWh) : "-");
        moving += movement.profile.running_time();
        energy += movement.profile.energy();
        if (movement.profile.stall)
            out << fmt::format("The train stalls at km {:.3f}: it needs {:.0f} kN and has {:.0f} kN.\n",
                               (movement.distance + (movement.profile.stall->at - movement.begin)) / km, movement.profile.stall->needed / kN,
                               movement.profile.stall->available / kN);
    }
    const Instant begin = run.trace.main().visits.front().depart;
    Instant end = run.trace.main().visits.back().arrive;
    if (!run.movements.empty()) end = std::max(end, run.movements.back().depart + to_millis(run.movements.back().profile.running_time()));
    out << fmt::format("\nIn motion for {} of {}", clock(moving), clock(to_duration(end - begin)));
    out << (run.movements.empty() || !knows_forces(run.movements.front().profile) ? std::string{".\n"}
                                                                                  : fmt::format("; {:.0f} kWh at the rail.\n", energy / kWh));
}

void write_profile_json(std::ostream& out, const Model& model, const ProfiledRun& run, const ProfileStep& step) {
    Json json{{"schema", "railwindow.profile/1"}, {"scenario", model.name}, {"cars", run.trace.main().cars}, {"movements", Json::array()}};
    const std::vector<Visit>& visits = itinerary(model, run).visits;
    for (const ProfiledMovement& movement : run.movements) {
        const Station& from = station(model, visits[movement.from]);
        const bool forces = knows_forces(movement.profile);
        const auto known = [&](double value) { return forces ? Json(value) : Json(); };
        Json entry{{"from", from.id},
                   {"to", station(model, visits[movement.to]).id},
                   {"depart", iso_time(movement.depart, from.zone)},
                   {"rung", movement.profile.rung},
                   {"gradient_felt", gradient_felt(movement.profile)},
                   {"running_seconds", movement.profile.running_time() / s},
                   {"energy_kwh", known(movement.profile.energy() / kWh)},
                   {"points", Json::array()}};
        for (const Breakpoint& point : stepped(movement.profile, step).breakpoints)
            entry["points"].push_back({{"distance_km", from_origin(movement, point) / km},
                                       {"speed_kmh", point.speed / (km / h)},
                                       {"seconds", point.time / s},
                                       {"mode", name(point.mode)},
                                       {"limit_kmh", point.limit / (km / h)},
                                       {"bound_by", name(point.binding)},
                                       {"gradient_permille", point.gradient / permille},
                                       {"traction_kn", known(point.traction / kN)},
                                       {"braking_kn", known(point.braking / kN)},
                                       {"resistance_kn", known(point.resistance / kN)},
                                       {"energy_kwh", known(point.energy / kWh)}});
        if (movement.profile.stall)
            entry["stall"] = {{"needed_kn", movement.profile.stall->needed / kN}, {"available_kn", movement.profile.stall->available / kN}};
        json["movements"].push_back(std::move(entry));
    }
    out << json.dump(1) << '\n';
}

void write_profile_csv(std::ostream& out, const Model& model, const ProfiledRun& run, const ProfileStep& step) {
    out << "from,to,distance_km,speed_kmh,seconds,mode,limit_kmh,bound_by,gradient_permille,traction_kn,braking_kn,resistance_kn,energy_kwh\n";
    const std::vector<Visit>& visits = itinerary(model, run).visits;
    for (const ProfiledMovement& movement : run.movements)
        for (const Breakpoint& point : stepped(movement.profile, step).breakpoints)
            out << fmt::format("{},{},{:.4f},{:.4f},{:.4f},{},{:.3f},{},{:.4f},{:.4f},{:.4f},{:.4f},{:.5f}\n",
                               station(model, visits[movement.from]).id, station(model, visits[movement.to]).id, from_origin(movement, point) / km,
                               point.speed / (km / h), point.time / s, name(point.mode), point.limit / (km / h), name(point.binding),
                               point.gradient / permille, point.traction / kN, point.braking / kN, point.resistance / kN, point.energy / kWh);
}

}  // namespace railwindow
