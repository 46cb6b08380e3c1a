#pragma once
// The states that a train can be in on its way, made one by one as a search reaches them.

#include <railwindow/route/search.hpp>

#include <cstdint>
#include <vector>

namespace railwindow {

/// What a search looks for: any way, or the ways of every sequence of border crossings.
enum class Sequences { ignored, told_apart };

class StateSpace {
public:
    using Vertex = std::uint32_t;
    static constexpr Vertex origin = 0;
    static constexpr Vertex none = ~Vertex{0};

    struct Move {
        Vertex from = origin, to = origin;
        double seconds = 0;  ///< expected time, with the preference for the wire
        friend bool operator==(const Move&, const Move&) = default;
    };

    /// What it takes no notice of, to tell what stands in the way of a train.
    struct Disregarded {
        bool gauge_change_places = false;  ///< the gauge can be changed at every station
        bool reversals = false;            ///< trains can reverse at every station
    };

    /// Network and request must outlive it. Cost: one look at every section.
    StateSpace(const Network& network, const RouteRequest& request, Disregarded disregarded);
    StateSpace(const Network& network, const RouteRequest& request) : StateSpace{network, request, Disregarded{}} {}

    /// Forgets all states. From now on the sections in `banned` are closed.
    void restart(Sequences sequences, const std::vector<SectionId>& banned);

    /// How many states have been reached.
    std::size_t size() const { return states_.size(); }
    /// Every state that can follow `from`, with what it costs; makes those not reached before.
    void moves_from(Vertex from, std::vector<Move>& moves);
    /// True at the destination with every `via` passed.
    bool has_arrived(Vertex vertex) const;
    /// Which borders have been crossed, in order: equal numbers, equal sequences.
    std::uint32_t sequence_of(Vertex vertex) const { return states_[vertex].sequence; }
    /// The path whose last state is `last`, following `before` back to the origin.
    Path path_to(Vertex last, const std::vector<Vertex>& before) const;

private:
    static constexpr std::uint32_t no_border = ~std::uint32_t{0};

    // What the search needs of a section, in little room.
    struct Card {
        StationId from, to;
        LineId line;
        double seconds = 0;
        std::uint32_t border = no_border;  // index into the network's borders
        std::uint32_t gauges = 0;          // bit i: it has the request's gauge i
        Electrification wire{};
        bool open = false;  // to this request
    };
    struct State {
        PathStep step;
        std::uint16_t vias = 0;      // stations of `via` behind, when the step has been run
        std::uint32_t sequence = 0;  // index into crossed_
        Vertex next = none;          // the next state on the same section in the same direction
        Heading back;                // from where it ends to where it came from
    };
    struct Crossed {
        std::uint32_t before, border;
    };
    // A section to run over, as seen from the station where it begins.
    struct Candidate {
        SectionId section;
        Direction direction;
        StationId begin, end;
        bool reverses;
    };

    bool reverses(Vertex from, const Candidate& candidate) const;
    bool open_to(const Section& section, const Border* border) const;
    void add_moves(Vertex from, const Candidate& candidate, std::vector<Move>& moves);
    bool may_change_gauge(StationId here, Gauge a, Gauge b) const;
    bool may_change_traction(StationId here) const;
    double cost(Vertex from, const PathStep& out, bool reverses) const;
    std::optional<std::uint32_t> after_crossing(std::uint32_t sequence, std::uint32_t border);
    Vertex reached(const State& state);
    StationId end_of(Vertex vertex) const;

    const Network& network_;
    const RouteRequest& request_;
    Disregarded disregarded_;
    WayCosts costs_;
    std::vector<Card> cards_;
    std::vector<Sines> sines_;
    std::vector<char> avoided_station_;
    std::vector<char> traction_place_;
    std::vector<SectionId> banned_;
    Sequences sequences_ = Sequences::ignored;
    std::vector<State> states_;
    std::vector<Vertex> first_;  // by section and direction
    std::vector<Crossed> crossed_;
};

/// The way of `space` with the least expected time that leads over none of `banned`, or nothing when there is none.
std::optional<Path> best_without(StateSpace& space, const std::vector<SectionId>& banned);

}  // namespace railwindow
