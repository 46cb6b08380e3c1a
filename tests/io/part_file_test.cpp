// Files of parts: whatever the split, the order and the threads, the bytes of one process; and what is none of it is refused with the reason.

#include <railwindow/core/error.hpp>
#include <railwindow/core/version.hpp>
#include <railwindow/estimate/runs_in_parts.hpp>
#include <railwindow/estimate/samples.hpp>
#include <railwindow/io/part_file.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/io/write_estimate.hpp>
#include <railwindow/io/write_samples.hpp>
#include <support/files.hpp>
#include <support/says.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <sstream>

namespace io_part_file_test {

using namespace railwindow;

namespace {

std::string file_of(const Model& model, PartOf part, EstimateOptions options, const std::vector<std::string>& words = {"a.yaml"}) {
    SharedWork work{part};
    options.work = &work;
    static_cast<void>(sample(model, options));
    return part_text(part_question("run", words, {{"a", "0123"}}), work);
}

std::string answer(const Model& model, const EstimateOptions& options) {
    const Samples samples = sample(model, options);
    std::ostringstream text;
    write_json(text, model, summarize(model, samples, options));
    write_samples(text, model, samples);
    return text.str();
}

// The same of runs that are read from where they lie, whenever they are needed.
std::string answer_from_parts(const Model& model, const EstimateOptions& options) {
    const RunsInParts runs{model, model, options};
    std::ostringstream text;
    write_json(text, model, summarize(model, runs, options));
    write_samples(text, model, runs);
    return text.str();
}

const Model& press() {
    static const Model model = build(load_scenario(source("scenarios/press-20-hours.yaml")));
    return model;
}

// The finding about a file's text; empty where it is read.
std::string refused(const std::string& text) {
    try {
        static_cast<void>(read_part(text, "x.rwpart"));
        return {};
    } catch (const InputError& error) {
        return error.what();
    }
}

std::string not_merged(const std::vector<std::string>& texts, Builds builds = Builds::this_one) {
    std::vector<PartFile> parts;
    for (std::size_t i = 0; i < texts.size(); ++i) parts.push_back(read_part(texts[i], std::string{"part"} + static_cast<char>('a' + i)));
    try {
        static_cast<void>(merged(parts, builds));
        return {};
    } catch (const InputError& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE("law: of every scenario, 1, 2, 7 and 64 parts in any order, made by any number of threads, are the bytes of one run") {
    constexpr std::uint64_t runs = 600;  // in three blocks, of which the last is not full
    std::mt19937 order{20190424};
    for (const std::string& file : committed_yaml("scenarios")) {
        CAPTURE(file);
        const Model model = build(load_scenario(file));
        const std::string alone = answer(model, {.runs = runs, .seed = 3});
        for (const std::uint64_t count : {1u, 2u, 7u, 64u}) {
            CAPTURE(count);
            std::vector<PartFile> parts;
            for (std::uint64_t part = 1; part <= count; ++part)
                parts.push_back(
                    read_part(file_of(model, {part, count}, {.runs = runs, .seed = 3, .threads = 1 + static_cast<unsigned>(part % 3)}), "part"));
            std::shuffle(parts.begin(), parts.end(), order);
            SharedWork all = merged(parts);
            const EstimateOptions options{.runs = runs, .seed = 3, .threads = 2, .work = &all};
            REQUIRE(RunsInParts::hold(options));
            const bool same_in_parts = answer_from_parts(model, options) == alone;  // which would take pages to print
            CHECK(same_in_parts);
            const bool same = answer(model, options) == alone;
            CHECK(same);
        }
    }
}

TEST_CASE("law: parts of several splits go together where they say the same") {
    const EstimateOptions options{.runs = 2000, .seed = 9};
    const std::string alone = answer(press(), options);
    std::vector<PartFile> parts;
    for (const PartOf part : {PartOf{2, 2}, PartOf{1, 3}, PartOf{2, 3}, PartOf{1, 3}})
        parts.push_back(read_part(file_of(press(), part, options), "part"));
    SharedWork all = merged(parts);
    EstimateOptions with = options;
    with.work = &all;
    CHECK(answer(press(), with) == alone);
}

TEST_CASE("law: the same part has the same bytes whenever it is made, and whatever the threads") {
    CHECK(file_of(press(), {2, 3}, {.runs = 3000, .threads = 1}) == file_of(press(), {2, 3}, {.runs = 3000, .threads = 4}));
}

TEST_CASE("fail: a file that was cut off anywhere is no part") {
    const std::string whole = file_of(press(), {1, 2}, {.runs = 300});
    CHECK(refused(whole).empty());
    const std::size_t step = std::max<std::size_t>(1, whole.size() / 300);
    for (std::size_t size = 0; size < whole.size(); size += step) {
        CAPTURE(size);
        CHECK_FALSE(refused(whole.substr(0, size)).empty());
    }
    CHECK_FALSE(refused(whole.substr(0, whole.size() - 1)).empty());
    CHECK_FALSE(refused(whole + "x").empty());
    check_says(refused(whole.substr(0, whole.size() / 2)), "the file was cut off");
    check_says(refused(whole.substr(0, whole.size() / 2)), "railwindow run a.yaml --part 1/2");
}

TEST_CASE("fail: a bit that changed on the way is found") {
    const std::string whole = file_of(press(), {1, 2}, {.runs = 300});
    for (std::size_t at = 0; at < whole.size(); at += std::max<std::size_t>(1, whole.size() / 200)) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 4);
        CAPTURE(at);
        CHECK_FALSE(refused(changed).empty());
    }
}

TEST_CASE("fail: what is no part, or of a version to come, is told so") {
    check_says(refused(std::string{"schema: railwindow.scenario/1\n"}), "this is no part");
    check_says(refused(std::string{}), "this is no part");
    std::string later = file_of(press(), {1, 1}, {.runs = 10});
    later.replace(later.find("railwindow.part/1"), 17, "railwindow.part/2");
    check_says(refused(later), "railwindow.part/2");
}

TEST_CASE("fail: parts of another question are refused with what is different") {
    const std::string one = file_of(press(), {1, 2}, {.runs = 600});
    const std::string other_words = file_of(press(), {2, 2}, {.runs = 600}, {"a.yaml", "--seed", "2"});
    check_says(not_merged({one, other_words}), "railwindow run a.yaml --seed 2");
    // Another file, build or version, with a checksum that fits.
    SharedWork second{PartOf{2, 2}};
    static_cast<void>(sample(press(), {.runs = 600, .work = &second}));
    PartQuestion question = part_question("run", {"a.yaml"}, {{"a", "4567"}});
    check_says(not_merged({one, part_text(question, second)}), "the files of a said something else");
    question = part_question("run", {"a.yaml"}, {{"a", "0123"}});
    question.build = "other";
    check_says(not_merged({one, part_text(question, second)}), "another build");
    CHECK(not_merged({one, part_text(question, second)}, Builds::any).empty());
    question.version = "99.0.0";
    check_says(not_merged({one, part_text(question, second)}), "99.0.0");
    check_says(not_merged({part_text(question, second), one}), "99.0.0");
}

TEST_CASE("fail: parts that say two things of one block, and parts that are missing, are named") {
    const std::string one = file_of(press(), {1, 2}, {.runs = 600}), other_seed = file_of(press(), {1, 2}, {.runs = 600, .seed = 2});
    check_says(not_merged({one, other_seed, file_of(press(), {2, 2}, {.runs = 600})}), "not the same here and in parta");
    const std::string few = not_merged({file_of(press(), {2, 4}, {.runs = 2000})});
    check_says(few, "3 of 4 parts are missing");
    check_says(few, "railwindow run a.yaml --part 1/4");
    check_says(few, "railwindow run a.yaml --part 4/4");
    CHECK(few.find("--part 2/4") == std::string::npos);
    check_says(not_merged({file_of(press(), {2, 64}, {.runs = 64 * 256})}), "and so on, up to --part 64/64");
    check_says(not_merged({one, file_of(press(), {2, 2}, {.runs = 900})}), "blocks");
}

TEST_CASE("exact: words come back from the command line as a shell reads them") {
    CHECK(command_line(part_question("run", {"my file.yaml", "--set", "journey.depart=2019-04-23 21:00", "it's"}, {})) ==
          "railwindow run 'my file.yaml' --set 'journey.depart=2019-04-23 21:00' 'it'\\''s'");
}

}  // namespace io_part_file_test
