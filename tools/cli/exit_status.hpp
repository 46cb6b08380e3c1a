#pragma once

namespace cli {

enum class ExitStatus : int {
    done = 0,
    wrong_input = 2,
    no_answer = 3,  ///< no route, no run arrives
    wrong_usage = 64,
    our_bug = 70,
    cannot_write = 74,
    interrupted = 130,
    terminated = 143,
};

}  // namespace cli
