// One model, many threads: every question that shares work between threads, asked by several threads at once. Under the thread sanitizer
// (`tools/test --threads`) a race ends it; without, answers that differ do.

#include <railwindow/railwindow.hpp>

#include <cstdio>
#include <functional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace railwindow;

std::string windows(const Model& model, unsigned threads) {
    std::ostringstream out;
    write_json(out, model, estimate(model, {.runs = 600, .threads = threads}));
    return out.str();
}

std::string posterior(const Model& model, unsigned threads) {
    InferOptions options;
    options.runs = options.most_runs = 8192;
    options.threads = threads;
    std::ostringstream out;
    write_json(out, model, infer(model, options), options);
    return out.str();
}

std::string drivers(const Model& model, unsigned threads) {
    ExplainOptions options;
    options.runs = 512, options.pairs = 64, options.threads = threads;
    std::ostringstream out;
    write_json(out, model, explain(model, options));
    return out.str();
}

std::string latest(const Model& model, unsigned threads) {
    DepartByOptions options;
    options.arrive_by = {std::get<WrittenTime>(parse_time("2023-09-15 12:00")), {}};
    options.runs = 300, options.threads = threads;
    std::ostringstream out;
    write_json(out, model, depart_by(model, options));
    return out.str();
}

// True where every thread has the answer of one thread alone.
bool agree(const char* what, const std::function<std::string(unsigned)>& answer) {
    const std::string alone = answer(1);
    std::vector<std::string> answers(4);
    std::vector<std::thread> askers;
    for (std::size_t i = 0; i < answers.size(); ++i) askers.emplace_back([&, i] { answers[i] = answer(static_cast<unsigned>(i + 1)); });
    for (std::thread& asker : askers) asker.join();
    bool same = true;
    for (const std::string& one : answers) same &= one == alone;
    std::printf("%s  %s\n", same ? "ok    " : "not ok", what);
    return same;
}

}  // namespace

int main(int count, char** words) {
    const std::string folder = count > 1 ? std::string{words[1]} + "/scenarios/" : "scenarios/";
    const Model seen = build(load_scenario(folder + "seen-2023.yaml")), convoy = build(load_scenario(folder + "convoy-2023.yaml")),
                shared = build(load_scenario(folder + "khasan-line-shared.yaml")),
                plain = build(load_scenario(folder + "pyongyang-vladivostok-2023.yaml"));
    bool good = agree("windows of a convoy", [&](unsigned threads) { return windows(convoy, threads); });
    good &= agree("windows on a line with ordinary trains", [&](unsigned threads) { return windows(shared, threads); });
    good &= agree("sightings", [&](unsigned threads) { return posterior(seen, threads); });
    good &= agree("what drives a window", [&](unsigned threads) { return drivers(plain, threads); });
    good &= agree("latest departure", [&](unsigned threads) { return latest(plain, threads); });
    return good ? 0 : 1;
}
