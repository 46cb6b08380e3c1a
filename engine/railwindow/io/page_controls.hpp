#pragma once
// What the reader of a page that answers may change: each as the `--set` that says the same.

#include <railwindow/io/scenario_file.hpp>
#include <railwindow/simulation/model.hpp>

#include <functional>
#include <string>

namespace railwindow {

/// What a page is made of, and how the same question is read with other changes. Throws: as load_scenario.
struct AskedQuestion {
    const Scenario& scenario;
    const Model& model;
    WhatIf what_if;
    std::function<Scenario(const WhatIf&)> load;
    std::uint64_t seed = 1;
};

/// The controls of `question` as a JSON array, each with id, kind, label and what is written now:
/// - departure: `set` path, `form` (at, spread or between), `from` and `until` on the clocks of `station`;
/// - number: `set` path, `unit`, `value`, `low`, `high`, `step`; of laws `written`, the lowest and the highest value;
/// - choice: `options`, each with id, label, and the `sets` or the `variant` that choose it;
/// - switch: `on`, and the `sets` that turn it.
/// A control is there only where it can be used and some of 128 runs feel it. Cost: one build and that many runs for each thing tried.
std::string page_controls_json(const AskedQuestion& question);

}  // namespace railwindow
