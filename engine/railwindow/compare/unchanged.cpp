#include <railwindow/compare/unchanged.hpp>

#include <railwindow/simulation/simulate.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace railwindow {
namespace {

bool same_speeds(const Section& a, const Section& b) {
    constexpr std::array levels{0.05, 0.5, 0.95};
    return std::all_of(levels.begin(), levels.end(),
                       [&](double p) { return a.operating_speed.value.quantile(p) == b.operating_speed.value.quantile(p); });
}

bool same_limits(const Section& a, const Section& b) {
    const auto same = [](const HoldsFrom<Speed>& x, const HoldsFrom<Speed>& y) { return x.begin == y.begin && x.value == y.value; };
    return a.limit.value == b.limit.value && std::equal(a.limits.begin(), a.limits.end(), b.limits.begin(), b.limits.end(), same);
}

bool same_ruling_gradients(const Section& a, const Section& b) {
    const auto ratio = [](const std::optional<Gradient>& gradient) { return gradient ? gradient->ratio : 0; };
    const RulingGradientSheet none, &x = a.ruling_gradient.value_or(none), &y = b.ruling_gradient.value_or(none);
    return ratio(x.forward) == ratio(y.forward) && ratio(x.reverse) == ratio(y.reverse);
}

bool on_a_way(const Model& model, SectionId section) {
    return std::any_of(model.alternatives.begin(), model.alternatives.end(), [&](const Alternative& alternative) {
        const std::vector<PathStep>& steps = alternative.main().path.steps;
        return std::any_of(steps.begin(), steps.end(), [&](const PathStep& step) { return step.section == section; });
    });
}

std::string joined(const std::set<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "the " : ", the ") + name;
    return text;
}

}  // namespace

std::string why_unchanged(const Model& base, const Model& changed) {
    std::set<std::string> elsewhere, above;
    double slowest_limit = 0, usual_speed = 0;
    bool ruling = false;
    const std::size_t sections = std::min(base.network.sections().size(), changed.network.sections().size());
    for (std::uint32_t i = 0; i < sections; ++i) {
        const SectionId id{i};
        const Section &before = base.network.sections()[id], &after = changed.network.sections()[id];
        ruling |= !same_ruling_gradients(before, after);
        const bool limits = same_limits(before, after);
        if (limits && same_speeds(before, after)) continue;
        const std::string& line = changed.network.lines()[after.line].name;
        if (!on_a_way(changed, id) && !on_a_way(base, id)) {
            elsewhere.insert(line);
        } else if (const double limit = after.limit.value / (km / h), speed = after.operating_speed.value.quantile(0.5) / (km / h);
                   !limits && speed < limit) {
            slowest_limit = above.empty() ? limit : std::min(slowest_limit, limit);
            usual_speed = std::max(usual_speed, speed);
            above.insert(line);
        }
    }
    if (!above.empty())
        return fmt::format("on {} trains are worked at an operating speed of some {:.0f} km/h, which a limit of {:.0f} km/h does not lower",
                           joined(above), usual_speed, slowest_limit);
    if (!elsewhere.empty()) return "the way does not run over " + joined(elsewhere);
    return ruling ? "ruling gradients are felt only where the practice has a `gradient_prior`"
                  : "the file says the same already, or nothing on the way makes use of it";
}

std::uint64_t same_runs(const Model& base, const Model& changed, std::uint64_t seed, std::uint64_t runs) {
    std::uint64_t same = 0;
    for (std::uint64_t run = 0; run < runs; ++run) {
        const Noise noise{seed, run};
        const Trace a = simulate(base, noise), b = simulate(changed, noise);
        const std::vector<VisitTimes>&before = a.main().visits, &after = b.main().visits;
        same +=
            a.alternative == b.alternative && std::equal(before.begin(), before.end(), after.begin(), after.end(),
                                                         [](const auto& x, const auto& y) { return x.arrive == y.arrive && x.depart == y.depart; });
    }
    return same;
}

}  // namespace railwindow
