#include <railwindow/route/course_of.hpp>

namespace railwindow {

std::vector<Movement> movements_of(const Network& network, const Path& path) {
    std::vector<std::size_t> ends = path.reversals;
    ends.push_back(path.steps.size());
    std::vector<Movement> movements;
    std::size_t first = 0;
    for (const std::size_t last : ends) {
        Movement movement{first, last, {}, {}};
        for (std::size_t i = first; i < last; ++i) {
            const Section& section = network.sections()[path.steps[i].section];
            const CourseOffset begin{movement.course.length};
            movement.begins.push_back(begin);
            movement.course.pieces.push_back({begin, section.limit.value, 0.0, static_cast<std::uint32_t>(i)});
            movement.course.length += section.length;
        }
        movement.begins.push_back(CourseOffset{movement.course.length});
        movements.push_back(std::move(movement));
        first = last;
    }
    return movements;
}

}  // namespace railwindow
