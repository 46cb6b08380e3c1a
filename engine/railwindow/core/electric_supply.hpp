#pragma once
// What a wire or a conductor rail carries, and what a locomotive needs of it.

#include <algorithm>
#include <array>
#include <compare>
#include <string_view>

namespace railwindow {

/// A system of electric supply, such as 25 kV AC; none by default. Two are the same when their names are.
class ElectricSupply {
public:
    /// The longest name of a system, in bytes.
    static constexpr std::size_t longest_name = 15;

    constexpr ElectricSupply() = default;
    /// Needs: at most `longest_name` bytes; what is beyond them is left out.
    constexpr explicit ElectricSupply(std::string_view name) { std::copy_n(name.begin(), std::min(name.size(), longest_name), name_.begin()); }

    /// As files write it; empty for none.
    constexpr std::string_view name() const { return {name_.data()}; }
    constexpr bool exists() const { return name_[0] != 0; }  ///< False for none.
    friend constexpr bool operator==(const ElectricSupply&, const ElectricSupply&) = default;

private:
    std::array<char, longest_name + 1> name_{};
};

/// The systems of main lines; others are named by `other` and a name.
inline constexpr std::array main_line_supplies{ElectricSupply{"750 V DC"}, ElectricSupply{"1.5 kV DC"}, ElectricSupply{"3 kV DC"},
                                               ElectricSupply{"15 kV 16.7 Hz"}, ElectricSupply{"25 kV AC"}};

/// The wire above a track, or the rail beside it.
struct Electrification {
    ElectricSupply supply{};  ///< what it carries
    ElectricSupply also{};    ///< where the current changes on the way: what it carries at the other end

    static const Electrification none;                         ///< no wire
    static const Electrification dc_3kv;                       ///< 3 kV DC
    static const Electrification ac_25kv;                      ///< 25 kV AC
    static const Electrification mixed;                        ///< 3 kV DC at one end, 25 kV AC at the other
    constexpr bool exists() const { return supply.exists(); }  ///< Whether there is a wire.
    friend constexpr bool operator==(const Electrification&, const Electrification&) = default;
};
inline constexpr Electrification Electrification::none{};
inline constexpr Electrification Electrification::dc_3kv{ElectricSupply{"3 kV DC"}};
inline constexpr Electrification Electrification::ac_25kv{ElectricSupply{"25 kV AC"}};
inline constexpr Electrification Electrification::mixed{ElectricSupply{"3 kV DC"}, ElectricSupply{"25 kV AC"}};

/// What drives a locomotive: an engine of its own (diesel, or steam), or electric power.
struct MotivePower {
    ElectricSupply needs{};  ///< none: it runs everywhere

    static const MotivePower diesel;                               ///< needs no wire
    static const MotivePower dc_3kv;                               ///< 3 kV DC
    static const MotivePower ac_25kv;                              ///< 25 kV AC
    constexpr bool is_electric() const { return needs.exists(); }  ///< Whether it needs a wire.
    friend constexpr bool operator==(const MotivePower&, const MotivePower&) = default;
};
inline constexpr MotivePower MotivePower::diesel{};
inline constexpr MotivePower MotivePower::dc_3kv{ElectricSupply{"3 kV DC"}};
inline constexpr MotivePower MotivePower::ac_25kv{ElectricSupply{"25 kV AC"}};

/// True when it can run under `wire`. Where the current changes on the way, locomotives of either kind count as at home.
constexpr bool can_run(const MotivePower& power, const Electrification& wire) {
    return !power.is_electric() || power.needs == wire.supply || power.needs == wire.also;
}

}  // namespace railwindow
