#include <railwindow/core/id.hpp>

using namespace railwindow;
using StationId = Id<struct StationTag>;
using LineId = Id<struct LineTag>;

#ifdef WRONG
int at(const IndexedBy<StationId, int>& stations, LineId id) { return stations[id]; }
#else
int at(const IndexedBy<StationId, int>& stations, StationId id) { return stations[id]; }
#endif
