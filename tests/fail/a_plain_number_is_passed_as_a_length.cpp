#include <railwindow/core/units.hpp>

using namespace railwindow;

void place(Length);
void call() {
#ifdef WRONG
    place(12.0);
#else
    place(12.0 * m);
#endif
}
