#include <railwindow/io/railtoolkit_file.hpp>

#include <railwindow/io/codecs.hpp>
#include <railwindow/io/quantity_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace railwindow {

template <>
const std::vector<Choice<RailtoolkitVehicleType>>& choices_of() {
    using enum RailtoolkitVehicleType;
    static const std::vector<Choice<RailtoolkitVehicleType>> all{
        {"freight", freight}, {"passenger", passenger}, {"traction unit", traction_unit}, {"multiple unit", multiple_unit}};
    return all;
}
template <>
const std::vector<Choice<RailtoolkitPower>>& choices_of() {
    static const std::vector<Choice<RailtoolkitPower>> all{
        {"diesel", RailtoolkitPower::diesel}, {"electric", RailtoolkitPower::electric}, {"steam", RailtoolkitPower::steam}};
    return all;
}
template <>
const std::vector<Choice<RailtoolkitMeasure>>& choices_of() {
    static const std::vector<Choice<RailtoolkitMeasure>> all{{"front", RailtoolkitMeasure::front}, {"rear", RailtoolkitMeasure::rear}};
    return all;
}
template <>
struct Codec<RailtoolkitVehicleType> : ChoiceCodec<RailtoolkitVehicleType> {};
template <>
struct Codec<RailtoolkitPower> : ChoiceCodec<RailtoolkitPower> {};
template <>
struct Codec<RailtoolkitMeasure> : ChoiceCodec<RailtoolkitMeasure> {};

