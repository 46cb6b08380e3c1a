#pragma once
// A part of the work on a question as a file: a line of JSON that says what it is a part of, then the results of its blocks, then a checksum.

#include <railwindow/estimate/shared_work.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

/// A scenario that a part belongs to.
struct PartScenario {
    std::string name;    ///< as results call it
    std::string digest;  ///< of what its files say (Scenario::digest)
    friend bool operator==(const PartScenario&, const PartScenario&) = default;
};

/// What a part is a part of.
struct PartQuestion {
    std::string version, build;           ///< of railwindow, and of the program that made it (version.hpp)
    std::string command;                  ///< "run"
    std::vector<std::string> words;       ///< of the command line behind the command, without those of this process and of the answer
    std::vector<PartScenario> scenarios;  ///< that are run
    friend bool operator==(const PartQuestion&, const PartQuestion&) = default;
};

/// A question to this program.
PartQuestion part_question(std::string command, std::vector<std::string> words, std::vector<PartScenario> scenarios);
/// "railwindow run scenario.yaml --runs 1000", as a shell reads it.
std::string command_line(const PartQuestion& question);

/// A part that was read.
struct PartFile {
    std::string file;                        ///< where from
    PartQuestion question;                   ///< what it is a part of
    PartOf part;                             ///< which one
    std::vector<WorkPhase> phases;           ///< results, in `bytes`
    std::shared_ptr<const ByteStore> bytes;  ///< all of the file
};

/// The file of what `work` has kept of `question`.
std::string part_text(const PartQuestion& question, const SharedWork& work);

/// What a part file begins with.
inline constexpr std::string_view part_begin = R"({"schema":"railwindow.part/)";

/// The part in `bytes`; `file` names it in messages.
/// Throws: InputError where it is no part, was cut off or changed on its way, or is of a version that is not known here.
PartFile read_part(std::shared_ptr<const ByteStore> bytes, const std::string& file);
/// The part in `text`.
PartFile read_part(std::string text, const std::string& file);
/// The part in the file of this name. Its results stay there, and are read when they are needed. Throws: as read_part and read_text_file.
PartFile open_part(const std::string& file);

/// The parts in `files`, which are read side by side. Throws: InputError with all that is wrong with any of them.
std::vector<PartFile> load_parts(const std::vector<std::string>& files, unsigned threads = 0);

/// Whether parts of other builds of the same version are taken too.
enum class Builds { this_one, any };

/// All of the work of the parts, which may come in any order and overlap where they say the same.
/// Throws: InputError where one is of another question, where two say different things of the same block, or where blocks are missing: with the
/// command that makes them.
SharedWork merged(const std::vector<PartFile>& parts, Builds builds = Builds::this_one);

}  // namespace railwindow
