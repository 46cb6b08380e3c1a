#pragma once

#include <cstdint>
#include <functional>

namespace railwindow {

/// Runs work(0) ... work(blocks - 1) on `threads` threads (0: one per core), each block once. The calling thread works too and
/// calls `after_each` between its blocks; when that returns false no further block is begun.
/// Where the machine gives fewer threads, these do all of it.
/// Throws: the first exception that a block threw, after all threads have ended.
/// Returns whether all blocks were run.
/// `make_worker` is called once in each thread and gives the work of that thread, with storage of its own.
bool in_parallel(std::uint64_t blocks, unsigned threads, const std::function<std::function<void(std::uint64_t)>()>& make_worker,
                 const std::function<bool(std::uint64_t done)>& after_each);

}  // namespace railwindow
