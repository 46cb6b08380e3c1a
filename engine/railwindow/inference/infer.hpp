#pragma once
// What reports of the train say of the rest of its journey: windows, and the probabilities of what the scenario leaves open.

#include <railwindow/estimate/estimate.hpp>
#include <railwindow/estimate/share.hpp>
#include <railwindow/simulation/model.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// How many runs, and what is asked of them.
struct InferOptions {
    std::uint64_t runs = 65536;  ///< of all journeys that are left open and not the same up to the first report, together; at least 1,024 of each
    std::uint64_t most_runs = 1u << 18;              ///< up to which they are doubled where the reports leave too few
    std::uint64_t seed = 1;                          ///< of the draws
    unsigned threads = 0;                            ///< 0: one per core
    std::vector<double> quantiles{0.05, 0.5, 0.95};  ///< in (0, 1), none twice
    std::optional<Instant> as_of{};                  ///< what was published later does not count; empty: all counts
    std::optional<Instant> moment{};                 ///< where the train is then is told; empty: nobody asked
    bool timeline = false;                           ///< whether the answer after each report is told too
    Progress progress{};                             ///< empty: nobody is told
    SharedWork* work = nullptr;                      ///< batches shared out among processes; of a part there is no answer
};

/// One option of something left open: how probable it is before and after.
struct Odds {
    ChoiceKind kind;                        ///< of what
    std::string value, name;                ///< as written, and as results name it: "to vladivostok"
    std::vector<std::size_t> alternatives;  ///< of Model::alternatives: those that have it
    Share before;                           ///< by the weights of the scenario
    Share said;                             ///< with what was said in favour of it, and no sighting
    Share seen;                             ///< with the sightings alone
    Share after;                            ///< with both
    double log_evidence = 0;                ///< natural logarithm of the mean likelihood of the sightings, up to a term that all share
    std::optional<double> factor;           ///< how many times better the sightings fit it than the other options; empty: nothing fits those
};

/// The window at a timing point.
struct InferredWindow {
    std::size_t point;                     ///< of Model::timing_points
    TimingEvent event;                     ///< whose time it is
    double reached_before, reached_after;  ///< probability that it comes there
    std::vector<Quantile> before, after;   ///< since the epoch; errors from independent batches
};

/// Where the train ends its journey, if it is bound there.
struct DestinationWindow {
    StationId station;                ///< the destination
    std::optional<std::size_t> odds;  ///< of Inference::odds; empty: the only destination
    InferredWindow window;            ///< of the arrival, over the journeys bound there
};

/// What one report does.
struct ReportInfluence {
    std::size_t observation;      ///< of Model::observations
    std::string text;             ///< "Khasan, arrives, 2023-09-12 06:00 to 07:00"
    Instant known_at;             ///< published, or else the end of what it reports
    bool counted;                 ///< it was known by then
    double reliability;           ///< the probability that it is about this train, before; 1: certain
    double fits;                  ///< how well the journeys fit it before anything was seen: the share that agrees
    std::optional<double> right;  ///< the probability that it is about this train, after; empty where it does not count
    std::vector<Quantile> alone;  ///< the window at the likeliest destination with this report alone
    std::vector<Share> odds;      ///< by Inference::odds, with this report alone
};

/// Where the train is at the moment asked about.
struct InferredPlace {
    /// What it is doing.
    enum class Kind { not_departed, standing, between, arrived, gone } kind;  ///< gone: it cannot go on
    StationId from, to;                                                       ///< the timing point where it is or that it has left, and the next one
    Share share;                                                              ///< of all particles
};

/// How the answer was sampled.
struct Sampling {
    bool refreshed = false;                   ///< false: runs were weighted; true: what lies ahead of reports was drawn anew
    std::uint64_t runs = 0;                   ///< of each alternative, followed at least to the first report
    std::uint64_t replays = 0, accepted = 0;  ///< journeys run again, and how many still fitted what was seen before
    double effective = 0;                     ///< runs that the answer rests on: (sum w)^2 / sum w^2 over first runs with all that came of them
    bool enough = true;                       ///< at least `enough_effective`
};
/// Below so many effective runs windows hold less than they say (NOTES.md).
inline constexpr double enough_effective = 400;

/// The answer as it stood when one more report was known.
struct TimelineEntry {
    std::optional<Instant> known_at;             ///< empty: before any
    std::vector<std::size_t> reports;            ///< of Inference::reports: those that were new
    std::vector<Share> odds;                     ///< by Inference::odds: after
    std::vector<std::vector<Quantile>> windows;  ///< by Inference::destinations
    double effective = 0;                        ///< as Sampling::effective
};

/// What the reports say.
struct Inference {
    std::uint64_t seed = 0;                       ///< of the draws
    bool stopped_early = false;                   ///< whether the progress callback stopped it
    std::vector<Odds> odds;                       ///< by kind, in the order of the scenario; empty where nothing is left open
    std::vector<DestinationWindow> destinations;  ///< the likeliest first
    std::vector<InferredWindow> windows;          ///< of the main train, in the order of the route
    std::vector<ReportInfluence> reports;         ///< in the order of what they report
    std::vector<InferredPlace> places;            ///< the likeliest first; empty unless asked for
    std::vector<Quantile> kilometres;             ///< in metres from the origin, of the journeys under way, where there is one origin
    std::vector<TimelineEntry> timeline;          ///< empty unless asked for
    Share evidence;                               ///< the mean likelihood of the sightings over all journeys left open
    Sampling sampling;                            ///< how well all this is known
};

/// `inference` with these of its quantiles alone.
Inference with_quantiles(Inference inference, const std::vector<double>& quantiles);

/// The forecast of one report from those that were settled before it.
struct RollingForecast {
    std::size_t observation;       ///< of Model::observations
    std::size_t known;             ///< how many reports were known, the earliest first
    std::vector<Quantile> window;  ///< of its time
    Duration crps;                 ///< weighted, averaged over the reported interval
    double inside;                 ///< share of the interval between the first and the last quantile
};

/// For every number of known reports the forecasts of those that follow: each that lies between two times at most three hours apart, and counts
/// fully. Throws: as `infer`.
std::vector<RollingForecast> roll(const Model& model, const InferOptions& options = {});

/// The posterior of `model` given its observations. Every journey that is left open is run on the same run numbers, so what the reports cannot
/// tell apart keeps its odds to the last bit. Without reports it is the prior to the last bit.
/// Throws: InputError where a report cannot be of this journey; Infeasible where no journey fits the reports, naming the one or the two that do
/// not go together.
/// Accuracy: closed forms within 4 standard errors (tests/inference/exact_test.cpp).
Inference infer(const Model& model, const InferOptions& options = {});

}  // namespace railwindow
