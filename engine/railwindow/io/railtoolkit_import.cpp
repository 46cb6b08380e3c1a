#include <railwindow/io/railtoolkit_import.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/railtoolkit_file.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/slug.hpp>
#include <railwindow/io/yaml_writer.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace railwindow {
namespace {

using Type = RailtoolkitVehicleType;

// Numbers as they came: twelve digits are more than any file has and hide what changing units added.
std::string number(double value) { return fmt::format("{:.12g}", value); }
YamlNode written(Length length) { return yaml_scalar(number(length / m) + " m"); }
YamlNode written(Mass mass) { return yaml_scalar(number(mass / t) + " t"); }
YamlNode written(Speed speed) { return yaml_scalar(number(speed / (km / h)) + " km/h"); }
YamlNode written(Force force) { return yaml_scalar(number(force / N) + " N"); }
YamlNode written(Gradient gradient) { return yaml_scalar(number(gradient.ratio / permille) + " permille"); }

std::string stem(const std::string& file) { return std::filesystem::path{file}.stem().string(); }

constexpr Speed fastest = 500 * km / h;  // the kernel goes no further

// What is wrong with the train as a whole, and what was assumed.
class TrainImport {
public:
    TrainImport(const RailtoolkitRollingStock& stock, std::string file, std::vector<Finding>& warnings)
        : file_{std::move(file)}, warnings_{warnings} {
        if (stock.trains.empty()) throw InputError{Finding{{file_, 1, 1}, "trains", "the file has no train", "give it one", Severity::error}};
        train_ = &stock.trains.front();
        if (stock.trains.size() > 1)
            warn(train_->id.place, "trains", fmt::format("the file holds {} trains", stock.trains.size()),
                 fmt::format("'{}', the first, is taken", train_->id.value));
        for (const auto& id : train_->formation) add(stock, id);
        if (units_.empty())
            findings_.add({train_->id.place, "formation", "nothing in it pulls", "add a traction unit or a multiple unit", Severity::error});
        for (const RailtoolkitVehicle* unit : units_) check_unit(*unit);
        findings_.throw_if_errors();
    }

    YamlNode rolling_stock(const std::string& source) const {
        std::vector<std::pair<std::string, YamlNode>> locomotives;
        std::set<std::string> known;
        for (const RailtoolkitVehicle* unit : units_)
            if (known.insert(unit->id.value).second) locomotives.emplace_back(unit->id.value, locomotive(*unit));
        return yaml_map({{"schema", yaml_scalar("railwindow.rolling-stock/1")},
                         {"source", yaml_scalar(source)},
                         {"locomotives", yaml_map(std::move(locomotives))}});
    }

    YamlNode train(const std::string& source, GradientModel gradient) const {
        YamlNode made = yaml_map({{"schema", yaml_scalar("railwindow.train/1")},
                                  {"name", yaml_scalar(on_one_line(train_->name))},
                                  {"source", yaml_scalar(source)},
                                  {"gauges", yaml_texts({"1435 mm"})}});
        const auto add = [&](const char* key, YamlNode value) { made.entries.emplace_back(yaml_scalar(key), std::move(value)); };
        if (!cars_.empty()) {
            add("cars", yaml_scalar(number(static_cast<double>(cars_.size()))));
            add("car", car());
        }
        Length locomotives{};
        for (const RailtoolkitVehicle* unit : units_) locomotives += unit->length;
        add("locomotive_length", written(locomotives));
        add("limit", written(limit()));
        add("dynamics",
            yaml_map({{"full_curves", yaml_map({{"gradient", yaml_scalar(gradient == GradientModel::strip ? "over the train" : "under the head")},
                                                {"rating", yaml_scalar("maximum")}})}}));
        add("service_deceleration", braking());
        add("brake_build_up", yaml_scalar("0 s"));
        add("journey_pace", yaml_scalar("0"));
        return made;
    }

    YamlNode practice(const std::string& source) const {
        std::vector<std::string> ids;
        for (const RailtoolkitVehicle* unit : units_) ids.push_back(unit->id.value);
        return yaml_map(
            {{"schema", yaml_scalar("railwindow.practice/1")},
             {"country", yaml_scalar("XX")},
             {"source", yaml_scalar(source)},
             {"section_noise", yaml_scalar("0")},
             {"traction", yaml_list(std::vector{yaml_map(
                              {{"locomotives", yaml_list(std::vector{yaml_map({{"weight", yaml_scalar("1")}, {"units", yaml_texts(ids)}})})}})})}});
    }

