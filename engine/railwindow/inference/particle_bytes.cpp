#include <railwindow/inference/particle_bytes.hpp>

#include <railwindow/core/bytes.hpp>
#include <railwindow/estimate/sample_bytes.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

// Field by field: the gaps of a struct hold anything.
template <class Struct, class Field>
void put_field(ByteWriter& out, const std::vector<Struct>& all, Field Struct::*field) {
    std::vector<Field> values;
    values.reserve(all.size());
    for (const Struct& one : all) values.push_back(one.*field);
    out.put(values);
}

template <class Struct, class Field>
void get_field(ByteReader& in, std::vector<Struct>& all, Field Struct::*field) {
    const std::vector<Field> values = in.list<Field>(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i].*field = values[i];
}

void put(ByteWriter& out, const Cell& cell) {
    out.put(static_cast<std::uint64_t>(cell.depth));
    out.put(cell.runs);
    put_field(out, cell.refreshes, &Refresh::run);
    put_field(out, cell.refreshes, &Refresh::beyond);
    out.put(cell.fits);
    out.put(cell.times);
    out.put(cell.arrive);
    out.put(cell.depart);
    put_field(out, cell.positions, &Position::kind);
    put_field(out, cell.positions, &Position::visit);
    put_field(out, cell.positions, &Position::way);
    put_field(out, cell.positions, &Position::kilometres);
    out.put(cell.weights);
}

void require(bool holds, const char* what) {
    if (!holds) throw BrokenBytes{what};
}

// What is read off particles later has to be there.
void check(const Cell& cell, const ParticleTask& task) {
    const auto is_share = [](double value) { return value >= 0 && value <= 1; };
    require(std::all_of(cell.fits.begin(), cell.fits.end(), is_share), "a journey fits a report by no share");
    require(std::all_of(cell.weights.begin(), cell.weights.end(), [](double weight) { return weight >= 0 && std::isfinite(weight); }),
            "a journey has no weight");
    for (const auto* times : {&cell.times, &cell.arrive, &cell.depart})
        for (const std::int64_t time : *times) check_time(time);
    const std::size_t alternatives = task.model.alternatives.size();
    for (const Position& position : cell.positions) {
        require(position.kind <= Position::Kind::gone, "a train does what no train can");
        require(position.way < alternatives + task.model.diversions.size(), "a train is on a route that there is not");
        const Alternative& way =
            position.way < alternatives ? task.model.alternatives[position.way] : task.model.diversions[position.way - alternatives].way;
        require(position.visit < way.main().visits.size() && std::isfinite(position.kilometres),
                "a train is at a place that its route does not have");
    }
}

// Weights and runs beyond the particles are those of scouts that were not followed.
void get(ByteReader& in, Cell& cell, const ParticleTask& task) {
    cell.depth = in.get<std::uint64_t>();
    cell.runs = in.list<std::uint64_t>();
    const std::size_t size = cell.runs.size();
    require(cell.depth <= task.reports.size(), "journeys were drawn anew oftener than there are reports");
    cell.refreshes.resize(size * cell.depth);
    get_field(in, cell.refreshes, &Refresh::run);
    get_field(in, cell.refreshes, &Refresh::beyond);
    cell.fits = in.list<double>(size * task.reports.size());
    cell.times = in.list<std::int64_t>(size * task.reports.size());
    cell.arrive = in.list<std::int64_t>(size * task.points.size());
    cell.depart = in.list<std::int64_t>(size * task.points.size());
    cell.positions.resize(task.moment ? size : 0);
    get_field(in, cell.positions, &Position::kind);
    get_field(in, cell.positions, &Position::visit);
    get_field(in, cell.positions, &Position::way);
    get_field(in, cell.positions, &Position::kilometres);
    cell.weights = in.list<double>(size);
    check(cell, task);
}

}  // namespace

std::string bytes_of(const Cell& cell) {
    ByteWriter out;
    put(out, cell);
    return out.take();
}

void read_bytes(Cell& cell, const ParticleTask& task, std::string_view bytes, std::size_t size) {
    ByteReader in{bytes};
    get(in, cell, task);
    in.end();
    require(cell.size() == size && cell.depth == 0, "first journeys are not as many as they must be, or were drawn anew");
    for (std::size_t row = 0; row < size; ++row) require(cell.runs[row] == row * batches + cell.batch, "a journey is of another batch");
}

std::string bytes_of(const Scouts& scouts) {
    ByteWriter out;
    out.put(scouts.runs);
    out.put(scouts.fits);
    return out.take();
}

Scouts read_scouts(const Cell& cell, std::string_view bytes, std::size_t size) {
    ByteReader in{bytes};
    Scouts scouts{in.list<std::uint64_t>(), {}};
    scouts.fits = in.list<double>(scouts.runs.size());
    in.end();
    require(std::all_of(scouts.fits.begin(), scouts.fits.end(), [](double fit) { return fit >= 0 && fit <= 1; }),
            "a journey fits a report by no share");
    require(scouts.runs.size() == size, "scouts are not as many as they must be");
    for (std::size_t row = 0; row < size; ++row)
        require(scouts.runs[row] == (first_scout + row) * batches + cell.batch, "a scout is of another batch");
    return scouts;
}

std::string bytes_of(const Settled& settled) {
    ByteWriter out;
    put(out, settled.cell);
    out.put(settled.replays);
    out.put(settled.accepted);
    return out.take();
}

Settled read_settled(const Cell& first, const ParticleTask& task, std::string_view bytes, std::size_t scouts) {
    ByteReader in{bytes};
    Settled settled;
    settled.cell.alternative = first.alternative, settled.cell.batch = first.batch;
    get(in, settled.cell, task);
    settled.replays = in.get<std::uint64_t>();
    settled.accepted = in.get<std::uint64_t>();
    in.end();
    require(settled.cell.size() > 0, "no journey is left");
    for (const std::uint64_t run : settled.cell.runs) {
        const std::uint64_t row = run / batches;
        require(run % batches == first.batch && (row < first.size() || (row >= first_scout && row < first_scout + scouts)),
                "a journey is of another batch");
    }
    return settled;
}

}  // namespace railwindow
