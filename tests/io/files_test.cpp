#include <railwindow/io/codecs.hpp>
#include <railwindow/io/network_file.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/schema.hpp>
#include <support/files.hpp>
#include <support/near.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace io_files_test {

using namespace railwindow;
using Json = nlohmann::json;

namespace {

// What the codec of T makes of `text`; its messages when it refuses.
template <class T>
std::pair<std::optional<T>, std::string> read(const std::string& text) {
    const YamlNode root = parse_yaml("k: " + text, "f");
    Reader reader{"f"};
    auto value = Codec<T>::read(*root.find("k"), reader);
    std::string messages;
    for (const Finding& finding : reader.findings().list()) messages += to_string(finding) + '\n';
    return {std::move(value), messages};
}

template <class T>
T value(const std::string& text) {
    auto [found, messages] = read<T>(text);
    INFO(text, "\n", messages);
    REQUIRE(found);
    CHECK(messages.empty());
    return *found;
}

Json schema(std::string_view kind) {
    std::ostringstream out;
    write_json_schema(out, kind);
    return Json::parse(out.str());
}

// The schema a property refers to, and whether it is a record or a map of records.
struct Shape {
    std::string record;
    bool many = false;
};
Shape shape(const Json& property, bool list = false) {
    const auto name = [](const Json& json) { return json.contains("$ref") ? json["$ref"].get<std::string>().substr(8) : std::string{}; };
    if (property.contains("additionalProperties") && property["additionalProperties"].is_object())
        return {name(property["additionalProperties"]), true};
    if (!name(property).empty()) return {name(property), false};
    if (list && property.contains("anyOf"))  // of a list those of its items, where these are other records
        for (const Json& choice : property["anyOf"])
            if (choice.contains("items") && !name(choice["items"]).empty()) return {name(choice["items"]), false};
    if (property.contains("anyOf"))
        for (const Json& choice : property["anyOf"])
            if (!name(choice).empty()) return {name(choice), false};
    return {};
}

// Checks keys of `node` and of the records in it against the schema; returns how many keys it saw.
int check_keys(const YamlNode& node, const Json& record, const Json& all) {
    int seen = 0;
    for (const YamlNode& item : node.items) seen += check_keys(item, record, all);
    if (node.kind != YamlNode::Kind::map) return seen;
    for (const Json& required : record["required"])
        CHECK_MESSAGE(node.find(required.get<std::string>()), required.get<std::string>(), " line ", node.line);
    for (const auto& [key, value] : node.entries) {
        INFO(key.text, " in line ", key.line);
        REQUIRE(record["properties"].contains(key.text));
        ++seen;
        const Shape inner = shape(record["properties"][key.text], value.kind == YamlNode::Kind::sequence);
        if (inner.record.empty() || inner.record == "law") continue;
        if (!inner.many)
            seen += check_keys(value, all["$defs"][inner.record], all);
        else
            for (const auto& entry : value.entries) seen += check_keys(entry.value, all["$defs"][inner.record], all);
    }
    return seen;
}

}  // namespace

TEST_CASE("exact: each law is read as it is written") {
    const auto law = [](const std::string& text) { return value<Uncertain<Duration>>(text).law(); };
    CHECK(law("45 min").quantile(0.3) == 2700);
    CHECK(law("{constant: 45 min}").is_constant());
    CHECK(near(law("{uniform: [30 min, 1 h]}").quantile(0.5), 2700, 1e-9));
    CHECK(near(law("{triangular: [45 min, 60 min, 2 h]}").mean(), 4500, 1e-9));
    CHECK(near(law("{normal: {mean: 1 h, sd: 5 min}}").quantile(0.975), 3600 + 300 * 1.959963984540054, 1e-9));
    CHECK(near(law("{lognormal: {median: 25 min, p95: 2 h}}").quantile(0.95), 7200, 1e-8));
    CHECK(near(law("{lognormal: {median: 25 min, p95: 2 h}}").quantile(0.5), 1500, 1e-9));
    CHECK(near(law("{mixture: [{weight: 0.8, constant: 1 min}, {weight: 0.2, uniform: [10 min, 20 min]}]}").quantile(0.9), 900, 1e-9));
    CHECK(near(value<Uncertain<double>>("{normal: {mean: 0, sd: 0.06}}").mean(), 0, 1e-15));
}

TEST_CASE("exact: a number may come with its source, a law too") {
    const auto limit = value<Sourced<Speed>>("{value: 60 km/h, source: a book, confidence: medium}");
    CHECK(near(limit.value, 60 * km / h, 1e-12 * (m / s)));
    CHECK(limit.provenance.source == "a book");
    CHECK(limit.provenance.confidence == Confidence::medium);
    CHECK(value<Sourced<Speed>>("60 km/h").provenance.source.empty());
    const auto dwell = value<Sourced<Uncertain<Duration>>>("{uniform: [1 min, 3 min], source: seen}");
    CHECK(near(dwell.value.mean(), 2 * minute, 1e-9 * s));
    CHECK(dwell.provenance.source == "seen");
    CHECK(near(value<Sourced<Uncertain<Duration>>>("{value: {uniform: [1 min, 3 min]}, source: seen}").value.mean(), 2 * minute, 1e-9 * s));
    CHECK(read<Sourced<Speed>>("{valeu: 60 km/h, source: x}").second.find("did you mean 'value'?") != std::string::npos);
    CHECK(read<Sourced<Speed>>("{source: x}").second.find("'value' is missing") != std::string::npos);
    CHECK(read<Sourced<Speed>>("{value: 60 km/h, confidence: sure}").second.find("low, medium, high") != std::string::npos);
}

