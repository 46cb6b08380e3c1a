#include <railwindow/estimate/sort_times.hpp>

#include <boost/sort/spreadsort/integer_sort.hpp>

namespace railwindow {

void sort_times(std::vector<Millis>& times) {
    const auto shifted = [](Millis time, unsigned by) { return time.count() >> by; };
    boost::sort::spreadsort::integer_sort(times.begin(), times.end(), shifted);
}

}  // namespace railwindow
