#pragma once
// `--part K/N`: the command does a share of the work and writes it to a file. `merge` puts such files together and runs the command on them.

#include <railwindow/io/part_file.hpp>
#include <railwindow/simulation/scenario.hpp>

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// What `merge` gives to the command whose parts it has read.
struct MergedParts {
    railwindow::SharedWork work;        ///< of all parts
    railwindow::PartQuestion question;  ///< that they are of
};

/// Which part is to be done, and who says so.
struct NamedPart {
    railwindow::PartOf part;
    std::string by;  ///< variable of the environment; empty: the command line
};

/// The part that the environment names: of a task of Slurm, of a rank of an MPI launcher or of a pod of Kubernetes.
/// Throws: CLI::ValidationError where it names none, or two that differ.
NamedPart part_by_environment();

/// The option and what becomes of it, of one command.
class PartOption {
public:
    /// Nothing is merged where `merged` is nullptr.
    explicit PartOption(MergedParts* merged) : merged_{merged} {}

    /// Adds `--part` to `app`, whose option `--output` then names the part. `of_answer` are the command's options that say how the answer is written:
    /// they do not go with it, but with `merge`.
    void add(CLI::App* app, std::vector<std::string> of_answer);
    /// Also `--with-page`: of commands whose page shows more than their answer.
    void add_with_page(CLI::App* app);

    /// Throws: CLI::ValidationError for --with-page without parts.
    void check_options() const;
    /// Whether the command does a part only.
    bool is_part() const { return part_.has_value(); }
    /// Whether the parts hold what the page needs, or will.
    bool with_page() const { return with_page_; }
    /// What is done here or known; nothing: all is done here.
    railwindow::SharedWork* work();
    /// The file of the part. `output` is the option's; where it is empty a name is made of `name`.
    std::string file(const std::string& output, const std::string& name) const;
    /// Says which part it is, where the environment said so.
    void tell() const;
    /// Throws: InputError where the parts that are merged are of scenarios that said something else, WrongUsage for a page that they do not hold.
    void check(const std::vector<const railwindow::Scenario*>& scenarios, bool page = false) const;
    /// Writes the part to `file`.
    void write(const std::string& file, const std::vector<const railwindow::Scenario*>& scenarios) const;

private:
    railwindow::PartQuestion question(const std::vector<const railwindow::Scenario*>& scenarios) const;
    void read(const std::string& text);

    MergedParts* merged_;
    CLI::App* app_ = nullptr;
    std::vector<std::string> of_answer_;
    std::optional<NamedPart> named_;
    std::optional<railwindow::SharedWork> part_;
    bool with_page_ = false;
};

}  // namespace cli
