#pragma once
// How blocks of work are shared out, kept as bytes, and taken from who has done them.

#include <railwindow/core/bytes.hpp>
#include <railwindow/estimate/parallel.hpp>
#include <railwindow/estimate/shared_work.hpp>

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace railwindow {

/// How the result of a block becomes bytes, and comes back. `read` throws BrokenBytes where the bytes are none of such a block.
template <class Block>
struct BlockCodec {
    std::function<std::string(const Block&)> write;                          ///< to bytes
    std::function<Block(std::uint64_t block, std::string_view bytes)> read;  ///< from bytes
};

/// Blocks of one phase.
struct BlockRange {
    std::string name;            ///< of the phase
    std::uint64_t blocks;        ///< how many
    unsigned threads;            ///< 0: one per core
    std::uint64_t together = 1;  ///< so many neighbours are never separated
};

/// Does all blocks of `range` in parallel, or those of them that fall to this process, or those that nobody has done.
/// `make_worker` is called once in each thread and gives the work of that thread: block -> Block. `take(block, Block&&)` is called with each result,
/// by many threads at once; not for what a part keeps. `after_each` is that of `in_parallel`.
/// Throws: as in_parallel; BrokenBytes where what is known is none of such blocks.
/// Returns whether all was done.
template <class Block, class MakeWorker, class Take>
bool share_out(SharedWork* work, const BlockRange& range, const BlockCodec<Block>& codec, MakeWorker make_worker, Take take,
               const std::function<bool(std::uint64_t done)>& after_each) {
    if (work && work->is_part()) {
        WorkPhase& phase = work->begin(range.name, range.blocks, range.together);
        const auto [begin, end] = blocks_of(work->part(), range.blocks, range.together);
        std::mutex keeping;
        const auto make = [&, first = begin] {
            return [&, first, make_block = make_worker()](std::uint64_t i) {
                std::string bytes = codec.write(make_block(first + i));
                const std::lock_guard lock{keeping};
                work->keep(phase, first + i, std::move(bytes));
            };
        };
        return in_parallel(end - begin, range.threads, make, after_each);
    }
    const WorkPhase* known = work ? work->find(range.name) : nullptr;
    if (known && known->blocks != range.blocks) throw BrokenBytes{"a phase of the work has another number of blocks"};
    const auto make = [&] {
        return [&, make_block = make_worker(), room = std::string{}](std::uint64_t block) mutable {
            if (known)
                if (const auto found = known->done.find(block); found != known->done.end())
                    return take(block, codec.read(block, found->second.read(room)));
            take(block, make_block(block));
        };
    };
    return in_parallel(range.blocks, range.threads, make, after_each);
}

}  // namespace railwindow
