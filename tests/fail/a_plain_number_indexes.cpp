#include <railwindow/core/id.hpp>

using namespace railwindow;
using StationId = Id<struct StationTag>;

int at(const IndexedBy<StationId, int>& stations) {
#ifdef WRONG
    return stations[3];
#else
    return stations[StationId{3}];
#endif
}
