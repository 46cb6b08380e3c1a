#include <railwindow/io/schema.hpp>

#include <railwindow/io/file_tables.hpp>
#include <railwindow/io/grid_table.hpp>
#include <railwindow/io/quantity_text.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <stdexcept>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

const RecordText& record_of(std::string_view kind) {
    if (kind == "scenario") return record_text<ScenarioText>();
    if (kind == "network") return record_text<NetworkSheet>();
    if (kind == "practice") return record_text<PracticeSheet>();
    if (kind == "train") return record_text<TrainSheet>();
    if (kind == "rolling-stock") return record_text<RollingStockSheet>();
    if (kind == "grid") return record_text<GridSheet>();
    throw std::logic_error{fmt::format("no kind of file '{}'", kind)};
}

Json schema_of(const RecordText& record) {
    Json json{{"type", "object"},
              {"description", record.help},
              {"additionalProperties", false},
              {"properties", Json::object()},
              {"required", Json::array()}};
    for (const FieldText& field : record.fields) {
        Json property = Json::parse(field.type.schema);
        property["description"] = field.help;
        json["properties"][field.key] = std::move(property);
        if (field.presence == Presence::required) json["required"].push_back(field.key);
    }
    return json;
}

// The records that `record` is made of, in the order met; itself first.
void collect(const RecordText& record, std::vector<const RecordText*>& found) {
    for (const RecordText* known : found)
        if (known->name == record.name) return;
    found.push_back(&record);
    for (const FieldText& field : record.fields)
        if (field.type.record) collect(*field.type.record, found);
}

void add_paths(const RecordText& record, const std::string& begin, int depth, std::vector<std::string>& paths) {
    constexpr int deepest = 3;
    for (const FieldText& field : record.fields) {
        if (field.key == "schema") continue;
        const std::string path = begin + field.key;
        paths.push_back(path);
        if (!field.type.record || depth == deepest) continue;
        const Json type = Json::parse(field.type.schema);
        if (type.contains("$ref")) add_paths(*field.type.record, path + '.', depth + 1, paths);
        if (type.contains("anyOf") && type["anyOf"].back().value("type", "") == "array")
            add_paths(*field.type.record, path + "[0].", depth + 1, paths);
    }
}

Json law_schema() {
    const Json number{{"type", Json::array({"string", "number"})}};
    const auto list = [&](int size) { return Json{{"type", "array"}, {"items", number}, {"minItems", size}, {"maxItems", size}}; };
    const auto named = [&](const char* a, const char* b) {
        return Json{{"type", "object"}, {"properties", {{a, number}, {b, number}}}, {"required", {a, b}}, {"additionalProperties", false}};
    };
    return {{"type", "object"},
            {"description", "A law of probability: one of its forms."},
            {"properties",
             {{"constant", number},
              {"uniform", list(2)},
              {"triangular", list(3)},
              {"normal", named("mean", "sd")},
              {"lognormal", named("median", "p95")},
              {"mixture", {{"type", "array"}, {"items", {{"type", "object"}, {"required", {"weight"}}}}}},
              {"weight", {{"type", "number"}}},
              {"value", number},
              {"source", {{"type", "string"}}},
              {"confidence", {{"enum", {"low", "medium", "high"}}}}}},
            {"additionalProperties", false}};
}

}  // namespace

void write_json_schema(std::ostream& out, std::string_view kind) {
    const RecordText& top = record_of(kind);
    std::vector<const RecordText*> records;
    collect(top, records);
    Json json = schema_of(top);
    Json definitions{{"law", law_schema()}};
    for (const RecordText* record : records)
        if (record != &top) definitions[record->name] = schema_of(*record);
    json["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    json["title"] = fmt::format("railwindow.{}/1", kind);
    json["$defs"] = std::move(definitions);
    out << json.dump(2) << '\n';
}

std::vector<std::string> paths_of_scenarios() {
    std::vector<std::string> paths;
    add_paths(record_of("scenario"), "", 1, paths);
    return paths;
}

void write_reference(std::ostream& out) {
    out << "# File reference\n\n"
           "Made from the tables that read the files: `railwindow check --reference`. Every quantity has its unit; a bare number where a unit is due "
           "is an error.\n"
           "A law of a quantity is one value, or one of `{constant: x}`, `{uniform: [low, high]}`, `{triangular: [low, mode, high]}`, `{normal: "
           "{mean: x, sd: x}}`,\n"
           "`{lognormal: {median: x, p95: x}}`, `{mixture: [{weight: 0.8, constant: x}, {weight: 0.2, uniform: [low, high]}]}`.\n"
           "Beside 0 a quantity has a size that a railway can have; what a law's tail has beyond is drawn as the end of the range.\n\n"
           "| quantity | like | in | from ... to |\n|---|---|---|---|\n";
    for (const QuantityKind* kind : {&quantity_kind<Length>(), &quantity_kind<Speed>(), &quantity_kind<Duration>(), &quantity_kind<Mass>(),
                                     &quantity_kind<Acceleration>(), &quantity_kind<Force>(), &quantity_kind<ForcePerSpeed>(),
                                     &quantity_kind<ForcePerSpeedSquared>(), &quantity_kind<Power>(), &quantity_kind<Gradient>()})
        out << fmt::format("| {} | `{}`{} | {} | {} |\n", kind->name, kind->example, kind->one_in ? ", `1 in 80`" : "", units_of(*kind),
                           range_text(*kind));
    std::vector<const RecordText*> records;
    for (const std::string_view kind : std::array{"scenario", "network", "practice", "train", "rolling-stock", "grid"})
        collect(record_of(kind), records);
    for (const RecordText* record : records) {
        out << fmt::format("\n## {}\n\n{}\n\n| key | | what |\n|---|---|---|\n", record->name, record->help);
        for (const FieldText& field : record->fields)
            out << fmt::format("| `{}` | {} | {}; {} |\n", field.key, field.presence == Presence::required ? "required" : "", field.help,
                               field.type.words);
    }
}

}  // namespace railwindow
