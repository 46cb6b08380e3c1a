#pragma once
// Numbers that files give as such, without a law, and that are weakly known: no draw stands for them, so the model is built anew to move them.

#include <railwindow/simulation/model.hpp>
#include <railwindow/simulation/scenario.hpp>

#include <functional>
#include <string>
#include <vector>

namespace railwindow {

/// A weakly known number without a law.
struct WrittenNumber {
    std::string what;  ///< "dprk-east.yaml: limits of the Hambuk Line"
    double step;       ///< it is moved by this part of itself: what it is moved by is a measure, and no range that anybody states
};

/// The weakly known numbers without a law of a model, and the same model with some of them moved.
struct WrittenNumbers {
    std::vector<WrittenNumber> all;  ///< in the order of Model::weak_inputs
    /// The model with each number times its factor; 1 leaves it as written. Throws what `build` throws.
    std::function<Model(const std::vector<double>& factors)> with;
};

/// Those of `model`, which was built from `scenario` with `options`. Kilometres are moved by a hundredth and all else by a tenth. The result keeps
/// copies of what it needs.
WrittenNumbers written_numbers(const Scenario& scenario, const Model& model, const BuildOptions& options = {});

}  // namespace railwindow
