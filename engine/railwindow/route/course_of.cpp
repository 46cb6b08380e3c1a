#include <railwindow/route/course_of.hpp>

namespace railwindow {

std::vector<Stage> stages_of(const Network& network, const Path& path) {
    std::vector<std::size_t> ends = path.reversals;
    ends.push_back(path.steps.size());
    std::vector<Stage> stages;
    std::size_t first = 0;
    for (const std::size_t last : ends) {
        Stage stage{first, last, {}, {}};
        for (std::size_t i = first; i < last; ++i) {
            const Section& section = network.sections()[path.steps[i].section];
            const CourseOffset begin{stage.course.length};
            stage.begins.push_back(begin);
            stage.course.pieces.push_back({begin, section.limit.value, 0.0, static_cast<std::uint32_t>(i)});
            stage.course.length += section.length;
        }
        stage.begins.push_back(CourseOffset{stage.course.length});
        stages.push_back(std::move(stage));
        first = last;
    }
    return stages;
}

}  // namespace railwindow
