#include <railwindow/io/convoy_table.hpp>

#include <algorithm>

namespace railwindow {

template <>
const Table<ConvoyTrainSheet>& table_of() {
    static const Table<ConvoyTrainSheet> table = [] {
        Table<ConvoyTrainSheet> made{
            "convoy_train",
            "A train that runs ahead of the main train or behind it and makes none of its calls.",
            {
                optional("ahead", &ConvoyTrainSheet::ahead, "so long before the main train it leaves; this or `behind`", Range::not_negative),
                optional("behind", &ConvoyTrainSheet::behind, "so long after the main train it leaves; this or `ahead`", Range::not_negative),
                optional("cars", &ConvoyTrainSheet::cars, "its number of cars; without it that of the train file", Range::not_negative),
                optional("light_locomotive", &ConvoyTrainSheet::light_locomotive,
                         "`true` where it is only what the practice puts in front of a train: a pilot of the country it runs in"),
                optional("countries", &ConvoyTrainSheet::countries,
                         "two-letter codes: it runs only there, from where the main train first comes in; without it all the way"),
            }};
        flatten(made.fields, &ConvoyTrainSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<ConvoySheet>& table_of() {
    static const Table<ConvoySheet> table = [] {
        Table<ConvoySheet> made{
            "convoy",
            "Trains that run with the main train in a fixed order: those ahead as written, the main train, those behind as written.",
            {
                required("headway", &ConvoySheet::headway, "at every station a train keeps so long behind the one ahead of it", Range::not_negative),
                at_most(200, keyed("trains", &ConvoySheet::trains, &ConvoyTrainSheet::name, "the other trains, by name")),
            }};
        flatten(made.fields, &ConvoySheet::provenance);
        return made;
    }();
    return table;
}

std::optional<ConvoySheet> Codec<ConvoySheet>::read(const YamlNode& node, Reader& reader) {
    ConvoySheet convoy = read_record<ConvoySheet>(node, reader);
    const YamlNode* trains = node.find("trains");
    const bool is_map = trains && trains->kind == YamlNode::Kind::map;
    if (!is_map || trains->entries.empty()) {
        if (node.kind == YamlNode::Kind::map && (!trains || is_map))
            reader.error(node, "the convoy has no trains", "write `trains: {support: {behind: 15 min}}`");
        return convoy;
    }
    for (std::size_t i = 0; i < convoy.trains.size() && i < trains->entries.size(); ++i) {
        const auto& [name, value] = trains->entries[i];
        ConvoyTrainSheet& train = convoy.trains[i];
        train.place = reader.place(name);
        train.provenance = inherit(train.provenance, convoy.provenance);
        const bool ahead = value.find("ahead"), behind = value.find("behind");
        const Reader::Step in_trains{reader, "trains"}, in_train{reader, name.text};
        if (name.text.empty()) reader.error(name, "the train has no name", "write one, as `support: {behind: 15 min}`");
        for (const auto& [key, gap] : {std::pair{"ahead", &train.ahead}, std::pair{"behind", &train.behind}})
            if (*gap && (*gap)->quantile(1 - 1e-9) > 24 * h)
                reader.error(*value.find(key), "a train more than a day from the main train is none of its convoy", "write at most 24 h");
        if (name.text == "main") reader.error(name, "'main' is the name of the train of the journey", "call this one something else");
        if (value.kind == YamlNode::Kind::map && ahead == behind)
            reader.error(value, ahead ? "both 'ahead' and 'behind'" : "neither 'ahead' nor 'behind'", "write one of them, as `behind: 15 min`");
        if (train.light_locomotive && value.find("cars"))
            reader.error(*value.find("cars"), "a light locomotive has no cars", "leave out `cars` or `light_locomotive`");
    }
    return convoy;
}

TypeText Codec<ConvoySheet>::type() {
    const RecordText& record = record_text<ConvoySheet>();
    return {R"({"$ref":"#/$defs/)" + record.name + "\"}", "`" + record.name + "`", &record, Overlay::merges};
}

}  // namespace railwindow