    bool needs_wire() const {
        return std::any_of(units_.begin(), units_.end(), [](const RailtoolkitVehicle* unit) { return unit->power == RailtoolkitPower::electric; });
    }
    const std::string& name() const { return train_->name; }

private:
    void warn(const Place& place, std::string subject, std::string what, std::string remedy) {
        warnings_.push_back({place, std::move(subject), std::move(what), std::move(remedy), Severity::warning});
    }

    void add(const RailtoolkitRollingStock& stock, const Written<std::string>& id) {
        const auto found = std::find_if(stock.vehicles.begin(), stock.vehicles.end(),
                                        [&](const RailtoolkitVehicle& vehicle) { return vehicle.id.value == id.value; });
        if (found == stock.vehicles.end()) {
            std::vector<std::string_view> known;
            for (const RailtoolkitVehicle& vehicle : stock.vehicles) known.push_back(vehicle.id.value);
            return findings_.add(
                {id.place, "formation", fmt::format("the file has no vehicle '{}'", id.value), suggestion(id.value, known), Severity::error});
        }
        const bool pulls = found->type == Type::traction_unit || found->type == Type::multiple_unit;
        const bool first =
            std::find(units_.begin(), units_.end(), &*found) == units_.end() && std::find(cars_.begin(), cars_.end(), &*found) == cars_.end();
        (pulls ? units_ : cars_).push_back(&*found);
        passenger_ |= found->type == Type::passenger || found->type == Type::multiple_unit;
        if (!first) return;
        check_vehicle(*found);
        tell_assumptions(*found, pulls);
    }

    void tell_assumptions(const RailtoolkitVehicle& vehicle, bool pulls) {
        const auto missing = [&](const char* key, std::string assumed) {
            warn(vehicle.id.place, "vehicles." + vehicle.id.value, fmt::format("key '{}' is missing", key), "assumed: " + assumed);
        };
        if (!vehicle.base_resistance) missing("base_resistance", "0");
        if (!vehicle.air_resistance) missing("air_resistance", "0");
        if (!vehicle.rolling_resistance && ((pulls && on_others(vehicle) > 0 * kg) || vehicle.type == Type::passenger))
            missing("rolling_resistance", "0");
        if (!vehicle.rotating_mass_factor) missing("rotation_mass", number(rotating_mass_factor(vehicle)));
        if (pulls && !vehicle.on_driven_axles) missing("mass_traction", "all of its mass");
    }

    void check_vehicle(const RailtoolkitVehicle& vehicle) {
        const std::string subject = "vehicles." + vehicle.id.value;
        if (const double factor = rotating_mass_factor(vehicle); factor < 1 || factor >= 2)
            findings_.add({vehicle.id.place, subject, fmt::format("a rotation_mass of {:g} is none", factor), "write a value from 1 to below 2",
                           Severity::error});
        if (vehicle.limit > fastest)
            findings_.add({vehicle.id.place, subject, fmt::format("a speed_limit of {:g} km/h is beyond what is computed", *vehicle.limit / (km / h)),
                           fmt::format("write a value up to {:g}", fastest / (km / h)), Severity::error});
    }

    void check_unit(const RailtoolkitVehicle& unit) {
        const std::string subject = "vehicles." + unit.id.value;
        const auto error = [&](std::string what, std::string remedy) {
            findings_.add({unit.id.place, subject, std::move(what), std::move(remedy), Severity::error});
        };
        if (unit.effort.empty()) error("key 'tractive_effort' is missing", "give rows of [km/h, N]");
        if (on_driven(unit) > unit.mass)
            error(fmt::format("{:g} t rest on driven axles, and it has a mass of {:g} t", on_driven(unit) / t, unit.mass / t),
                  "give mass_traction no more than mass");
        if (unit.braking && *unit.braking >= 0.0 * m / (s * s)) error("a_braking is not negative", "write a value such as -0.375");
    }

    static Mass on_driven(const RailtoolkitVehicle& unit) { return unit.on_driven_axles.value_or(unit.mass); }
    static Mass on_others(const RailtoolkitVehicle& unit) { return unit.mass - on_driven(unit); }
    static Mass laden(const RailtoolkitVehicle& vehicle) { return vehicle.mass + vehicle.load; }

    // Source: what TrainRuns.jl 1.0.4 assumes (Hansen and Pachl 2014, page 71).
    static double rotating_mass_factor(const RailtoolkitVehicle& vehicle) {
        const bool car = vehicle.type == Type::freight || vehicle.type == Type::passenger;
        return vehicle.rotating_mass_factor.value_or(car ? 1.06 : 1.09);
    }

