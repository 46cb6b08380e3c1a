#include <railwindow/io/network_file.hpp>

#include <railwindow/io/codecs.hpp>
#include <railwindow/io/file_tables.hpp>
#include <railwindow/io/plan_table.hpp>

#include <algorithm>

namespace railwindow {

template <>
const Table<ReversalSheet>& table_of() {
    static const Table<ReversalSheet> table = [] {
        Table<ReversalSheet> made{
            "reversal", "Whether a train can change direction at this station.", {required("possible", &ReversalSheet::possible, "whether it can")}};
        flatten(made.fields, &ReversalSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<StationSheet>& table_of() {
    static const Table<StationSheet> table = [] {
        Table<StationSheet> made{
            "station",
            "A place where trains stop or pass; its key is its id, lower case with hyphens.",
            {
                required("name", &StationSheet::name, "its name in English"),
                optional("local_name", &StationSheet::local_name, "its name in the local script"),
                required_country("country", &StationSheet::country),
                required("position", &StationSheet::position, "where it is (WGS84)"),
                optional("elevation", &StationSheet::elevation, "height of the track above the sea"),
                required("time_zone", &StationSheet::time_zone, "IANA name of the zone whose clocks it keeps, such as Asia/Vladivostok"),
                optional("reversal", &StationSheet::reversal, "whether a train can change direction here"),
            }};
        flatten(made.fields, &StationSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<RulingGradientSheet>& table_of() {
    static const Table<RulingGradientSheet> table = [] {
        Table<RulingGradientSheet> made{"ruling_gradient",
                                        "The steepest grade that governs a load; it bounds the profile and is not one.",
                                        {
                                            optional("forward", &RulingGradientSheet::forward, "against a train running up the chainage"),
                                            optional("reverse", &RulingGradientSheet::reverse, "against a train running down the chainage"),
                                        }};
        flatten(made.fields, &RulingGradientSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<TrackSheet>& table_of() {
    static const Table<TrackSheet> table = [] {
        Table<TrackSheet> made{
            "track",
            "What a line or a part of it is like.",
            {
                optional("gauge", &TrackSheet::gauge, "distance between the rails; two where four rails or three lie on one formation"),
                optional("tracks", &TrackSheet::tracks, "how many running tracks", Range::positive),
                optional("electrification", &TrackSheet::electrification, "what the wire carries"),
                optional("limit", &TrackSheet::limit, "the highest speed allowed to any train", Range::positive),
                optional("operating_speed", &TrackSheet::operating_speed, "the speed at which special trains are worked between stops",
                         Range::positive),
                optional("ruling_gradient", &TrackSheet::ruling_gradient, "the steepest grade for each direction"),
                optional("use", &TrackSheet::use, "who may run here"),
                optional("axle_load", &TrackSheet::axle_load, "the heaviest axle it carries; without it any", Range::positive),
                optional("train_length", &TrackSheet::train_length, "the longest train that its loops and stations take; without it any",
                         Range::positive),
            }};
        flatten(made.fields, &TrackSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<SectionSheet>& table_of() {
    static const Table<SectionSheet> table = [] {
        Table<SectionSheet> made{"section",
                                 "A part of a line that differs from the rest; later parts win over earlier ones.",
                                 {
                                     required("from", &SectionSheet::from, "its first station in order of chainage"),
                                     required("to", &SectionSheet::to, "its last station"),
                                 }};
        flatten(made.fields, &SectionSheet::track);
        return made;
    }();
    return table;
}

template <>
const Table<LimitFromSheet>& table_of() {
    static const Table<LimitFromSheet> table{"limit_from",
                                             "A limit that holds from a chainage up to the next one, instead of the line's or section's.",
                                             {
                                                 required("at", &LimitFromSheet::at, "the chainage it holds from, in order along the line"),
                                                 required("limit", &LimitFromSheet::limit, "the highest speed allowed to any train", Range::positive),
                                             }};
    return table;
}

template <>
const Table<GradientFromSheet>& table_of() {
    static const Table<GradientFromSheet> table{
        "gradient_from",
        "A gradient that holds from a chainage up to the next one.",
        {
            required("at", &GradientFromSheet::at, "the chainage it holds from, in order along the line; the first is that of a station"),
            required("gradient", &GradientFromSheet::gradient,
                     "equivalent gradient (grade, curves and tunnels), positive against a train running up the chainage"),
        }};
    return table;
}

template <>
const Table<LandmarkSheet>& table_of() {
    static const Table<LandmarkSheet> table = [] {
        Table<LandmarkSheet> made{"landmark",
                                  "A place on the line that reports name, such as a bridge; its key is its id, for `observed` and `infer --seen`.",
                                  {
                                      required("name", &LandmarkSheet::name, "its name in English"),
                                      required("at", &LandmarkSheet::at, "its kilometre on the line"),
                                  }};
        flatten(made.fields, &LandmarkSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<LineSheet>& table_of() {
    static const Table<LineSheet> table = [] {
        Table<LineSheet> made{"line",
                              "Stations in a row with the track between them; its key is its id.",
                              {
                                  required("name", &LineSheet::name, "its name in English"),
                                  optional("local_name", &LineSheet::local_name, "its name in the local script"),
                                  required("chainage", &LineSheet::chainage, "its stations in order, each with its kilometre"),
                                  optional("limits", &LineSheet::limits,
                                           "its limits in detail, by chainage; before the first of them the line's or section's `limit` holds"),
                                  optional("gradients", &LineSheet::gradients,
                                           "its gradients in detail, by chainage; beyond the first of them nothing is assumed of gradients"),
                                  optional("sections", &LineSheet::sections, "what differs between two of its stations"),
                                  keyed("landmarks", &LineSheet::landmarks, &LandmarkSheet::id, "places that reports name, such as bridges"),
                              }};
        flatten(made.fields, &LineSheet::track);
        return made;
    }();
    return table;
}

template <>
const Table<BorderSheet>& table_of() {
    static const Table<BorderSheet> table = [] {
        Table<BorderSheet> made{
            "border",
            "A crossing between two countries; its key is its id.",
            {
                required("between", &BorderSheet::between, "the stations on either side"),
                optional("formalities", &BorderSheet::formalities, "how long checks take at either station, beside everything else done there"),
                optional("hours", &BorderSheet::hours, "when checks can begin at either station; without it at any time"),
                optional("use", &BorderSheet::use, "who may cross here"),
            }};
        flatten(made.fields, &BorderSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<GaugeChangeSheet>& table_of() {
    static const Table<GaugeChangeSheet> table = [] {
        Table<GaugeChangeSheet> made{
            "gauge_change",
            "A place where cars change gauge in batches; its key is the station.",
            {
                required("gauges", &GaugeChangeSheet::gauges, "the two gauges it joins"),
                required("method", &GaugeChangeSheet::method, "how: `bogie exchange`; a train must know the method"),
                required("set_up", &GaugeChangeSheet::set_up, "time to split and place the train", Range::not_negative),
                required("cars_per_batch", &GaugeChangeSheet::cars_per_batch, "how many cars are lifted at once", Range::positive),
                optional("lifts", &GaugeChangeSheet::lifts, "how many trains can be worked on at once; without it one", Range::positive),
                required("batch", &GaugeChangeSheet::batch, "time for one batch", Range::not_negative),
                required("brake_test", &GaugeChangeSheet::brake_test, "time to couple and test the brakes afterwards", Range::not_negative),
            }};
        flatten(made.fields, &GaugeChangeSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<TurnSheet>& table_of() {
    static const Table<TurnSheet> table = [] {
        Table<TurnSheet> made{
            "turn",
            "Whether a train changes direction at a station, where the straight lines to its neighbours would mislead.",
            {
                required("at", &TurnSheet::at, "the station"),
                required("between", &TurnSheet::between, "the two neighbouring stations that trains come from and go to, either way"),
                required("reversal", &TurnSheet::reversal,
                         "`false` where the track curves round, `true` where trains change direction though it looks straight"),
            }};
        flatten(made.fields, &TurnSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<NetworkSheet>& table_of() {
    static const Table<NetworkSheet> table = [] {
        Table<NetworkSheet> made{
            "network",
            "Stations, lines and borders of one corridor.",
            {
                schema_line<NetworkSheet>("railwindow.network/1"),
                required("name", &NetworkSheet::name, "what the network is called"),
                keyed("stations", &NetworkSheet::stations, &StationSheet::id, "its stations"),
                keyed("lines", &NetworkSheet::lines, &LineSheet::id, "its lines"),
                keyed("borders", &NetworkSheet::borders, &BorderSheet::id, "border crossings"),
                keyed("gauge_changes", &NetworkSheet::gauge_changes, &GaugeChangeSheet::at, "where the gauge can be changed"),
                optional("turns", &NetworkSheet::turns,
                         "where trains change direction, or do not, against what the map suggests (turns by more than 120 degrees)"),
            }};
        flatten(made.fields, &NetworkSheet::provenance);
        return made;
    }();
    return table;
}

NetworkSheet read_network(std::string_view text, const std::string& file, const YamlLimits& limits) {
    return read_network(parse_yaml(text, file, limits), file);
}

NetworkSheet read_network(const YamlNode& root, const std::string& file) {
    require_kind(root, file, "railwindow.network/1");
    Reader reader{file};
    NetworkSheet sheet = read_record<NetworkSheet>(root, reader);
    sheet.file = file;
    for (LineSheet& line : sheet.lines)
        for (const auto& [name, at] : line.chainage)
            if (at.value < 0 * m)
                reader.findings().add({at.place, "lines." + line.id.value + ".chainage." + name.value, "a chainage must not be negative",
                                       "count from the beginning of the line", Severity::error});
    reader.findings().throw_if_errors();
    return sheet;
}

}  // namespace railwindow
