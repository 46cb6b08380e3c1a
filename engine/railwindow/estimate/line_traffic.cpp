#include <railwindow/estimate/line_traffic.hpp>

#include <railwindow/estimate/ranked.hpp>
#include <railwindow/estimate/time_parts.hpp>
#include <railwindow/simulation/simulate.hpp>

namespace railwindow {

void note_traffic(Samples& samples, const Model& model, const Trace& trace, std::uint64_t run) {
    const std::vector<SharedStretch>& stretches = way_of(model, trace).shared;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        TrafficSamples& line = samples.traffic[stretches[i].shared_line];
        line.trains[run] += trace.lines[i].trains;
        line.delay[run] += trace.lines[i].delay.count();
        line.caused[run] += trace.lines[i].caused.count();
    }
}

std::vector<TrafficEstimate> traffic_of(const Model& model, const RunSource& runs, unsigned threads) {
    std::vector<TrafficEstimate> lines;
    if (model.shared_lines.empty()) return lines;
    std::vector<Measure> measures;
    for (std::size_t i = 0; i < model.shared_lines.size(); ++i)
        for (const auto column : {&TrafficSamples::trains, &TrafficSamples::delay, &TrafficSamples::caused})
            measures.push_back(by_row([=](const Samples& in, std::uint64_t row) { return (in.traffic[i].*column)[row]; }));
    const std::vector<double> sums = summed(runs, measures, threads);
    const auto mean = [&](std::size_t i) { return sums[i] / static_cast<double>(runs.runs()); };
    for (std::size_t i = 0; i < model.shared_lines.size(); ++i)
        lines.push_back({model.shared_lines[i], mean(3 * i), mean(3 * i + 1) / 1000, mean(3 * i + 2) / 1000, {}});
    const std::optional<std::uint64_t> middle = run_at_quantile(model, runs, 0.5);
    if (!middle) return lines;
    const Trace median = simulate(model, {runs.seed(), *middle}, Logging::on);
    const std::vector<SharedStretch>& stretches = way_of(model, median).shared;
    for (std::size_t i = 0; i < stretches.size(); ++i)
        for (const StringLine& string : median.lines[i].strings) lines[stretches[i].shared_line].median_run.push_back(string);
    return lines;
}

}  // namespace railwindow
