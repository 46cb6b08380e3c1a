#include <railwindow/io/departure_table.hpp>

#include <railwindow/io/observation_table.hpp>

namespace railwindow {

template <>
const Table<WeightedDeparture>& table_of() {
    static const Table<WeightedDeparture> table = [] {
        Table<WeightedDeparture> made{
            "weighted-departure",
            "One of several departures that are possible.",
            {
                required("weight", &WeightedDeparture::weight, "how likely it is, compared with the others", Range::positive),
                optional("name", &WeightedDeparture::name, "what the results call it, behind `leaving`; without it its time"),
            }};
        flatten(made.fields, &WeightedDeparture::when);
        return made;
    }();
    return table;
}

std::optional<WeightedDeparture> Codec<WeightedDeparture>::read(const YamlNode& node, Reader& reader) {
    WeightedDeparture departure = read_record<WeightedDeparture>(node, reader);
    departure.when.place = reader.place(node);
    if (node.kind != YamlNode::Kind::map) return departure;
    check_when(departure.when, node, reader);
    if (!departure.name.empty()) return departure;
    const YamlNode *at = node.find("at"), *between = node.find("between");
    if (at) departure.name = at->text;
    if (between && between->items.size() == 2) departure.name = between->items[0].text + " to " + between->items[1].text;
    return departure;
}

TypeText Codec<WeightedDeparture>::type() {
    return {R"({"$ref":"#/$defs/weighted-departure"})", "`weighted-departure`", &record_text<WeightedDeparture>()};
}

std::optional<DepartureText> Codec<DepartureText>::read(const YamlNode& node, Reader& reader) {
    if (node.kind != YamlNode::Kind::sequence) {
        auto one = Codec<WhenSheet>::read(node, reader);
        return one ? std::optional{DepartureText{std::move(*one), {}}} : std::nullopt;
    }
    if (node.items.empty()) return reader.error(node, "the list is empty", "write one time, or several with weights"), std::nullopt;
    auto several = Codec<std::vector<WeightedDeparture>>::read(node, reader);
    return several ? std::optional{DepartureText{{}, std::move(*several)}} : std::nullopt;
}

TypeText Codec<DepartureText>::type() {
    return {R"({"anyOf":[{"type":"string"},{"$ref":"#/$defs/when"},{"type":"array","minItems":1,"items":{"$ref":"#/$defs/weighted-departure"}}]})",
            "a time such as `2019-04-23 18:00`, `when`, or a list of `weighted-departure`", &record_text<WeightedDeparture>()};
}

}  // namespace railwindow
