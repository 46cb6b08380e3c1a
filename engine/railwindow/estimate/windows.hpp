#pragma once
// The windows of all runs, or of those that take one alternative: at every timing point and between principal ones.

#include <railwindow/estimate/questions.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace railwindow {

/// Runs by alternative, and how many of them arrive.
struct RunsByAlternative {
    std::vector<std::uint64_t> runs, arriving;  ///< by alternative

    std::uint64_t all() const;
    std::uint64_t all_arriving() const;
};
/// How the runs of `model` are shared out among its alternatives.
RunsByAlternative by_alternative(const Model& model, const RunSource& runs, unsigned threads);

/// Asks for the windows of the runs that take the alternative `only`, or of all, into `points` and `legs`, which stay where they are.
void ask_windows(Questions& questions, const Model& model, const RunsByAlternative& by, std::optional<std::size_t> only,
                 const std::vector<double>& quantiles, std::vector<TimingPointEstimate>& points, std::vector<LegEstimate>& legs);

/// Asks how often all `runs` runs agree with `claim`, into `result`, which stays where it is.
void ask_claim(Questions& questions, const Claim& claim, std::uint64_t runs, ClaimEstimate& result);

}  // namespace railwindow
