// What may be written in a scenario file.

#include <railwindow/io/codecs.hpp>
#include <railwindow/io/convoy_table.hpp>
#include <railwindow/io/departure_table.hpp>
#include <railwindow/io/disruption_table.hpp>
#include <railwindow/io/file_tables.hpp>
#include <railwindow/io/observation_table.hpp>
#include <railwindow/io/plan_table.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/traffic_table.hpp>

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

std::string question_of(std::string_view text) {
    std::string question;
    while (!text.empty() && text.front() == '#') {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(1, end - 1);
        while (!line.empty() && (line.front() == ' ' || line.front() == '#')) line.remove_prefix(1);
        while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
        const bool for_editors = line.starts_with("yaml-language-server:");
        if (!question.empty() && !line.empty() && !for_editors) question += ' ';
        if (!for_editors) question += line;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return question;
}

}  // namespace railwindow
