#include <railwindow/io/disruption_table.hpp>

#include <array>

namespace railwindow {

namespace {
constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr const char* lasts_help = "how long; cut at 99.9 % of the law";
}  // namespace

std::optional<MonthFactors> Codec<MonthFactors>::read(const YamlNode& node, Reader& reader) {
    if (node.kind != YamlNode::Kind::map)
        return reader.error(node, "expected a map from months to factors, found " + described(node), "write {jan: 1.5, jul: 0.5}"), std::nullopt;
    const std::vector<std::string_view> known{months.begin(), months.end()};
    MonthFactors result;
    for (const auto& [key, value] : node.entries) {
        const Reader::Step step{reader, key.text};
        const auto month = std::find(months.begin(), months.end(), key.text);
        if (month == months.end()) return reader.error(key, "there is no month '" + key.text + "'", suggestion(key.text, known)), std::nullopt;
        const auto factor = read_number(value, reader);
        if (!factor) return {};
        if (*factor < 0) return reader.error(value, described(value) + " must not be negative"), std::nullopt;
        result.factor[static_cast<std::size_t>(month - months.begin())] = *factor;
    }
    return result;
}

TypeText Codec<MonthFactors>::type() {
    std::string properties;
    for (const std::string_view month : months)
        properties += (properties.empty() ? "\"" : ",\"") + std::string{month} + R"(":{"type":"number","minimum":0})";
    return {R"({"type":"object","additionalProperties":false,"properties":{)" + properties + "}}",
            "a map from months (`jan` to `dec`) to factors; months left out have 1"};
}

std::optional<RateFactor> Codec<RateFactor>::read(const YamlNode& node, Reader& reader) {
    if (node.kind == YamlNode::Kind::scalar && node.text == "off") return RateFactor{0};
    const auto number = read_number(node, reader);
    if (!number) return {};
    if (*number < 0)
        return reader.error(node, described(node) + " must not be negative", "write 0 or `off` for none, 1 for the rate as written"), std::nullopt;
    return RateFactor{*number};
}

std::optional<DisruptionFactors> Codec<DisruptionFactors>::read(const YamlNode& node, Reader& reader) {
    if (node.kind != YamlNode::Kind::scalar) return read_record<DisruptionFactors>(node, reader);
    if (node.text != "off")
        return reader.error(node, described(node) + " is no choice of disruptions", "write `off`, or factors by kind as {power_outages: 0.5}"),
               std::nullopt;
    const RateFactor none{0};
    return DisruptionFactors{none, none, none, none, none, none, none};
}

