// A sanitizer brings its own allocator, and goes without the tests that count.
#include <support/sanitized.hpp>
#ifndef RAILWINDOW_SANITIZED

#include <support/allocations.hpp>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<long> allocations{0};
}

void* operator new(std::size_t size) {
    ++allocations;
    if (void* place = std::malloc(size)) return place;
    throw std::bad_alloc{};
}
void operator delete(void* place) noexcept { std::free(place); }
void operator delete(void* place, std::size_t) noexcept { std::free(place); }

namespace railwindow {
long allocations_so_far() { return allocations; }
}  // namespace railwindow

#endif
