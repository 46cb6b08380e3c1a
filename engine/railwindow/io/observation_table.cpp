#include <railwindow/io/observation_table.hpp>

namespace railwindow {

template <>
const Table<WhichVisit>& table_of() {
    static const Table<WhichVisit> table{
        "which_visit",
        "Which visit is meant, where the way comes to a station more than once and the order of the list leaves it open.",
        {
            optional("visit", &WhichVisit::visit, "the how many-th visit of that station it is, counted from the origin", Range::positive),
            optional("after", &WhichVisit::after, "a station on the way: the first visit behind that one is meant"),
        }};
    return table;
}

template <>
const Table<WhenSheet>& table_of() {
    static const Table<WhenSheet> table{
        "when",
        "A time that may be uncertain: one time, a time with a spread, or between two.",
        {
            optional("at", &WhenSheet::at, "the time"),
            optional("spread", &WhenSheet::spread, "how far from it at most: triangular on both sides", Range::not_negative),
            optional("between", &WhenSheet::between, "two times; any time between them is equally likely"),
        }};
    return table;
}

void check_when(const WhenSheet& when, const YamlNode& node, Reader& reader) {
    if (when.between && when.between->size() != 2) reader.error(*node.find("between"), "expected two times", "write [earliest, latest]");
    const bool at = node.find("at"), between = node.find("between");
    if (at == between)
        reader.error(node, at ? "both 'at' and 'between'" : "neither 'at' nor 'between'",
                     "write one of {at: ..., spread: ...} and {between: [..., ...]}");
    if (when.spread && !at) reader.error(node, "'spread' without 'at'", "write {at: ..., spread: ...}");
}

std::optional<WhenSheet> Codec<WhenSheet>::read(const YamlNode& node, Reader& reader) {
    WhenSheet when;
    if (node.kind == YamlNode::Kind::map) {
        when = read_record<WhenSheet>(node, reader);
        check_when(when, node, reader);
    } else {
        when.at = Codec<Written<WrittenTime>>::read(node, reader);
        if (!when.at) return {};
    }
    when.place = reader.place(node);
    return when;
}

TypeText Codec<WhenSheet>::type() {
    return {R"({"anyOf":[{"type":"string"},{"$ref":"#/$defs/when"}]})", "a time such as `2019-04-23 18:00`, or `when`", &record_text<WhenSheet>()};
}

template <>
const std::vector<Choice<ObservedEvent>>& choices_of() {
    static const std::vector<Choice<ObservedEvent>> all{
        {"arrive", ObservedEvent::arrive}, {"depart", ObservedEvent::depart}, {"pass", ObservedEvent::pass}, {"seen", ObservedEvent::seen}};
    return all;
}
template <>
const std::vector<Choice<Counting>>& choices_of() {
    static const std::vector<Choice<Counting>> all{{"fully", Counting::fully}, {"consistency", Counting::consistency}};
    return all;
}
template <>
const std::vector<Choice<Record>>& choices_of() {
    static const std::vector<Choice<Record>> all{{"special train", Record::special_train}, {"ordinary train", Record::ordinary_train}};
    return all;
}

template <>
const Table<WatchSheet>& table_of() {
    static const Table<WatchSheet> table{
        "watch",
        "A place that was watched without noticing the train.",
        {
            optional("from", &WatchSheet::from, "since when; without it since the train left"),
            required("until", &WatchSheet::until, "up to when"),
            required("noticed", &WatchSheet::noticed, "the probability that a train that was there would have been noticed", Range::share),
        }};
    return table;
}

std::optional<WatchSheet> Codec<WatchSheet>::read(const YamlNode& node, Reader& reader) { return read_record<WatchSheet>(node, reader); }

TypeText Codec<WatchSheet>::type() { return {R"({"$ref":"#/$defs/watch"})", "`watch`", &record_text<WatchSheet>()}; }

template <>
const Table<EvidenceSheet>& table_of() {
    static const Table<EvidenceSheet> table{
        "evidence",
        "What was said in favour of something that the journey leaves open. It is no sighting, and every result keeps it apart from them.",
        {
            required("for", &EvidenceSheet::in_favour_of, "the station or corridor, as it is left open in `from`, `to` or `routes`"),
            required("factor", &EvidenceSheet::factor, "how many times likelier it was to be said if that is so", Range::positive),
            required("source", &EvidenceSheet::source, "who said it, and why it weighs so much"),
            optional("known_at", &EvidenceSheet::known_at, "when it was said, local to the origin"),
        }};
    return table;
}

std::optional<EvidenceSheet> Codec<EvidenceSheet>::read(const YamlNode& node, Reader& reader) {
    EvidenceSheet said = read_record<EvidenceSheet>(node, reader);
    said.place = reader.place(node);
    return said;
}

TypeText Codec<EvidenceSheet>::type() { return {R"({"$ref":"#/$defs/evidence"})", "`evidence`", &record_text<EvidenceSheet>()}; }

template <>
const Table<ObservedSheet>& table_of() {
    static const Table<ObservedSheet> table = [] {
        Table<ObservedSheet> made{
            "observed",
            "A report of where the train was when: between two times, at a time with an error, known on one side only, or that it was not seen.",
            {
                required("at", &ObservedSheet::at, "the station"),
                optional("event", &ObservedSheet::event,
                         "`arrive`, `depart`, `pass`, or `seen` where it was there then and no more is known; needed but for `not_seen`"),
                optional("before", &ObservedSheet::before, "how far short of the station on its way, for a bridge or a halt between stations",
                         Range::not_negative),
                optional("behind", &ObservedSheet::behind, "how far beyond the station on its way", Range::not_negative),
                optional("between", &ObservedSheet::between, "the earliest and the latest time that the reports allow; equal where one is exact"),
                optional("not_before", &ObservedSheet::not_before, "it had not happened by then"),
                optional("not_after", &ObservedSheet::not_after, "it had happened by then"),
                optional(
                    "counts", &ObservedSheet::counts,
                    "`fully` (the default), or `consistency` where only agreement can be judged; also so for one side only and for more than 3 h"),
                optional("time", &ObservedSheet::time, "the time as it was told, with `error`"),
                optional("error", &ObservedSheet::error,
                         "the law of how much `time` is later than the truth, such as {normal: {mean: 0 min, sd: 10 min}}"),
                optional("not_seen", &ObservedSheet::not_seen, "the place was watched and no train was noticed; instead of a time"),
                optional("towards", &ObservedSheet::towards, "a station that it was headed for"),
                optional("train", &ObservedSheet::train,
                         "which train of the convoy: its name, `main` (the default), or `any` where nobody could tell"),
                required("source", &ObservedSheet::source, "who reported it"),
                optional("confidence", &ObservedSheet::confidence, "how far it can be trusted"),
                optional("reliability", &ObservedSheet::reliability,
                         "the probability that it is about this train at all; without it what the practice says of its `confidence`, and without "
                         "both it is "
                         "taken as certain"),
                optional("known_at", &ObservedSheet::known_at,
                         "when it was published, local to the station; without it `infer --as-of` takes the end of what it reports"),
            }};
        flatten(made.fields, &ObservedSheet::which);
        return made;
    }();
    return table;
}

std::optional<ObservedSheet> Codec<ObservedSheet>::read(const YamlNode& node, Reader& reader) {
    ObservedSheet seen = read_record<ObservedSheet>(node, reader);
    seen.place = reader.place(node);
    if (node.kind != YamlNode::Kind::map) return seen;
    const bool between = node.find("between"), one_side = node.find("not_before") || node.find("not_after");
    const bool time = node.find("time"), watched = node.find("not_seen");
    if (seen.between && seen.between->size() != 2) reader.error(*node.find("between"), "expected two times", "write [earliest, latest]");
    if (between && one_side)
        reader.error(node, "both 'between' and a single bound", "write one of `between: [earliest, latest]`, `not_before` and `not_after`");
    else if (between + one_side + time + watched != 1)
        reader.error(node, between || one_side || time || watched ? "more than one way to say when" : "no time is given",
                     "write one of `between: [earliest, latest]`, `not_before`, `not_after`, `time` and `not_seen`");
    if (!watched && !node.find("event")) reader.error(node, "key 'event' is missing from observed", "it is `arrive`, `depart`, `pass` or `seen`");
    if (watched && node.find("event")) reader.error(*node.find("event"), "'event' with 'not_seen': nothing was seen", "leave it out");
    if (time != (node.find("error") != nullptr))
        reader.error(node, time ? "'time' without 'error'" : "'error' without 'time'",
                     "write both, as {time: 2023-09-12 12:15, error: {normal: {mean: 0 min, sd: 10 min}}}, or `between`");
    if (node.find("before") && node.find("behind")) reader.error(node, "both 'before' and 'behind'", "keep one of them");
    if (seen.reliability && !(*seen.reliability > 0 && *seen.reliability < 1))
        reader.error(*node.find("reliability"), described(*node.find("reliability")) + " does not lie between 0 and 1",
                     "write a probability above 0 and below 1; leave out what is certain, and the report where it says nothing");
    if (node.find("not_before") && node.find("not_after"))
        reader.error(node, "both 'not_before' and 'not_after'", "write `between: [earliest, latest]`");
    return seen;
}

TypeText Codec<ObservedSheet>::type() { return {R"({"$ref":"#/$defs/observed"})", "`observed`", &record_text<ObservedSheet>()}; }

template <>
const Table<StaySheet>& table_of() {
    static const Table<StaySheet> table = [] {
        Table<StaySheet> made{"stay",
                              "A departure known after a long stay. How long the train stood is given and not forecast.",
                              {
                                  required("at", &StaySheet::at, "the station"),
                                  required("depart", &StaySheet::depart, "when it left, local to the station"),
                                  required("source", &StaySheet::source, "who reported it"),
                              }};
        flatten(made.fields, &StaySheet::which);
        return made;
    }();
    return table;
}

template <>
const Table<PressSheet>& table_of() {
    static const Table<PressSheet> table = [] {
        Table<PressSheet> made{"press",
                               "What the press expected.",
                               {
                                   required("at", &PressSheet::at, "the station"),
                                   required("event", &PressSheet::event, "`arrive`, `depart` or `pass`"),
                                   required("between", &PressSheet::between, "the earliest and the latest time expected; equal where one was named"),
                                   required("source", &PressSheet::source, "who expected it"),
                               }};
        flatten(made.fields, &PressSheet::which);
        return made;
    }();
    return table;
}

std::optional<PressSheet> Codec<PressSheet>::read(const YamlNode& node, Reader& reader) {
    PressSheet press = read_record<PressSheet>(node, reader);
    press.place = reader.place(node);
    if (node.kind == YamlNode::Kind::map && node.find("between") && press.between.size() != 2)
        reader.error(*node.find("between"), "expected two times", "write [earliest, latest]");
    return press;
}

TypeText Codec<PressSheet>::type() { return {R"({"$ref":"#/$defs/press"})", "`press`", &record_text<PressSheet>()}; }

}  // namespace railwindow
