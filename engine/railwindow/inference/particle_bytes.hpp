#pragma once
// Particles as bytes, so that processes can share them out.

#include <railwindow/inference/particles.hpp>

#include <string>
#include <string_view>

namespace railwindow {

/// A cell without its scouts.
std::string bytes_of(const Cell& cell);
/// Into `cell`, whose alternative and batch are known, `size` first runs that `bytes_of` wrote. Throws: BrokenBytes where they are none of `task`.
void read_bytes(Cell& cell, const ParticleTask& task, std::string_view bytes, std::size_t size);

/// Scouts of one report.
std::string bytes_of(const Scouts& scouts);
/// `size` scouts of `cell`. Throws: BrokenBytes.
Scouts read_scouts(const Cell& cell, std::string_view bytes, std::size_t size);

/// A settled cell.
std::string bytes_of(const Settled& settled);
/// Of the cell `first`, which has so many scouts. Throws: BrokenBytes as above.
Settled read_settled(const Cell& first, const ParticleTask& task, std::string_view bytes, std::size_t scouts);

}  // namespace railwindow
