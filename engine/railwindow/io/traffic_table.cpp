#include <railwindow/io/traffic_table.hpp>

#include <algorithm>

namespace railwindow {

template <>
const std::vector<Choice<Rank>>& choices_of() {
    static const std::vector<Choice<Rank>> all{{"lower", Rank::lower}, {"equal", Rank::equal}, {"higher", Rank::higher}};
    return all;
}

template <>
const Table<OrdinaryTrainsSheet>& table_of() {
    static const Table<OrdinaryTrainsSheet> table{
        "ordinary_trains",
        "Ordinary trains of one kind.",
        {
            required("weight", &OrdinaryTrainsSheet::weight, "how many there are, against the other kinds", Range::positive),
            required("speed", &OrdinaryTrainsSheet::speed, "between stations, drawn for each train; the line's limit holds for them too",
                     Range::positive),
            required("length", &OrdinaryTrainsSheet::length, "drawn for each train", Range::not_negative),
            optional("rank", &OrdinaryTrainsSheet::rank, "against the special train: `lower` (the default), `equal` or `higher`"),
        }};
    return table;
}

template <>
const Table<LoopsSheet>& table_of() {
    static const Table<LoopsSheet> table{
        "loops",
        "Where trains can meet and wait.",
        {
            optional("every", &LoopsSheet::every,
                     "mean spacing of loops along the line; a station stands for those within half of it. Without it only stations have loops",
                     Range::positive),
            optional("jitter", &LoopsSheet::jitter, "the spacing is triangular on every - jitter to every + jitter", Range::not_negative),
            required("usable", &LoopsSheet::usable, "the longest train that a loop takes, drawn for each loop and station", Range::not_negative),
            required("station_tracks", &LoopsSheet::station_tracks, "tracks of a station, the running line among them; rounded", Range::positive),
        }};
    return table;
}

std::optional<LoopsSheet> Codec<LoopsSheet>::read(const YamlNode& node, Reader& reader) {
    constexpr Length closest = 1 * km;  // every cell of a section is looked at in every run
    LoopsSheet loops = read_record<LoopsSheet>(node, reader);
    const YamlNode *every = node.find("every"), *jitter = node.find("jitter");
    if (every && loops.every && *loops.every < closest) reader.error(*every, described(*every) + " is too close", "write at least 1 km");
    if (jitter && !every) reader.error(*jitter, "'jitter' without 'every'", "say how far loops lie apart in the mean");
    if (every && !loops.jitter) loops.jitter = 0 * m;
    if (loops.every && loops.jitter && *loops.jitter >= *loops.every)
        reader.error(*jitter, "jitter must be smaller than every", "the spacing would reach zero");
    return loops;
}

TypeText Codec<LoopsSheet>::type() {
    const RecordText& record = record_text<LoopsSheet>();
    return {R"({"$ref":"#/$defs/)" + record.name + "\"}", "`" + record.name + "`", &record, Overlay::merges};
}

template <>
const Table<TrafficRuleSheet>& table_of() {
    static const Table<TrafficRuleSheet> table = [] {
        Table<TrafficRuleSheet> made{
            "traffic_rule",
            "What ordinary trains run on a line.",
            {
                optional("lines", &TrafficRuleSheet::lines, "ids of the lines it holds for; without it every other line of the country"),
                optional("closed", &TrafficRuleSheet::closed,
                         "`true` where the line is shut for the special train: ordinary trains run only where a scenario asks for `traffic`"),
                optional("district", &TrafficRuleSheet::district,
                         "the line is worked in parts of about this length, cut at stations where any number of trains may stand; without it in one",
                         Range::positive),
                required("loops", &TrafficRuleSheet::loops, "where they meet"),
                required("headway", &TrafficRuleSheet::headway, "between two trains of one direction on double track, drawn for each line",
                         Range::positive),
                required("trains_per_day", &TrafficRuleSheet::trains_per_day, "in each direction, drawn for each line", Range::not_negative),
                required("cleared_before", &TrafficRuleSheet::cleared_before,
                         "trains of lower rank are off the special train's way so long before it comes, drawn for each line", Range::not_negative),
                keyed("trains", &TrafficRuleSheet::trains, &OrdinaryTrainsSheet::name, "the kinds of trains, by name"),
            }};
        flatten(made.fields, &TrafficRuleSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<TimetabledTrainSheet>& table_of() {
    static const Table<TimetabledTrainSheet> table{
        "timetabled_train",
        "An ordinary train whose time is known. It makes no stops of its own.",
        {
            required("line", &TimetabledTrainSheet::line, "id of its line"),
            required("from", &TimetabledTrainSheet::from, "a station of the line"),
            required("to", &TimetabledTrainSheet::to, "another station of it"),
            required("depart", &TimetabledTrainSheet::depart, "when it leaves, local to `from`"),
            required("speed", &TimetabledTrainSheet::speed, "between stations; the line's limit holds for it too", Range::positive),
            required("length", &TimetabledTrainSheet::length, "how long it is", Range::not_negative),
            optional("rank", &TimetabledTrainSheet::rank, "against the special train: `lower` (the default), `equal` or `higher`"),
        }};
    return table;
}

template <>
const Table<TrafficSheet>& table_of() {
    static const Table<TrafficSheet> table{
        "traffic",
        "Ordinary trains on the lines of the way: as the practice says, closed lines too, but for what is said here.",
        {
            optional("scale", &TrafficSheet::scale, "factor on the trains per day; 0 leaves those of `trains`", Range::not_negative),
            optional("cleared_before", &TrafficSheet::cleared_before, "instead of the practice", Range::not_negative),
            optional("rank", &TrafficSheet::rank, "of all ordinary trains, instead of what is said of each: `lower`, `equal` or `higher`"),
            at_most(1000, keyed("trains", &TrafficSheet::trains, &TimetabledTrainSheet::name, "trains whose time is known, by name")),
        }};
    return table;
}

std::optional<TrafficSheet> Codec<TrafficSheet>::read(const YamlNode& node, Reader& reader) {
    TrafficSheet traffic;
    if (node.kind == YamlNode::Kind::map) {
        traffic = read_record<TrafficSheet>(node, reader);
    } else if (node.kind == YamlNode::Kind::scalar && (node.text == "on" || node.text == "off")) {
        traffic.running = node.text == "on";
    } else {
        reader.error(node, "expected `on`, `off` or traffic (a map), found " + described(node), "write `traffic: on` or `traffic: {scale: 2}`");
        return {};
    }
    traffic.place = reader.place(node);
    return traffic;
}

TypeText Codec<TrafficSheet>::type() {
    const RecordText& record = record_text<TrafficSheet>();
    return {R"({"anyOf":[{"enum":["on","off"]},{"$ref":"#/$defs/)" + record.name + "\"}]}", "`on`, `off`, or `" + record.name + "`", &record,
            Overlay::merges};
}

}  // namespace railwindow
