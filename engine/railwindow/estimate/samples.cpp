#include <railwindow/estimate/samples.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/estimate/line_traffic.hpp>
#include <railwindow/estimate/parallel.hpp>
#include <railwindow/simulation/simulate.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <memory>
#include <mutex>

namespace railwindow {
namespace {

constexpr std::uint64_t runs_per_block = 256;
constexpr double most_bytes = 8e9;

void check_size(std::size_t points, std::uint64_t runs) {
    const double bytes = 3.0 * sizeof(std::int64_t) * static_cast<double>(points) * static_cast<double>(runs);
    if (bytes > most_bytes)
        throw InputError{
            Finding{{},
                    "runs",
                    fmt::format("{} runs with {} timing points would need {:.0f} GB of memory", runs, points, bytes / 1e9),
                    fmt::format("at most {:.0f} runs fit into {:.0f} GB", most_bytes / bytes * static_cast<double>(runs), most_bytes / 1e9),
                    Severity::error}};
}

// The last visit that the main train reached, or on a diversion the last of those that lie on the way that was meant.
std::size_t last_on_meant_way(const Model& model, const Trace& trace) {
    const std::size_t last = trace.main().stranded->after_visit;
    if (!trace.diversion) return last;
    const std::vector<Visit>&visits = way_of(model, trace).main().visits, &meant = model.alternatives[trace.alternative].main().visits;
    for (std::size_t i = last; i > model.diversions[*trace.diversion].leaves; --i)
        for (std::size_t visit = meant.size(); visit-- > 0;)
            if (meant[visit].station == visits[i].station) return visit;
    return std::min(last, model.diversions[*trace.diversion].leaves);
}

}  // namespace

Samples sample(const Model& model, const EstimateOptions& options) {
    check_quantiles(options.quantiles);
    if (options.runs == 0) throw InputError{Finding{{}, "runs", "0 runs give no answer", "ask for at least 1", Severity::error}};
    Samples samples{options.seed, 0, std::vector<PointSamples>(model.timing_points.size()), {}, {}, {}, true};
    for (const Alternative& alternative : model.alternatives) samples.stranded.emplace_back(alternative.main().visits.size());
    extend(samples, model, options);
    return samples;
}

void extend(Samples& samples, const Model& model, const EstimateOptions& options) {
    const std::uint64_t known = samples.runs;
    samples.runs = options.runs;
    check_size(samples.points.size(), options.runs);
    for (PointSamples& point : samples.points)
        for (auto* column : {&point.arrive, &point.depart, &point.moving}) column->resize(options.runs, PointSamples::never);
    if (model.alternatives.size() > 1) samples.alternatives.resize(options.runs);
    samples.parts.resize(options.runs);
    if (!model.waits.empty()) samples.waits.resize(options.runs);
    samples.traffic.resize(model.shared_lines.size());
    samples.diverted.resize(model.diversions.size());
    for (TrafficSamples& line : samples.traffic)
        for (auto* column : {&line.trains, &line.delay, &line.caused}) column->resize(options.runs);

    std::mutex counting;
    const auto make_worker = [&] {
        return [&, simulator = std::make_shared<Simulator>(model)](std::uint64_t block) {
            const std::uint64_t begin = known + block * runs_per_block, end = std::min(options.runs, begin + runs_per_block);
            for (std::uint64_t run = begin; run < end; ++run) {
                const Trace& trace = simulator->run(Noise{options.seed, run});
                if (trace.main().stranded || trace.diversion) {
                    const std::lock_guard lock{counting};
                    if (trace.diversion) ++samples.diverted[*trace.diversion];
                    if (trace.main().stranded) ++samples.stranded[trace.alternative][last_on_meant_way(model, trace)];
                }
                samples.parts[run] = trace.main().parts;
                if (!samples.waits.empty()) samples.waits[run] = trace.waits;
                note_traffic(samples, model, trace, run);
                if (!samples.alternatives.empty()) samples.alternatives[run] = static_cast<std::uint16_t>(trace.alternative);
                for (std::size_t i = 0; i < samples.points.size(); ++i) {
                    const TimingPoint& point = model.timing_points[i];
                    const std::optional<std::size_t> visit =
                        trace.diversion ? model.diversions[*trace.diversion].visit[i] : point.visit[trace.alternative];
                    const std::vector<VisitTimes>& visits = trace.trains[point.train].visits;
                    if (!visit || *visit >= visits.size()) continue;
                    const VisitTimes& times = visits[*visit];
                    samples.points[i].arrive[run] = times.arrive.time_since_epoch().count();
                    samples.points[i].depart[run] = times.depart.time_since_epoch().count();
                    samples.points[i].moving[run] = times.moving.count();
                }
            }
        };
    };
    const std::uint64_t blocks = (options.runs - known + runs_per_block - 1) / runs_per_block;
    const auto report = [&](std::uint64_t done) {
        return !options.progress || options.progress(std::min(options.runs, known + done * runs_per_block), options.runs);
    };
    samples.complete = in_parallel(blocks, options.threads, make_worker, report);
}

Samples samples_at(const Model& fewer, const Model& model, const Samples& samples) {
    Samples result{samples.seed,    samples.runs,     {},           samples.alternatives, samples.parts, samples.stranded, samples.complete,
                   samples.traffic, samples.diverted, samples.waits};
    for (const TimingPoint& point : fewer.timing_points) {
        const auto same = std::find_if(model.timing_points.begin(), model.timing_points.end(),
                                       [&](const TimingPoint& other) { return other.train == point.train && other.visit == point.visit; });
        assert(same != model.timing_points.end());
        result.points.push_back(samples.points[static_cast<std::size_t>(same - model.timing_points.begin())]);
    }
    return result;
}

}  // namespace railwindow
