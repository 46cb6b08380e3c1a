#include <railwindow/estimate/why_none_arrives.hpp>

#include <railwindow/simulation/simulate.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace railwindow {
namespace {

class Ended {
public:
    Ended(const Model& model, const Trace& trace) : model_{model}, trace_{trace}, of_{way_of(model, trace).main()} {}

    std::string why() const {
        return std::visit([this](const auto& why) { return words(why); }, trace_.main().stranded->why);
    }

private:
    const Station& station(std::size_t visit) const { return model_.network.stations()[of_.visits[visit].station]; }

    std::string words(const Stall& stall) const {
        const std::size_t after = trace_.main().stranded->after_visit;
        const Visit &last = of_.visits[after], &next = of_.visits[after + 1];
        const Length behind = stall.at - (last.stage == next.stage ? last.at : CourseOffset{});
        return fmt::format("the train stalls at km {:.1f}, {:.1f} km behind {}, where it needs {:.0f} kN and has {:.0f} kN",
                           (last.distance + behind) / km, behind / km, station(after).name, stall.needed / kN, stall.available / kN);
    }

    // The last wait before the run ended is what it ended in.
    std::string words(const BeyondHorizon&) const {
        const auto before = std::find_if(trace_.log.rbegin(), trace_.log.rend(),
                                         [](const LogEntry& entry) { return entry.train == 0 && entry.what != Happening::ends_early; });
        if (before == trace_.log.rend() || before->what != Happening::waits) return "the train is so slow that the journey takes more than a year";
        const Visit& visit = of_.visits[before->visit];
        std::string text = fmt::format("the train waits at {} {}", station(before->visit).name, before->why);
        if (visit.not_before && *visit.not_before > before->at)
            return text + fmt::format(" (not_before: {}), a year or more after it came", short_time(*visit.not_before, station(before->visit).zone));
        if (before->why.starts_with("for hours to run"))
            for (const RunningHours& running : visit.running) text += "; " + running.why;
        return text;
    }

    std::string words(const Blocked& blocked) const {
        return fmt::format("train {} blocks the line", way_of(model_, trace_).trains[blocked.by].name);
    }

    const Model& model_;
    const Trace& trace_;
    const Itinerary& of_;
};

struct EndOfRuns {
    std::size_t alternative = 0, visit = 0;
    std::uint32_t runs = 0;
};

EndOfRuns worst_place(const Samples& samples) {
    EndOfRuns worst;
    for (std::size_t alternative = 0; alternative < samples.stranded.size(); ++alternative)
        for (std::size_t visit = 0; visit < samples.stranded[alternative].size(); ++visit)
            if (const std::uint32_t runs = samples.stranded[alternative][visit]; runs > worst.runs) worst = {alternative, visit, runs};
    return worst;
}

}  // namespace

std::string why_none_arrives(const Model& model, const Samples& samples) {
    const EndOfRuns worst = worst_place(samples);
    const Station& last = model.network.stations()[model.alternatives[worst.alternative].main().visits[worst.visit].station];
    const std::string where = fmt::format("{} end after {}", worst.runs == samples.runs ? "all" : "most", last.name);
    Simulator simulator{model};
    std::optional<std::string> elsewhere;  // of a train that was sent another way
    for (std::uint64_t run = 0; run < samples.runs; ++run) {
        const Trace& trace = simulator.run({samples.seed, run}, Logging::on);
        if (!trace.main().stranded) continue;
        const bool here = trace.alternative == worst.alternative && !trace.diversion && trace.main().stranded->after_visit == worst.visit;
        if (here) return where + ": " + Ended{model, trace}.why();
        if (!elsewhere) elsewhere = Ended{model, trace}.why();
    }
    return where + (elsewhere ? "; in the first of them " + *elsewhere : "");
}

}  // namespace railwindow
