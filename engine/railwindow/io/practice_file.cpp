#include <railwindow/io/codecs.hpp>
#include <railwindow/io/disruption_table.hpp>
#include <railwindow/io/file_tables.hpp>
#include <railwindow/io/plan_table.hpp>
#include <railwindow/io/read_sheet.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/traffic_table.hpp>
#include <railwindow/io/wait_table.hpp>

namespace railwindow {

template <>
const Table<TechnicalStopSheet>& table_of() {
    static const Table<TechnicalStopSheet> table = [] {
        Table<TechnicalStopSheet> made{
            "technical_stop",
            "Halts that nobody announces, for crews, water, inspection.",
            {
                optional("lines", &TechnicalStopSheet::lines, "ids of the lines it holds for; without it every other line of the country"),
                required("every", &TechnicalStopSheet::every, "the mean spacing along the line; 150 to 200 km where crews change", Range::positive),
                required("jitter", &TechnicalStopSheet::jitter,
                         "the spacing is triangular on every - jitter to every + jitter; half of `every` where the places are not known",
                         Range::not_negative),
                required("dwell", &TechnicalStopSheet::dwell, "how long it lasts; a change of crew 5 to 30 min, water and fuel up to two hours",
                         Range::not_negative),
            }};
        flatten(made.fields, &TechnicalStopSheet::provenance);
        return made;
    }();
    return table;
}

/// A technical stop whose spacing can be counted.
template <>
struct Codec<TechnicalStopSheet> {
    static std::optional<TechnicalStopSheet> read(const YamlNode& node, Reader& reader) {
        constexpr Length closest = 1 * km;  // every cell of a section is looked at in every run
        const TechnicalStopSheet stop = read_record<TechnicalStopSheet>(node, reader);
        const YamlNode *every = node.find("every"), *jitter = node.find("jitter");
        if (every && stop.every > 0 * m && stop.every < closest) reader.error(*every, described(*every) + " is too close", "write at least 1 km");
        if (jitter && stop.every > 0 * m && stop.jitter >= stop.every)
            reader.error(*jitter, "jitter must be smaller than every", "the spacing would reach zero");
        return stop;
    }
    static TypeText type() {
        const RecordText& record = record_text<TechnicalStopSheet>();
        return {R"({"$ref":"#/$defs/)" + record.name + "\"}", "`" + record.name + "`", &record};
    }
};

template <>
const std::vector<Choice<StopActivity>>& choices_of() {
    static const std::vector<Choice<StopActivity>> all = [] {
        std::vector<Choice<StopActivity>> made;
        for (const StopActivity one : {StopActivity::locomotive_change, StopActivity::crew_change, StopActivity::water, StopActivity::fuel,
                                       StopActivity::inspection, StopActivity::waiting, StopActivity::other})
            made.push_back({name(one), one});
        return made;
    }();
    return all;
}
template <>
struct Codec<StopActivity> : ChoiceCodec<StopActivity> {};

template <>
const Table<PracticeStopSheet>& table_of() {
    static const Table<PracticeStopSheet> table = [] {
        Table<PracticeStopSheet> made{
            "practice_stop",
            "Something done at a named station; what is done side by side overlaps.",
            {
                required("at", &PracticeStopSheet::at, "the station"),
                required("activity", &PracticeStopSheet::activity, "what is done"),
                required("takes", &PracticeStopSheet::takes, "how long; 0 min means that it is not done", Range::not_negative),
                optional("hours", &PracticeStopSheet::hours, "when it can begin; without it at any time"),
            }};
        flatten(made.fields, &PracticeStopSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<LocomotivesSheet>& table_of() {
    static const Table<LocomotivesSheet> table{
        "locomotives",
        "Locomotives that may pull, coupled together.",
        {
            required("weight", &LocomotivesSheet::weight, "how likely they are, against the other choices", Range::positive),
            required("units", &LocomotivesSheet::units, "ids of their classes in the rolling-stock file, one for each locomotive"),
            optional("power", &LocomotivesSheet::power, "share of the rated power that is there: catenary voltage, state of the engine",
                     Range::positive),
        }};
    return table;
}

template <>
const Table<TractionSheet>& table_of() {
    static const Table<TractionSheet> table = [] {
        Table<TractionSheet> made{"traction",
                                  "What pulls the train; the first rule that fits a section holds.",
                                  {
                                      optional("lines", &TractionSheet::lines, "ids of the lines it holds for; without it any"),
                                      optional("wire", &TractionSheet::wire, "the electrification it holds for; without it any"),
                                      required("locomotives", &TractionSheet::locomotives, "the choices; one is drawn for each journey"),
                                  }};
        flatten(made.fields, &TractionSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<GradientPriorSheet>& table_of() {
    static const Table<GradientPriorSheet> table = [] {
        Table<GradientPriorSheet> made{"gradient_prior",
                                       "What is assumed between the heights of a section's ends: alternating grades up to the ruling one.",
                                       {
                                           required("wave", &GradientPriorSheet::wave, "length of one rise and one fall", Range::positive),
                                           required("intensity", &GradientPriorSheet::intensity,
                                                    "share of the ruling gradient that is reached; drawn for every section", Range::share),
                                       }};
        flatten(made.fields, &GradientPriorSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<PaceSheet>& table_of() {
    static const Table<PaceSheet> table = [] {
        Table<PaceSheet> made{
            "pace",
            "How fast the country's lines are worked against what they say; `backtest --fit` proposes it.",
            {
                required("median", &PaceSheet::median, "factor on all operating speeds", Range::positive),
                required("spread", &PaceSheet::spread, "factor on all spreads of the pace: of journeys, operating speeds and sections",
                         Range::positive),
                required("median_prior", &PaceSheet::median_prior, "standard deviation of ln(median) about 0 before any fit", Range::positive),
                required("spread_prior", &PaceSheet::spread_prior, "standard deviation of ln(spread) about 0 before any fit", Range::positive),
            }};
        flatten(made.fields, &PaceSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<HourlyPaceSheet>& table_of() {
    static const Table<HourlyPaceSheet> table = [] {
        Table<HourlyPaceSheet> made{
            "hourly_pace",
            "Another pace at some hours. A section has the pace of the hour at which the train comes into it; the first entry that fits holds.",
            {
                required("between", &HourlyPaceSheet::between, "hours of the day at the station where the section is entered"),
                optional("lines", &HourlyPaceSheet::lines, "ids of the lines it holds for; without it every line of the country"),
                required("pace", &HourlyPaceSheet::pace, "factor on operating speeds, drawn once for a journey", Range::positive),
            }};
        flatten(made.fields, &HourlyPaceSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<ReportsSheet>& table_of() {
    static const Table<ReportsSheet> table = [] {
        Table<ReportsSheet> made{
            "reports",
            "What sightings of the special train are worth in this country; `infer` uses it.",
            {
                required("high", &ReportsSheet::high, "of reports of high confidence, the share that is about this train", Range::share),
                required("medium", &ReportsSheet::medium, "likewise of medium confidence", Range::share),
                required("low", &ReportsSheet::low, "likewise of low confidence", Range::share),
                required("span", &ReportsSheet::span, "over which the times of the others are spread evenly", Range::positive),
            }};
        flatten(made.fields, &ReportsSheet::provenance);
        return made;
    }();
    return table;
}

/// Shares that leave both possible.
template <>
struct Codec<ReportsSheet> {
    static std::optional<ReportsSheet> read(const YamlNode& node, Reader& reader) {
        const ReportsSheet sheet = read_record<ReportsSheet>(node, reader);
        for (const auto& [key, share] : {std::pair{"high", sheet.high}, std::pair{"medium", sheet.medium}, std::pair{"low", sheet.low}})
            if (node.find(key) && !(share > 0 && share < 1))
                reader.error(*node.find(key), described(*node.find(key)) + " does not lie between 0 and 1", "write a share above 0 and below 1");
        return sheet;
    }
    static TypeText type() {
        const RecordText& record = record_text<ReportsSheet>();
        return {R"({"$ref":"#/$defs/)" + record.name + "\"}", "`" + record.name + "`", &record, Overlay::merges};
    }
};

template <>
const Table<PracticeSheet>& table_of() {
    static const Table<PracticeSheet> table = [] {
        Table<PracticeSheet> made{
            "practice",
            "How one country works a special train.",
            {
                schema_line<PracticeSheet>("railwindow.practice/1"),
                required_country("country", &PracticeSheet::country),
                optional("operating_speed", &PracticeSheet::operating_speed, "instead of the operating speeds of its lines", Range::positive),
                optional("pace", &PracticeSheet::pace, "how fast its lines are worked, against what they say"),
                optional("time_of_day", &PracticeSheet::time_of_day, "hours at which its lines are worked faster or slower"),
                required("section_noise", &PracticeSheet::section_noise,
                         "standard deviation of ln(speed) from section to section; 0.05 where two sections of three are run within 5 % of their "
                         "operating speed",
                         Range::share),
                optional("speed_spread", &PracticeSheet::speed_spread, "factors on the spread of operating speeds, for timed and other lines"),
                optional("technical_stops", &PracticeSheet::technical_stops, "halts every so many kilometres"),
                optional("receptions", &PracticeSheet::receptions, "when hosts receive; without it whenever the train comes"),
                optional("long_stands", &PracticeSheet::long_stands, "long stands of a journey; the first entry that fits it holds"),
                optional("passages", &PracticeSheet::passages, "places that are passed at certain hours"),
                optional("stops", &PracticeSheet::stops, "what is done at named stations"),
                optional("reversal", &PracticeSheet::reversal, "how long a change of direction takes", Range::not_negative),
                optional("traction", &PracticeSheet::traction, "what pulls the train on which line"),
                optional("locomotive_change", &PracticeSheet::locomotive_change, "how long a change of locomotive takes where no stop says it",
                         Range::not_negative),
                optional("track_resistance", &PracticeSheet::track_resistance, "factor on the resistance formulas, for poor track", Range::positive),
                optional("announced_times", &PracticeSheet::announced_times,
                         "by how much the railway's own plan is later than a time that was announced"),
                optional("gradient_prior", &PracticeSheet::gradient_prior, "what is assumed of gradients between the known heights"),
                optional("disruptions", &PracticeSheet::disruptions, "what disturbs trains"),
                optional("traffic", &PracticeSheet::traffic, "what ordinary trains run on its lines"),
                optional("reports", &PracticeSheet::reports, "what sightings of the special train are worth"),
            }};
        flatten(made.fields, &PracticeSheet::provenance);
        return made;
    }();
    return table;
}
PracticeSheet read_practice(std::string_view text, const std::string& file, const YamlLimits& limits) {
    return read_sheet<PracticeSheet>(text, file, "railwindow.practice/1", limits);
}
PracticeSheet read_practice(const YamlNode& root, const std::string& file) { return read_sheet<PracticeSheet>(root, file, "railwindow.practice/1"); }

}  // namespace railwindow
