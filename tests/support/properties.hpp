#pragma once
// RapidCheck inside doctest: a property that fails prints its shrunk counterexample as a failed check.

#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <rapidcheck/detail/Configuration.h>

#include <cstdlib>
#include <sstream>
#include <string>

namespace railwindow {

/// Checks `property` on 2,000 random arguments, the same ones in every run unless RC_PARAMS says
/// otherwise.
template <class Property>
void holds(const std::string& sentence, Property&& property) {
    rc::detail::TestMetadata metadata;
    metadata.id = metadata.description = sentence;
    setenv("RC_PARAMS", "seed=20190424 max_success=2000", 0);
    const rc::detail::TestParams& params = rc::detail::configuration().testParams;
    const rc::detail::TestResult result = rc::detail::checkTestable(std::forward<Property>(property), metadata, params);
    std::ostringstream text;
    rc::detail::printResultMessage(result, text);
    INFO(text.str());
    CHECK(result.template is<rc::detail::SuccessResult>());
}

}  // namespace railwindow
