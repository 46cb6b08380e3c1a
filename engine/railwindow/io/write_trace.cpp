#include <railwindow/io/write_trace.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/json_numbers.hpp>
#include <railwindow/io/table_text.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace railwindow {
namespace {

using Json = nlohmann::ordered_json;

class TraceReader {
public:
    TraceReader(const Model& model, const LoggedRun& run) : model_{model}, run_{run}, alternative_{way_of(model, run.trace)} {}

    const Itinerary& train(const LogEntry& entry) const { return alternative_.trains[entry.train]; }
    const Station& station(const LogEntry& entry) const { return model_.network.stations()[train(entry).visits[entry.visit].station]; }
    bool several_trains() const { return alternative_.trains.size() > 1; }
    const Alternative& alternative() const { return alternative_; }

    // What happened, in words.
    std::string words(const LogEntry& entry) const {
        std::string text{name(entry.what)};
        if (entry.what == Happening::ends_early) return text + ": " + reason(*run_.trace.trains[entry.train].stranded);
        if (!entry.why.empty())
            text += entry.what == Happening::begins || entry.what == Happening::ends ? fmt::format(" {}", entry.why) : fmt::format(": {}", entry.why);
        if (entry.what == Happening::waits && entry.why.empty()) text += " for the train ahead";
        if (entry.lasts) text += fmt::format(", {}", lasting(*entry.lasts));
        return text;
    }

    std::string reason(const Stranded& stranded) const {
        if (const Stall* stall = std::get_if<Stall>(&stranded.why))
            return fmt::format("stalls on a grade, {:.0f} kN needed and {:.0f} kN there", stall->needed / kN, stall->available / kN);
        if (const Blocked* blocked = std::get_if<Blocked>(&stranded.why))
            return fmt::format("train {} blocks the line", alternative_.trains[blocked->by].name);
        return "the journey takes more than a year";
    }

private:
    static std::string lasting(Millis time) {
        return time < std::chrono::minutes{1} ? fmt::format("{:.0f} s", seconds(time)) : hours_and_minutes(time);
    }

    const Model& model_;
    const LoggedRun& run_;
    const Alternative& alternative_;
};

std::string head_of(const Model& model, const LoggedRun& run) {
    const Alternative& alternative = way_of(model, run.trace);
    const int cars = run.trace.main().cars;
    const Station& origin = model.network.stations()[alternative.main().visits.front().station];
    const int year = origin.zone.local_at(run.trace.main().visits.front().depart).year;
    return fmt::format("Run {} of seed {} of {}: {} car{}{}. Times are local to each station; year {}.", run.noise.run, run.noise.seed, model.name,
                       cars, cars == 1 ? "" : "s", alternative.name.empty() ? "" : ", " + alternative.name, year);
}

// `text` in the column behind the first `indent` characters of a line.
std::string beside(const std::string& text, int indent, int width) {
    std::ostringstream wrapped;
    write_wrapped(wrapped, text, std::max(20, width - indent), 0);
    std::string lines = wrapped.str();
    for (std::size_t at = lines.find('\n'); at + 1 < lines.size(); at = lines.find('\n', at + 1))
        lines.insert(at + 1, static_cast<std::size_t>(indent), ' ');
    return lines;
}

}  // namespace