TEST_CASE("exact: one item may stand for a list of one") {
    CHECK(value<std::vector<Gauge>>("1435 mm") == std::vector{Gauge{1435}});
    CHECK(value<std::vector<Gauge>>("[1435 mm, 1520 mm]") == std::vector{Gauge{1435}, Gauge{1520}});
    CHECK(value<std::vector<std::string>>("[]").empty());
    CHECK(read<std::vector<Gauge>>("[1435 mm, 1520]").second.find("[1]") != std::string::npos);
}

TEST_CASE("exact: choices, whole numbers, gauges and positions are read strictly") {
    CHECK(value<bool>("true"));
    CHECK_FALSE(value<bool>("false"));
    for (const char* text : {"yes", "on", "True", "1", "~", "[true]"}) CHECK_FALSE(read<bool>(text).first);
    CHECK(value<Use>("freight only") == Use::freight_only);
    CHECK(read<Use>("freight ony").second.find("did you mean 'freight only'?") != std::string::npos);
    CHECK(value<int>("8") == 8);
    for (const char* text : {"8.5", "eight", "08", "1e12", "''"}) CHECK_FALSE(read<int>(text).first);
    CHECK(value<Gauge>("1.435 m") == Gauge{1435});
    for (const char* text : {"1435", "1.4351 m", "100 mm", "4 m"}) CHECK_FALSE(read<Gauge>(text).first);
    CHECK(near(value<GeoPosition>("39.0047 S 125.7364 W").latitude, -39.0047, 1e-12));
    for (const char* text : {"39.0047, 125.7364", "39 N", "91 N 5 E", "39 E 125 N", "39 N 181 E", "-39 N 125 E"})
        CHECK_FALSE(read<GeoPosition>(text).first);
    CHECK_FALSE(read<std::string>("''").first);
}

TEST_CASE("found: 2026-11-23 the range of a plain number is looked at") {
    const std::string text = contents(committed("networks/borders-dprk-russia.yaml"));
    for (const auto& [from, to] : {std::pair{"cars_per_batch: 8", "cars_per_batch: 0"}, {"tracks: 1", "tracks: -1"}}) {
        std::string broken = text;
        broken.replace(broken.find(from), std::string_view{from}.size(), to);
        CHECK_THROWS_WITH_AS(read_network(broken, "f"), doctest::Contains("must be greater than zero"), InputError);
    }
}

TEST_CASE("exact: the committed files are read as they are written") {
    const Scenario scenario = load_scenario(committed("scenarios/pyongyang-vladivostok-2019.yaml"));
    CHECK(scenario.name == "pyongyang-vladivostok-2019");
    CHECK(scenario.question.starts_with("When would a special train"));
    CHECK(scenario.networks.size() == 3);
    CHECK(scenario.practice[0].country.value == "KP");
    CHECK(scenario.train.gauges == std::vector{Gauge{1435}, Gauge{1520}});
    CHECK(scenario.journey.via[1].value == "ussuriysk");
    CHECK(scenario.journey.via[1].place.line == 11);
    CHECK(scenario.journey.depart.between->size() == 2);
    CHECK(scenario.journey.calls[0].why == "reception");
    CHECK(near(*scenario.claims[0].at_least, 20 * h, 1e-9 * s));
    const NetworkSheet& border = scenario.networks[1];
    CHECK(border.lines[0].chainage[1].first.value == "khasan");
    CHECK(near(border.lines[0].chainage[1].second.value, 4.6 * km, 1 * mm));
    CHECK(border.gauge_changes[0].cars_per_batch == 8);
}

TEST_CASE("law: every committed file has only keys that its schema knows, and all it requires") {
    int files = 0, keys = 0;
    for (const char* folder : {"networks", "scenarios"})
        for (const std::string& file : committed_yaml(folder)) {
            CAPTURE(file);
            const YamlNode root = parse_yaml(contents(file), file);
            const std::string line = root.find("schema")->text;
            const Json all = schema(line.substr(11, line.size() - 13));
            CHECK(all["title"] == line);
            keys += check_keys(root, all, all);
            ++files;
        }
    CHECK(files >= 20);
    CHECK(keys > 2000);
}

TEST_CASE("exact: every schema is whole: what it refers to is defined") {
    for (const char* kind : {"scenario", "network", "practice", "train"}) {
        CAPTURE(kind);
        const Json json = schema(kind);
        CHECK(json["additionalProperties"] == false);
        CHECK(json["required"].size() >= 2);
        const std::string text = json.dump();
        const std::string_view refer = "#/$defs/";
        for (std::size_t at = text.find(refer); at != std::string::npos; at = text.find(refer, at + 1)) {
            const std::string name = text.substr(at + refer.size(), text.find('"', at) - at - refer.size());
            CAPTURE(name);
            CHECK(json["$defs"].contains(name));
        }
    }
}

TEST_CASE("cli: the published schema and the committed reference are current") {
    for (const char* kind : {"scenario", "network", "practice", "train", "rolling-stock", "grid"}) {
        const std::string published = railwindow_tool({"check", "--schema", kind}).out;
        CHECK(Json::parse(published) == schema(kind));
        CHECK_MESSAGE(contents(committed(std::string{"scenarios/schema/"} + kind + ".json")) == published, "write it anew: tools/renew reference");
    }
    const bool reference_is_current = railwindow_tool({"check", "--reference"}).out == contents(committed("scenarios/REFERENCE.md"));
    CHECK_MESSAGE(reference_is_current, "write it anew: tools/renew reference");
}

}  // namespace io_files_test
