#pragma once
// Work that several processes share out. It comes in phases, each of numbered blocks: runs 0 to 255, then 256 to 511. A process that does a part
// keeps the results of its blocks as bytes; one that puts parts together takes these in place of doing the work. As a block depends on nothing but
// its number, what comes out is the same to the last bit, whoever did what.

#include <railwindow/estimate/byte_store.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace railwindow {

/// One of several equal shares of some work: `part` of `parts`, from 1.
struct PartOf {
    std::uint64_t part = 1;   ///< from 1
    std::uint64_t parts = 1;  ///< how many there are
};

/// Nobody needs more parts, and lists of those that are missing stay short.
inline constexpr std::uint64_t most_parts = 1'000'000;

/// Blocks `begin` to `end` - 1 of `blocks` that a part does. `together` neighbours, counted from the first, are never separated.
std::pair<std::uint64_t, std::uint64_t> blocks_of(PartOf part, std::uint64_t blocks, std::uint64_t together = 1);

/// Blocks of one kind of work, and what became of those that were done.
struct WorkPhase {
    std::string name;                           ///< of the phase; two of one process have two names
    std::uint64_t blocks = 0;                   ///< how many there are, done here or elsewhere
    std::map<std::uint64_t, StoredBytes> done;  ///< by block: its result, in what SharedWork keeps
    std::uint64_t together = 1;                 ///< so many neighbours are of one part
};

/// What this process does of the work, or knows of what others have done. One question uses it at a time.
class SharedWork {
public:
    /// Does `part` and keeps what comes out.
    explicit SharedWork(PartOf part) : part_{part}, is_part_{true} {}
    /// Takes what `known` holds, and does the rest. The results lie in `stores`.
    SharedWork(std::vector<WorkPhase> known, std::vector<std::shared_ptr<const ByteStore>> stores);

    /// Whether it does a part only: then there is no answer, only phases().
    bool is_part() const { return is_part_; }
    /// Which part.
    PartOf part() const { return part_; }
    /// What was kept, or was known.
    const std::vector<WorkPhase>& phases() const { return phases_; }
    /// A name for the next phase of the kind `what`: "runs 1", then "runs 2".
    std::string next(std::string_view what);
    /// The phase of this name; nothing where there is none.
    const WorkPhase* find(std::string_view name) const;
    /// Makes a phase for what a part does.
    WorkPhase& begin(std::string name, std::uint64_t blocks, std::uint64_t together);
    /// Keeps the result of one of its blocks. By one thread at a time.
    void keep(WorkPhase& phase, std::uint64_t block, std::string bytes);

private:
    PartOf part_{};
    bool is_part_ = false;
    std::vector<WorkPhase> phases_;
    std::vector<std::shared_ptr<const ByteStore>> stores_;
    std::map<std::string, int, std::less<>> begun_;
};

}  // namespace railwindow
