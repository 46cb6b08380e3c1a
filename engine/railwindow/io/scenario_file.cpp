#include <railwindow/io/scenario_file.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/begin_elsewhere.hpp>
#include <railwindow/io/codecs.hpp>
#include <railwindow/io/convoy_table.hpp>
#include <railwindow/io/departure_table.hpp>
#include <railwindow/io/digest.hpp>
#include <railwindow/io/disruption_table.hpp>
#include <railwindow/io/file_tables.hpp>
#include <railwindow/io/network_file.hpp>
#include <railwindow/io/observation_table.hpp>
#include <railwindow/io/plan_table.hpp>
#include <railwindow/io/priors_file.hpp>
#include <railwindow/io/traffic_table.hpp>
#include <railwindow/io/yaml_tree.hpp>
#include <railwindow/io/yaml_writer.hpp>

#include <filesystem>
#include <functional>
#include <set>

namespace railwindow {
namespace {

constexpr std::size_t most_listed = 200;  // stations to pass, calls, plans, sightings: many more than any journey has

}  // namespace

template <>
const Table<WeightedStation>& table_of() {
    static const Table<WeightedStation> table{
        "weighted-station",
        "One of several stations that are possible.",
        {
            required("station", &WeightedStation::station, "the station"),
            required("weight", &WeightedStation::weight, "how likely it is, compared with the others", Range::positive),
        }};
    return table;
}

/// A station alone, or several with weights.
template <>
struct Codec<StationChoice> {
    static std::optional<StationChoice> read(const YamlNode& node, Reader& reader) {
        StationChoice choice;
        if (node.kind != YamlNode::Kind::sequence) {
            auto one = Codec<Name>::read(node, reader);
            return one ? std::optional{StationChoice{std::move(*one)}} : std::nullopt;
        }
        if (node.items.empty()) return reader.error(node, "the list is empty", "write one station, or several with weights"), std::nullopt;
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            const Reader::Step step{reader, "[" + std::to_string(i) + "]"};
            WeightedStation option = read_record<WeightedStation>(node.items[i], reader);
            for (const WeightedStation& other : choice.options)
                if (other.station.value == option.station.value)
                    reader.error(node.items[i], "'" + option.station.value + "' is named twice", "keep one of them");
            choice.options.push_back(std::move(option));
        }
        return choice;
    }
    static TypeText type() {
        return {R"({"anyOf":[{"type":"string"},{"type":"array","minItems":1,"items":{"$ref":"#/$defs/weighted-station"}}]})",
                "a station, or a list of `weighted-station`", &record_text<WeightedStation>()};
    }
};

template <>
const Table<CorridorSheet>& table_of() {
    static const Table<CorridorSheet> table{
        "corridor",
        "One of several ways that the journey may take.",
        {
            required("weight", &CorridorSheet::weight, "how likely it is, compared with the others", Range::positive),
            optional("name", &CorridorSheet::name, "what the results call it"),
            at_most(most_listed, optional("via", &CorridorSheet::via, "stations it passes, in order")),
            at_most(most_listed,
                    optional("avoid", &CorridorSheet::avoid, "stations, lines, borders and countries (two-letter codes) it keeps away from")),
            optional("regauging", &CorridorSheet::regauging, "where the gauge is changed on this way, instead of the journey's `regauging`"),
        }};
    return table;
}

