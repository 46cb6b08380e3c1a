#include "import_osm.hpp"

#include "osm_options.hpp"
#include "output.hpp"
#include "results.hpp"

#include <railwindow/core/error.hpp>

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace cli {
namespace {

using namespace railwindow;
namespace fs = std::filesystem;

struct ImportOsmOptions {
    OsmOptions osm;
    std::string output;
    bool force = false;
};

// Beside the tool, as it is built, or where it is installed.
std::string program() {
    std::error_code none;
    const fs::path folder = fs::read_symlink("/proc/self/exe", none).parent_path();
    for (const fs::path& place : {folder, folder / RAILWINDOW_PROGRAMS_FROM_TOOL})
        if (const fs::path found = place / "railwindow-osm"; ::access(found.c_str(), X_OK) == 0) return found.lexically_normal().string();
    throw InputError{Finding{{},
                             "import osm",
                             fmt::format("the program railwindow-osm is neither in {} nor in {}", folder.string(),
                                         (folder / RAILWINDOW_PROGRAMS_FROM_TOOL).lexically_normal().string()),
                             "install the package railwindow-osm; or, in a clone, install libosmium2-dev and build the target railwindow_osm "
                             "(docs/how-to.md, \"Take a railway from OpenStreetMap\")",
                             Severity::error}};
}

struct Made {
    std::string text;
    int status = 0;  // as waitpid has it
};

// What the program writes on its standard output; its standard error is ours.
Made output_of(const std::string& path, const std::vector<std::string>& words) {
    int pipe[2];
    if (::pipe(pipe) != 0) throw std::runtime_error{fmt::format("no pipe: {}", std::strerror(errno))};
    std::vector<char*> arguments{const_cast<char*>(path.c_str())};
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const ::pid_t child = ::fork();
    if (child == 0) {
        ::dup2(pipe[1], STDOUT_FILENO);
        ::close(pipe[0]);
        ::close(pipe[1]);
        ::execv(path.c_str(), arguments.data());
        ::_exit(127);
    }
    ::close(pipe[1]);
    Made made;
    char block[1 << 16];
    while (child > 0) {
        const ::ssize_t count = ::read(pipe[0], block, sizeof block);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        made.text.append(block, static_cast<std::size_t>(count));
    }
    ::close(pipe[0]);
    if (child < 0) throw std::runtime_error{fmt::format("railwindow-osm cannot be started: {}", std::strerror(errno))};
    while (::waitpid(child, &made.status, 0) < 0 && errno == EINTR) {
    }
    return made;
}

ExitStatus import_osm(const ImportOsmOptions& options) {
    const std::vector<Result> results{{"--output", options.output}};
    check_results(results, options.force);
    keep_apart(results, {options.osm.file});
    const Made made = output_of(program(), words_of(options.osm));
    if (WIFSIGNALED(made.status)) {
        const int signal = WTERMSIG(made.status);
        if (signal == SIGINT) return ExitStatus::interrupted;
        if (signal == SIGTERM) return ExitStatus::terminated;
        const std::string remedy =
            signal == SIGKILL ? "cut the file to the region that is wanted, if memory ran out" : "this is a bug in railwindow-osm";
        throw InputError{
            Finding{{}, options.osm.file, fmt::format("reading it ended with signal {} ({})", signal, ::strsignal(signal)), remedy, Severity::error}};
    }
    const auto status = static_cast<ExitStatus>(WEXITSTATUS(made.status));
    if (status == ExitStatus::done) write_output(options.output, [&](std::ostream& out) { out << made.text; });
    return status;
}

}  // namespace

Command add_import_osm(CLI::App* import_app) {
    auto options = std::make_shared<ImportOsmOptions>();
    CLI::App* osm = import_app->add_subcommand("osm", "A network of OpenStreetMap's tracks and stations");
    add_osm_options(osm, options->osm);
    add_result(osm, options->output, options->force);
    return [options] { return import_osm(*options); };
}

}  // namespace cli
