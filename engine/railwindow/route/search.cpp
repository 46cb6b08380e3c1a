#include <railwindow/route/search.hpp>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace railwindow {
namespace {

struct State {
    PathStep step;
    std::size_t vias_behind;  // when the step has been run
};

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, State, boost::property<boost::edge_weight_t, double>>;
using Vertex = boost::graph_traits<Graph>::vertex_descriptor;
constexpr Vertex origin = 0;

bool has(const std::vector<Gauge>& gauges, Gauge gauge) { return std::find(gauges.begin(), gauges.end(), gauge) != gauges.end(); }

// The state graph of one request: vertex 0 is the origin, every other vertex a section that has been run.
class StateGraph {
public:
    StateGraph(const Network& network, const RouteRequest& request, std::optional<SectionId> banned) : network_{network}, request_{request}, banned_{banned} {
        boost::add_vertex(State{{}, 0}, graph_);
        add_states();
        for (Vertex vertex = 0; vertex < boost::num_vertices(graph_); ++vertex) add_edges(vertex);
    }

    std::optional<Path> shortest() const {
        std::vector<double> distance(boost::num_vertices(graph_));
        std::vector<Vertex> before(boost::num_vertices(graph_));
        boost::dijkstra_shortest_paths(graph_, origin, boost::predecessor_map(before.data()).distance_map(distance.data()));
        Vertex best = origin;
        for (Vertex vertex = 1; vertex < boost::num_vertices(graph_); ++vertex) {
            const State& state = graph_[vertex];
            const bool arrived = end_of(network_, state.step) == request_.to && state.vias_behind == request_.via.size();
            if (arrived && distance[vertex] < std::numeric_limits<double>::max() && (best == origin || distance[vertex] < distance[best])) best = vertex;
        }
        if (best == origin) return {};
        std::vector<PathStep> steps;
        for (Vertex vertex = best; vertex != origin; vertex = before[vertex]) steps.push_back(graph_[vertex].step);
        std::reverse(steps.begin(), steps.end());
        return completed(std::move(steps));
    }

private:
    void add_states() {
        first_state_.resize(network_.sections().size() + 1);
        for (std::uint32_t index = 0; index < network_.sections().size(); ++index) {
            first_state_[index] = boost::num_vertices(graph_);
            const SectionId id{index};
            const Section& section = network_.sections()[id];
            if (banned_ == id || section.use == Use::freight_only) continue;
            for (const Gauge gauge : section.gauges)
                for (const Direction direction : {Direction::up_chainage, Direction::down_chainage})
                    for (std::size_t vias = 0; vias <= request_.via.size() && has(request_.gauges, gauge); ++vias) boost::add_vertex(State{{id, direction, gauge}, vias}, graph_);
        }
        first_state_.back() = boost::num_vertices(graph_);
    }

    void add_edges(Vertex from) {
        const StationId here = from == origin ? request_.from : end_of(network_, graph_[from].step);
        const std::size_t vias_before = from == origin ? passed(0, here) : graph_[from].vias_behind;
        for (const SectionId next : network_.sections_at(here))
            for (Vertex to = first_state_[next.value]; to < first_state_[next.value + 1]; ++to) {
                const State& state = graph_[to];
                if (begin_of(network_, state.step) != here) continue;
                if (state.vias_behind != passed(vias_before, end_of(network_, state.step))) continue;
                if (from == origin || allowed(graph_[from].step, state.step, here)) boost::add_edge(from, to, network_.sections()[next].length / m, graph_);
            }
    }

    std::size_t passed(std::size_t vias, StationId station) const { return vias + (vias < request_.via.size() && request_.via[vias] == station ? 1 : 0); }

    bool allowed(const PathStep& in, const PathStep& out, StationId here) const {
        if (in.gauge != out.gauge && !can_change_gauge(here, in.gauge, out.gauge)) return false;
        const Station& station = network_.stations()[here];
        return !is_reversal(network_, in, out) || (station.reversal && station.reversal->possible);
    }

