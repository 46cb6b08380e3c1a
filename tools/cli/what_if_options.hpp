#pragma once
// Options that many commands share, worded alike.

#include "choice.hpp"
#include "report_option.hpp"
#include "results.hpp"
#include "whole_number.hpp"

#include <railwindow/core/clock.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/estimate/estimate.hpp>
#include <railwindow/io/quantity_text.hpp>
#include <railwindow/io/units_shown.hpp>
#include <railwindow/io/what_if.hpp>
#include <railwindow/io/yaml_limits.hpp>

#include <CLI/CLI.hpp>

#include <string>

namespace cli {

/// `--set` alone: for commands that choose the variant themselves.
inline void add_sets(CLI::App* app, railwindow::WhatIf& what_if) {
    app->add_option("--set", what_if.sets, "A what-if: sets one value of the scenario, path as in the file; may be repeated")
        ->allow_extra_args(false)
        ->type_name("PATH=VALUE");
}

/// `--set` and `--variant`.
inline void add_what_if(CLI::App* app, railwindow::WhatIf& what_if) {
    add_sets(app, what_if);
    app->add_option("--variant", what_if.variant, "One of the scenario's variants")->type_name("NAME");
}

/// `--seed`, `--threads`, into options that have them.
template <class Options>
void add_seed_and_threads(CLI::App* app, Options& options) {
    app->add_option("--seed", options.seed, "Seed of the draws; the same seed gives the same bits")
        ->check(whole_number(UINT64_MAX))
        ->capture_default_str()
        ->type_name("N");
    app->add_option("--threads", options.threads, "How many threads; 0 means one per core")
        ->check(whole_number(1024))
        ->capture_default_str()
        ->type_name("N");
}

/// `--runs`, `--seed`, `--threads`, into options that have them.
template <class Options>
void add_sampling(CLI::App* app, Options& options) {
    app->add_option("--runs", options.runs, "How many runs")->check(whole_number(1'000'000'000'000))->capture_default_str()->type_name("N");
    add_seed_and_threads(app, options);
}

/// `--with-voluntary-waits`, into options that have it.
template <class Options>
void add_voluntary_waits(CLI::App* app, Options& options) {
    app->add_flag("--with-voluntary-waits", options.voluntary_waits,
                  "Lets the train wait for receptions and in long stands; without it, it does not, as it wants to be in time");
}

/// `--units`, into commands that show lengths.
inline void add_units(CLI::App* app, railwindow::Units& units, const std::string& help) {
    add_choice<railwindow::Units>(app, "--units", units, {{"metric", railwindow::Units::metric}, {"imperial", railwindow::Units::imperial}}, "metric",
                                  help);
}

/// `--samples`.
inline void add_samples(CLI::App* app, std::string& samples, const std::string& help) {
    app->add_option("--samples", samples, help)->check(a_file_name)->type_name("FILE.csv|FILE.npz");
}

/// Whether samples are to be arrays of numpy.
inline bool is_npz(const std::string& file) { return file.ends_with(".npz"); }

inline void add_quantiles(CLI::App* app, std::vector<double>& quantiles) {
    app->add_option("--quantiles", quantiles, "Which quantiles, separated by commas")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->default_str("0.05,0.5,0.95")
        ->type_name("P,P,...");
}

/// `--output`, `--force`, `--max-file-size` and `--quiet`.
struct OutputOptions {
    std::string output;
    railwindow::YamlLimits limits;
    bool force = false, quiet = false;
};

inline void add_output(CLI::App* app, OutputOptions& options) {
    add_result(app, options.output, options.force);
    app->add_option("--max-file-size", options.limits.bytes, "Largest input file in bytes")
        ->check(whole_number(1ull << 40))
        ->capture_default_str()
        ->type_name("BYTES");
    app->add_flag("--quiet", options.quiet, "No progress bar");
}

/// The time or the duration that an option was given. Throws: InputError that names the option.
inline railwindow::Written<railwindow::WrittenTime> given_time(const std::string& text, const char* option) {
    const auto time = railwindow::parse_time(text);
    const railwindow::Place place{option, 0, 0};
    if (const auto* error = std::get_if<railwindow::TimeError>(&time))
        throw railwindow::InputError{railwindow::Finding{place, {}, error->what, error->remedy, railwindow::Severity::error}};
    return {std::get<railwindow::WrittenTime>(time), place};
}

inline railwindow::Duration given_duration(const std::string& text, const char* option) {
    const auto seconds = railwindow::parse_quantity(text, railwindow::quantity_kind<railwindow::Duration>());
    const railwindow::Place place{option, 0, 0};
    if (const auto* error = std::get_if<railwindow::QuantityError>(&seconds))
        throw railwindow::InputError{railwindow::Finding{place, {}, error->what, error->remedy, railwindow::Severity::error}};
    if (std::get<double>(seconds) < 0)
        throw railwindow::InputError{
            railwindow::Finding{place, {}, "a duration must not be negative", "leave out the sign", railwindow::Severity::error}};
    return std::get<double>(seconds) * railwindow::s;
}

}  // namespace cli
