#include <railwindow/estimate/estimate.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/write_estimate.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

using namespace railwindow;

TEST_CASE("golden: README shows what its first command prints" * doctest::test_suite("slow")) {
    std::ifstream in{source("README.md")};
    const std::string readme{std::istreambuf_iterator<char>{in}, {}};
    const std::size_t begin = readme.find('\n', readme.find("<!-- BEGIN OUTPUT")), end = readme.find("<!-- END OUTPUT");
    REQUIRE(begin != std::string::npos);
    REQUIRE(end != std::string::npos);
    std::istringstream block{readme.substr(begin, end - begin)};
    std::string shown;
    for (std::string line; std::getline(block, line);) shown += line.substr(std::min<std::size_t>(4, line.size())) + '\n';
    shown = shown.substr(shown.find_first_not_of('\n'));
    shown.erase(shown.find_last_not_of('\n') + 2);

    const Model model = build(load_scenario(source("scenarios/pyongyang-vladivostok-2019.yaml")));
    std::ostringstream printed;
    write_table(printed, model, estimate(model));
    CHECK(printed.str() == shown);
}