void write_trace(std::ostream& out, const Model& model, const LoggedRun& run, int width) {
    const TraceReader read{model, run};
    write_wrapped(out, head_of(model, run), width, 2);
    out << '\n';
    std::size_t names = 7, trains = 5;
    for (const LogEntry& entry : run.trace.log) {
        names = std::max(names, characters(read.station(entry).name));
        trains = std::max(trains, characters(read.train(entry).name));
    }
    const int station_width = std::min(static_cast<int>(names), 18), train_width = read.several_trains() ? static_cast<int>(trains) + 1 : 0;
    out << fmt::format("{:<11} {:<6} {:>7}  {}{}What\n", "Time", "UTC", "km", fitted("Station", station_width + 1),
                       read.several_trains() ? fitted("Train", train_width) : "");
    for (const LogEntry& entry : run.trace.log) {
        const Station& station = read.station(entry);
        const std::string before = fmt::format(
            "{} {:<6} {:>7.1f}  {}{}", short_time(entry.at, station.zone).substr(5), offset_text(station.zone.offset_at(entry.at)),
            entry.distance / km, fitted(station.name, station_width + 1), read.several_trains() ? fitted(read.train(entry).name, train_width) : "");
        out << before << beside(read.words(entry), static_cast<int>(characters(before)), width);
    }
    out << "\nWhere the time went (h:mm:ss)\n";
    const auto clock = [](Millis time) {
        const auto whole = time.count();
        return fmt::format("{}:{:02}:{:06.3f}", whole / 3'600'000, whole / 60'000 % 60, static_cast<double>(whole % 60'000) / 1000.0);
    };
    for (std::size_t train = 0; train < run.trace.trains.size(); ++train) {
        if (run.trace.trains[train].visits.empty()) continue;
        if (read.several_trains()) out << read.alternative().trains[train].name << '\n';
        const TimeParts& parts = run.trace.trains[train].parts;
        for (std::size_t part = 0; part < time_parts; ++part)
            if (parts.spent[part] > Millis{0}) out << fmt::format("  {:<20}{:>16}\n", name(static_cast<TimePart>(part)), clock(parts.spent[part]));
        out << fmt::format("  {:<20}{:>16}\n", "together", clock(parts.sum()));
    }
}

void write_trace_json(std::ostream& out, const Model& model, const LoggedRun& run) {
    const TraceReader read{model, run};
    Json json{{"schema", "railwindow.trace/1"},
              {"scenario", model.name},
              {"seed", run.noise.seed},
              {"run", run.noise.run},
              {"route", fmt::format("route-{}", run.trace.alternative + 1)},
              {"diverted", run.trace.diversion.has_value()},
              {"summary", summary(model.network, way_of(model, run.trace).main().path)},
              {"trains", Json::array()},
              {"events", Json::array()}};
    for (std::size_t i = 0; i < run.trace.trains.size(); ++i) {
        const TrainTrace& train = run.trace.trains[i];
        if (train.visits.empty()) continue;
        Json parts = Json::object();
        for (std::size_t part = 0; part < time_parts; ++part)
            parts[std::string{name(static_cast<TimePart>(part))}] = seconds(train.parts.spent[part]);
        json["trains"].push_back({{"train", read.alternative().trains[i].name},
                                  {"cars", train.cars},
                                  {"arrives", !train.stranded.has_value()},
                                  {"time_parts", parts},
                                  {"total_seconds", seconds(train.parts.sum())}});
    }
    for (const LogEntry& entry : run.trace.log) {
        const Station& station = read.station(entry);
        Json event{{"time", iso_time(entry.at, station.zone)},  {"train", read.train(entry).name}, {"station", station.id},
                   {"distance_km", kilometres(entry.distance)}, {"event", name(entry.what)},       {"words", read.words(entry)}};
        if (!entry.why.empty()) event["why"] = entry.why;
        if (entry.lasts) event["lasts_seconds"] = seconds(*entry.lasts);
        json["events"].push_back(std::move(event));
    }
    out << json.dump(2) << '\n';
}

void write_trace_csv(std::ostream& out, const Model& model, const LoggedRun& run) {
    const TraceReader read{model, run};
    out << "time,train,station,distance_km,event,why,lasts_seconds\n";
    for (const LogEntry& entry : run.trace.log) {
        const Station& station = read.station(entry);
        out << fmt::format("{},{},{},{:.3f},{},{},{}\n", iso_time(entry.at, station.zone), csv_field(read.train(entry).name), station.id,
                           entry.distance / km, name(entry.what), csv_field(std::string{entry.why}),
                           entry.lasts ? fmt::format("{:.3f}", seconds(*entry.lasts)) : "");
    }
}

}  // namespace railwindow
