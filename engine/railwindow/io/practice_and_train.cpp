#include <railwindow/io/codecs.hpp>
#include <railwindow/io/scenario_file.hpp>

namespace railwindow {

template <> const Table<TechnicalStopSheet>& table_of() {
    static const Table<TechnicalStopSheet> table = [] {
        Table<TechnicalStopSheet> made{"technical_stop", "Halts that nobody announces, for crews, water, inspection.", {
            optional("lines", &TechnicalStopSheet::lines, "ids of the lines it holds for; without it every other line of the country"),
            required("every", &TechnicalStopSheet::every, "the mean spacing along the line", Range::positive),
            required("jitter", &TechnicalStopSheet::jitter, "the spacing is triangular on every - jitter to every + jitter", Range::not_negative),
            required("dwell", &TechnicalStopSheet::dwell, "how long it lasts", Range::not_negative),
        }};
        flatten(made.fields, &TechnicalStopSheet::provenance);
        return made;
    }();
    return table;
}

/// A technical stop whose spacing can be counted.
template <> struct Codec<TechnicalStopSheet> {
    static std::optional<TechnicalStopSheet> read(const YamlNode& node, Reader& reader) {
        constexpr Length closest = 1 * km;  // every cell of a section is looked at in every run
        const TechnicalStopSheet stop = read_record<TechnicalStopSheet>(node, reader);
        const YamlNode *every = node.find("every"), *jitter = node.find("jitter");
        if (every && stop.every > 0 * m && stop.every < closest) reader.error(*every, described(*every) + " is too close", "write at least 1 km");
        if (jitter && stop.every > 0 * m && stop.jitter >= stop.every) reader.error(*jitter, "jitter must be smaller than every", "the spacing would reach zero");
        return stop;
    }
    static TypeText type() {
        const RecordText& record = record_text<TechnicalStopSheet>();
        return {R"({"$ref":"#/$defs/)" + record.name + "\"}", "`" + record.name + "`", &record};
    }
};

template <> const Table<PracticeStopSheet>& table_of() {
    static const Table<PracticeStopSheet> table = [] {
        Table<PracticeStopSheet> made{"practice_stop", "Something done at a named station; what is done side by side overlaps.", {
            required("at", &PracticeStopSheet::at, "the station"),
            required("activity", &PracticeStopSheet::activity, "what is done, such as `locomotive change`"),
            required("takes", &PracticeStopSheet::takes, "how long; 0 min means that it is not done", Range::not_negative),
        }};
        flatten(made.fields, &PracticeStopSheet::provenance);
        return made;
    }();
    return table;
}

template <> const Table<PracticeSheet>& table_of() {
    static const Table<PracticeSheet> table = [] {
        Table<PracticeSheet> made{"practice", "How one country works a special train.", {
            schema_line<PracticeSheet>("railwindow.practice/1"),
            required("country", &PracticeSheet::country, "ISO 3166 two-letter code"),
            optional("operating_speed", &PracticeSheet::operating_speed, "instead of the operating speeds of its lines", Range::positive),
            required("section_noise", &PracticeSheet::section_noise, "standard deviation of ln(speed) from section to section", Range::share),
            optional("technical_stops", &PracticeSheet::technical_stops, "halts every so many kilometres"),
            optional("stops", &PracticeSheet::stops, "what is done at named stations"),
            optional("reversal", &PracticeSheet::reversal, "how long a change of direction takes", Range::not_negative),
        }};
        flatten(made.fields, &PracticeSheet::provenance);
        return made;
    }();
    return table;
}

template <> const Table<DynamicsSheet>& table_of() {
    static const Table<DynamicsSheet> table{"dynamics", "How running times are computed.", {
        required("constant_acceleration", &DynamicsSheet::constant_acceleration, "the same net acceleration at every speed", Range::positive),
    }};
    return table;
}

template <> const Table<TrainSheet>& table_of() {
    static const Table<TrainSheet> table = [] {
        Table<TrainSheet> made{"train", "One train.", {
            schema_line<TrainSheet>("railwindow.train/1"),
            required("name", &TrainSheet::name, "what it is called"),
            required("gauges", &TrainSheet::gauges, "the gauges its cars can be set on"),
            optional("gauge_change", &TrainSheet::gauge_change_methods, "how its gauge can be changed, such as `bogie exchange`"),
            required("cars", &TrainSheet::cars, "how many cars", Range::positive),
            required("car_length", &TrainSheet::car_length, "over couplers", Range::positive),
            required("locomotive_length", &TrainSheet::locomotive_length, "of all locomotives together", Range::not_negative),
            required("limit", &TrainSheet::limit, "the highest speed of its cars", Range::positive),
            required("dynamics", &TrainSheet::dynamics, "how its running times are computed"),
            required("service_deceleration", &TrainSheet::service_deceleration, "with which it brakes for stops and limits", Range::positive),
            required("brake_build_up", &TrainSheet::brake_build_up, "until the brakes hold", Range::not_negative),
            required("journey_pace", &TrainSheet::journey_pace, "Z of one journey: all of it is run at exp(-Z) times the operating speeds"),
        }};
        flatten(made.fields, &TrainSheet::provenance);
        return made;
    }();
    return table;
}

namespace {

template <class Sheet>
Sheet read_sheet(std::string_view text, const std::string& file, const YamlLimits& limits) {
    const YamlNode root = parse_yaml(text, file, limits);
    Reader reader{file};
    Sheet sheet = read_record<Sheet>(root, reader);
    sheet.file = file;
    reader.findings().throw_if_errors();
    return sheet;
}

}  // namespace

PracticeSheet read_practice(std::string_view text, const std::string& file, const YamlLimits& limits) {
    return read_sheet<PracticeSheet>(text, file, limits);
}

TrainSheet read_train(std::string_view text, const std::string& file, const YamlLimits& limits) { return read_sheet<TrainSheet>(text, file, limits); }

}  // namespace railwindow
