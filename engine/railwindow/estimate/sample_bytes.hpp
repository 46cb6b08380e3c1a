#pragma once
// A block of runs as bytes, so that processes can share them out.

#include <railwindow/estimate/samples.hpp>

#include <string>
#include <string_view>

namespace railwindow {

/// What the runs of `block` leave behind.
std::string bytes_of(const Samples& block);
/// Into `block`, which has the runs and columns that it must have for `model`, what `bytes_of` wrote.
/// Throws: BrokenBytes where that is none of such runs: another number of them, or runs that are where their route does not come.
void read_bytes(Samples& block, const Model& model, std::string_view bytes);

/// Throws: BrokenBytes where a time lies where no time of a journey can be.
void check_time(std::int64_t time);

}  // namespace railwindow
