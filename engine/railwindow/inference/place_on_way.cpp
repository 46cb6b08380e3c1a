#include <railwindow/inference/place_on_way.hpp>

#include <railwindow/core/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace railwindow {
namespace {

constexpr Length farthest = 20 * km;
constexpr double kilometres_of_degree = 111.2;

struct Flat {
    double east, north;  // km
};

Flat flat(const GeoPosition& position, const GeoPosition& about) {
    const double shrink = std::cos(about.latitude * std::acos(-1.0) / 180);
    return {(position.longitude - about.longitude) * shrink * kilometres_of_degree, (position.latitude - about.latitude) * kilometres_of_degree};
}

}  // namespace

PlaceOnWay place_on_way(const Model& model, const GeoPosition& position, const std::string& subject) {
    double nearest = HUGE_VAL;
    PlaceOnWay place{"", {}};
    for (const Alternative& alternative : model.alternatives) {
        const std::vector<Visit>& visits = alternative.main().visits;
        for (std::size_t i = 1; i < visits.size(); ++i) {
            const Station &from = model.network.stations()[visits[i - 1].station], &to = model.network.stations()[visits[i].station];
            const Flat a = flat(from.position, position), b = flat(to.position, position);
            const double east = b.east - a.east, north = b.north - a.north, square = east * east + north * north;
            const double share = square > 0 ? std::clamp(-(a.east * east + a.north * north) / square, 0.0, 1.0) : 1;
            const double distance = std::hypot(a.east + share * east, a.north + share * north);
            if (distance >= nearest) continue;
            nearest = distance;
            place = {to.id, (1 - share) * (visits[i].distance - visits[i - 1].distance)};
        }
    }
    if (nearest * km > farthest)
        throw InputError{
            Finding{{subject, 0, 0},
                    "position",
                    fmt::format("{:.4f} N {:.4f} E is {:.0f} km from every way that is left open", position.latitude, position.longitude, nearest),
                    "give one on the route: " + summary(model.network, model.main().path),
                    Severity::error}};
    return place;
}

}  // namespace railwindow
