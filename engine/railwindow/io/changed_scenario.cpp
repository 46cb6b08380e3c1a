#include <railwindow/io/changed_scenario.hpp>

#include <railwindow/core/clock.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/io/scenario_tree.hpp>
#include <railwindow/io/seen_text.hpp>
#include <railwindow/io/yaml_writer.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow {
namespace {

std::string written_text(const WrittenTime& time) {
    const LocalTime& t = time.local;
    std::string text = fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", t.year, t.month, t.day, t.hour, t.minute);
    if (t.second != 0) text += fmt::format(":{:02}", t.second);
    if (time.utc_offset) text += offset_text(*time.utc_offset);
    return text;
}

std::string_view word_of(ObservedEvent event) {
    switch (event) {
        case ObservedEvent::arrive:
            return "arrive";
        case ObservedEvent::depart:
            return "depart";
        case ObservedEvent::pass:
            return "pass";
        case ObservedEvent::seen:
            break;
    }
    return "seen";
}

// A sighting with a place, an event and two times: what a page can say.
YamlNode sighting_node(const ObservedSheet& seen, const std::string& text) {
    if (!seen.between || seen.before || seen.behind || seen.not_seen || seen.towards || seen.train || seen.reliability || seen.known_at)
        throw InputError{Finding{seen.at.place, "'" + text + "'", "is written into a file by hand only",
                                 "write the place, arrive, depart, pass or seen, and two times", Severity::error}};
    std::vector<std::pair<std::string, YamlNode>> entries{
        {"at", yaml_scalar(seen.at.value)},
        {"event", yaml_scalar(std::string{word_of(seen.event)})},
        {"between", yaml_texts({written_text(seen.between->front().value), written_text(seen.between->back().value)})}};
    if (seen.which.visit) entries.push_back({"visit", yaml_scalar(std::to_string(*seen.which.visit))});
    entries.push_back({"source", yaml_scalar("a what-if")});
    return yaml_map(std::move(entries));
}

// What was observed, with the new sightings where their times put them.
YamlNode observed_node(const Scenario& scenario, const std::vector<std::string>& seen, const YamlNode* written) {
    std::vector<YamlNode> old;
    if (written && written->kind == YamlNode::Kind::sequence) old = written->items;
    if (written && written->kind == YamlNode::Kind::map) old.push_back(*written);
    constexpr std::string_view option = "--seen";
    std::vector<YamlNode> all;
    std::size_t next = 0;
    const Scenario with = with_sightings(scenario, seen, option);
    for (const ObservedSheet& sheet : with.observed) {
        if (sheet.at.place.file == option)
            all.push_back(sighting_node(sheet, sheet.at.value));
        else if (next < old.size())
            all.push_back(old[next++]);
    }
    return yaml_list(std::move(all));
}

}  // namespace

std::string changed_scenario(const std::string& path, const FilesInMemory& files, const WhatIf& what_if, const std::vector<std::string>& seen,
                             const YamlLimits& limits) {
    const Scenario scenario = load_scenario(path, files, what_if, limits);
    YamlNode root = scenario_tree(files.find(path)->second, path, what_if, limits);
    const auto leave_out = [&](std::string_view key) { std::erase_if(root.entries, [&](const auto& entry) { return entry.key.text == key; }); };
    leave_out("variants");
    if (!seen.empty()) {
        YamlNode observed = yaml_map({{"observed", observed_node(scenario, seen, root.find("observed"))}});
        leave_out("observed");
        root.entries.push_back(std::move(observed.entries.front()));
    }
    std::string text = scenario.question.empty() ? "" : "# " + scenario.question + "\n\n";
    for (const std::string& change : scenario.changes) text += "# Changed: " + change + '\n';
    return text + yaml_text(root);
}

}  // namespace railwindow
