#include <railwindow/estimate/samples.hpp>

#include <railwindow/core/error.hpp>
#include <railwindow/estimate/line_traffic.hpp>
#include <railwindow/estimate/run_source.hpp>
#include <railwindow/estimate/sample_bytes.hpp>
#include <railwindow/estimate/share_out.hpp>
#include <railwindow/simulation/simulate.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <memory>
#include <mutex>

namespace railwindow {
namespace {

constexpr double most_bytes = 8e9;

std::uint64_t blocks_in(std::uint64_t runs) { return (runs + runs_per_block - 1) / runs_per_block; }

void check_size(const Model& model, std::uint64_t runs) {
    const double bytes = bytes_per_run(model) * static_cast<double>(runs);
    if (bytes > most_bytes)
        throw InputError{
            Finding{{},
                    "runs",
                    fmt::format("{} runs with {} timing points would need {:.0f} GB of memory", runs, model.timing_points.size(), bytes / 1e9),
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

// As many runs as asked for, none of which comes anywhere yet.
void resize(Samples& samples, const Model& model, std::uint64_t runs) {
    samples.runs = runs;
    samples.points.resize(model.timing_points.size());
    for (PointSamples& point : samples.points)
        for (auto* column : {&point.arrive, &point.depart, &point.moving}) column->resize(runs, PointSamples::never);
    if (model.alternatives.size() > 1) samples.alternatives.resize(runs);
    samples.parts.resize(runs);
    if (!model.waits.empty()) samples.waits.resize(runs);
    samples.traffic.resize(model.shared_lines.size());
    for (TrafficSamples& line : samples.traffic)
        for (auto* column : {&line.trains, &line.delay, &line.caused}) column->resize(runs);
}

// What `trace` leaves behind, in row `row`.
void note(Samples& samples, const Model& model, const Trace& trace, std::uint64_t row) {
    if (trace.diversion) ++samples.diverted[*trace.diversion];
    if (trace.main().stranded) ++samples.stranded[trace.alternative][last_on_meant_way(model, trace)];
    samples.parts[row] = trace.main().parts;
    if (!samples.waits.empty()) samples.waits[row] = trace.waits;
    note_traffic(samples, model, trace, row);
    if (!samples.alternatives.empty()) samples.alternatives[row] = static_cast<std::uint16_t>(trace.alternative);
    for (std::size_t i = 0; i < samples.points.size(); ++i) {
        const TimingPoint& point = model.timing_points[i];
        const std::optional<std::size_t> visit = trace.diversion ? model.diversions[*trace.diversion].visit[i] : point.visit[trace.alternative];
        const std::vector<VisitTimes>& visits = trace.trains[point.train].visits;
        if (!visit || *visit >= visits.size()) continue;
        const VisitTimes& times = visits[*visit];
        samples.points[i].arrive[row] = times.arrive.time_since_epoch().count();
        samples.points[i].depart[row] = times.depart.time_since_epoch().count();
        samples.points[i].moving[row] = times.moving.count();
    }
}

// Columns of `block` become rows `first` and following ones of `samples`. Counts are added by the caller.
void place(Samples& samples, const Samples& block, std::uint64_t first) {
    const auto copy = [&](const auto& from, auto& to) { std::copy(from.begin(), from.end(), to.begin() + static_cast<std::ptrdiff_t>(first)); };
    for (std::size_t i = 0; i < samples.points.size(); ++i) {
        copy(block.points[i].arrive, samples.points[i].arrive);
        copy(block.points[i].depart, samples.points[i].depart);
        copy(block.points[i].moving, samples.points[i].moving);
    }
    copy(block.alternatives, samples.alternatives);
    copy(block.parts, samples.parts);
    copy(block.waits, samples.waits);
    for (std::size_t i = 0; i < samples.traffic.size(); ++i) {
        copy(block.traffic[i].trains, samples.traffic[i].trains);
        copy(block.traffic[i].delay, samples.traffic[i].delay);
        copy(block.traffic[i].caused, samples.traffic[i].caused);
    }
}

// The runs from samples.runs to options.runs - 1 of the phase `name`, into rows that are there already. Whether all was done.
bool add_blocks(Samples& samples, const Model& model, const EstimateOptions& options, const std::string& name, std::uint64_t known = 0) {
    const auto first_of = [&](std::uint64_t block) { return known + block * runs_per_block; };
    const auto runs_of = [&](std::uint64_t block) { return std::min(options.runs - first_of(block), runs_per_block); };
    std::mutex counting;
    const auto make_worker = [&] {
        return [&, simulator = std::make_shared<Simulator>(model)](std::uint64_t number) {
            Samples block = sized(model, options.seed, runs_of(number));
            for (std::uint64_t row = 0; row < block.runs; ++row) note(block, model, simulator->run(Noise{options.seed, first_of(number) + row}), row);
            return block;
        };
    };
    const auto take = [&](std::uint64_t number, const Samples& block) {
        place(samples, block, first_of(number));
        const std::lock_guard lock{counting};
        add_counts(samples, block);
    };
    const BlockCodec<Samples> codec{bytes_of, [&](std::uint64_t number, std::string_view bytes) {
                                        Samples block = sized(model, options.seed, runs_of(number));
                                        read_bytes(block, bytes);
                                        check_runs(block, model);
                                        return block;
                                    }};
    std::uint64_t all = options.runs;
    if (options.work && options.work->is_part()) {
        const auto [begin, end] = blocks_of(options.work->part(), blocks_in(all));
        all = std::max<std::uint64_t>(1, (end - begin) * runs_per_block);
    }
    const auto report = [&](std::uint64_t done) { return !options.progress || options.progress(std::min(all, first_of(done)), all); };
    return share_out(options.work, {name, blocks_in(options.runs - known), options.threads}, codec, make_worker, take, report);
}

void fill(Samples& samples, const Model& model, const EstimateOptions& options, const std::string& name) {
    const std::uint64_t known = samples.runs;
    check_size(model, options.runs);
    resize(samples, model, options.runs);
    samples.complete = add_blocks(samples, model, options, name, known);
}

}  // namespace

double bytes_per_run(const Model& model) {
    const std::size_t numbers = 3 * model.timing_points.size() + 3 * model.shared_lines.size() + (model.waits.empty() ? 0 : 1);
    return static_cast<double>(numbers * sizeof(std::int64_t) + sizeof(TimeParts) + (model.alternatives.size() > 1 ? sizeof(std::uint16_t) : 0));
}

Samples sized(const Model& model, std::uint64_t seed, std::uint64_t runs) {
    Samples samples;
    samples.seed = seed;
    for (const Alternative& alternative : model.alternatives) samples.stranded.emplace_back(alternative.main().visits.size());
    samples.diverted.resize(model.diversions.size());
    resize(samples, model, runs);
    return samples;
}

Samples sample(const Model& model, const EstimateOptions& options) {
    check_quantiles(options.quantiles);
    if (options.runs == 0) throw InputError{Finding{{}, "runs", "0 runs give no answer", "ask for at least 1", Severity::error}};
    Samples samples = sized(model, options.seed, 0);
    const std::string name = options.work ? options.work->next("runs") : std::string{};
    if (!options.work || !options.work->is_part()) {
        fill(samples, model, options, name);
        return samples;
    }
    const auto [begin, end] = blocks_of(options.work->part(), blocks_in(options.runs));
    check_size(model, (end - begin) * runs_per_block);
    samples.complete = add_blocks(samples, model, options, name);
    return samples;
}

void extend(Samples& samples, const Model& model, const EstimateOptions& options) {
    EstimateOptions here = options;
    here.work = nullptr;  // how many more there are is known to who has the others
    fill(samples, model, here, {});
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
