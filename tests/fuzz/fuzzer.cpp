// libFuzzer around a target, whose name is compiled in. Half of the changes are ours, half are its own.

#include "targets.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fuzz::Target* const target = fuzz::find_target(RAILWINDOW_FUZZ_TARGET);
    target->feed({reinterpret_cast<const char*>(data), size});
    return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
    if (seed % 2 == 0) return LLVMFuzzerMutate(data, size, most);
    const std::string text = fuzz::changed({reinterpret_cast<const char*>(data), size}, seed);
    const std::size_t kept = std::min(most, text.size());
    std::memcpy(data, text.data(), kept);
    return kept;
}
