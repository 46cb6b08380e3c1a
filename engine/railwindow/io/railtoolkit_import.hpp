#pragma once
// railtoolkit -> railwindow: a train on a path becomes a scenario with the files it names.

#include <railwindow/core/error.hpp>
#include <railwindow/io/yaml_limits.hpp>
#include <railwindow/train/consist.hpp>

#include <string>
#include <vector>

namespace railwindow {

/// Which files to import.
struct RailtoolkitRequest {
    std::string train_file;                         ///< path of the rolling stock
    std::string path_file;                          ///< path of the running path
    GradientModel gradient = GradientModel::strip;  ///< where the train feels the gradient
    YamlLimits limits{};                            ///< of both files
};

/// A file to be written.
struct NamedText {
    std::string name;  ///< of the file, without a folder
    std::string text;  ///< its content
};

/// What was made of them.
struct ImportedScenario {
    std::vector<NamedText> files;   ///< the scenario first; they stand in one folder
    std::vector<Finding> warnings;  ///< what was passed over or assumed
};

/// The first train of one railtoolkit file on the first path of another, as files of our own. Physics is that of TrainRuns.jl:
/// inertia weighted by empty masses, Strahl for freight and Sauthoff for coaches, one braking rate, minimum time.
/// Throws: InputError with everything that is wrong in either file.
ImportedScenario import_railtoolkit(const RailtoolkitRequest& request);

}  // namespace railwindow
