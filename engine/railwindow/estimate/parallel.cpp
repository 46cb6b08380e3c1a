#include <railwindow/estimate/parallel.hpp>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace railwindow {

bool in_parallel(std::uint64_t blocks, unsigned threads, const std::function<std::function<void(std::uint64_t)>()>& make_worker,
                 const std::function<bool(std::uint64_t done)>& after_each) {
    std::atomic<std::uint64_t> next{0}, done{0};
    std::atomic<bool> stop{false};
    std::exception_ptr failure;
    std::mutex failure_mutex;

    const auto work = [&](const std::function<bool(std::uint64_t)>& between) {
        try {
            const auto run_block = make_worker();
            for (std::uint64_t block = next++; block < blocks && !stop; block = next++) {
                run_block(block);
                ++done;
                if (between && !between(done)) stop = true;
            }
        } catch (...) {
            const std::lock_guard lock{failure_mutex};
            if (!failure) failure = std::current_exception();
            stop = true;
        }
    };

    const unsigned wanted = threads > 0 ? threads : std::max(1u, std::thread::hardware_concurrency());
    const auto count = static_cast<unsigned>(std::min<std::uint64_t>(wanted, std::max<std::uint64_t>(1, blocks)));
    std::vector<std::thread> others;
    others.reserve(count);
    try {
        for (unsigned i = 1; i < count; ++i) others.emplace_back(work, nullptr);
    } catch (const std::exception&) {
        // The machine has no more threads, or no memory for them: those that are there do the work, to the same bits.
    }
    work(after_each);
    for (std::thread& thread : others) thread.join();
    if (failure) std::rethrow_exception(failure);
    return done == blocks;
}

}  // namespace railwindow
