#pragma once
// OpenStreetMap file -> railway. The file is read three times (relations, ways, nodes), and kept is only what tracks and stations need: memory grows
// with the railway in it, not with the file.

#include "railway.hpp"

#include <functional>
#include <set>
#include <string>

namespace osm_import {

struct ReadOptions {
    bool narrow_gauge = false;
    std::set<std::int64_t> nodes;                ///< that the user names
    std::function<void(double share)> progress;  ///< from 0 to 1
};

/// Throws: std::runtime_error when the file cannot be read to its end.
Railway read_railway(const std::string& file, const ReadOptions& options, Doubts& doubts);

}  // namespace osm_import
