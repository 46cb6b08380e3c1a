#include <railwindow/core/id.hpp>

#include <doctest/doctest.h>

#include <string>

namespace core_id_test {

using namespace railwindow;

TEST_CASE("exact: an id finds what was stored under it, in the order stored") {
    struct StationTag;
    IndexedBy<Id<StationTag>, std::string> stations;
    CHECK(stations.empty());
    const auto khasan = stations.push_back("khasan"), rajin = stations.push_back("rajin");
    CHECK(stations[khasan] == "khasan");
    CHECK(stations[rajin] == "rajin");
    CHECK(khasan < rajin);
    stations[khasan] = "Khasan";
    CHECK(*stations.begin() == "Khasan");
    CHECK(stations.size() == 2);
}

}  // namespace core_id_test
