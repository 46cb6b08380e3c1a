#include <railwindow/io/write_npz.hpp>

#include <railwindow/core/bytes.hpp>
#include <railwindow/core/error.hpp>
#include <railwindow/core/version.hpp>

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>

namespace railwindow {
namespace {

constexpr std::uint32_t local_header = 0x04034b50, central_header = 0x02014b50, end_64 = 0x06064b50, locator_64 = 0x07064b50, end_of_all = 0x06054b50;
constexpr std::uint16_t needed = 45;                  // the version of the format that has 64-bit sizes
constexpr std::uint16_t in_utf8 = 1u << 11;           // names
constexpr std::uint16_t midnight = 0, new_year = 33;  // 1980-01-01: the same runs make the same bytes
constexpr std::uint32_t see_64 = 0xffffffff;
constexpr const char* version_entry = "railwindow";

std::string npy_head(const std::string& type, const std::string& shape) {
    std::string text = fmt::format("{{'descr': '{}', 'fortran_order': True, 'shape': {}, }}", type, shape);
    constexpr std::size_t begin = 10, aligned = 64;
    text.resize((begin + text.size() + aligned) / aligned * aligned - begin - 1, ' ');
    ByteWriter head;
    head.put('\x93');
    for (const char c : {'N', 'U', 'M', 'P', 'Y', '\1', '\0'}) head.put(c);
    head.put(static_cast<std::uint16_t>(text.size() + 1));
    return head.take() + text + '\n';
}

template <class T>
std::string_view bytes_in(const std::vector<T>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

// Letters of a text that is UTF-8, as numpy keeps them: four bytes each.
std::u32string letters_of(const std::string& text) {
    std::u32string letters;
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        auto letter = static_cast<char32_t>(length == 1 ? first : first & (0xff >> (length + 1)));
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k) letter = (letter << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3f);
        letters += letter;
        i += length;
    }
    return letters;
}

}  // namespace

void NpzWriter::write(std::string_view bytes) {
    out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    written_ += bytes.size();
}

void NpzWriter::begin() { add(version_entry, std::vector<std::string>{std::string{version()}}); }

void NpzWriter::add(const std::string& name, const std::string& type, const std::string& shape, const std::vector<std::string_view>& pieces) {
    const std::string head = npy_head(type, shape);
    Entry entry{name + ".npy", 0, head.size(), written_};
    uLong sum = crc32_z(0, reinterpret_cast<const Bytef*>(head.data()), head.size());
    for (const std::string_view piece : pieces) {
        sum = crc32_z(sum, reinterpret_cast<const Bytef*>(piece.data()), piece.size());
        entry.size += piece.size();
    }
    entry.checksum = static_cast<std::uint32_t>(sum);
    ByteWriter header;
    header.put(local_header);
    for (const std::uint16_t field : {needed, in_utf8, std::uint16_t{0}, midnight, new_year}) header.put(field);
    header.put(entry.checksum);
    header.put(see_64);
    header.put(see_64);
    header.put(static_cast<std::uint16_t>(entry.name.size()));
    header.put(std::uint16_t{20});  // of what follows the name: its kind, its length, both sizes
    std::string text = header.take() + entry.name;
    ByteWriter sizes;
    sizes.put(std::uint16_t{1});
    sizes.put(std::uint16_t{16});
    sizes.put(entry.size);
    sizes.put(entry.size);
    write(text + sizes.take());
    write(head);
    for (const std::string_view piece : pieces) write(piece);
    entries_.push_back(std::move(entry));
}

void NpzWriter::add(const std::string& name, const std::vector<std::string>& texts) {
    std::vector<std::u32string> all;
    std::size_t longest = 1;
    for (const std::string& text : texts) all.push_back(letters_of(text)), longest = std::max(longest, all.back().size());
    std::vector<char32_t> letters;
    for (std::u32string& text : all) {
        text.resize(longest);
        letters.insert(letters.end(), text.begin(), text.end());
    }
    add(name, fmt::format("<U{}", longest), fmt::format("({},)", texts.size()), {bytes_in(letters)});
}