    // One factor for all vehicles, weighted by empty masses as TrainRuns.jl does; it then multiplies the laden mass.
    double rotating_mass_factor() const {
        double weighted = 0, mass = 0;
        for (const auto* vehicles : {&units_, &cars_})
            for (const RailtoolkitVehicle* vehicle : *vehicles)
                weighted += rotating_mass_factor(*vehicle) * (vehicle->mass / t), mass += vehicle->mass / t;
        return weighted / mass;
    }

    Speed limit() const {
        Speed lowest = fastest;  // no file says how fast a train without a limit may run
        for (const auto* vehicles : {&units_, &cars_})
            for (const RailtoolkitVehicle* vehicle : *vehicles) lowest = std::min(lowest, vehicle->limit.value_or(lowest));
        return lowest;
    }

    YamlNode locomotive(const RailtoolkitVehicle& unit) const {
        std::vector<YamlNode> effort;
        const auto corner = [&](Speed speed, Force force) { effort.push_back(yaml_map({{"speed", written(speed)}, {"effort", written(force)}})); };
        for (const EffortPointSheet& point : unit.effort) corner(point.speed, point.effort);
        if (unit.effort.back().speed < limit()) corner(limit(), unit.effort.back().effort);  // TrainRuns.jl keeps the last value
        const Gradient none{};
        return yaml_map({{"name", yaml_scalar(on_one_line(unit.name))},
                         {"motive_power", yaml_scalar(unit.power == RailtoolkitPower::electric ? "25 kV AC" : "diesel")},
                         {"mass", written(laden(unit))},
                         {"length", written(unit.length)},
                         {"limit", written(unit.limit.value_or(limit()))},
                         {"effort", yaml_list(std::move(effort))},
                         {"resistance", yaml_map({{"driven", written(unit.base_resistance.value_or(none))},
                                                  {"carried", written(unit.rolling_resistance.value_or(none))},
                                                  {"air", written(unit.air_resistance.value_or(none))},
                                                  {"driven_mass", written(on_driven(unit))},
                                                  {"carried_mass", written(on_others(unit))}})},
                         {"rotating_mass_factor", yaml_scalar(number(rotating_mass_factor()))}});
    }

    // The car that, taken so many times, is all cars together: resistances are shares of the weight, so their mean is weighted by mass.
    YamlNode car() const {
        const auto count = static_cast<double>(cars_.size());
        Length length{};
        Mass mass{};
        for (const RailtoolkitVehicle* car : cars_) length += car->length, mass += laden(*car);
        const auto mean = [&](std::optional<Gradient> RailtoolkitVehicle::*coefficient) {
            double sum = 0;
            for (const RailtoolkitVehicle* car : cars_) sum += (car->*coefficient).value_or(Gradient{}).ratio * (laden(*car) / mass);
            return written(Gradient{sum});
        };
        const YamlNode base = mean(&RailtoolkitVehicle::base_resistance), rolling = mean(&RailtoolkitVehicle::rolling_resistance),
                       air = mean(&RailtoolkitVehicle::air_resistance);
        const YamlNode resistance = passenger_ ? yaml_map({{"sauthoff", yaml_map({{"constant", base}, {"linear", rolling}, {"air", air}})}})
                                               : yaml_map({{"strahl", yaml_map({{"constant", base}, {"quadratic", air}})}});
        return yaml_map({{"length", written(length / count)},
                         {"mass", written(mass / count)},
                         {"axles", yaml_scalar("4")},
                         {"resistance", resistance},
                         {"rotating_mass_factor", yaml_scalar(number(rotating_mass_factor()))}});
    }

    // Source of the rates where the file gives none: TrainRuns.jl 1.0.4, after Bruenger and Dahlhaus (2014), page 74.
    YamlNode braking() const {
        for (const RailtoolkitVehicle* unit : units_)
            if (unit->braking) return yaml_scalar(number(-*unit->braking / (m / (s * s))) + " m/s^2");
        return yaml_map(
            {{"value", yaml_scalar(passenger_ ? "0.375 m/s^2" : "0.225 m/s^2")},
             {"source", yaml_scalar("the rate that TrainRuns.jl assumes where a file gives none (Bruenger and Dahlhaus 2014, page 74)")}});
    }

