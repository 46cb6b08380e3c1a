#pragma once
// A block of runs as bytes, so that processes can share them out.

#include <railwindow/estimate/samples.hpp>

#include <string>
#include <string_view>

namespace railwindow {

/// What the runs of `block` leave behind.
std::string bytes_of(const Samples& block);
/// Into `block`, which has the runs and columns that it must have, what `bytes_of` wrote.
/// Throws: BrokenBytes where that is another number of runs.
void read_bytes(Samples& block, std::string_view bytes);
/// Throws: BrokenBytes where these are no runs of `model`: they are where their route does not come, or at times that no run can have.
void check_runs(const Samples& block, const Model& model);

/// Throws: BrokenBytes where a time lies where no time of a journey can be.
void check_time(std::int64_t time);

}  // namespace railwindow
