#pragma once
// How much of the spread of a value is due to groups of the draws that it is made of. A value is asked for run by run, with the draws of one group
// taken from another run: the pairs that pick-freeze estimators need, exact for any model, as every draw has a name.

#include <railwindow/estimate/estimate.hpp>
#include <railwindow/estimate/share.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace railwindow {

/// The value of run `run` with the draws of `group` taken from run `other`; not a number where it has none. Called by one thread.
using FrozenValue = std::function<double(std::uint64_t run, std::size_t group, std::uint64_t other)>;
/// Makes one for each thread.
using MakeFrozenValue = std::function<FrozenValue()>;

/// What a group of draws does to a value.
struct Effect {
    Share total;              ///< share of the variance that is left when all other draws are known
    Share first;              ///< share of the variance that goes when this group alone is known
    double conclusive;        ///< share of the pairs in which all values are there; the others are left out
    std::uint64_t pairs = 0;  ///< how many were run
};

/// How effects are sampled.
struct EffectOptions {
    std::uint64_t pairs = 4096;  ///< of each group; at least 16, and rounded down to a multiple of it
    std::uint64_t seed = 1;      ///< of the pairing
    unsigned threads = 0;        ///< 0: one per core
    Progress progress{};         ///< empty: nobody is told
    /// Each group has so many pairs at first. It gets more, twice as many each time, until it is as well known as the group with the largest error
    /// will be in the end. 0: all have all pairs.
    std::uint64_t at_first = 0;
};

/// Effects of groups 0 to `groups` - 1. `plain[r]` is the value of run r, for twice as many runs as pairs: run r of the first half is paired with
/// one of the second half, at random, as neighbours are not independent in what is shared out evenly. Nothing where the progress callback stopped it.
/// Source: total: Jansen (1999), Comput. Phys. Commun. 117, 35-43; first: Saltelli et al. (2010), Comput. Phys. Commun. 181, 259-270, table 2.
/// Errors are those of a ratio, from 16 batches of consecutive runs. A group without draws has effects that are exactly 0.
std::vector<Effect> effects(std::size_t groups, std::span<const double> plain, const MakeFrozenValue& make_value, const EffectOptions& options);

/// The values that `effects` may ask for, shared out among processes: of every group and all of `options.pairs`, where `effects` alone stops early
/// for groups that are well enough known. Of a part: nothing, the values are kept in `work`. Else a maker of values that `work` knows; what it
/// does not know is made by `make_value`. Throws: BrokenBytes where `work` holds something else.
MakeFrozenValue shared_values(SharedWork& work, std::size_t groups, const MakeFrozenValue& make_value, const EffectOptions& options);

/// The value of run `run` with the draws of the groups that `taken` marks taken from run `other`; not a number where it has none.
using MixedValue = std::function<double(std::uint64_t run, const std::vector<char>& taken, std::uint64_t other)>;
/// Makes one for each thread.
using MakeMixedValue = std::function<MixedValue()>;

/// Shares of the variance that add up to 1, whatever groups do together: what only several of them do is shared out evenly among these. Groups change
/// over from one run of a pair to the other one by one, in an order of chance for each pair; the last value is that of the other run. Nothing where
/// the progress callback stopped it. `options.at_first` plays no part.
/// Source: Goda (2021), Reliab. Eng. Syst. Saf. 213, 107703; the share: Owen (2014), SIAM/ASA J. Uncertain. Quantif. 2, 245-251.
std::vector<Share> shapley_effects(std::size_t groups, std::span<const double> plain, const MakeMixedValue& make_value, const EffectOptions& options);

/// A width with one standard error, in the units of the value.
struct ExpectedWidth {
    double value;  ///< from P5 to P95
    double error;  ///< one standard error
};

/// The expected distance from P5 to P95 when the draws of a group are known: its draws are fixed at those of `known` runs in turn, the others vary
/// over `varied` runs; the mean of the widths. Few values show P5 and P95 too far out, so the probabilities are taken at which as many runs of
/// `plain` show those of all on average. What the same runs show in `plain` is a control variate. By position in `groups`; nothing where the progress
/// callback stopped it, and for runs without values. Errors hold half of what the ends would be off for values that are evenly spread.
/// Source: the width given a group, averaged over the group: expected value of partial perfect information, as in Strong, Oakley (2013), Med. Decis.
/// Making 33, 755-766, with the width for a loss; control variate: Owen (2013), Monte Carlo theory, methods and examples, section 8.9.
std::vector<ExpectedWidth> widths_if_known(const std::vector<std::size_t>& groups, std::span<const double> plain, const MakeFrozenValue& make_value,
                                           std::uint64_t known, std::uint64_t varied, const EffectOptions& options);

/// The quantile p of `sorted`, at least one, between neighbouring values in proportion: rank p (n + 1), whose value lies above the share p on
/// average.
double quantile_between(const std::vector<double>& sorted, double p);

/// The distance from P5 to P95 of `values`, which it sorts. Not a number for fewer than two.
double width_of(std::vector<double>& values);

}  // namespace railwindow
