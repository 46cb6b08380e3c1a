#include <railwindow/io/plan_table.hpp>

#include <railwindow/io/observation_table.hpp>

namespace railwindow {

std::optional<DailyHours> Codec<DailyHours>::read(const YamlNode& node, Reader& reader) {
    const auto text = read_scalar(node, reader, "hours of the day");
    if (!text) return {};
    const auto hours = parse_hours(*text);
    if (const auto* error = std::get_if<TimeError>(&hours)) return reader.error(node, error->what, error->remedy), std::nullopt;
    return std::get<DailyHours>(hours);
}

template <>
const Table<PlanSheet>& table_of() {
    static const Table<PlanSheet> table = [] {
        Table<PlanSheet> made{
            "plan",
            "When the train is to arrive: it comes no earlier, and a late train is not made punctual by it.",
            {
                required("at", &PlanSheet::at, "the station"),
                optional("arrive", &PlanSheet::arrive, "when, local to the station; this or `not_before`"),
                optional("not_before", &PlanSheet::not_before, "a bound that is kept exactly; this or `arrive`"),
                optional("announced", &PlanSheet::announced,
                         "`true` where the time was told to the public; the railway's own plan differs from it by the practice's `announced_times`"),
                optional("weight", &PlanSheet::weight, "how likely the train is worked to this plan; without it certainly", Range::share),
                optional("hold_at", &PlanSheet::hold_at,
                         "stations before it, as `baranovsky` or `baranovsky visit 2`, where an early train stands until it is time; without them it "
                         "goes slower on its way"),
                optional("known_at", &PlanSheet::known_at,
                         "when it was published, local to the station; `backtest` uses a plan only if that is before the forecast begins"),
            }};
        flatten(made.fields, &PlanSheet::which);
        flatten(made.fields, &PlanSheet::provenance);
        return made;
    }();
    return table;
}

std::optional<PlanSheet> Codec<PlanSheet>::read(const YamlNode& node, Reader& reader) {
    PlanSheet plan = read_record<PlanSheet>(node, reader);
    plan.place = reader.place(node);
    if (node.kind != YamlNode::Kind::map) return plan;
    const bool arrive = node.find("arrive"), not_before = node.find("not_before");
    if (arrive == not_before)
        reader.error(node, arrive ? "both 'arrive' and 'not_before'" : "neither 'arrive' nor 'not_before'", "write one of them");
    if (plan.announced && not_before)
        reader.error(*node.find("announced"), "'not_before' is a bound and no announced time", "write `arrive` instead");
    return plan;
}

TypeText Codec<PlanSheet>::type() { return {R"({"$ref":"#/$defs/plan"})", "`plan`", &record_text<PlanSheet>()}; }

template <>
const Table<RunningHoursSheet>& table_of() {
    static const Table<RunningHoursSheet> table = [] {
        Table<RunningHoursSheet> made{
            "running_hours",
            "At which hours trains leave and pass stations; at other hours they stand at the station that they have come to.",
            {
                optional("lines", &RunningHoursSheet::lines, "ids of the lines where it holds: for leaving or passing a station along them"),
                optional("countries", &RunningHoursSheet::countries, "two-letter codes: likewise along all lines there"),
                optional("stations", &RunningHoursSheet::stations, "the stations where it holds"),
                optional("run", &RunningHoursSheet::run, "the hours at which trains run; this or `not`"),
                optional("not", &RunningHoursSheet::not_run, "the hours at which they do not: a curfew; this or `run`"),
                optional("why", &RunningHoursSheet::why, "what for"),
                optional("weight", &RunningHoursSheet::weight, "how likely they are kept on the whole journey; without it certainly", Range::share),
            }};
        flatten(made.fields, &RunningHoursSheet::provenance);
        return made;
    }();
    return table;
}

std::optional<RunningHoursSheet> Codec<RunningHoursSheet>::read(const YamlNode& node, Reader& reader) {
    RunningHoursSheet hours = read_record<RunningHoursSheet>(node, reader);
    hours.place = reader.place(node);
    if (node.kind != YamlNode::Kind::map) return hours;
    const bool run = node.find("run"), not_run = node.find("not");
    if (run == not_run) reader.error(node, run ? "both 'run' and 'not'" : "neither 'run' nor 'not'", "write one of them, as `run: night`");
    if (!node.find("lines") && !node.find("countries") && !node.find("stations"))
        reader.error(node, "it does not say where the hours hold", "give it `lines`, `countries` or `stations`");
    return hours;
}

TypeText Codec<RunningHoursSheet>::type() { return {R"({"$ref":"#/$defs/running_hours"})", "`running_hours`", &record_text<RunningHoursSheet>()}; }

}  // namespace railwindow
