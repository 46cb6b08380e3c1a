#pragma once
// Runs as arrays of numpy, in one file: a fraction of the size of CSV, and read in milliseconds.

#include <railwindow/estimate/samples.hpp>

#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

/// Writes a zip archive of numpy arrays (.npz) to a stream. Names must be unlike.
/// Source: numpy.lib.format, version 1.0 of the format; APPNOTE.TXT 6.3.10 by PKWARE, entries stored with 64-bit sizes.
class NpzWriter {
public:
    /// To `out`, which must outlive it.
    explicit NpzWriter(std::ostream& out) : out_{out} {}
    /// Begins with the version, by which the file is known as ours.
    void begin();
    /// Adds an array: `type` and `shape` as numpy writes them ("<i8", "(3, 2)"), and its bytes, the first index fastest. `pieces` are written one
    /// after the other; `size` is that of all of them.
    void add(const std::string& name, const std::string& type, const std::string& shape, const std::vector<std::string_view>& pieces);
    /// Adds texts, one for each index.
    void add(const std::string& name, const std::vector<std::string>& texts);
    /// Writes the list of what is in it. To be called once, last.
    void finish();

private:
    struct Entry {
        std::string name;
        std::uint32_t checksum;
        std::uint64_t size, offset;
    };
    void write(std::string_view bytes);
    std::ostream& out_;
    std::uint64_t written_ = 0;
    std::vector<Entry> entries_;
};

/// The name of a variant as that of a folder of arrays: without slashes, control characters and a leading dot, which become `_`.
/// Throws: InputError for one of more than 1,000 bytes.
std::string npz_name(const std::string& name);

/// Arrays of all runs of `samples` of `model`: arrive, depart (UTC, datetime64[ms], NaT where the run does not come, where it begins and where it
/// ends) and moving (timedelta64[ms] at the arrival), each by run and timing point; route by run, from 1; station, train, distance_km by timing
/// point; seed. The first array, `railwindow`, is the version. Names begin with `prefix`.
void add_samples(NpzWriter& out, const std::string& prefix, const Model& model, const Samples& samples);
/// The same as a whole file.
void write_npz(std::ostream& out, const Model& model, const Samples& samples);

/// What an archive of ours begins with.
bool begins_like_npz(std::string_view text);

}  // namespace railwindow