namespace {

// A number of the file, which the schema means in `unit`, as the quantity that it is. A value that no railway has is told.
template <class Q>
std::optional<Q> read_bare(const YamlNode& node, Reader& reader, Q unit) {
    const auto number = read_number(node, reader);
    if (!number) return {};
    const double si = *number * to_si(unit);
    if (physical_range<Q>.holds(si)) return from_si<Q>(si);
    if constexpr (!std::is_same_v<Q, double>)
        reader.error(node,
                     described(node) + (std::abs(si) > physical_range<Q>.most ? " is too large for " : " is too small for ") +
                         std::string{quantity_kind<Q>().name},
                     "write 0, or what makes " + range_text(quantity_kind<Q>()));
    return {};
}

// A bare number, which the schema means in `unit`.
template <class Record, class Member, class Q>
Field<Record> bare(Presence presence, std::string key, Member Record::*member, Q unit, std::string help, Range range) {
    return {{std::move(key), presence, std::move(help), Codec<double>::type()},
            [member, unit, range](Record& record, const YamlNode& node, Reader& reader) {
                const auto value = read_bare(node, reader, unit);
                if (!value) return;
                if (!in_range({to_si(*value), to_si(*value)}, range)) return out_of_range(node, reader, range);
                record.*member = *value;
            }};
}

// A key that the schema has and no running time needs.
template <class Record>
Field<Record> unused(std::string key, std::string help) {
    return {{std::move(key), Presence::optional, std::move(help), Codec<std::string>::type()}, [](Record&, const YamlNode&, Reader&) {}};
}

template <class Record>
Field<Record> version_line() {
    return {{"schema_version", Presence::required, "the version of the schema", Codec<std::string>::type()},
            [](Record&, const YamlNode& node, Reader& reader) {
                if (node.text != "2022.05") reader.warning(node, "this is version " + described(node), "it is read as 2022.05");
            }};
}

// A list of rows of `count` values each; every row is given to `add`.
template <class Record, class Add>
Field<Record> rows(Presence presence, std::string key, std::size_t count, const char* form, std::string help, Add add) {
    return {{std::move(key), presence, std::move(help), {R"({"type":"array"})", fmt::format("a list of {}", form)}},
            [=](Record& record, const YamlNode& node, Reader& reader) {
                if (node.kind != YamlNode::Kind::sequence)
                    return reader.error(node, "expected a list, found " + described(node), fmt::format("write rows of {}", form));
                for (std::size_t i = 0; i < node.items.size(); ++i) {
                    const Reader::Step step{reader, fmt::format("[{}]", i)};
                    const YamlNode& row = node.items[i];
                    if (row.kind != YamlNode::Kind::sequence || row.items.size() != count)
                        reader.error(row,
                                     fmt::format("expected {} values, found {}", count,
                                                 row.kind == YamlNode::Kind::sequence ? fmt::format("{}", row.items.size()) : described(row)),
                                     fmt::format("write {}", form));
                    else
                        add(record, row, reader);
                }
            }};
}

void add_effort(RailtoolkitVehicle& vehicle, const YamlNode& row, Reader& reader) {
    const auto speed = read_bare<Speed>(row.items[0], reader, km / h);
    const auto effort = read_bare<Force>(row.items[1], reader, N);
    if (!speed || !effort) return;
    const Speed v = *speed;
    if (vehicle.effort.empty() && v != 0 * m / s)
        reader.error(row.items[0], described(row.items[0]) + " is not the beginning of a curve", "the first speed is 0");
    else if (!vehicle.effort.empty() && v <= vehicle.effort.back().speed)
        reader.error(row.items[0], described(row.items[0]) + " is not above the speed before", "write the speeds in ascending order");
    if (*effort < 0 * N) out_of_range(row.items[1], reader, Range::not_negative);
    vehicle.effort.push_back({v, *effort});
}

void add_section(RailtoolkitPath& path, const YamlNode& row, Reader& reader) {
    constexpr Gradient steepest{200 * permille};
    const auto at = read_bare<Length>(row.items[0], reader, m);
    const auto limit = read_bare<Speed>(row.items[1], reader, km / h);
    const auto resistance = read_bare<Gradient>(row.items[2], reader, Gradient{permille});
    if (!at || !limit || !resistance) return;
    const Length begin = *at;
    if (begin < 0 * m)
        out_of_range(row.items[0], reader, Range::not_negative);
    else if (!path.sections.empty() && begin <= path.sections.back().at.value)
        reader.error(row.items[0], described(row.items[0]) + " does not lie beyond the row before", "write the rows in order along the path");
    if (*limit <= 0 * m / s) out_of_range(row.items[1], reader, Range::positive);
    if (std::abs(resistance->ratio) >= steepest.ratio)
        reader.error(row.items[2], described(row.items[2]) + " permille is no resistance of a path", "write it within 200 permille");
    path.sections.push_back({{begin, reader.place(row.items[0])}, *limit, *resistance});
}

void add_point(RailtoolkitPath& path, const YamlNode& row, Reader& reader) {
    const auto at = read_bare<Length>(row.items[0], reader, m);
    const auto name = Codec<std::string>::read(row.items[1], reader);
    const auto measure = Codec<RailtoolkitMeasure>::read(row.items[2], reader);
    if (at && name && measure) path.points.push_back({{*at, reader.place(row.items[0])}, *name, *measure});
}

template <class File>
File read_file(std::string_view text, const std::string& file, std::vector<Finding>& warnings, const YamlLimits& limits) {
    const YamlNode root = parse_yaml(text, file, limits);
    Reader reader{file, UnknownKeys::warnings};
    File read = read_record<File>(root, reader);
    reader.findings().throw_if_errors();
    warnings.insert(warnings.end(), reader.findings().list().begin(), reader.findings().list().end());
    return read;
}

}  // namespace

