#include <railwindow/route/search.hpp>

#include <railwindow/route/state_space.hpp>

#include <boost/graph/astar_search.hpp>

#include <algorithm>
#include <limits>
#include <set>

namespace railwindow {
namespace {

// A boost graph (IncidenceGraph) whose vertices come into being when an edge to them is first asked for.
using Edge = StateSpace::Move;

class ReachedGraph {
public:
    using vertex_descriptor = StateSpace::Vertex;
    using edge_descriptor = Edge;
    using directed_category = boost::directed_tag;
    using edge_parallel_category = boost::disallow_parallel_edge_tag;
    using traversal_category = boost::incidence_graph_tag;
    using out_edge_iterator = std::vector<Edge>::const_iterator;
    using degree_size_type = std::size_t;
    static vertex_descriptor null_vertex() { return StateSpace::none; }

    explicit ReachedGraph(StateSpace& space) : space_{&space} {}

    // The edges live until the next call: a search looks at one vertex at a time.
    std::pair<out_edge_iterator, out_edge_iterator> edges_from(vertex_descriptor vertex) const {
        space_->moves_from(vertex, edges_);
        return {edges_.begin(), edges_.end()};
    }

private:
    StateSpace* space_;
    mutable std::vector<Edge> edges_;
};

StateSpace::Vertex source(const Edge& edge, const ReachedGraph&) { return edge.from; }
StateSpace::Vertex target(const Edge& edge, const ReachedGraph&) { return edge.to; }
std::pair<ReachedGraph::out_edge_iterator, ReachedGraph::out_edge_iterator> out_edges(StateSpace::Vertex vertex, const ReachedGraph& graph) {
    return graph.edges_from(vertex);
}
[[maybe_unused]] std::size_t out_degree(StateSpace::Vertex vertex, const ReachedGraph& graph) {
    const auto [begin, end] = graph.edges_from(vertex);
    return static_cast<std::size_t>(end - begin);
}

// A property of every vertex, also of those not reached yet, which have `otherwise`.
template <class T>
struct GrowingMap {
    using key_type = StateSpace::Vertex;
    using value_type = T;
    using reference = T;
    using category = boost::read_write_property_map_tag;
    std::vector<T>* values;
    T otherwise;

    friend T get(const GrowingMap& map, key_type key) { return key < map.values->size() ? (*map.values)[key] : map.otherwise; }
    friend void put(const GrowingMap& map, key_type key, T value) {
        if (key >= map.values->size()) map.values->resize(std::max<std::size_t>(key + 1, 2 * map.values->size()), map.otherwise);
        (*map.values)[key] = value;
    }
};

struct EdgeSeconds {
    using key_type = Edge;
    using value_type = double;
    using reference = double;
    using category = boost::readable_property_map_tag;
    friend double get(const EdgeSeconds&, const Edge& edge) { return edge.seconds; }
};

struct Enough {};  // thrown out of a search that has found what it wants: Boost's way to stop one

// The ways to the destination in order of cost, of every sequence of crossings the first, until there are `count` or they
// take `longest` times the first.
struct Arrivals : boost::default_astar_visitor {
    const StateSpace* space;
    const std::vector<StateSpace::Vertex>* before;
    const std::vector<double>* seconds;
    Alternatives wanted;
    std::vector<Path>* found;
    std::set<std::uint32_t>* sequences;
    double* limit;

