#include <railwindow/core/units.hpp>

using namespace railwindow;

#ifdef WRONG
Length length = 12.0;
#else
Length length = 12.0 * m;
#endif
