#include <railwindow/route/expected_times.hpp>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

template <class T>
const T* found_for(const std::vector<std::pair<std::string, T>>& by_country, const std::string& country) {
    const auto found = std::find_if(by_country.begin(), by_country.end(), [&](const auto& entry) { return entry.first == country; });
    return found == by_country.end() ? nullptr : &found->second;
}

}  // namespace

WayCosts::WayCosts(const Network& network, const ExpectedTimes& times)
    : network_{network},
      train_limit_{times.train_limit},
      cars_{times.cars},
      speeds_{times.operating_speeds},
      reversals_{times.reversals},
      stops_{times.stops} {
    std::stable_sort(stops_.begin(), stops_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    if (network.borders().empty()) return;
    for (const Section& section : network.sections()) borders_.push_back(network.border_between(section.from, section.to));
}

Duration WayCosts::running(SectionId id) const {
    const Section& section = network_.sections()[id];
    const Speed* country = speeds_.empty() ? nullptr : found_for(speeds_, network_.stations()[section.from].country);
    Speed speed = std::min(country ? *country : section.operating_speed.value.mean(), section.limit.value);
    if (train_limit_) speed = std::min(speed, *train_limit_);
    return section.length / speed;
}

Duration WayCosts::formalities(StationId here, SectionId id) const {
    const Border* crossed = border(id);
    Duration longest{};
    if (!crossed) return longest;
    for (const auto& [at, law] : crossed->formalities)
        if (at == here) longest = std::max(longest, law.value.mean());
    return longest;
}

Duration WayCosts::stop_at(StationId here) const {
    const auto by_station = [](const auto& entry, StationId id) { return entry.first < id; };
    Duration longest{};
    for (auto stop = std::lower_bound(stops_.begin(), stops_.end(), here, by_station); stop != stops_.end() && stop->first == here; ++stop)
        longest = std::max(longest, stop->second);
    return longest;
}

Duration WayCosts::standing(StationId here, const PathStep& in, const PathStep& out, bool reverses) const {
    Duration in_series = stop_at(here);
    if (const GaugeChange* change = network_.gauge_change_at(here); change && in.gauge != out.gauge && cars_) {
        const GaugeChangeSheet& works = change->works;
        in_series += works.set_up.mean() + std::ceil(*cars_ / works.cars_per_batch) * works.batch.mean() + works.brake_test.mean();
    }
    const Duration* reversal = reverses ? found_for(reversals_, network_.stations()[here].country) : nullptr;
    return std::max({in_series, formalities(here, in.section), formalities(here, out.section), reversal ? *reversal : Duration{}});
}

}  // namespace railwindow
