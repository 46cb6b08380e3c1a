// The one door of the engine in a page: a question as JSON goes in, an answer as JSON comes out.
#include "session.hpp"

#include <railwindow/core/error.hpp>
#include <railwindow/core/version.hpp>

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <cstring>
#include <memory>

namespace railwindow::page {
namespace {

using Json = nlohmann::ordered_json;

std::unique_ptr<Session> session;

Question question_of(const Json& json) {
    Question question{json.at("scenario"), {}, {}, {}, Units::metric};
    for (const auto& [path, text] : json.at("files").items()) question.files[path] = text;
    question.what_if.variant = json.value("variant", "");
    question.what_if.sets = json.value("sets", std::vector<std::string>{});
    question.options.seed = std::stoull(json.at("seed").get<std::string>());  // more digits than a number of JavaScript has
    question.options.quantiles = json.at("quantiles").get<std::vector<double>>();
    if (json.value("units", "metric") == "imperial") question.units = Units::imperial;
    return question;
}

Change change_of(const Json& json) {
    Change change{{}, json.value("sets", std::vector<std::string>{}), json.value("seen", std::vector<std::string>{})};
    if (json.contains("variant")) change.variant = json.at("variant").get<std::string>();
    return change;
}

std::string answer_to(const Json& json) {
    const std::string what = json.at("ask");
    if (what == "open") return session = std::make_unique<Session>(question_of(json)), Json{{"version", version()}}.dump();
    if (what == "change") return session->change(change_of(json)), "{}";
    if (what == "base") return session->run_base(json.at("runs"), json.value("keep", false)), "{}";
    if (what == "run") return session->run(json.at("runs")), "{}";
    if (what == "answer") return session->answer();
    if (what == "whole") return session->whole();
    if (what == "infer") return session->inferred(json.at("runs"));
    if (what == "scenario") return Json{{"text", session->scenario_text()}}.dump(-1, ' ', false, Json::error_handler_t::replace);
    throw std::logic_error{"nobody answers '" + what + "'"};
}

// What a reader can mend is told apart from what is no answer and from errors of ours.
std::string failure(const char* kind, const std::string& text, const std::vector<std::string>& findings = {}) {
    return Json{{"error", {{"kind", kind}, {"text", text}, {"findings", findings}}}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string answered(const char* text) {
    try {
        return answer_to(Json::parse(text));
    } catch (const InputError& error) {
        std::vector<std::string> findings;
        for (const Finding& finding : error.findings()) findings.push_back(to_string(finding));
        return failure("input", error.what(), findings);
    } catch (const Infeasible& error) {
        return failure("infeasible", error.what());
    } catch (const std::bad_alloc&) {
        return failure("memory", "there is no more memory");
    } catch (const std::exception& error) {
        return failure("bug", error.what());
    }
}

}  // namespace
}  // namespace railwindow::page

/// The answer to a question; the caller frees it.
extern "C" char* railwindow_ask(const char* question) {
    const std::string answer = railwindow::page::answered(question);
    char* const copy = static_cast<char*>(std::malloc(answer.size() + 1));
    if (copy) std::memcpy(copy, answer.c_str(), answer.size() + 1);
    return copy;
}
