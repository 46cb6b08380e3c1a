#pragma once
// A report of the train as a likelihood: how well a run fits it, and what it is worth if it is about another train. NOTES.md has the formulas.

#include <railwindow/simulation/draw_places.hpp>
#include <railwindow/simulation/model.hpp>
#include <railwindow/simulation/trace.hpp>

#include <optional>
#include <string>
#include <vector>

namespace railwindow {

/// A place on the way of one train: at a station, or between it and the one before.
struct ReportedPlace {
    std::size_t train;                  ///< of Alternative::trains
    std::size_t visit;                  ///< of its itinerary: where it is, or the next one
    double share = 1;                   ///< of the section before the visit that lies behind the train; 1: at the visit
    bool begins = false, ends = false;  ///< its way, there: it stands there before, or stays
};

/// One report, ready to be held against runs.
class Report {
public:
    /// `seen` of `model`, which must outlive it.
    /// Throws: InputError where it cannot be of this journey, or nobody says what it is worth.
    Report(const Model& model, const Observation& seen);

    /// How well `trace` fits: 1 where it agrees, 0 where it cannot be; between the two for a time with an error, or where one of several
    /// trains was seen.
    double fit(const Trace& trace) const;
    /// Whether `trace`, of which only what happens up to `settled()` is known, can fit no other way than it does so far.
    bool decided(const Trace& trace) const;
    /// Whether every run fits alike as alternatives `a` and `b`.
    bool same_for(std::size_t a, std::size_t b) const;
    /// When the main train does what is reported, if the run gets there.
    std::optional<Instant> time(const Trace& trace) const;
    /// The probability of the report, up to a factor of its own, given a run that fits so well.
    double likelihood(double fit) const { return reliability_ * fit + (1 - reliability_) * otherwise_; }
    /// The probability that the report is about this train, given a run that fits so well.
    double right(double fit) const { return likelihood(fit) > 0 ? reliability_ * fit / likelihood(fit) : 0; }
    /// The last place (draw_places.hpp) that the fit of runs of `alternative` depends on; 0 where it is the same for all.
    std::uint32_t place(std::size_t alternative) const;

    /// As written.
    const Observation& seen() const { return *seen_; }
    /// The probability that it is about this train; 1: certain.
    double reliability() const { return reliability_; }
    /// When it was published, or else the end of what it reports.
    Instant known_at() const { return known_at_; }
    /// "Khasan, arrives, 2023-09-12 06:00 to 07:00".
    const std::string& text() const { return text_; }
    /// Where it stands among the others: its latest time.
    Instant settled() const { return settled_; }

private:
    const std::vector<ReportedPlace>& places_in(const Trace& trace) const;
    void find_places();
    void weigh();
    void describe();
    double fit_of(Instant arrive, Instant depart, bool comes) const;

    const Model* model_;
    const Observation* seen_;
    std::optional<Instant> low_, high_;
    std::vector<std::vector<ReportedPlace>> places_;  // by alternative, then by diversion
    std::size_t trains_ = 1;                          // that it may be about
    double reliability_ = 1, otherwise_ = 0;
    Instant known_at_, settled_;
    std::string text_;
};

/// The reports of `model` in the order in which they are settled.
/// Throws: InputError as their constructor does, with all that is wrong.
std::vector<Report> reports_of(const Model& model);

}  // namespace railwindow
