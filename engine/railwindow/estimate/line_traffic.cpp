#include <railwindow/estimate/line_traffic.hpp>

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

std::vector<TrafficEstimate> traffic_of(const Model& model, const Samples& samples) {
    std::vector<TrafficEstimate> lines;
    if (model.shared_lines.empty()) return lines;
    const auto mean = [&](const std::vector<std::int64_t>& column) {
        double sum = 0;
        for (const std::int64_t one : column) sum += static_cast<double>(one);
        return sum / static_cast<double>(samples.runs);
    };
    for (std::size_t i = 0; i < model.shared_lines.size(); ++i) {
        const TrafficSamples& line = samples.traffic[i];
        lines.push_back({model.shared_lines[i], mean(line.trains), mean(line.delay) / 1000, mean(line.caused) / 1000, {}});
    }
    const Trace median = simulate(model, {samples.seed, Noise::median_run}, Logging::on);
    const std::vector<SharedStretch>& stretches = way_of(model, median).shared;
    for (std::size_t i = 0; i < stretches.size(); ++i)
        for (const StringLine& string : median.lines[i].strings) lines[stretches[i].shared_line].median_run.push_back(string);
    return lines;
}

}  // namespace railwindow
