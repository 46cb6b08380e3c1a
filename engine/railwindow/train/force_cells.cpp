#include <railwindow/train/force_cells.hpp>

#include <cmath>

namespace railwindow::kernel {

void tabulate(const Consist& consist, const Conditions&, double top_speed, bool coasting, ForceCells& cells) {
    const auto count = static_cast<std::size_t>(top_speed / cell_width) + 2;
    const auto& rung = std::get<ConstantAcceleration>(consist.rung);
    cells.mean.assign(count, coasting ? 0.0 : to_si(rung.rate));
    cells.half.assign(count, 0.0);
}

}  // namespace railwindow::kernel
