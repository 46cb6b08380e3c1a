#pragma once
// What is doubtful about networks that are well formed: numbers that cannot be, places that do not join, sources that are missing.

#include <railwindow/network/network.hpp>

#include <string>
#include <vector>

namespace railwindow {

/// Everything doubtful about the networks written in `sheets`, each finding at its place. Errors: a section shorter than
/// 0.98 of the great circle between its ends, an operating speed whose mean is above the limit. Warnings: a section longer than
/// 2.5 great circles; two stations of one name or at one place; a zone of another country; a number without source or confidence;
/// gauges that meet where nothing joins them; neighbours in two countries without a border; networks in several parts.
/// Throws: InputError where the sheets make no network.
std::vector<Finding> doubts(const std::vector<NetworkSheet>& sheets);

/// The part of `sheet` that names only its own stations, to be checked by itself.
NetworkSheet self_contained(const NetworkSheet& sheet);

}  // namespace railwindow
