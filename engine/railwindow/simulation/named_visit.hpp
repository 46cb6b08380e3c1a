#pragma once
// Stations on a train's way, by name. A way may come to a station more than once; this is the one rule for which visit a name means, whoever
// names it: calls, plans, places to hold at, claims, observations, stays, press, and the options of commands.

#include <railwindow/network/network.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

/// Which of a way's visits of one station is meant, as written.
struct WhichVisit {
    std::optional<int> visit;   ///< the n-th one of the whole way, the origin's included; 1 is the first
    std::optional<Name> after;  ///< the first one behind the first visit of this station
};

/// A station on the way, as a file or an option names it.
struct NamedVisit {
    Name at;                ///< a station, alone or as `baranovsky visit 2` or `baranovsky after ussuriysk`
    WhichVisit which{};     ///< what stands beside it, under keys of its own
    bool may_join = false;  ///< whether it may well mean the same visit as the name before it in the list, where both name one station
};

/// The name with what it says of the visit taken apart: `baranovsky after ussuriysk` is Baranovsky, behind Ussuriysk.
NamedVisit taken_apart(NamedVisit written);

/// The visit that a name means on one way.
struct FoundVisit {
    std::optional<std::size_t> visit{};  ///< which one; nothing: none, or one of several
    std::vector<std::size_t> one_of{};   ///< where more than one may be meant: all of them
    bool outside = false;                ///< a visit would be meant, were it among those allowed
};

/// The visits that a way allows for names: from `first` to `last`.
struct VisitRange {
    std::size_t first, last;  ///< the way's first visit is 0
};

/// The visits of the way over `stations` that the names of one list mean. Names in the order of the way belong to visits in that order: two of
/// one station to two visits where there are two, else to one. What that leaves open has several `one_of`. Where the list is not in the order
/// of the way, every name stands for itself. A name that is not on the way leaves the others as they are.
/// Throws: InputError when no loaded network has a station of a name, with `subject`.
std::vector<FoundVisit> visits_named(const Network& network, std::span<const StationId> stations, std::span<const NamedVisit> names,
                                     VisitRange allowed, std::string_view subject);

/// The station of a name, without what the name says of the visit. Throws: InputError when no loaded network has it, with `subject`.
StationId station_named(const Network& network, const Name& name, std::string_view subject);

/// A name as people write it: `baranovsky`, `baranovsky visit 2`, `baranovsky after ussuriysk`.
std::string written(const NamedVisit& name);

/// What is wrong with a name that may mean several visits, and how to say which. `keys`: by keys beside it; else within the name.
Finding ambiguous(const Network& network, std::span<const StationId> stations, const NamedVisit& name, const FoundVisit& found,
                  std::string_view subject, bool keys);

}  // namespace railwindow
