#include <railwindow/io/reader.hpp>

namespace railwindow {

std::string Reader::path() const {
    std::string path;
    for (const std::string& step : steps_) {
        if (!path.empty() && step.front() != '[') path += '.';
        path += step;
    }
    return path;
}

}  // namespace railwindow