    std::string file_;
    std::vector<Finding>& warnings_;
    Findings findings_;
    const RailtoolkitTrain* train_ = nullptr;
    std::vector<const RailtoolkitVehicle*> units_, cars_;
    bool passenger_ = false;
};

// A path as one line of a network.
class PathImport {
public:
    PathImport(const RailtoolkitPaths& file, const std::string& name, std::vector<Finding>& warnings) : warnings_{warnings} {
        if (file.paths.empty()) throw InputError{Finding{{name, 1, 1}, "paths", "the file has no path", "give it one", Severity::error}};
        path_ = &file.paths.front();
        if (file.paths.size() > 1)
            warn(path_->id.place, "paths", fmt::format("the file holds {} paths", file.paths.size()),
                 fmt::format("'{}', the first, is taken", path_->id.value));
        if (path_->sections.size() < 2)
            throw InputError{Finding{path_->id.place, "characteristic_sections", fmt::format("{} rows make no path", path_->sections.size()),
                                     "give at least two; the last is its end", Severity::error}};
        constexpr Length half_the_equator = 20'000 * km;  // along which the stations are drawn
        if (end() - begin() > half_the_equator)
            throw InputError{Finding{path_->sections.back().at.place, "characteristic_sections",
                                     fmt::format("the path is {:.0f} km long", (end() - begin()) / km), "write positions in metres",
                                     Severity::error}};
        add_station(begin(), "begin");
        for (const RailtoolkitPoint& point : in_order(path_->points)) add_point(point);
        add_station(end(), "end");
    }

    YamlNode network(const std::string& source, bool wire) const {
        std::vector<std::pair<std::string, YamlNode>> stations, chainage;
        for (const auto& [id, name, at] : stations_) {
            constexpr Length degree = 111'195 * m;  // of the equator
            stations.emplace_back(id, yaml_map({{"name", yaml_scalar(name)},
                                                {"country", yaml_scalar("XX")},
                                                {"position", yaml_scalar(fmt::format("0 N {:.9f} E", (at - begin()) / degree))},
                                                {"time_zone", yaml_scalar("UTC")}}));
            chainage.emplace_back(id, written(at));
        }
        const YamlNode line = yaml_map({{"name", yaml_scalar(on_one_line(path_->name))},
                                        {"gauge", yaml_scalar("1435 mm")},
                                        {"electrification", yaml_scalar(wire ? "25 kV AC" : "none")},
                                        {"limit", written(highest())},
                                        {"operating_speed", written(highest())},
                                        {"chainage", yaml_map(std::move(chainage))},
                                        {"limits", limits()},
                                        {"gradients", gradients()}});
        return yaml_map({{"schema", yaml_scalar("railwindow.network/1")},
                         {"name", yaml_scalar(on_one_line(path_->name))},
                         {"source", yaml_scalar(source)},
                         {"confidence", yaml_scalar("medium")},
                         {"stations", yaml_map(std::move(stations))},
                         {"lines", yaml_map({{slug(path_->id.value), line}})}});
    }

    const std::string& first() const { return stations_.front().id; }
    const std::string& last() const { return stations_.back().id; }
    const std::string& name() const { return path_->name; }

private:
    struct ImportedStation {
        std::string id, name;
        Length at;
    };

    void warn(const Place& place, std::string subject, std::string what, std::string remedy) {
        warnings_.push_back({place, std::move(subject), std::move(what), std::move(remedy), Severity::warning});
    }

    Length begin() const { return path_->sections.front().at.value; }
    Length end() const { return path_->sections.back().at.value; }

    static std::vector<RailtoolkitPoint> in_order(std::vector<RailtoolkitPoint> points) {
        std::stable_sort(points.begin(), points.end(), [](const auto& a, const auto& b) { return a.at.value < b.at.value; });
        return points;
    }

    void add_station(Length at, const std::string& name) {
        std::string id = slug(name);
        const auto taken = [&](const std::string& tried) {
            return std::any_of(stations_.begin(), stations_.end(), [&](const auto& station) { return station.id == tried; });
        };
        for (int n = 2; taken(id); ++n) id = fmt::format("{}-{}", slug(name), n);
        stations_.push_back({id, on_one_line(name), at});
    }

    void add_point(const RailtoolkitPoint& point) {
        const std::string subject = "points_of_interest." + point.name;
        const bool inside = point.at.value > begin() && point.at.value < end();
        if (!inside) return warn(point.at.place, subject, "it does not lie between the ends of the path", "it is passed over");
        if (point.at.value <= stations_.back().at)
            return warn(point.at.place, subject, fmt::format("'{}' lies at the same place", stations_.back().name), "it is passed over");
        if (point.measure == RailtoolkitMeasure::rear)
            warn(point.at.place, subject, "it counts the rear of the train", "our times are those of the front");
        add_station(point.at.value, point.name);
    }

    Speed highest() const {
        return std::max_element(path_->sections.begin(), path_->sections.end() - 1, [](const auto& a, const auto& b) { return a.limit < b.limit; })
            ->limit;
    }