TypeText Codec<DisruptionFactors>::type() {
    const RecordText& record = record_text<DisruptionFactors>();
    return {R"({"anyOf":[{"const":"off"},{"$ref":"#/$defs/)" + record.name + "\"}]}", "`off`, or `" + record.name + "`", &record, Overlay::merges};
}

template <>
const Table<DisruptionFactors>& table_of() {
    static const Table<DisruptionFactors> table{
        "disruption_factors",
        "Factors on the rates that the practice files give; a kind that is left out has the `by_default` of its rule.",
        {
            optional("restrictions", &DisruptionFactors::restrictions, "temporary speed restrictions"),
            optional("signal_holds", &DisruptionFactors::signal_holds, "signals that hold the train"),
            optional("failures", &DisruptionFactors::failures, "failures of the locomotive"),
            optional("security_holds", &DisruptionFactors::security_holds, "holds of the whole convoy for security"),
            optional("power_outages", &DisruptionFactors::power_outages, "times without power in the wire"),
            optional("low_voltage", &DisruptionFactors::low_voltage, "times of low voltage"),
            optional("closures", &DisruptionFactors::closures, "lines closed by flood or landslide"),
            optional("diversions", &DisruptionFactors::diversions,
                     "`false` where trains wait before a closed place, even if a way round it is quicker"),
        }};
    return table;
}

template <>
const Table<DisruptionRule>& table_of() {
    static const Table<DisruptionRule> table = [] {
        Table<DisruptionRule> made{
            "disruption_rule",
            "What every rule of a disruption says.",
            {
                optional("lines", &DisruptionRule::lines, "ids of the lines it holds for; without it every other line of the country"),
                optional("months", &DisruptionRule::months, "factors on the rate by month (UTC)"),
                optional("by_default", &DisruptionRule::by_default, "factor on the rate where the scenario says nothing; without it 1",
                         Range::not_negative),
            }};
        flatten(made.fields, &DisruptionRule::provenance);
        return made;
    }();
    return table;
}

namespace {

template <class Sheet>
Table<Sheet> with_rule(Table<Sheet> table) {
    flatten(table.fields, &Sheet::rule);
    return table;
}

}  // namespace

template <>
const Table<RestrictionSheet>& table_of() {
    static const Table<RestrictionSheet> table = with_rule<RestrictionSheet>(
        {"restriction",
         "Stretches to be run slowly, the same for all trains and both directions.",
         {
             required("every", &RestrictionSheet::every, "their mean spacing along the line", Range::positive),
             required("length", &RestrictionSheet::length, "how long one is; cut at 99.9 % of the law", Range::not_negative),
             required("speed", &RestrictionSheet::speed, "how fast it may be run, until the tail has left it", Range::positive),
         }});
    return table;
}

template <>
const Table<HoldSheet>& table_of() {
    static const Table<HoldSheet> table =
        with_rule<HoldSheet>({"hold_on_the_line",
                              "What brings the train to a stand between stations.",
                              {
                                  required("every", &HoldSheet::every, "the mean way between two, such as `300 km`", Range::positive),
                                  required("lasts", &HoldSheet::lasts, lasts_help, Range::not_negative),
                              }});
    return table;
}

template <>
const Table<OutageSheet>& table_of() {
    static const Table<OutageSheet> table = with_rule<OutageSheet>(
        {"power_outage",
         "A line's wire has no power: electric trains coast to a stand, and none leaves a station.",
         {
             required("every", &OutageSheet::every, "the mean interval between two on one line, such as `50 h`", Range::positive),
             required("lasts", &OutageSheet::lasts, lasts_help, Range::not_negative),
             optional(
                 "rescue", &OutageSheet::rescue,
                 "how long until a diesel has brought the train to the next station, or stands before it at a station, to take it on; without it "
                 "none comes, nor where the rule of traction knows none",
                 Range::not_negative),
         }});
    return table;
}

template <>
const Table<LowVoltageSheet>& table_of() {
    static const Table<LowVoltageSheet> table = with_rule<LowVoltageSheet>(
        {"low_voltage",
         "A line's wire has less than the journey's traction counts on.",
         {
             required("every", &LowVoltageSheet::every, "the mean interval between two on one line, such as `50 h`", Range::positive),
             required("lasts", &LowVoltageSheet::lasts, lasts_help, Range::not_negative),
             required("power", &LowVoltageSheet::power, "share of the power that is left", Range::positive),
         }});
    return table;
}

template <>
const Table<ClosureSheet>& table_of() {
    static const Table<ClosureSheet> table = with_rule<ClosureSheet>(
        {"closure",
         "A place that no train passes for a while: each waits at the last station before it.",
         {
             required("every", &ClosureSheet::every, "the mean interval between two on `per` kilometres of line", Range::positive),
             required("per", &ClosureSheet::per, "on how much line, such as `100 km`", Range::positive),
             required("lasts", &ClosureSheet::lasts, lasts_help, Range::not_negative),
         }});
    return table;
}

template <>
const Table<DisruptionsSheet>& table_of() {
    static const Table<DisruptionsSheet> table{
        "disruptions",
        "What disturbs trains; of each kind one rule, or several for different lines.",
        {
            optional("restrictions", &DisruptionsSheet::restrictions, "temporary speed restrictions"),
            optional("signal_holds", &DisruptionsSheet::signal_holds, "signals that hold one train"),
            optional("failures", &DisruptionsSheet::failures, "failures of the locomotive of one train"),
            optional("security_holds", &DisruptionsSheet::security_holds, "every train of the convoy stands at one place for one time"),
            optional("power_outages", &DisruptionsSheet::power_outages, "times without power in the wire"),
            optional("low_voltage", &DisruptionsSheet::low_voltage, "times of low voltage"),
            optional("closures", &DisruptionsSheet::closures, "lines closed by flood or landslide"),
        }};
    return table;
}

}  // namespace railwindow
