// A server's loop without the server: questions from a queue, answered by several threads on one loaded railway.
#include <railwindow/railwindow.hpp>

#include <atomic>
#include <iostream>
#include <thread>

using namespace railwindow;

namespace {

struct Question {
    std::string to, depart;
};

// Everything that is shared is const; the answer depends on the question alone and not on the thread that gives it.
std::string answer(const Scenario& loaded, const Question& question) try {
    const auto departure = parse_time(question.depart);
    if (const auto* error = std::get_if<TimeError>(&departure)) return error->what + "; " + error->remedy;
    Scenario asked = loaded;
    asked.journey.to = Name{question.to};
    asked.journey.depart = {.at = Written<WrittenTime>{std::get<WrittenTime>(departure), {}}};
    const Model model = build(asked);
    const Estimate windows = estimate(model, {.runs = 256, .threads = 1});
    const TimingPointEstimate& end = windows.timing_points.back();
    const TimeZone& zone = model.network.stations()[model.timing_points[end.point].station].zone;
    return "P5 " + short_time(Instant{end.time[0].value}, zone) + ", P95 " + short_time(Instant{end.time[2].value}, zone);
} catch (const std::runtime_error& error) {  // InputError or Infeasible: this question's, not the server's
    return error.what();
}

}  // namespace

int main(int argc, char** argv) {
    Scenario loaded = load_scenario(argc > 1 ? argv[1] : "scenarios/pyongyang-vladivostok-2019.yaml");
    loaded.claims.clear();  // what was said about that journey
    std::vector<Question> questions{{"vladivostok", "2019-04-23 18:00"}, {"ussuriysk", "2019-04-24 06:30"}, {"usuriysk", "2019-04-24 06:30"},
                                    {"vladivostok", "Tuesday 18:00"},    {"khasan", "2019-05-01T09:00+09:00"}};
    std::vector<std::string> answers(questions.size());
    std::atomic<std::size_t> next{0};
    const auto serve = [&] {
        for (std::size_t i = next++; i < questions.size(); i = next++) answers[i] = answer(loaded, questions[i]);
    };
    std::thread other{serve};
    serve();
    other.join();
    for (std::size_t i = 0; i < answers.size(); ++i) std::cout << questions[i].to << ", " << questions[i].depart << ": " << answers[i] << '\n';
}