void NpzWriter::finish() {
    const std::uint64_t begin = written_;
    for (const Entry& entry : entries_) {
        ByteWriter header;
        header.put(central_header);
        for (const std::uint16_t field : {needed, needed, in_utf8, std::uint16_t{0}, midnight, new_year}) header.put(field);
        header.put(entry.checksum);
        header.put(see_64);
        header.put(see_64);
        header.put(static_cast<std::uint16_t>(entry.name.size()));
        header.put(std::uint16_t{28});
        for (int unused = 0; unused < 3; ++unused) header.put(std::uint16_t{0});  // no comment, first disk, no attributes
        header.put(std::uint32_t{0});
        header.put(see_64);
        ByteWriter sizes;
        sizes.put(std::uint16_t{1});
        sizes.put(std::uint16_t{24});
        sizes.put(entry.size);
        sizes.put(entry.size);
        sizes.put(entry.offset);
        write(header.take() + entry.name + sizes.take());
    }
    const std::uint64_t end = written_, count = entries_.size();
    ByteWriter last;
    last.put(end_64);
    last.put(std::uint64_t{44});  // of the rest of this record
    last.put(needed);
    last.put(needed);
    last.put(std::uint32_t{0});
    last.put(std::uint32_t{0});
    last.put(count);
    last.put(count);
    last.put(end - begin);
    last.put(begin);
    last.put(locator_64);
    last.put(std::uint32_t{0});
    last.put(end);
    last.put(std::uint32_t{1});
    last.put(end_of_all);
    for (int unused = 0; unused < 2; ++unused) last.put(std::uint16_t{0});
    for (int both = 0; both < 2; ++both) last.put(std::uint16_t{0xffff});
    last.put(see_64);
    last.put(see_64);
    last.put(std::uint16_t{0});
    write(last.take());
}

std::string npz_name(const std::string& name) {
    constexpr std::size_t longest = 1000;
    if (name.size() > longest)
        throw InputError{Finding{
            {}, "variants", "the name of a variant is too long for an array", fmt::format("give it at most {} bytes", longest), Severity::error}};
    std::string safe = name;
    for (char& c : safe)
        if (c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20) c = '_';
    if (safe.starts_with('.')) safe.front() = '_';
    return safe;
}

void add_samples(NpzWriter& out, const std::string& prefix, const Model& model, const Samples& samples) {
    const std::size_t points = model.timing_points.size();
    const std::string shape = fmt::format("({}, {})", samples.runs, points);
    const auto alternative = [&](std::uint64_t run) { return samples.alternatives.empty() ? std::size_t{0} : samples.alternatives[run]; };
    // As the table of runs has it: nobody arrives where he begins, or leaves where he ends.
    const auto blanked = [&](bool arrivals) {
        std::vector<std::vector<std::int64_t>> columns;
        for (std::size_t i = 0; i < points; ++i) {
            const TimingPoint& point = model.timing_points[i];
            columns.push_back(arrivals ? samples.points[i].arrive : samples.points[i].depart);
            for (std::uint64_t run = 0; run < samples.runs; ++run) {
                const auto visit = point.visit[alternative(run)];
                const std::size_t end = model.alternatives[alternative(run)].trains[point.train].visits.size() - 1;
                if (!visit || *visit == (arrivals ? 0 : end)) columns.back()[run] = PointSamples::never;
            }
        }
        return columns;
    };
    const auto add_columns = [&](const char* name, const char* type, const std::vector<std::vector<std::int64_t>>& columns) {
        std::vector<std::string_view> pieces;
        for (const std::vector<std::int64_t>& column : columns) pieces.push_back(bytes_in(column));
        out.add(prefix + name, type, shape, pieces);
    };
    static_assert(PointSamples::never == INT64_MIN, "what does not come is numpy's NaT");
    add_columns("arrive", "<M8[ms]", blanked(true));
    add_columns("depart", "<M8[ms]", blanked(false));
    std::vector<std::vector<std::int64_t>> moving;
    for (const PointSamples& point : samples.points) moving.push_back(point.moving);
    add_columns("moving", "<m8[ms]", moving);
    std::vector<std::uint16_t> routes;
    for (std::uint64_t run = 0; run < samples.runs; ++run) routes.push_back(static_cast<std::uint16_t>(alternative(run) + 1));
    out.add(prefix + "route", "<u2", fmt::format("({},)", samples.runs), {bytes_in(routes)});
    std::vector<std::string> stations, trains;
    std::vector<double> distances;
    for (const TimingPoint& point : model.timing_points) {
        const Visit& visit = visit_at(model, point);
        stations.push_back(model.network.stations()[point.station].id);
        trains.push_back(model.alternatives.front().trains[point.train].name);
        distances.push_back(visit.distance / km);
    }
    out.add(prefix + "station", stations);
    out.add(prefix + "train", trains);
    out.add(prefix + "distance_km", "<f8", fmt::format("({},)", points), {bytes_in(distances)});
    const std::vector<std::uint64_t> seed{samples.seed};
    out.add(prefix + "seed", "<u8", "()", {bytes_in(seed)});
}

void write_npz(std::ostream& out, const Model& model, const Samples& samples) {
    NpzWriter npz{out};
    npz.begin();
    add_samples(npz, "", model, samples);
    npz.finish();
}

bool begins_like_npz(std::string_view text) {
    return text.starts_with("PK\x03\x04") && text.substr(30).starts_with(std::string{version_entry} + ".npy");
}

}  // namespace railwindow