template <>
struct Codec<CorridorSheet> {
    static std::optional<CorridorSheet> read(const YamlNode& node, Reader& reader) {
        CorridorSheet corridor = read_record<CorridorSheet>(node, reader);
        corridor.place = reader.place(node);
        if (node.kind == YamlNode::Kind::map && corridor.via.empty() && corridor.avoid.empty())
            reader.error(node, "the corridor names no station", "give it `via` or `avoid`");
        return corridor;
    }
    static TypeText type() {
        const RecordText& record = record_text<CorridorSheet>();
        return {R"({"$ref":"#/$defs/)" + record.name + "\"}", "`" + record.name + "`", &record};
    }
};

template <>
const Table<CallSheet>& table_of() {
    static const Table<CallSheet> table = [] {
        Table<CallSheet> made{"call",
                              "A stop that the journey is made for.",
                              {
                                  required("at", &CallSheet::at, "the station"),
                                  required("dwell", &CallSheet::dwell, "how long it stands there at least; what else is done there runs beside it",
                                           Range::not_negative),
                                  optional("why", &CallSheet::why, "what for"),
                                  optional("overrun", &CallSheet::overrun, "what a reception takes beyond its planned dwell", Range::not_negative),
                                  optional("not_before", &CallSheet::not_before, "it does not leave before this time, local to the station"),
                                  optional("reception", &CallSheet::reception,
                                           "whether hosts receive there at the hours that the practice says; without it by the practice's rule"),
                              }};
        flatten(made.fields, &CallSheet::which);
        return made;
    }();
    return table;
}

namespace {

// A list that must not be empty.
Field<ScenarioText> at_least_one(Field<ScenarioText> made) {
    made.read = [read = std::move(made.read)](ScenarioText& text, const YamlNode& node, Reader& reader) {
        if (node.kind == YamlNode::Kind::sequence && node.items.empty()) return reader.error(node, "the list is empty", "name at least one file");
        read(text, node, reader);
    };
    return made;
}

// One key for two members: most journeys leave at one time.
Field<JourneySheet> departure_field() {
    return {{"depart", Presence::required, "when it leaves, local to the origin", Codec<DepartureText>::type()},
            [](JourneySheet& journey, const YamlNode& node, Reader& reader) {
                auto text = Codec<DepartureText>::read(node, reader);
                if (text) journey.depart = std::move(text->one), journey.departures = std::move(text->several);
            }};
}

}  // namespace

template <>
const Table<JourneySheet>& table_of() {
    static const Table<JourneySheet> table{
        "journey",
        "From where to where, which way, when.",
        {
            required("from", &JourneySheet::from, "the origin"),
            required("to", &JourneySheet::to, "the destination"),
            optional("continues_to", &JourneySheet::continues_to,
                     "where it goes on to from `to`: its way, gauge and place of regauging up to `to` are those of the way to there"),
            at_most(most_listed, optional("via", &JourneySheet::via,
                                          "stations it passes, in order; names the corridor; with `continues_to` those behind `to` too")),
            at_most(most_listed, optional("routes", &JourneySheet::routes, "the corridors it may take, with weights; instead of `via`")),
            at_most(most_listed,
                    optional("avoid", &JourneySheet::avoid, "stations, lines, borders and countries (two-letter codes) it keeps away from")),
            optional("freight_lines", &JourneySheet::freight_lines, "`true` where it may run over lines and crossings that carry only freight"),
            departure_field(),
            at_most(most_listed, optional("calls", &JourneySheet::calls, "stops it makes")),
            at_most(most_listed, optional("plans", &JourneySheet::plans, "when it is to be where; it comes no earlier")),
            at_most(most_listed, optional("hours", &JourneySheet::hours, "at which hours it and its convoy run where; without it at any hour")),
            optional("regauging", &JourneySheet::regauging, "the station where its gauge is changed, or `prepared` where that costs no time"),
            optional("reception", &JourneySheet::reception,
                     "whether hosts receive at the destination at the hours that the practice says; without it by the practice's rule"),
        }};
    return table;
}

template <>
struct Codec<JourneySheet> {
    static std::optional<JourneySheet> read(const YamlNode& node, Reader& reader) {
        JourneySheet journey = read_record<JourneySheet>(node, reader);
        if (!journey.routes.empty() && !journey.via.empty())
            reader.error(*node.find("routes"), "both 'via' and 'routes'", "give each of the routes its own `via`");
        return journey;
    }
    static TypeText type() {
        const RecordText& record = record_text<JourneySheet>();
        return {R"({"$ref":"#/$defs/)" + record.name + "\"}", "`" + record.name + "`", &record, Overlay::merges};
    }
};

template <>
const Table<ClaimSheet>& table_of() {
    static const Table<ClaimSheet> table{
        "claim",
        "What somebody said; the result prints how often the runs agree.",
        {
            required("says", &ClaimSheet::says, "their words"),
            required("from", &ClaimSheet::from,
                     "the station that it counts from, at the departure; where the way comes there more than once as `baranovsky visit 2`"),
            required("to", &ClaimSheet::to, "the station that it counts to, at the arrival; likewise"),
            optional("at_least", &ClaimSheet::at_least, "the shortest time that agrees with it", Range::not_negative),
            optional("at_most", &ClaimSheet::at_most, "the longest time that agrees with it", Range::not_negative),
            required("source", &ClaimSheet::source, "who said it"),
        }};
    return table;
}

/// A claim sets a bound that runs can be held against.
template <>
struct Codec<ClaimSheet> {
    static std::optional<ClaimSheet> read(const YamlNode& node, Reader& reader) {
        ClaimSheet claim = read_record<ClaimSheet>(node, reader);
        claim.place = reader.place(node);
        if (claim.at_least && claim.at_most && *claim.at_least > *claim.at_most)
            reader.error(node, "at_least is longer than at_most: no time agrees", "swap them");
        if (node.kind == YamlNode::Kind::map && !node.find("at_least") && !node.find("at_most"))
            reader.error(node, "the claim sets no bound", "give at_least or at_most");
        return claim;
    }
    static TypeText type() {
        const RecordText& record = record_text<ClaimSheet>();
        return {R"({"$ref":"#/$defs/)" + record.name + "\"}", "`" + record.name + "`", &record};
    }
};

template <>
const Table<ScenarioText>& table_of() {
    static const Table<ScenarioText> table{
        "scenario",
        "One question: a train, a journey, the networks it runs on and how they are worked.",
        {
            schema_line<ScenarioText>("railwindow.scenario/1"),
            at_least_one(required("networks", &ScenarioText::networks, "the network files, relative to this file")),
            at_least_one(required("practice", &ScenarioText::practice, "the practice files, one for each country on the way")),
            optional("rolling_stock", &ScenarioText::rolling_stock,
                     "files of the locomotives that the practice names; needed where the train's dynamics ask for them"),
            required("train", &ScenarioText::train, "the train file"),
            required("journey", &ScenarioText::journey, "the journey"),
            optional("convoy", &ScenarioText::convoy, "the trains that run ahead of it and behind it; without it the train runs alone"),
            optional("disruptions", &ScenarioText::disruptions, "which disruptions there are, and how often"),
            optional("traffic", &ScenarioText::traffic,
                     "ordinary trains on its lines; without it they run where the practice knows of any and does not close the line for it"),
            at_most(most_listed, optional("claims", &ScenarioText::claims, "what others said about it")),
            at_most(most_listed, optional("notes", &ScenarioText::notes, "what a reader of the result must know")),
            optional("edits", &ScenarioText::edits, "what is assumed to be different in the files named above"),
            at_most(most_listed,
                    optional("variants", &ScenarioText::variants, "what-ifs, by name; `compare` runs them beside the file as it stands")),
            optional("record", &ScenarioText::record,
                     "whose times are in `observed`: `special train` (the default), or `ordinary train`, which calibrates and is never counted"),
            at_most(
                most_listed,
                optional("observed", &ScenarioText::observed,
                         "when the train was seen where, in the order of the journey; `infer` learns from it, `backtest` scores forecasts with it")),
            at_most(most_listed, optional("stays", &ScenarioText::stays,
                                          "departures known after stays of 3 h or more; forecasts of what comes later start there")),
            at_most(most_listed, optional("press", &ScenarioText::press, "what the press expected of the journey; scored beside the model")),
            optional("priors", &ScenarioText::priors,
                     "whether the numbers knew the journey; `backtest` takes it that they did where this is left out"),
            at_most(most_listed, optional("evidence", &ScenarioText::evidence,
                                          "what was said in favour of something left open; `infer` weighs it apart from sightings")),
        }};
    return table;
}

namespace {}  // namespace

std::string question_of(std::string_view text) {
    std::string question;
    while (!text.empty() && text.front() == '#') {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(1, end - 1);
        while (!line.empty() && (line.front() == ' ' || line.front() == '#')) line.remove_prefix(1);
        while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
        if (!question.empty() && !line.empty()) question += ' ';
        question += line;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return question;
}

namespace {

// Runs `read` and keeps what it finds wrong, so that the findings of all files come together.
template <class Read>
void collect(Findings& findings, const Place& named_at, const std::string& path, Read read) {
    try {
        read();
    } catch (const InputError& error) {
        for (Finding finding : error.findings()) {
            if (finding.place.file == path && finding.place.line == 0) {  // the file itself: say who asked for it
                finding.what = path + ": " + finding.what;
                finding.place = named_at;
            }
            findings.add(std::move(finding));
        }
    }
}

// The paths that a scenario's files have become, with where they were named.
struct NamedFiles {
    const std::vector<Name>&networks, &practice, &rolling_stock;
    const Name& train;
};

// How the text of a file is got: from the disk, or from memory.
using TextOf = std::function<std::string(const std::string& path)>;

TextOf on_disk(const YamlLimits& limits) {
    return [limits](const std::string& path) { return read_text_file(path, limits); };
}

// `without` is laid over what `edits_text` has made of the files.
struct AllEdits {
    Edits edits, without;
    void apply_to_network(YamlNode& root) { edits.apply_to_network(root), without.apply_to_network(root); }
    void apply_to_practice(YamlNode& root) { edits.apply_to_practice(root), without.apply_to_practice(root); }
    void apply_to_train(YamlNode& root) { edits.apply_to_train(root), without.apply_to_train(root); }
    void note_unused(Findings& findings) const { edits.note_unused(findings), without.note_unused(findings); }
};

void read_parts(Scenario& scenario, const NamedFiles& files, AllEdits edits, Findings& findings, const YamlLimits& limits, const TextOf& text_of,
                Digest& digest) {
    std::set<std::string> seen;
    const auto read_named = [&](const Name& name, auto use) {
        if (name.value.empty()) return;
        if (!seen.insert(name.value).second)
            return findings.add({name.place, "", name.value + " is named twice", "keep one of them", Severity::error});
        collect(findings, name.place, name.value, [&] { use(text_of(name.value), name.value); });
    };
    for (const Name& name : files.networks)
        read_named(name, [&](const std::string& content, const std::string& file) {
            YamlNode root = parse_yaml(content, file, limits);
            edits.apply_to_network(root);
            digest.add(root);
            scenario.networks.push_back(read_network(root, file));
        });
    for (const Name& name : files.practice)
        read_named(name, [&](const std::string& content, const std::string& file) {
            YamlNode root = parse_yaml(content, file, limits);
            edits.apply_to_practice(root);
            digest.add(root);
            scenario.practice.push_back(read_practice(root, file));
        });
    for (const Name& name : files.rolling_stock)
        read_named(name, [&](const std::string& content, const std::string& file) {
            digest.add(parse_yaml(content, file, limits));
            scenario.rolling_stock.push_back(read_rolling_stock(content, file, limits));
        });
    read_named(files.train, [&](const std::string& content, const std::string& file) {
        YamlNode root = parse_yaml(content, file, limits);
        edits.apply_to_train(root);
        digest.add(root);
        scenario.train = read_train(root, file);
    });
    if (!findings.has_errors()) edits.note_unused(findings);
}

ScenarioText read_text(const YamlNode& root, const std::string& path, Findings& findings) {
    require_kind(root, path, "railwindow.scenario/1");
    Reader reader{path};
    ScenarioText text = read_record<ScenarioText>(root, reader);
    for (const Finding& finding : reader.findings().list()) findings.add(finding);
    return text;
}

// Where the variants of a scenario are written, or would be.
Place place_of_variants(const YamlNode& root, const std::string& path) {
    for (const auto& [key, value] : root.entries)
        if (key.text == "variants") return {path, key.line, key.column};
    return {path, root.line, root.column};
}

// What a scenario file says when a what-if has its way, and in how far that is not what it says by itself.
struct ChangedText {
    ScenarioText text;
    std::vector<std::string> changes;
    YamlNode tree{};
};

ChangedText changed_text(const YamlNode& root, const std::string& path, const WhatIf& what_if, Findings& findings) {
    ChangedText changed{read_text(root, path, findings), {}, {}};
    if (findings.has_errors()) return changed;
    YamlNode tree = root;
    std::vector<std::string_view> names;
    for (const auto& [name, variant] : changed.text.variants) {
        names.push_back(name.value);
        const YamlNode varied = with_variant(root, name, variant, record_text<ScenarioText>(), path, findings);
        read_text(varied, path, findings);
        if (name.value != what_if.variant) continue;
        tree = varied;
        changed.changes = changes_of(variant, record_text<ScenarioText>());
    }
    if (!what_if.variant.empty() && std::find(names.begin(), names.end(), what_if.variant) == names.end())
        findings.add({place_of_variants(root, path), "variants", "there is no variant '" + what_if.variant + "'",
                      names.empty() ? "the file has none" : suggestion(what_if.variant, names), Severity::error});
    if (findings.has_errors()) return changed;
    for (const std::string& set : what_if.sets) {
        const Assignment assignment = parse_assignment(set);
        assign(tree, assignment);
        changed.changes.push_back(assignment.path + ": " + yaml_line(assignment.value));
    }
    changed.text = read_text(tree, path, findings);
    changed.tree = std::move(tree);
    return changed;
}

}  // namespace

Scenario load_parts(const ScenarioParts& parts, const YamlLimits& limits) {
    const auto named = [](const std::vector<std::string>& paths, const char* option) {
        std::vector<Name> names;
        for (const std::string& path : paths) names.push_back({path, {option, 0, 0}});
        return names;
    };
    Scenario scenario;
    Findings findings;
    const Name train{parts.train, {"--train", 0, 0}};
    const EditsText none;
    Digest digest;
    read_parts(scenario, {named(parts.networks, "--networks"), named(parts.practice, "--practice"), {}, train}, {Edits{none}, Edits{none}}, findings,
               limits, on_disk(limits), digest);
    findings.throw_if_errors();
    for (const auto* names : {&parts.networks, &parts.practice}) scenario.files.insert(scenario.files.end(), names->begin(), names->end());
    scenario.files.push_back(parts.train);
    return scenario;
}

namespace {

enum class Knowing { as_written, unknowing };

// A scenario, and what its file says about it.
struct Loaded {
    Scenario scenario;
    std::optional<Priors> priors;
    std::string digest;
};

Loaded load(const std::string& path, const WhatIf& what_if, const YamlLimits& limits, const TextOf& source, Knowing knowing = Knowing::as_written) {
    std::vector<std::string> files;
    const TextOf text_of = [&](const std::string& file) { return files.push_back(file), source(file); };
    const std::string text = text_of(path);
    Findings findings;
    const YamlNode root = parse_yaml(text, path, limits);
    ChangedText changed = changed_text(root, path, what_if, findings);
    ScenarioText& written = changed.text;
    Scenario scenario{path,
                      std::filesystem::path{path}.stem().string(),
                      question_of(text),
                      {},
                      {},
                      {},
                      {},
                      std::move(written.journey),
                      std::move(written.convoy),
                      std::move(written.disruptions),
                      std::move(written.traffic),
                      std::move(written.claims),
                      std::move(written.notes),
                      written.record,
                      std::move(written.observed),
                      std::move(written.stays),
                      std::move(written.press)};
    scenario.variant = what_if.variant;
    scenario.variants_place = place_of_variants(root, path);
    scenario.evidence = std::move(written.evidence);
    scenario.changes = std::move(changed.changes);
    for (const auto& [name, variant] : written.variants) scenario.variants.push_back({name.value, variant.why});
    const auto place = [&](Name& name) {
        if (!name.value.empty()) name.value = (std::filesystem::path{path}.parent_path() / name.value).lexically_normal().string();
    };
    for (Name& name : written.networks) place(name);
    for (Name& name : written.practice) place(name);
    for (Name& name : written.rolling_stock) place(name);
    place(written.train);
    const EditsText none;
    const bool redone = written.priors && written.priors->without;
    const EditsText& without = redone && knowing == Knowing::unknowing ? *written.priors->without : none;
    Digest digest;
    digest.add(changed.tree);
    read_parts(scenario, {written.networks, written.practice, written.rolling_stock, written.train}, {Edits{written.edits}, Edits{without}}, findings,
               limits, text_of, digest);
    findings.throw_if_errors();
    scenario.files = std::move(files);
    if (!scenario.changes.empty()) begin_elsewhere(scenario, read_text(root, path, findings).journey);
    Loaded loaded{std::move(scenario), {}, digest.hex()};
    if (written.priors) loaded.priors = Priors{written.priors->knew, written.priors->why, redone};
    return loaded;
}

}  // namespace

Scenario load_scenario(const std::string& path, const YamlLimits& limits) { return load_scenario(path, WhatIf{}, limits); }

Scenario load_scenario(const std::string& path, const WhatIf& what_if, const YamlLimits& limits) {
    return load(path, what_if, limits, on_disk(limits)).scenario;
}

Scenario load_scenario(const std::string& path, const FilesInMemory& files, const YamlLimits& limits) {
    return load(path, {}, limits,
                [&](const std::string& wanted) {
                    const auto found = files.find(wanted);
                    if (found != files.end()) return found->second;
                    std::vector<std::string_view> known;
                    for (const auto& file : files) known.push_back(file.first);
                    throw InputError{
                        Finding{{wanted, 0, 0}, "", "there is no such file among those in memory", suggestion(wanted, known), Severity::error}};
                })
        .scenario;
}

std::optional<Priors> load_priors(const std::string& path, const YamlLimits& limits) { return load(path, {}, limits, on_disk(limits)).priors; }

Scenario load_unknowing(const std::string& path, const YamlLimits& limits) {
    return load(path, {}, limits, on_disk(limits), Knowing::unknowing).scenario;
}

std::string digest_of(const std::string& path, const WhatIf& what_if, const YamlLimits& limits) {
    return load(path, what_if, limits, on_disk(limits)).digest;
}

}  // namespace railwindow
