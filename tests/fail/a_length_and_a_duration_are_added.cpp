#include <railwindow/core/units.hpp>

using namespace railwindow;

#ifdef WRONG
auto sum = 1 * km + 1 * h;
#else
auto sum = 1 * km + 1 * m;
#endif
