#include <railwindow/core/error.hpp>
#include <railwindow/io/priors_file.hpp>
#include <railwindow/score/backtest.hpp>
#include <support/files.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace io_priors_test {

using namespace railwindow;

namespace {

const LineSheet& line_of(const Scenario& scenario, const std::string& id) {
    for (const NetworkSheet& network : scenario.networks)
        for (const LineSheet& line : network.lines)
            if (line.id.value == id) return line;
    throw std::logic_error{"no line " + id};
}

std::string refusal(const std::string& path) {
    try {
        load_priors(path);
    } catch (const InputError& error) {
        return to_string(error.findings().front());
    }
    return "";
}

}  // namespace

TEST_CASE("law: every replay says whether the numbers knew it, and each known one that is scored what they would be without it") {
    std::size_t replays = 0, unseen = 0;
    for (const auto& entry : std::filesystem::directory_iterator(committed("scenarios/history"))) {
        if (entry.path().extension() != ".yaml") continue;
        const std::string path = entry.path().string();
        CAPTURE(path);
        const auto priors = load_priors(path);
        REQUIRE(priors);
        CHECK(priors->why.size() > 20);
        ++replays;
        unseen += priors->knew ? 0 : 1;
        bool scored = false;
        for (const Forecast& forecast : forecasts_of(load_scenario(path)))
            for (const Target& target : forecast.targets) scored = scored || counts(target.observed);
        if (priors->knew && scored) CHECK(priors->redone);
    }
    CHECK(replays >= 18);
    CHECK(unseen >= 2);
}

TEST_CASE("law: the laws without a journey are those that its file says, and all others stay") {
    const std::string path = committed("scenarios/history/2019-04-khasan-vladivostok.yaml");
    const Scenario knowing = load_scenario(path), unknowing = load_unknowing(path);
    const auto speed = [](const Scenario& scenario, const std::string& id) { return line_of(scenario, id).track.operating_speed->value; };
    const Speed before = speed(knowing, "baranovsky-khasan").highest(), after = speed(unknowing, "baranovsky-khasan").highest();
    CHECK(before != after);
    CHECK(speed(knowing, "trans-siberian-primorye").highest() == speed(unknowing, "trans-siberian-primorye").highest());
    const std::string plain = committed("scenarios/press-20-hours.yaml");
    CHECK_FALSE(load_priors(plain));
}

TEST_CASE("law: what is written of the priors is checked like all else") {
    const OwnFolder folder;
    folder.copy_committed();
    const std::string path = folder / "scenarios/history/2019-04-khasan-vladivostok.yaml", text = contents(path);
    const auto with = [&](const std::string& old, const std::string& by) {
        std::string changed = text;
        const std::size_t found = changed.find(old);
        REQUIRE(found != std::string::npos);
        write_file(path, changed.replace(found, old.size(), by));
        return refusal(path);
    };
    CHECK(with("  knew: true\n", "").find("key 'knew' is missing from priors") != std::string::npos);
    CHECK(with("knew: true", "knew: false").find("nothing was set on a journey that the numbers did not know") != std::string::npos);
    CHECK(with("  knew: true", "  known: true").find("unknown key in priors; known: knew, why, without") != std::string::npos);
    // An edit that fits no file is found where it is done.
    std::string changed = text;
    const std::size_t found = changed.find("baranovsky-khasan: {operating_speed");
    REQUIRE(found != std::string::npos);
    write_file(path, changed.replace(found, 17, "baranovsky-hasan"));
    CHECK_THROWS_AS(load_unknowing(path), InputError);
}

}  // namespace io_priors_test
