#pragma once
// The field table of grid files.

#include <railwindow/io/codecs.hpp>
#include <railwindow/io/grid_file.hpp>

namespace railwindow {

template <>
const std::vector<Choice<GridCommand>>& choices_of();
template <>
struct Codec<GridCommand> : ChoiceCodec<GridCommand> {};
template <>
const std::vector<Choice<GridFormat>>& choices_of();
template <>
struct Codec<GridFormat> : ChoiceCodec<GridFormat> {};

template <>
const Table<GridSheet>& table_of();

}  // namespace railwindow
