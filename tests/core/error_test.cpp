#include <railwindow/core/error.hpp>
#include <railwindow/core/provenance.hpp>

#include <doctest/doctest.h>

#include <string>

namespace core_error_test {

using namespace railwindow;

TEST_CASE("exact: a finding reads file, line, column, subject, what is wrong, what would be right") {
    CHECK(to_string({{"a.yaml", 3, 7}, "journey.to", "no such station", "did you mean 'khasan'?", Severity::error}) ==
          "a.yaml:3:7: journey.to: no such station; did you mean 'khasan'?");
    CHECK(to_string({{"a.yaml", 3, 7}, "", "no valid YAML", "", Severity::error}) == "a.yaml:3:7: no valid YAML");
    CHECK(to_string({{"a.yaml", 0, 0}, "", "there is no such file", "check the path", Severity::error}) ==
          "a.yaml: there is no such file; check the path");
    CHECK(to_string({{"a.yaml", 3, 7}, "x", "odd", "", Severity::warning}) == "a.yaml:3:7: warning: x: odd");
    CHECK(to_string({{}, "runs", "0 runs give no answer", "ask for at least 1", Severity::error}) ==
          "runs: 0 runs give no answer; ask for at least 1");
}

TEST_CASE("law: an input error lists its findings in order of their places") {
    const InputError error{{{{"b.yaml", 1, 1}, "", "fourth", "", {}},
                            {{"a.yaml", 10, 1}, "", "third", "", {}},
                            {{"a.yaml", 9, 5}, "", "second", "", {}},
                            {{"a.yaml", 9, 1}, "", "first", "", {}}}};
    CHECK(error.findings().size() == 4);
    CHECK(std::string{error.what()} == "a.yaml:9:1: first\na.yaml:9:5: second\na.yaml:10:1: third\nb.yaml:1:1: fourth");
}

TEST_CASE("law: warnings alone do not stop a reading; an error brings them along") {
    Findings findings;
    CHECK_NOTHROW(findings.throw_if_errors());
    findings.add({{"a.yaml", 1, 1}, "", "odd", "", Severity::warning});
    CHECK_FALSE(findings.has_errors());
    CHECK_NOTHROW(findings.throw_if_errors());
    findings.add({{"a.yaml", 2, 1}, "", "wrong", "", Severity::error});
    CHECK(findings.has_errors());
    try {
        findings.throw_if_errors();
        FAIL("must throw");
    } catch (const InputError& error) {
        CHECK(error.findings().size() == 2);
    }
}

TEST_CASE("exact: source and confidence are inherited one by one") {
    const Provenance line{"survey", Confidence::high};
    CHECK(inherit({}, line).source == "survey");
    CHECK(inherit({"", Confidence::low}, line).confidence == Confidence::low);
    CHECK(inherit({"", Confidence::low}, line).source == "survey");
    CHECK(inherit({"map", std::nullopt}, line).source == "map");
    CHECK(inherit({"map", std::nullopt}, line).confidence == Confidence::high);
}

}  // namespace core_error_test
