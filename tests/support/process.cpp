#include <places.hpp>
#include <support/process.hpp>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <thread>

extern char** environ;

namespace railwindow {
namespace {

// Under the address sanitizer everything takes several times as long.
#if defined(__SANITIZE_ADDRESS__)
constexpr int slowness = 8;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr int slowness = 8;
#else
constexpr int slowness = 1;
#endif
#else
constexpr int slowness = 1;
#endif

struct Pipe {
    Pipe() {
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error{"no pipe"};
    }
    ~Pipe() { close_end(0), close_end(1); }
    void close_end(std::size_t end) {
        if (ends[end] >= 0) ::close(ends[end]);
        ends[end] = -1;
    }
    std::array<int, 2> ends{};
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (std::string& text : texts) list.push_back(text.data());
    list.push_back(nullptr);
    return list;
}

pid_t spawn(const std::vector<std::string>& arguments, const ProcessOptions& options, const Pipe& out, const Pipe& err) {
    std::vector<std::string> words{options.program.empty() ? RAILWINDOW_TOOL : options.program}, environment = options.environment;
    words.insert(words.end(), arguments.begin(), arguments.end());
    for (char** entry = environ; *entry; ++entry) environment.emplace_back(*entry);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, options.folder.c_str());
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (options.output_closed)
        posix_spawn_file_actions_addclose(&actions, STDOUT_FILENO);
    else
        posix_spawn_file_actions_adddup2(&actions, out.ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err.ends[1], STDERR_FILENO);
    pid_t child = 0;
    const int failed = ::posix_spawn(&child, words.front().c_str(), &actions, nullptr, pointers(words).data(), pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::runtime_error{"cannot start " + words.front()};
    return child;
}

// Reads what is there; closes the pipe at its end.
void drain(Pipe& pipe, std::string& text) {
    std::array<char, 1u << 16> block;
    const ssize_t count = ::read(pipe.ends[0], block.data(), block.size());
    if (count > 0)
        text.append(block.data(), static_cast<std::size_t>(count));
    else
        pipe.close_end(0);
}

}  // namespace

Outcome railwindow_tool(const std::vector<std::string>& arguments, const ProcessOptions& options) {
    using namespace std::chrono;
    Pipe out, err;
    if (options.reader_gone) out.close_end(0);
    const auto begun = steady_clock::now();
    const pid_t child = spawn(arguments, options, out, err);
    out.close_end(1), err.close_end(1);
    Outcome result;
    bool signalled = options.signal == 0, killed = false;
    while (out.ends[0] >= 0 || err.ends[0] >= 0) {
        std::array<pollfd, 2> ends{pollfd{out.ends[0], POLLIN, 0}, pollfd{err.ends[0], POLLIN, 0}};  // -1 is ignored
        ::poll(ends.data(), ends.size(), 10);
        if (ends[0].revents) drain(out, result.out);
        if (ends[1].revents) drain(err, result.err);
        const auto spent = duration_cast<milliseconds>(steady_clock::now() - begun).count();
        if (!signalled && spent >= options.signal_after_ms) signalled = true, ::kill(child, options.signal);
        if (!killed && spent >= slowness * options.limit_ms) killed = true, ::kill(child, SIGKILL);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    result.seconds = duration<double>(steady_clock::now() - begun).count();
    if (!killed) result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
    return result;
}

}  // namespace railwindow
