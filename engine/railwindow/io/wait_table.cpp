#include <railwindow/io/wait_table.hpp>

#include <railwindow/io/plan_table.hpp>

namespace railwindow {

template <>
const std::vector<Choice<ReceptionPlace>>& choices_of() {
    static const std::vector<Choice<ReceptionPlace>> choices{{"calls", ReceptionPlace::calls}, {"destination", ReceptionPlace::destination}};
    return choices;
}

template <>
const std::vector<Choice<JourneyWay>>& choices_of() {
    static const std::vector<Choice<JourneyWay>> choices{{"outward", JourneyWay::outward}, {"homeward", JourneyWay::homeward}};
    return choices;
}

template <>
const Table<ReceptionWindowSheet>& table_of() {
    static const Table<ReceptionWindowSheet> table{
        "reception_window",
        "Hours in which the first reception of the day may be; its minute is drawn within them.",
        {
            required("between", &ReceptionWindowSheet::between, "hours of the clock at the place"),
            required("weight", &ReceptionWindowSheet::weight, "how likely they are, against the other windows", Range::positive),
        }};
    return table;
}

template <>
const Table<ReceptionsSheet>& table_of() {
    static const Table<ReceptionsSheet> table = [] {
        Table<ReceptionsSheet> made{
            "receptions",
            "When hosts receive a special train: from a time within one of the windows to the end of their hours. Who could come before waits, on "
            "the "
            "way or before the place.",
            {
                required("at", &ReceptionsSheet::at, "where the journey does not say it with `reception`: `calls`, `destination` or both"),
                required("hours", &ReceptionsSheet::hours, "hours of the clock at which they receive at all"),
                required("probability", &ReceptionsSheet::probability, "that they keep to hours; else the train comes when it comes", Range::share),
                required("windows", &ReceptionsSheet::windows, "when the first reception of the day may be, in their order and within `hours`"),
                optional("hold_at", &ReceptionsSheet::hold_at,
                         "stations before the place where it stands until it is time; elsewhere it goes slower, and stands before the place"),
                optional("hold_within", &ReceptionsSheet::hold_within, "how far before the place these may lie; with `hold_at`", Range::not_negative),
            }};
        flatten(made.fields, &ReceptionsSheet::provenance);
        return made;
    }();
    return table;
}

std::optional<ReceptionsSheet> Codec<ReceptionsSheet>::read(const YamlNode& node, Reader& reader) {
    const ReceptionsSheet sheet = read_record<ReceptionsSheet>(node, reader);
    if (node.kind != YamlNode::Kind::map) return sheet;
    const YamlNode *hours = node.find("hours"), *windows = node.find("windows");
    if (hours && !std::holds_alternative<ClockHours>(sheet.hours.value))
        return reader.error(*hours, "receptions go by the clock and not by the sun", "write hours such as `06:00-22:00`"), sheet;
    const YamlNode *hold_at = node.find("hold_at"), *hold_within = node.find("hold_within");
    if (!hold_at != !hold_within)
        reader.error(hold_at ? *hold_at : *hold_within, hold_at ? "'hold_at' without 'hold_within'" : "'hold_within' without 'hold_at'",
                     "write both, or neither");
    if (windows && sheet.windows.empty()) reader.error(*windows, "there is no window to wait for", "give at least one");
    if (!windows || windows->kind != YamlNode::Kind::sequence || windows->items.size() != sheet.windows.size()) return sheet;
    Millis before{};
    for (std::size_t i = 0; i < sheet.windows.size(); ++i) {
        const DailyHours& window = sheet.windows[i].between.value;
        const YamlNode* where = windows->items[i].find("between");
        const auto lies = within(window, sheet.hours.value);
        if (where && !lies)
            reader.error(*where, "the window " + hours_text(window) + " does not lie within the hours " + hours_text(sheet.hours.value),
                         "hosts receive at these hours; widen one of them");
        else if (where && lies->first < before)
            reader.error(*where, "the window " + hours_text(window) + " does not come after the one before it",
                         "write them in their order, none over another");
        if (lies) before = lies->second;
    }
    return sheet;
}

TypeText Codec<ReceptionsSheet>::type() {
    return {R"({"$ref":"#/$defs/receptions"})", "`receptions`", &record_text<ReceptionsSheet>(), Overlay::merges};
}

template <>
const Table<LongStandSheet>& table_of() {
    static const Table<LongStandSheet> table = [] {
        Table<LongStandSheet> made{
            "long_stand",
            "One long stand of a journey in the country, or none: for a night or a visit, at a place along the way.",
            {
                required("journey", &LongStandSheet::journey,
                         "`outward`: journeys that leave the country; `homeward`: that come from abroad and end in it"),
                optional("lines", &LongStandSheet::lines, "ids: for journeys over one of these lines, and along these only; without it any"),
                required("probability", &LongStandSheet::probability, "that there is one", Range::share),
                required("takes", &LongStandSheet::takes, "how long it lasts", Range::not_negative),
                optional("at_night", &LongStandSheet::at_night, "who comes to the place at these hours stands until a time within `until` instead"),
                optional("until", &LongStandSheet::until, "the hours at which such a night ends"),
                required("along", &LongStandSheet::along, "the length of way that the probability speaks of; a shorter way has its share of it",
                         Range::positive),
                required("clear_of_border", &LongStandSheet::clear_of_border, "the distance along the way within which there is none",
                         Range::not_negative),
            }};
        flatten(made.fields, &LongStandSheet::provenance);
        return made;
    }();
    return table;
}

std::optional<LongStandSheet> Codec<LongStandSheet>::read(const YamlNode& node, Reader& reader) {
    const LongStandSheet sheet = read_record<LongStandSheet>(node, reader);
    if (node.kind != YamlNode::Kind::map) return sheet;
    const YamlNode *night = node.find("at_night"), *until = node.find("until");
    if (!night != !until)
        reader.error(night ? *night : *until, night ? "nights have no end" : "there is no night to end",
                     "write both `at_night` and `until`, or neither");
    return sheet;
}

TypeText Codec<LongStandSheet>::type() { return {R"({"$ref":"#/$defs/long_stand"})", "`long_stand`", &record_text<LongStandSheet>()}; }

template <>
const Table<PassageSheet>& table_of() {
    static const Table<PassageSheet> table = [] {
        Table<PassageSheet> made{"passage",
                                 "A station that special trains leave or pass onto a line only at certain hours, as a bridge by night.",
                                 {
                                     required("at", &PassageSheet::at, "the station"),
                                     required("onto", &PassageSheet::onto, "id of the line that the train runs onto"),
                                     required("hours", &PassageSheet::hours, "the hours, by the clock of the station or its sun"),
                                     required("probability", &PassageSheet::probability, "that a journey keeps to them", Range::share),
                                     required("at_most", &PassageSheet::at_most, "who would wait longer goes on at once", Range::not_negative),
                                     required("later", &PassageSheet::later, "how long after the hours begin it goes on", Range::not_negative),
                                 }};
        flatten(made.fields, &PassageSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<SpeedSpreadSheet>& table_of() {
    static const Table<SpeedSpreadSheet> table = [] {
        Table<SpeedSpreadSheet> made{
            "speed_spread",
            "Factors on the spread of operating speeds about their medians: what nobody has timed is not known better than what was timed.",
            {
                required("timed", &SpeedSpreadSheet::timed, "of lines whose operating speed has a confidence of medium or high", Range::positive),
                required("untimed", &SpeedSpreadSheet::untimed, "of lines whose operating speed has a low confidence", Range::positive),
            }};
        flatten(made.fields, &SpeedSpreadSheet::provenance);
        return made;
    }();
    return table;
}

}  // namespace railwindow
