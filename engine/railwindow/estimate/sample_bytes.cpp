#include <railwindow/estimate/sample_bytes.hpp>

#include <railwindow/core/bytes.hpp>

namespace railwindow {
namespace {

// No journey lies beyond these: 1800 to 2300, wider than what files may say, and ten years of anything.
constexpr std::int64_t earliest_time = -5'364'662'400'000, latest_time = 10'413'792'000'000, longest_time = 315'576'000'000;

void require(bool holds, const char* what) {
    if (!holds) throw BrokenBytes{what};
}

}  // namespace

void check_runs(const Samples& block, const Model& model) {
    std::vector<std::vector<std::size_t>> origins(model.alternatives.size());  // by alternative and train: the timing point where it begins
    for (std::size_t a = 0; a < origins.size(); ++a) {
        origins[a].assign(model.alternatives[a].trains.size(), model.timing_points.size());
        for (std::size_t i = 0; i < model.timing_points.size(); ++i)
            if (model.timing_points[i].visit[a] == std::optional<std::size_t>{0}) origins[a][model.timing_points[i].train] = i;
    }
    for (std::uint64_t row = 0; row < block.runs; ++row) {
        const std::size_t alternative = block.alternatives.empty() ? 0 : block.alternatives[row];
        require(alternative < model.alternatives.size(), "a run takes a route that there is not");
        for (std::size_t i = 0; i < block.points.size(); ++i) {
            const PointSamples& point = block.points[i];
            const TimingPoint& at = model.timing_points[i];
            const bool reached = point.arrive[row] != PointSamples::never;
            require(reached == (point.depart[row] != PointSamples::never) && reached == (point.moving[row] != PointSamples::never),
                    "a run comes to a place and does not");
            if (!reached) continue;
            require(at.visit[alternative].has_value(), "a run comes to a place that its route does not have");
            const std::size_t origin = origins[alternative][at.train];
            require(origin < block.points.size() && block.points[origin].arrive[row] != PointSamples::never, "a run comes without having left");
            check_time(point.arrive[row]);
            check_time(point.depart[row]);
            require(point.moving[row] >= 0 && point.moving[row] <= longest_time, "a run moves longer than any run can");
        }
        for (const Millis spent : block.parts[row].spent)
            require(spent >= Millis{-longest_time} && spent <= Millis{longest_time}, "a run takes longer than any run can");
    }
    for (const TrafficSamples& line : block.traffic)
        for (const auto* column : {&line.trains, &line.delay, &line.caused})
            for (const std::int64_t value : *column)
                require(value >= -1000 * longest_time && value <= 1000 * longest_time, "ordinary trains are delayed longer than any can");
}

void check_time(std::int64_t time) {
    require(time == PointSamples::never || (time >= earliest_time && time <= latest_time), "a run has a time that no run can have");
}

std::string bytes_of(const Samples& block) {
    ByteWriter out;
    for (const PointSamples& point : block.points)
        for (const auto* column : {&point.arrive, &point.depart, &point.moving}) out.put(*column);
    out.put(block.alternatives);
    out.put(block.parts);
    out.put(block.waits);
    for (const TrafficSamples& line : block.traffic)
        for (const auto* column : {&line.trains, &line.delay, &line.caused}) out.put(*column);
    for (const std::vector<std::uint32_t>& visits : block.stranded) out.put(visits);
    out.put(block.diverted);
    return out.take();
}

void read_bytes(Samples& block, std::string_view bytes) {
    ByteReader in{bytes};
    const auto read = [&](auto& column) { in.fill(column); };
    for (PointSamples& point : block.points)
        for (auto* column : {&point.arrive, &point.depart, &point.moving}) read(*column);
    read(block.alternatives);
    read(block.parts);
    read(block.waits);
    for (TrafficSamples& line : block.traffic)
        for (auto* column : {&line.trains, &line.delay, &line.caused}) read(*column);
    for (std::vector<std::uint32_t>& visits : block.stranded) read(visits);
    read(block.diverted);
    in.end();
}

}  // namespace railwindow
