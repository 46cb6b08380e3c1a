#include <railwindow/io/ledger_file.hpp>

#include <railwindow/core/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace railwindow {
namespace {

constexpr std::array<std::string_view, 6> columns{"journey", "station", "event", "low", "high", "source"};

// The cells of one line; a quoted one may hold commas and doubled quotes.
std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"')
            cells.back() += line[i++];
        else if (line[i] == '"')
            quoted = !quoted;
        else if (line[i] == ',' && !quoted)
            cells.emplace_back();
        else
            cells.back() += line[i];
    }
    return cells;
}

// The time in a cell: an instant where it has its offset, else local to the place.
void read_time(const std::string& cell, std::string_view column, std::optional<Instant>& instant, std::optional<WrittenTime>& local,
               const Place& place, Findings& findings) {
    const auto time = parse_time(cell);
    if (const auto* error = std::get_if<TimeError>(&time))
        return findings.add({place, std::string{column}, error->what, error->remedy, Severity::error});
    const auto& written = std::get<WrittenTime>(time);
    local = written;
    if (written.utc_offset) instant = std::get<Instant>(instant_of(written, *TimeZone::find("UTC")));
}

LedgerObservation row_of(const std::vector<std::string>& cells, const Place& place, Findings& findings) {
    LedgerObservation row{cells[0], cells[1], cells[2], {}, {}, {}, {}, cells[5], place};
    const std::vector<std::string_view> events{"arrive", "depart", "pass"};
    if (std::find(events.begin(), events.end(), row.event) == events.end())
        findings.add({place, "event", "'" + row.event + "' is no event", suggestion(row.event, events), Severity::error});
    for (const auto& [name, cell] : {std::pair{"journey", &row.journey}, std::pair{"station", &row.station}, std::pair{"source", &row.source}})
        if (cell->empty()) findings.add({place, name, "is empty", "fill it in", Severity::error});
    read_time(cells[3], "low", row.low, row.local_low, place, findings);
    read_time(cells[4], "high", row.high, row.local_high, place, findings);
    if (row.low.has_value() != row.high.has_value())
        findings.add({place, "low", "one bound has an offset and the other has none", "write both alike", Severity::error});
    else if (row.low ? *row.low > *row.high : false)
        findings.add({place, "low", "is later than high", "swap them", Severity::error});
    if (row.low) row.local_low.reset(), row.local_high.reset();
    return row;
}

}  // namespace

std::vector<LedgerObservation> read_outcomes(std::string_view text, const std::string& file) {
    std::vector<LedgerObservation> rows;
    Findings findings;
    int number = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        const Place place{file, ++number, 1};
        const std::vector<std::string> cells = cells_of(line);
        if (number == 1) {
            if (!std::equal(cells.begin(), cells.end(), columns.begin(), columns.end()))
                throw InputError{
                    Finding{place, "", "the first line does not name the columns", "journey,station,event,low,high,source", Severity::error}};
            continue;
        }
        if (line.empty()) continue;
        if (cells.size() != columns.size())
            findings.add({place, "", fmt::format("{} cells for {} columns", cells.size(), columns.size()),
                          "journey,station,event,low,high,source; quote a cell with commas", Severity::error});
        else
            rows.push_back(row_of(cells, place, findings));
    }
    findings.throw_if_errors();
    return rows;
}

}  // namespace railwindow
