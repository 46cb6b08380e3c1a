// Plans, hours and opening hours as people mistype them.

#include <support/broken.hpp>

#include <doctest/doctest.h>

namespace io_plans_file_test {

using namespace railwindow;

namespace {

constexpr std::string_view khasan = "scenarios/khasan-reception-2019.yaml";
constexpr std::string_view night = "scenarios/night-running.yaml";
constexpr std::string_view border = "networks/borders-dprk-russia.yaml";
constexpr std::string_view dprk = "networks/practice/dprk.yaml";

}  // namespace

TEST_CASE("cli: plans that cannot be read or worked to are refused where they stand") {
    check_refused(
        {
            {"misspelt key", khasan, "      hold_at: [tumangang]", "      §hold_in: [tumangang]", "did you mean 'hold_at'?"},
            {"two times", khasan, "    - at: khasan\n", "    - §at: khasan\n      not_before: \"2019-04-24 11:00\"\n",
             "both 'arrive' and 'not_before'"},
            {"no time", khasan, "    - at: khasan\n      arrive: \"2019-04-24 11:00\"\n", "    - §at: khasan\n", "neither 'arrive' nor 'not_before'"},
            {"weight beyond one", khasan, "weight: 0.65", "weight: §1.65", "must lie between 0 and 1"},
            {"station not on the way", khasan, "    - at: khasan\n", "    - at: §hamhung\n", "'hamhung' is not on this route"},
            {"station misspelt", khasan, "    - at: khasan\n", "    - at: §kasan\n", "did you mean 'khasan'?"},
            {"place to hold beyond it", khasan, "hold_at: [tumangang]", "hold_at: [§ussuriysk]", "'ussuriysk' is not between the origin and khasan"},
            {"weekday", khasan, "arrive: \"2019-04-24 11:00\"", "arrive: §Wednesday", "names a weekday"},
            {"announced without a law", "networks/practice/russia.yaml", "announced_times:", "§announced_tims:", "did you mean 'announced_times'?"},
            {"call left before a weekday", khasan, "why: reception}]", "not_before: §monday, why: reception}]", "names a weekday"},
        },
        khasan);
}

TEST_CASE("cli: hours that are none are refused where they stand") {
    check_refused(
        {
            {"word", night, "      run: night", "      run: §nights", "'nights' are no hours; write 21:00-05:00"},
            {"one time", night, "      run: night", "      run: §21:00", "are no hours"},
            {"no such time", night, "      run: night", "      run: §21:00-25:00", "are no hours"},
            {"no time between", night, "      run: night", "      run: §21:00-21:00", "begin and end at one time"},
            {"both", night, "    - countries: [KP]\n", "    - §countries: [KP]\n      not: daylight\n", "both 'run' and 'not'"},
            {"nowhere", night, "    - countries: [KP]\n      run", "    - §run", "it does not say where the hours hold"},
            {"not on the way", night, "    - countries: [KP]\n", "    - countries: [§VN]\n", "'VN' is nowhere left or passed on this route"},
            {"no such line", night, "    - countries: [KP]\n", "    - lines: [§pyongro]\n", "did you mean 'pyongra'?"},
            {"opening hours where nothing is done", border, "    formalities:\n", "    hours: {§pyongyang: 08:00-20:00}\n    formalities:\n",
             "there are no formalities at 'pyongyang'"},
            {"opening hours of a stop", dprk, "{at: tumangang,          activity: locomotive change,",
             "{at: tumangang,          hours: §always, activity: locomotive change,", "are no hours"},
            {"what is done at a stop, misspelt", dprk, "{at: tumangang,          activity: locomotive change,",
             "{at: tumangang,          activity: §locomotiv change,", "did you mean 'locomotive change'?"},
        },
        night);
}

}  // namespace io_plans_file_test
