#include <railwindow/core/offset.hpp>

using namespace railwindow;
struct Line;
struct Course;

#ifdef WRONG
auto distance(Offset<Line> a, Offset<Course> b) { return a - b; }
#else
auto distance(Offset<Line> a, Offset<Line> b) { return a - b; }
#endif
