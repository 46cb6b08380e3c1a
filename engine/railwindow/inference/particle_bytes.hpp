#pragma once
// Particles as bytes, so that processes can share them out.

#include <railwindow/inference/particles.hpp>

#include <string>
#include <string_view>

namespace railwindow {

/// A cell without its scouts.
std::string bytes_of(const Cell& cell);
/// Into `cell`, whose alternative and batch are known, the particles that `bytes_of` wrote. Throws: BrokenBytes where they are none of `task`.
void read_bytes(Cell& cell, const ParticleTask& task, std::string_view bytes);

/// Scouts of one report.
std::string bytes_of(const Scouts& scouts);
/// Throws: BrokenBytes.
Scouts read_scouts(std::string_view bytes);

/// A settled cell.
std::string bytes_of(const Settled& settled);
/// Of the cell `first`. Throws: BrokenBytes as above.
Settled read_settled(const Cell& first, const ParticleTask& task, std::string_view bytes);

}  // namespace railwindow
