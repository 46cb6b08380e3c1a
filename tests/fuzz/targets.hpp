#pragma once
// What hostile input is given to, and what must hold whatever it is: an answer or an error that says what is wrong; times that are finite and never
// run backwards; output that its reader can read. A broken promise ends the program by its name.

#include <cstdint>
#include <string>
#include <string_view>

namespace fuzz {

/// One kind of input.
struct Target {
    std::string_view name;           ///< its folder in corpus/
    void (*feed)(std::string_view);  ///< does everything with one input that a user could
};
/// All kinds: `files` (a scenario with the files it names, each behind a line `=== NAME`), `words` (a letter for an option and what was given for
/// it), `railtoolkit` (a train and a path of that format), `parts` (a part of 20 runs without its checksum).
const Target* find_target(std::string_view name);

/// `text` with a few changes that a careless or hostile writer makes: numbers at the edge of what can be written, lines lost, doubled or moved, keys
/// misspelt, values in wrong places, long lists, text with control characters or in no known encoding. The same seed makes the same changes.
std::string changed(std::string text, std::uint64_t seed);

}  // namespace fuzz
