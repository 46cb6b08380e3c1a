#pragma once
// What a page that answers keeps in its worker: one scenario, its answer as it stands in the file, and the answer to the reader's change of it.

#include <railwindow/estimate/samples.hpp>
#include <railwindow/inference/infer.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/units_shown.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace railwindow::page {

/// The question that the page was made of.
struct Question {
    std::string scenario;  ///< its path among `files`
    FilesInMemory files;   ///< it and what it names
    WhatIf what_if;        ///< with what the command line changed
    EstimateOptions options;
    Units units = Units::metric;
};

/// What the reader changes, and saw.
struct Change {
    std::optional<std::string> variant;  ///< instead of the question's
    std::vector<std::string> sets;       ///< behind those of the question
    std::vector<std::string> seen;       ///< as `--seen` takes it
};

/// Answers in slices, so that a reader who changes his mind is not kept waiting. Answers are JSON texts.
class Session {
public:
    /// Throws: as load_scenario and build.
    explicit Session(Question question);

    /// Begins the answer to `change`; the one before is let go. Throws: as load_scenario and build.
    void change(const Change& change);
    /// Goes on to `runs` of the question as it stands; `keep`: its answer of so many is kept to be compared with. Throws: Infeasible where none
    /// arrives.
    void run_base(std::uint64_t runs, bool keep);
    /// Goes on to `runs` of the change.
    void run(std::uint64_t runs) { now_.run_to(runs, question_.options); }
    /// The windows of all runs of the change so far and, where they were kept, those of as many of the question, with the difference run by run.
    /// Schema: {runs, now, base, shift}; `now` and `base` are of schema `railwindow.estimate/1`, without what drives the spread.
    /// Throws: Infeasible where none arrives.
    std::string answer();
    /// The bytes of `railwindow run --format json` for the change and its runs so far.
    std::string whole() const;
    /// The bytes of `railwindow infer --format json` for the change and what was seen, of so many runs.
    std::string inferred(std::uint64_t runs) const;
    /// The change as a scenario file, to be put beside the one it was made from. Throws: InputError where it is none without that one.
    std::string scenario_text() const;

private:
    // One side of the comparison.
    struct Side {
        std::optional<Model> model;
        std::optional<Samples> samples;

        void run_to(std::uint64_t runs, const EstimateOptions& options);
    };

    WhatIf what_if(const Change& change) const;
    std::string windows(const Side& side) const;
    Scenario load(const Change& change) const;

    Question question_;
    Change change_;
    Side base_, now_;
    std::map<std::uint64_t, std::string> base_answers_;  // by runs
};

}  // namespace railwindow::page