    YamlNode limits() const {
        std::vector<YamlNode> rows;
        for (std::size_t i = 0; i + 1 < path_->sections.size(); ++i)
            if (i == 0 || path_->sections[i].limit != path_->sections[i - 1].limit)
                rows.push_back(yaml_map({{"at", written(path_->sections[i].at.value)}, {"limit", written(path_->sections[i].limit)}}));
        return yaml_list(std::move(rows));
    }

    YamlNode gradients() const {
        std::vector<YamlNode> rows;
        for (std::size_t i = 0; i + 1 < path_->sections.size(); ++i)
            if (i == 0 || path_->sections[i].resistance != path_->sections[i - 1].resistance)
                rows.push_back(yaml_map({{"at", written(path_->sections[i].at.value)}, {"gradient", written(path_->sections[i].resistance)}}));
        return yaml_list(std::move(rows));
    }

    std::vector<Finding>& warnings_;
    const RailtoolkitPath* path_ = nullptr;
    std::vector<ImportedStation> stations_;
};

// Reads what `read` reads; what it finds wrong comes together with the findings of the other file.
template <class Read>
auto collected(Findings& findings, Read read) -> decltype(read()) {
    try {
        return read();
    } catch (const InputError& error) {
        for (const Finding& finding : error.findings()) findings.add(finding);
        return {};
    }
}

YamlNode scenario(const std::string& name, const PathImport& path) {
    return yaml_map(
        {{"schema", yaml_scalar("railwindow.scenario/1")},
         {"networks", yaml_texts({name + ".network.yaml"})},
         {"practice", yaml_texts({name + ".practice.yaml"})},
         {"rolling_stock", yaml_texts({name + ".rolling-stock.yaml"})},
         {"train", yaml_scalar(name + ".train.yaml")},
         {"journey", yaml_map({{"from", yaml_scalar(path.first())}, {"to", yaml_scalar(path.last())}, {"depart", yaml_scalar("2000-01-01 00:00")}})},
         {"notes",
          yaml_texts({"Gauge, country, time and the stations' positions along the equator stand in for what railtoolkit files do not say."})}});
}

// What the two files make together may lie beyond what either of them says: a train of a thousand long cars, a path without a way. It is told here,
// and not to who reads the import later.
void require_readable(const RailtoolkitRequest& request, const std::vector<NamedText>& files) {
    FilesInMemory ours;
    for (const NamedText& file : files) ours[file.name] = file.text;
    try {
        static_cast<void>(load_scenario(files.front().name, ours, request.limits));
    } catch (const InputError& error) {
        std::vector<Finding> findings;
        for (const Finding& finding : error.findings())
            if (finding.severity == Severity::error)
                findings.push_back({{request.train_file, 1, 1},
                                    finding.subject,
                                    "what it makes with " + request.path_file + " is refused: " + finding.what,
                                    finding.remedy,
                                    Severity::error});
        throw InputError{std::move(findings)};
    }
}

}  // namespace

ImportedScenario import_railtoolkit(const RailtoolkitRequest& request) {
    ImportedScenario made;
    Findings findings;
    const auto stock = collected(findings, [&] {
        return read_railtoolkit_rolling_stock(read_text_file(request.train_file, request.limits), request.train_file, made.warnings, request.limits);
    });
    const auto paths = collected(findings, [&] {
        return read_railtoolkit_paths(read_text_file(request.path_file, request.limits), request.path_file, made.warnings, request.limits);
    });
    findings.throw_if_errors();
    const TrainImport train{stock, request.train_file, made.warnings};
    const PathImport path{paths, request.path_file, made.warnings};

    const std::string name = slug(stem(request.train_file)) + "-" + slug(stem(request.path_file));
    const auto file_name = [](const std::string& file) { return std::filesystem::path{file}.filename().string(); };
    const std::string source = fmt::format("railtoolkit files {} and {}", file_name(request.train_file), file_name(request.path_file));
    const std::string question = fmt::format("# How long does {} take on {}?\n", on_one_line(train.name()), on_one_line(path.name()));
    made.files = {{name + ".yaml", question + yaml_text(scenario(name, path))},
                  {name + ".network.yaml", yaml_text(path.network(source, train.needs_wire()))},
                  {name + ".rolling-stock.yaml", yaml_text(train.rolling_stock(source))},
                  {name + ".train.yaml", yaml_text(train.train(source, request.gradient))},
                  {name + ".practice.yaml", yaml_text(train.practice(source))}};
    require_readable(request, made.files);
    return made;
}

}  // namespace railwindow
