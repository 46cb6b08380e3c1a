#include <railwindow/io/load_variants.hpp>

#include <railwindow/core/text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace railwindow {

std::vector<Variant> load_variants(const std::vector<std::string>& files, const std::vector<std::string>& only, const std::vector<std::string>& sets,
                                   const YamlLimits& limits) {
    std::vector<Variant> loaded;
    std::vector<std::string> known;
    for (const std::string& file : files) {
        const Scenario base = load_scenario(file, WhatIf{{}, sets}, limits);
        loaded.push_back({base.name, {}, base});
        for (const NamedChange& variant : base.variants) {
            known.push_back(variant.name);
            if (!only.empty() && std::find(only.begin(), only.end(), variant.name) == only.end()) continue;
            loaded.push_back({files.size() == 1 ? variant.name : base.name + "/" + variant.name, variant.why,
                              load_scenario(file, WhatIf{variant.name, sets}, limits)});
        }
    }
    for (const std::string& name : only)
        if (std::find(known.begin(), known.end(), name) == known.end())
            throw InputError{Finding{{"--variants", 0, 0},
                                     {},
                                     fmt::format("there is no variant '{}'", name),
                                     suggestion(name, {known.begin(), known.end()}),
                                     Severity::error}};
    if (loaded.size() < 2)
        throw InputError{Finding{loaded.front().scenario.variants_place, "variants", "there is nothing to compare it with",
                                 "name another file, write `variants:` into it, or use --routes or --sweep", Severity::error}};
    return loaded;
}

std::vector<Variant> load_grid(const std::string& file, const WhatIf& what_if, const std::vector<Sweep>& sweeps, const YamlLimits& limits) {
    std::vector<Variant> loaded{{"base", {}, load_scenario(file, what_if, limits)}};
    for (const std::vector<std::string>& point : grid(sweeps)) {
        Variant variant{{}, {}, {}};
        WhatIf here = what_if;
        for (std::size_t i = 0; i < point.size(); ++i) {
            here.sets.push_back(point[i]);
            const std::string value = point[i].substr(sweeps[i].path.size() + 1);
            variant.swept.emplace_back(sweeps[i].path, value);
            variant.name += (i == 0 ? "" : ", ") + value;
        }
        variant.scenario = load_scenario(file, here, limits);
        loaded.push_back(std::move(variant));
    }
    return loaded;
}

}  // namespace railwindow
