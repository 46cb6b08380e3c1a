#include <railwindow/io/scenario_file.hpp>

#include <railwindow/core/text.hpp>
#include <railwindow/io/begin_elsewhere.hpp>
#include <railwindow/io/digest.hpp>
#include <railwindow/io/file_tables.hpp>
#include <railwindow/io/network_file.hpp>
#include <railwindow/io/priors_file.hpp>
#include <railwindow/io/scenario_tree.hpp>
#include <railwindow/io/yaml_tree.hpp>
#include <railwindow/io/yaml_writer.hpp>

#include <fmt/format.h>

#include <filesystem>
#include <functional>
#include <set>

namespace railwindow {
namespace {

// Runs `read` and keeps what it finds wrong, so that the findings of all files come together.
template <class Read>
void collect(Findings& findings, const Place& named_at, const std::string& path, Read read) {
    try {
        read();
    } catch (const InputError& error) {
        for (Finding finding : error.findings()) {
            if (finding.place.file == path && finding.place.line == 0) {  // the file itself: say who asked for it
                finding.what = path + ": " + finding.what;
                finding.place = named_at;
            }
            findings.add(std::move(finding));
        }
    }
}

// The paths that a scenario's files have become, with where they were named.
struct NamedFiles {
    const std::vector<Name>&networks, &practice, &rolling_stock;
    const Name& train;
};

// How the text of a file is got: from the disk, or from memory.
using TextOf = std::function<std::string(const std::string& path)>;

TextOf on_disk(const YamlLimits& limits) {
    return [limits](const std::string& path) { return read_text_file(path, limits); };
}

// `without` is laid over what `edits_text` has made of the files.
struct AllEdits {
    Edits edits, without;
    void apply_to_network(YamlNode& root) { edits.apply_to_network(root), without.apply_to_network(root); }
    void apply_to_practice(YamlNode& root) { edits.apply_to_practice(root), without.apply_to_practice(root); }
    void apply_to_train(YamlNode& root) { edits.apply_to_train(root), without.apply_to_train(root); }
    void note_unused(Findings& findings) const { edits.note_unused(findings), without.note_unused(findings); }
};

// Of what runs depend on, and of all that is computed.
struct Digests {
    Digest runs, all{DigestOf::runs_and_reports};
    void add(const YamlNode& root) { runs.add(root), all.add(root); }
};

void read_parts(Scenario& scenario, const NamedFiles& files, AllEdits edits, Findings& findings, const YamlLimits& limits, const TextOf& text_of,
                Digests& digests) {
    std::set<std::string> seen;
    const auto read_named = [&](const Name& name, auto use) {
        if (name.value.empty()) return;
        if (!seen.insert(name.value).second)
            return findings.add({name.place, "", name.value + " is named twice", "keep one of them", Severity::error});
        collect(findings, name.place, name.value, [&] { use(text_of(name.value), name.value); });
    };
    for (const Name& name : files.networks)
        read_named(name, [&](const std::string& content, const std::string& file) {
            YamlNode root = parse_yaml(content, file, limits);
            edits.apply_to_network(root);
            digests.add(root);
            scenario.networks.push_back(read_network(root, file));
        });
    for (const Name& name : files.practice)
        read_named(name, [&](const std::string& content, const std::string& file) {
            YamlNode root = parse_yaml(content, file, limits);
            edits.apply_to_practice(root);
            digests.add(root);
            scenario.practice.push_back(read_practice(root, file));
        });
    for (const Name& name : files.rolling_stock)
        read_named(name, [&](const std::string& content, const std::string& file) {
            digests.add(parse_yaml(content, file, limits));
            scenario.rolling_stock.push_back(read_rolling_stock(content, file, limits));
        });
    read_named(files.train, [&](const std::string& content, const std::string& file) {
        YamlNode root = parse_yaml(content, file, limits);
        edits.apply_to_train(root);
        digests.add(root);
        scenario.train = read_train(root, file);
    });
    if (!findings.has_errors()) edits.note_unused(findings);
}

ScenarioText read_text(const YamlNode& root, const std::string& path, Findings& findings) {
    require_kind(root, path, "railwindow.scenario/1");
    Reader reader{path};
    ScenarioText text = read_record<ScenarioText>(root, reader);
    for (const Finding& finding : reader.findings().list()) findings.add(finding);
    return text;
}

// Where the variants of a scenario are written, or would be.
Place place_of_variants(const YamlNode& root, const std::string& path) {
    for (const auto& [key, value] : root.entries)
        if (key.text == "variants") return {path, key.line, key.column};
    return {path, root.line, root.column};
}

// What a scenario file says when a what-if has its way, and in how far that is not what it says by itself.
struct ChangedText {
    ScenarioText text;
    std::vector<std::string> changes;
    YamlNode tree{};
};

ChangedText changed_text(const YamlNode& root, const std::string& path, const WhatIf& what_if, Findings& findings) {
    ChangedText changed{read_text(root, path, findings), {}, {}};
    if (findings.has_errors()) return changed;
    YamlNode tree = root;
    std::vector<std::string_view> names;
    for (const auto& [name, variant] : changed.text.variants) {
        names.push_back(name.value);
        const YamlNode varied = with_variant(root, name, variant, record_text<ScenarioText>(), path, findings);
        read_text(varied, path, findings);
        if (name.value != what_if.variant) continue;
        tree = varied;
        changed.changes = changes_of(variant, record_text<ScenarioText>());
    }
    if (!what_if.variant.empty() && std::find(names.begin(), names.end(), what_if.variant) == names.end())
        findings.add({place_of_variants(root, path), "variants", "there is no variant '" + what_if.variant + "'",
                      names.empty() ? "the file has none" : suggestion(what_if.variant, names), Severity::error});
    if (findings.has_errors()) return changed;
    for (const std::string& without : what_if.without) {
        if (!take_out(tree, without))
            findings.add({{what_if.said_as + " " + without, 0, 0},
                          "",
                          fmt::format("the file has no '{}'", without),
                          "write a path such as journey.regauging",
                          Severity::error});
        changed.changes.push_back("without " + without);
    }
    if (findings.has_errors()) return changed;
    for (const std::string& set : what_if.sets) {
        const Assignment assignment = parse_assignment(set, what_if.said_as);
        assign(tree, assignment);
        changed.changes.push_back(assignment.path + ": " + yaml_line(assignment.value));
    }
    changed.text = read_text(tree, path, findings);
    changed.tree = std::move(tree);
    return changed;
}

}  // namespace

Scenario load_parts(const ScenarioParts& parts, const YamlLimits& limits) {
    const auto named = [](const std::vector<std::string>& paths, const char* option) {
        std::vector<Name> names;
        for (const std::string& path : paths) names.push_back({path, {option, 0, 0}});
        return names;
    };
    Scenario scenario;
    Findings findings;
    const Name train{parts.train, {"--train", 0, 0}};
    const EditsText none;
    Digests digests;
    read_parts(scenario, {named(parts.networks, "--networks"), named(parts.practice, "--practice"), {}, train}, {Edits{none}, Edits{none}}, findings,
               limits, on_disk(limits), digests);
    findings.throw_if_errors();
    for (const auto* names : {&parts.networks, &parts.practice}) scenario.files.insert(scenario.files.end(), names->begin(), names->end());
    scenario.files.push_back(parts.train);
    return scenario;
}

namespace {

enum class Knowing { as_written, unknowing };

// A scenario, and what its file says about it.
struct Loaded {
    Scenario scenario;
    std::optional<Priors> priors;
    std::string digest;
};

Loaded load(const std::string& path, const WhatIf& what_if, const YamlLimits& limits, const TextOf& source, Knowing knowing = Knowing::as_written) {
    std::vector<std::string> files;
    const TextOf text_of = [&](const std::string& file) { return files.push_back(file), source(file); };
    const std::string text = text_of(path);
    Findings findings;
    const YamlNode root = parse_yaml(text, path, limits);
    ChangedText changed = changed_text(root, path, what_if, findings);
    ScenarioText& written = changed.text;
    Scenario scenario{path,
                      std::filesystem::path{path}.stem().string(),
                      question_of(text),
                      {},
                      {},
                      {},
                      {},
                      std::move(written.journey),
                      std::move(written.convoy),
                      std::move(written.disruptions),
                      std::move(written.traffic),
                      std::move(written.claims),
                      std::move(written.notes),
                      written.record,
                      std::move(written.observed),
                      std::move(written.stays),
                      std::move(written.press)};
    scenario.variant = what_if.variant;
    scenario.variants_place = place_of_variants(root, path);
    scenario.evidence = std::move(written.evidence);
    scenario.changes = std::move(changed.changes);
    for (const auto& [name, variant] : written.variants) scenario.variants.push_back({name.value, variant.why});
    const auto place = [&](Name& name) {
        if (!name.value.empty()) name.value = (std::filesystem::path{path}.parent_path() / name.value).lexically_normal().string();
    };
    for (Name& name : written.networks) place(name);
    for (Name& name : written.practice) place(name);
    for (Name& name : written.rolling_stock) place(name);
    place(written.train);
    const EditsText none;
    const bool redone = written.priors && written.priors->without;
    const EditsText& without = redone && knowing == Knowing::unknowing ? *written.priors->without : none;
    Digests digests;
    digests.add(changed.tree);
    read_parts(scenario, {written.networks, written.practice, written.rolling_stock, written.train}, {Edits{written.edits}, Edits{without}}, findings,
               limits, text_of, digests);
    findings.throw_if_errors();
    scenario.files = std::move(files);
    scenario.digest = digests.all.hex();
    if (!scenario.changes.empty()) begin_elsewhere(scenario, read_text(root, path, findings).journey);
    Loaded loaded{std::move(scenario), {}, digests.runs.hex()};
    if (written.priors) loaded.priors = Priors{written.priors->knew, written.priors->why, redone};
    return loaded;
}

}  // namespace

Scenario load_scenario(const std::string& path, const YamlLimits& limits) { return load_scenario(path, WhatIf{}, limits); }

Scenario load_scenario(const std::string& path, const WhatIf& what_if, const YamlLimits& limits) {
    return load(path, what_if, limits, on_disk(limits)).scenario;
}

Scenario load_scenario(const std::string& path, const FilesInMemory& files, const YamlLimits& limits) {
    return load_scenario(path, files, WhatIf{}, limits);
}

Scenario load_scenario(const std::string& path, const FilesInMemory& files, const WhatIf& what_if, const YamlLimits& limits) {
    return load(path, what_if, limits,
                [&](const std::string& wanted) {
                    const auto found = files.find(wanted);
                    if (found != files.end()) return found->second;
                    std::vector<std::string_view> known;
                    for (const auto& file : files) known.push_back(file.first);
                    throw InputError{
                        Finding{{wanted, 0, 0}, "", "there is no such file among those in memory", suggestion(wanted, known), Severity::error}};
                })
        .scenario;
}

YamlNode scenario_tree(const std::string& text, const std::string& path, const WhatIf& what_if, const YamlLimits& limits) {
    Findings findings;
    ChangedText changed = changed_text(parse_yaml(text, path, limits), path, what_if, findings);
    findings.throw_if_errors();
    return std::move(changed.tree);
}

std::optional<Priors> load_priors(const std::string& path, const YamlLimits& limits) { return load(path, {}, limits, on_disk(limits)).priors; }

Scenario load_unknowing(const std::string& path, const YamlLimits& limits) {
    return load(path, {}, limits, on_disk(limits), Knowing::unknowing).scenario;
}

std::string digest_of(const std::string& path, const WhatIf& what_if, const YamlLimits& limits) {
    return load(path, what_if, limits, on_disk(limits)).digest;
}

}  // namespace railwindow