    void examine_vertex(StateSpace::Vertex vertex, const ReachedGraph&) {
        if ((*seconds)[vertex] > *limit) throw Enough{};
        if (!space->has_arrived(vertex) || !sequences->insert(space->sequence_of(vertex)).second) return;
        if (found->empty()) *limit = wanted.longest * (*seconds)[vertex];
        found->push_back(space->path_to(vertex, *before));
        if (found->size() == wanted.count) throw Enough{};
    }
};

std::vector<Path> arrivals(StateSpace& space, const Alternatives& wanted) {
    constexpr double never = std::numeric_limits<double>::infinity();
    std::vector<StateSpace::Vertex> before;
    std::vector<double> seconds, ranks;
    std::vector<boost::default_color_type> colours;
    const GrowingMap<StateSpace::Vertex> before_map{&before, StateSpace::none};
    const GrowingMap<double> seconds_map{&seconds, never}, rank_map{&ranks, never};
    const GrowingMap<boost::default_color_type> colour_map{&colours, boost::white_color};
    put(seconds_map, StateSpace::origin, 0.0);
    put(rank_map, StateSpace::origin, 0.0);
    std::vector<Path> found;
    std::set<std::uint32_t> sequences;
    double limit = never;
    Arrivals visitor;
    visitor.space = &space, visitor.before = &before, visitor.seconds = &seconds, visitor.wanted = wanted, visitor.found = &found,
    visitor.sequences = &sequences, visitor.limit = &limit;
    const auto no_estimate = [](StateSpace::Vertex) { return 0.0; };
    try {
        boost::astar_search_no_init(ReachedGraph{space}, StateSpace::origin, no_estimate, visitor, before_map, rank_map, seconds_map, EdgeSeconds{},
                                    colour_map, boost::typed_identity_property_map<StateSpace::Vertex>{}, std::less<double>{}, std::plus<double>{},
                                    never, 0.0);
    } catch (const Enough&) {
    }
    return found;
}

Duration total(const Path& path) { return path.running + path.standing; }

// One section of every stretch between junctions: to close it closes the stretch.
std::vector<SectionId> stretches(const Network& network, const Path& path) {
    std::vector<SectionId> sections;
    for (std::size_t i = 0; i < path.steps.size(); ++i)
        if (i == 0 || network.sections_at(station_at(network, path, i)).size() != 2) sections.push_back(path.steps[i].section);
    return sections;
}

// Grows a list of ways by their variants, each found by closing one more stretch than the way it varies.
class Variants {
public:
    Variants(const Network& network, StateSpace& space, std::vector<Path>& found) : network_{network}, space_{space}, found_{found} {
        for (const Path& path : found) look_around(path, {});
    }

    /// Adds the quickest variant; false when there is none within `limit`.
    bool add_next(Duration limit) {
        const auto quickest = std::min_element(candidates_.begin(), candidates_.end(),
                                               [](const Candidate& a, const Candidate& b) { return total(a.path) < total(b.path); });
        if (quickest == candidates_.end() || total(quickest->path) > limit) return false;
        const Candidate chosen = std::move(*quickest);
        candidates_.erase(quickest);
        found_.push_back(chosen.path);
        look_around(chosen.path, chosen.banned);
        return true;
    }

private:
    struct Candidate {
        Path path;
        std::vector<SectionId> banned;
    };

    void look_around(const Path& path, const std::vector<SectionId>& banned) {
        for (const SectionId stretch : stretches(network_, path)) {
            Candidate candidate{{}, banned};
            candidate.banned.push_back(stretch);
            auto other = best_without(space_, candidate.banned);
            if (!other || known(*other)) continue;
            candidate.path = std::move(*other);
            candidates_.push_back(std::move(candidate));
        }
    }

    bool known(const Path& path) const {
        return std::any_of(found_.begin(), found_.end(), [&](const Path& other) { return same_way(path, other); }) ||
               std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& other) { return same_way(path, other.path); });
    }

    const Network& network_;
    StateSpace& space_;
    std::vector<Path>& found_;
    std::vector<Candidate> candidates_;
};

}  // namespace

std::optional<Path> best_without(StateSpace& space, const std::vector<SectionId>& banned) {
    space.restart(Sequences::ignored, banned);
    std::vector<Path> found = arrivals(space, {1, std::numeric_limits<double>::infinity()});
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::optional<Path> best_path(const Network& network, const RouteRequest& request) {
    StateSpace space{network, request};
    return best_without(space, {});
}

std::vector<Path> alternative_paths(const Network& network, const RouteRequest& request, const Alternatives& wanted) {
    StateSpace space{network, request};
    space.restart(Sequences::told_apart, {});
    std::vector<Path> found = arrivals(space, wanted);
    if (found.empty() || found.size() >= wanted.count) return found;
    const Duration limit = wanted.longest * total(found.front());
    Variants variants{network, space, found};
    while (found.size() < wanted.count && variants.add_next(limit)) {
    }
    return found;
}

std::vector<StationId> other_gauge_change_places(const Network& network, const RouteRequest& request, const Path& path) {
    std::vector<StationId> places;
    if (path.gauge_changes.size() != 1 || request.regauging) return places;
    for (const GaugeChange& change : network.gauge_changes()) {
        if (change.at == station_at(network, path, path.gauge_changes.front())) continue;
        RouteRequest elsewhere = request;
        elsewhere.regauging = change.at;
        const auto other = best_path(network, elsewhere);
        if (other && same_way(*other, path)) places.push_back(change.at);
    }
    return places;
}

}  // namespace railwindow
