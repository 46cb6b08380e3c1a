#include <railwindow/io/priors_table.hpp>

namespace railwindow {

template <>
const Table<PriorsText>& table_of() {
    static const Table<PriorsText> table{
        "priors",
        "Whether those who chose the numbers of networks and practice knew this journey. Scores of journeys that they knew and of those that they "
        "did not are never put into one mean.",
        {
            required("knew", &PriorsText::knew, "`true` where a law was set on this journey, or may have been"),
            required("why", &PriorsText::why, "which laws were set on it, or how it is known that none was"),
            optional(
                "without", &PriorsText::without,
                "like `edits`: each law that was set on this journey as it would be had the journey not been known, with a source that says how; "
                "`backtest --leave-one-out` scores with them"),
        }};
    return table;
}

std::optional<PriorsText> Codec<PriorsText>::read(const YamlNode& node, Reader& reader) {
    PriorsText priors = read_record<PriorsText>(node, reader);
    priors.place = reader.place(node);
    if (!priors.knew && priors.without)
        reader.error(*node.find("without"), "nothing was set on a journey that the numbers did not know", "leave it out, or write `knew: true`");
    return priors;
}

TypeText Codec<PriorsText>::type() { return {R"({"$ref":"#/$defs/priors"})", "`priors`", &record_text<PriorsText>()}; }

}  // namespace railwindow