    bool can_change_gauge(StationId here, Gauge a, Gauge b) const {
        const GaugeChange* change = network_.gauge_change_at(here);
        if (!change || (request_.regauging && *request_.regauging != here)) return false;
        const auto& methods = request_.gauge_change_methods;
        return has(change->works.gauges, a) && has(change->works.gauges, b) && std::find(methods.begin(), methods.end(), change->works.method) != methods.end();
    }

    Path completed(std::vector<PathStep> steps) const {
        Path path{std::move(steps), {}, {}, {}};
        for (std::size_t i = 0; i < path.steps.size(); ++i) {
            path.length += network_.sections()[path.steps[i].section].length;
            if (i == 0) continue;
            if (path.steps[i].gauge != path.steps[i - 1].gauge) path.gauge_changes.push_back(i);
            if (is_reversal(network_, path.steps[i - 1], path.steps[i])) path.reversals.push_back(i);
        }
        return path;
    }

    const Network& network_;
    const RouteRequest& request_;
    std::optional<SectionId> banned_;
    Graph graph_;
    std::vector<Vertex> first_state_;
};

bool same_sections(const Path& a, const Path& b) {
    return std::equal(a.steps.begin(), a.steps.end(), b.steps.begin(), b.steps.end(), [](const PathStep& x, const PathStep& y) { return x.section == y.section && x.direction == y.direction; });
}

}  // namespace

std::optional<Path> shortest_path(const Network& network, const RouteRequest& request) { return StateGraph{network, request, {}}.shortest(); }

std::vector<Path> alternative_paths(const Network& network, const RouteRequest& request, double longest) {
    const auto best = shortest_path(network, request);
    if (!best) return {};
    std::vector<Path> found{*best};
    for (const PathStep& step : best->steps) {
        const auto other = StateGraph{network, request, step.section}.shortest();
        if (!other || other->length > longest * best->length) continue;
        if (std::none_of(found.begin(), found.end(), [&](const Path& path) { return same_sections(path, *other); })) found.push_back(*other);
    }
    std::stable_sort(found.begin(), found.end(), [](const Path& a, const Path& b) { return a.length < b.length; });
    return found;
}

std::vector<StationId> other_gauge_change_places(const Network& network, const RouteRequest& request, const Path& path) {
    std::vector<StationId> places;
    if (path.gauge_changes.size() != 1 || request.regauging) return places;
    for (const GaugeChange& change : network.gauge_changes()) {
        if (change.at == station_at(network, path, path.gauge_changes.front())) continue;
        RouteRequest elsewhere = request;
        elsewhere.regauging = change.at;
        const auto other = shortest_path(network, elsewhere);
        if (other && same_sections(*other, path)) places.push_back(change.at);
    }
    return places;
}

std::string why_no_path(const Network& network, const RouteRequest& request) {
    const auto name = [&](StationId id) { return network.stations()[id].name; };
    const std::string ends = fmt::format("there is no way from {} to {}", name(request.from), name(request.to));
    RouteRequest freer = request;
    freer.via.clear();
    if (!request.via.empty() && shortest_path(network, freer)) return ends + " by way of all the stations named in via, in that order";
    freer.regauging.reset();
    if (request.regauging && shortest_path(network, freer)) return fmt::format("{} that changes gauge at {}", ends, name(*request.regauging));
    for (const GaugeChange& change : network.gauge_changes()) {
        freer.gauge_change_methods.push_back(change.works.method);
        freer.gauges.insert(freer.gauges.end(), change.works.gauges.begin(), change.works.gauges.end());
    }
    if (shortest_path(network, freer)) return ends + " on the gauges this train can be set on; it would have to change gauge on the way and cannot";
    return ends + " in the loaded networks; load the networks between them, or check where they touch";
}

}  // namespace railwindow