template <>
const Table<RailtoolkitVehicle>& table_of() {
    using V = RailtoolkitVehicle;
    constexpr Acceleration per_second_squared = 1.0 * m / (s * s);
    constexpr Presence needed = Presence::required, may = Presence::optional;
    static const Table<V> table{
        "railtoolkit vehicle",
        "One vehicle.",
        {
            required("id", &V::id, "its name within the file"),
            required("name", &V::name, "its name"),
            required("vehicle_type", &V::type, "what it is"),
            optional("power_type", &V::power, "what moves it"),
            bare(needed, "length", &V::length, m, "metres over couplers", Range::positive),
            bare(needed, "mass", &V::mass, t, "tonnes, empty", Range::positive),
            bare(may, "load_limit", &V::load, t, "tonnes of load", Range::not_negative),
            bare(may, "mass_traction", &V::on_driven_axles, t, "tonnes on driven axles", Range::positive),
            bare(may, "speed_limit", &V::limit, km / h, "its highest speed in km/h", Range::positive),
            bare(may, "a_braking", &V::braking, per_second_squared, "acceleration when braking in m/s^2, negative", Range::any),
            bare(may, "rotation_mass", &V::rotating_mass_factor, 1.0, "inertia with wheels over inertia without", Range::positive),
            bare(may, "base_resistance", &V::base_resistance, Gradient{permille}, "permille of the weight", Range::not_negative),
            bare(may, "rolling_resistance", &V::rolling_resistance, Gradient{permille}, "permille of the weight", Range::not_negative),
            bare(may, "air_resistance", &V::air_resistance, Gradient{permille}, "permille of the weight", Range::not_negative),
            rows<V>(may, "tractive_effort", 2, "[km/h, N]", "its effort by speed", add_effort),
            unused<V>("UUID", "its unique name"),
            unused<V>("picture", "where it is shown"),
        }};
    return table;
}

template <>
const Table<RailtoolkitTrain>& table_of() {
    using T = RailtoolkitTrain;
    static const Table<T> table{"railtoolkit train",
                                "One train.",
                                {
                                    required("id", &T::id, "its name within the file"),
                                    required("name", &T::name, "its name"),
                                    required("formation", &T::formation, "ids of its vehicles"),
                                    unused<T>("UUID", "its unique name"),
                                }};
    return table;
}

template <>
const Table<RailtoolkitRollingStock>& table_of() {
    using S = RailtoolkitRollingStock;
    static const Table<S> table{"railtoolkit rolling stock",
                                "Trains and vehicles.",
                                {
                                    schema_line<S>("https://railtoolkit.org/schema/rolling-stock.json"),
                                    version_line<S>(),
                                    required("trains", &S::trains, "trains"),
                                    required("vehicles", &S::vehicles, "vehicles"),
                                }};
    return table;
}

template <>
const Table<RailtoolkitPath>& table_of() {
    using P = RailtoolkitPath;
    static const Table<P> table{
        "railtoolkit path",
        "One path.",
        {
            required("id", &P::id, "its name within the file"),
            required("name", &P::name, "its name"),
            rows<P>(Presence::required, "characteristic_sections", 3, "[m, km/h, permille]", "where which limit and resistance begin", add_section),
            rows<P>(Presence::optional, "points_of_interest", 3, "[m, name, front or rear]", "places to be told of", add_point),
            unused<P>("UUID", "its unique name"),
        }};
    return table;
}

template <>
const Table<RailtoolkitPaths>& table_of() {
    using P = RailtoolkitPaths;
    static const Table<P> table{"railtoolkit paths",
                                "Paths.",
                                {
                                    schema_line<P>("https://railtoolkit.org/schema/running-path.json"),
                                    version_line<P>(),
                                    required("paths", &P::paths, "paths"),
                                }};
    return table;
}

RailtoolkitRollingStock read_railtoolkit_rolling_stock(std::string_view text, const std::string& file, std::vector<Finding>& warnings,
                                                       const YamlLimits& limits) {
    return read_file<RailtoolkitRollingStock>(text, file, warnings, limits);
}

RailtoolkitPaths read_railtoolkit_paths(std::string_view text, const std::string& file, std::vector<Finding>& warnings, const YamlLimits& limits) {
    return read_file<RailtoolkitPaths>(text, file, warnings, limits);
}

}  // namespace railwindow
