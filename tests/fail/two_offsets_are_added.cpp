#include <railwindow/core/offset.hpp>

using namespace railwindow;
struct Line;

auto sum(Offset<Line> a, Offset<Line> b) {
#ifdef WRONG
    return a + b;
#else
    return a - b;
#endif
}
