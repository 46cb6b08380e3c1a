// --part and merge as they are used: by hand, by a launcher's environment, with files that are wrong.

#include <support/files.hpp>
#include <support/process.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <filesystem>
#include <iomanip>
#include <sstream>

namespace cli_parts_test {

using namespace railwindow;
using Arguments = std::vector<std::string>;

namespace {

Arguments joined(Arguments words, const Arguments& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

// Sightings and comparisons of many ways take long on a busy machine.
const ProcessOptions patient{.limit_ms = 180'000};

// The parts of `question` in a folder of their own, made in any order.
struct Parts {
    OwnFolder folder;
    Arguments files;

    Parts(const Arguments& question, const std::vector<int>& order) {
        for (const int part : order) {
            files.push_back(folder / (std::to_string(part) + ".rwpart"));
            const Outcome made =
                railwindow_tool(joined(question, {"--quiet", "--threads", std::to_string(1 + part % 2), "--part",
                                                  std::to_string(part) + "/" + std::to_string(order.size()), "--output", files.back()}),
                                patient);
            CAPTURE(made.err);
            REQUIRE(made.status == 0);
            REQUIRE(made.out.empty());
        }
    }
    Outcome merge(const Arguments& more = {}) const { return railwindow_tool(joined(joined({"merge"}, files), more), patient); }
};

std::string scenario(const std::string& name) { return committed("scenarios/" + name + ".yaml"); }

void check_answer(const Outcome& merged, const Outcome& alone) {
    CAPTURE(merged.err);
    CHECK(merged.status == 0);
    CHECK(alone.status == 0);
    CHECK_FALSE(alone.out.empty());
    CHECK(merged.out == alone.out);
}

bool says(const Outcome& outcome, int status, std::string_view text) {
    CAPTURE(outcome.err);
    CHECK(outcome.status == status);
    return outcome.err.find(text) != std::string::npos;
}

// CRC-32 bit by bit. Source: ISO 3309, the polynomial of Ethernet.
std::string checksum_line(std::string_view text) {
    std::uint32_t sum = 0xffffffff;
    for (const char c : text) {
        sum ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
    std::ostringstream line;
    line << '\n' << std::hex << std::setw(8) << std::setfill('0') << ~sum << '\n';
    return line.str();
}

// One part of few runs of a quick scenario.
Outcome part(const std::string& which, const OwnFolder& folder, const std::vector<std::string>& environment = {}, const Arguments& more = {}) {
    return railwindow_tool(joined({"run", scenario("press-20-hours"), "--runs", "600", "--part", which}, more),
                           {.folder = folder.path().string(), .environment = environment});
}

}  // namespace

using Question = std::pair<Arguments, Arguments>;  // and the formats of its answer

void check_questions(const std::vector<Question>& questions) {
    for (const auto& [question, formats] : questions) {
        CAPTURE(question.front());
        const Parts parts{question, {3, 1, 2}};
        for (const std::string& format : formats) {
            CAPTURE(format);
            check_answer(parts.merge({"--format", format, "--quiet"}), railwindow_tool(joined(question, {"--format", format, "--quiet"}), patient));
        }
    }
}

TEST_CASE("law: merged parts of every command are its answer") {
    check_questions({{{"run", scenario("pyongyang-vostochny-2023"), "--runs", "600", "--set", "journey.depart=2023-09-10 18:00"}, {"table", "json"}},
                     {{"compare", scenario("cars-15-26"), "--runs", "600", "--seed", "4"}, {"json"}},
                     {{"infer", scenario("seen-on-the-yalu"), "--runs", "1024"}, {"json"}},
                     {{"explain", scenario("press-20-hours"), "--runs", "512", "--pairs", "256", "--shapley"}, {"json"}},
                     {{"backtest", scenario("history/2019-04-khasan-vladivostok"), "--runs", "600"}, {"table"}}});
}

TEST_CASE("law: merged parts of every command are its answer in every format" * doctest::test_suite("slow")) {
    check_questions({{{"run", scenario("pyongyang-vostochny-2023"), "--runs", "900"}, {"table", "json", "csv", "geojson"}},
                     {{"run", scenario("khasan-line-shared"), "--runs", "600"}, {"json"}},
                     {{"compare", scenario("cars-15-26"), "--runs", "700", "--seed", "4"}, {"table", "json", "csv"}},
                     {{"compare", scenario("corridors-to-vladivostok"), "--runs", "600", "--routes", "3"}, {"json"}},
                     {{"infer", scenario("seen-2023"), "--runs", "3000", "--as-of", "2023-09-13 00:00"}, {"table", "json", "csv", "geojson"}},
                     {{"infer", scenario("seen-2023"), "--runs", "3000", "--timeline", "--time", "2023-09-12 09:00"}, {"json"}},
                     {{"explain", scenario("press-20-hours"), "--runs", "1024", "--pairs", "512", "--shapley"}, {"table", "json", "csv"}},
                     {{"explain", scenario("destinations-2023"), "--runs", "1024", "--pairs", "256"}, {"json"}},
                     {{"backtest", scenario("history/2019-04-khasan-vladivostok"), scenario("history/2023-09-pyongyang-vostochny"), "--runs", "600",
                       "--leave-one-out"},
                      {"table", "json"}}});
}

TEST_CASE("law: pages, samples and one run told are those of one process") {
    const Arguments question{"run", scenario("press-20-hours"), "--runs", "700"};
    const Parts parts{joined(question, {"--with-page"}), {2, 1}};
    const OwnFolder folder;
    const std::string page = folder / "page.html", samples = folder / "samples.csv", merged_page = folder / "merged.html",
                      merged_samples = folder / "merged.csv";
    check_answer(parts.merge({"--report", merged_page, "--samples", merged_samples, "--details", "--plot"}),
                 railwindow_tool(joined(question, {"--report", page, "--samples", samples, "--details", "--plot"})));
    CHECK(contents(merged_page) == contents(page));
    CHECK(contents(merged_samples) == contents(samples));
    check_answer(parts.merge({"--trace", "p95"}), railwindow_tool(joined(question, {"--trace", "p95"})));
    check_answer(parts.merge({"--units", "imperial", "--format", "csv"}),
                 railwindow_tool(joined(question, {"--units", "imperial", "--format", "csv"})));

    const Arguments comparison{"compare", scenario("cars-15-26"), "--runs", "500"};
    const Parts compared{comparison, {1, 2}};
    check_answer(compared.merge({"--report", merged_page, "--samples", merged_samples}),
                 railwindow_tool(joined(comparison, {"--report", page, "--samples", samples})));
    CHECK(contents(merged_page) == contents(page));
    CHECK(contents(merged_samples) == contents(samples));
}

TEST_CASE("law: where more runs are needed than were shared out, who merges makes them") {
    const Arguments question{"run", scenario("press-20-hours"), "--runs", "2000", "--precision", "2 min", "--max-runs", "6000"};
    check_answer(Parts{question, {1, 2}}.merge({"--format", "json"}), railwindow_tool(joined(question, {"--format", "json"})));
}

TEST_CASE("cli: a part is named after its scenario and number, or as asked") {
    const OwnFolder folder;
    CHECK(part("2/3", folder).status == 0);
    CHECK(std::filesystem::exists(folder / "press-20-hours.2-of-3.rwpart"));
    CHECK(part("3/3", folder, {}, {"--output", "mine-{part}-{parts}.rwpart"}).status == 0);
    CHECK(std::filesystem::exists(folder / "mine-3-3.rwpart"));
    // It may be made again over itself, but not over what railwindow did not write.
    CHECK(part("2/3", folder).status == 0);
    write_file(folder / "press-20-hours.1-of-3.rwpart", "a letter");
    CHECK(says(part("1/3", folder), 74, "railwindow did not write it"));
    CHECK(contents(folder / "press-20-hours.1-of-3.rwpart") == "a letter");
}

TEST_CASE("cli: which part it is comes from Slurm, an MPI launcher or Kubernetes, and is said") {
    struct {
        std::vector<std::string> environment;
        const char *file, *by;
    } const cases[] = {
        {{"SLURM_ARRAY_TASK_ID=12", "SLURM_ARRAY_TASK_MIN=10", "SLURM_ARRAY_TASK_STEP=2", "SLURM_ARRAY_TASK_COUNT=3"},
         "2-of-3",
         "SLURM_ARRAY_TASK_ID"},
        {{"SLURM_PROCID=0", "SLURM_NTASKS=3"}, "1-of-3", "SLURM_PROCID"},
        {{"OMPI_COMM_WORLD_RANK=2", "OMPI_COMM_WORLD_SIZE=3"}, "3-of-3", "OMPI_COMM_WORLD_RANK"},
        {{"PMI_RANK=1", "PMI_SIZE=2"}, "2-of-2", "PMI_RANK"},
        {{"JOB_COMPLETION_INDEX=4", "RAILWINDOW_PARTS=5"}, "5-of-5", "JOB_COMPLETION_INDEX"},
        // A task of an array is a job of one task itself.
        {{"SLURM_ARRAY_TASK_ID=1", "SLURM_ARRAY_TASK_MIN=1", "SLURM_ARRAY_TASK_COUNT=2", "SLURM_PROCID=0", "SLURM_NTASKS=1"},
         "1-of-2",
         "SLURM_ARRAY_TASK_ID"},
        {{"SLURM_ARRAY_TASK_ID=2", "SLURM_ARRAY_TASK_MIN=1", "SLURM_ARRAY_TASK_COUNT=2", "SLURM_PROCID=0"}, "2-of-2", "SLURM_ARRAY_TASK_ID"},
        {{"SLURM_PROCID=1", "SLURM_NTASKS=2", "OMPI_COMM_WORLD_RANK=1", "OMPI_COMM_WORLD_SIZE=2"}, "2-of-2", "SLURM_PROCID"}};
    for (const auto& one : cases) {
        CAPTURE(one.by);
        const OwnFolder folder;
        CHECK(says(part("auto", folder, one.environment), 0, one.by));
        CHECK(std::filesystem::exists(folder / ("press-20-hours." + std::string{one.file} + ".rwpart")));
    }
}

TEST_CASE("fail: an environment that names no part, half of one, or two, does not decide") {
    const OwnFolder folder;
    CHECK(says(part("auto", folder), 64, "none of SLURM_ARRAY_TASK_ID"));
    CHECK(says(part("auto", folder, {"PMI_RANK=1"}), 64, "PMI_SIZE"));
    CHECK(says(part("auto", folder, {"PMI_RANK=2", "PMI_SIZE=2"}), 64, "none of the 2"));
    // A task that failed, alone, is not the first of one.
    const std::vector<std::string> third{"SLURM_ARRAY_TASK_ID=3", "SLURM_ARRAY_TASK_MIN=3", "SLURM_ARRAY_TASK_MAX=3", "SLURM_ARRAY_TASK_STEP=1",
                                         "SLURM_ARRAY_TASK_COUNT=1"};
    CHECK(says(part("auto", folder, third), 64, "RAILWINDOW_PARTS"));
    CHECK(says(
        part("auto", folder,
             {"SLURM_ARRAY_TASK_ID=2", "SLURM_ARRAY_TASK_MIN=1", "SLURM_ARRAY_TASK_MAX=7", "SLURM_ARRAY_TASK_STEP=1", "SLURM_ARRAY_TASK_COUNT=3"}),
        64, "tasks 1 to 7"));
    CHECK(says(part("auto", folder, {"PMI_RANK=one", "PMI_SIZE=2"}), 64, "no whole number"));
    CHECK(says(part("auto", folder, {"SLURM_PROCID=0", "SLURM_NTASKS=2", "PMI_RANK=1", "PMI_SIZE=2"}), 64,
               "SLURM_PROCID says part 1 of 2, and PMI_RANK part 2 of 2"));
    for (const char* wrong : {"0/3", "4/3", "1/0", "1", "1/", "/3", "a/b", "1/2/3", "-1/3", "1/1000001", "99999999999999999999/3", ""}) {
        CAPTURE(wrong);
        CHECK(says(part(wrong, folder), 64, "--part"));
    }
    CHECK(folder.count("") == 0);
    std::vector<std::string> again = third;
    again.push_back("RAILWINDOW_PARTS=8");
    CHECK(part("auto", folder, again).status == 0);
    CHECK(std::filesystem::exists(folder / "press-20-hours.3-of-8.rwpart"));
}

TEST_CASE("fail: a part has no answer, so options of the answer do not go with it") {
    const OwnFolder folder;
    for (const Arguments& more :
         {Arguments{"--format", "json"}, Arguments{"--report", "x.html"}, Arguments{"--samples", "x.csv"}, Arguments{"--details"}})
        CHECK(says(part("1/2", folder, {}, more), 64, "give it to `merge`"));
    CHECK(folder.count("") == 0);
}

TEST_CASE("fail: what merge cannot put together is told, and nothing is written") {
    const OwnFolder folder;
    REQUIRE(part("1/3", folder).status == 0);
    REQUIRE(part("2/3", folder).status == 0);
    const std::string one = folder / "press-20-hours.1-of-3.rwpart", two = folder / "press-20-hours.2-of-3.rwpart", answer = folder / "answer.json";
    const auto merge = [&](const Arguments& words) { return railwindow_tool(joined({"merge", "--output", answer}, words)); };
    CHECK(says(merge({one, two}), 2, "--part 3/3"));
    CHECK(says(merge({scenario("press-20-hours")}), 2, "this is no part"));
    CHECK(says(merge({folder / "press-20-hours.4-of-3.rwpart"}), 2, "no such file"));
    write_file(folder / "cut.rwpart", contents(one).substr(0, contents(one).size() / 2));
    CHECK(says(merge({folder / "cut.rwpart", two}), 2, "cut off"));
    CHECK(says(railwindow_tool({"merge", one, two, "--output", one}), 64, "reads"));
    CHECK(says(railwindow_tool({"merge"}), 64, "parts"));
    CHECK_FALSE(std::filesystem::exists(answer));
    REQUIRE(part("3/3", folder).status == 0);
    const std::string three = folder / "press-20-hours.3-of-3.rwpart";
    CHECK(says(merge({one, two, three, "--report", folder / "page.html"}), 64, "--with-page"));
    CHECK(says(merge({one, two, three, "--format", "xml"}), 64, "xml"));
    CHECK_FALSE(std::filesystem::exists(answer));
    CHECK(merge({three, one, two}).status == 0);
    CHECK(std::filesystem::exists(answer));
}

TEST_CASE("fail: parts of a scenario that has changed since are not merged") {
    const OwnFolder folder;
    folder.copy_committed();
    const std::string file = folder / "scenarios/press-20-hours.yaml", made = folder / "one.rwpart";
    REQUIRE(railwindow_tool({"run", file, "--runs", "300", "--part", "1/1", "--output", made}).status == 0);
    write_file(file, contents(file) + "\n# A remark changes nothing.\n");
    CHECK(railwindow_tool({"merge", made}).status == 0);
    const std::string train = folder / "networks/rolling-stock/special-train.yaml";
    write_file(train, std::string{contents(train)}.replace(contents(train).find("\ncars:"), 1, "\n# Of cars.\n"));
    CHECK(railwindow_tool({"merge", made}).status == 0);
    write_file(train, contents(train) + "\n");
    const std::string text = contents(train);
    const std::size_t at = text.find("value: 100 km/h") + 11;
    REQUIRE(at != std::string::npos);
    write_file(train, std::string{text}.replace(at, 4, "mph "));
    CHECK(says(railwindow_tool({"merge", made}), 2, "say something else than when the parts were made"));
}

TEST_CASE("fail: a part whose question would write files, or is no question, is refused") {
    const OwnFolder folder;
    REQUIRE(part("1/1", folder).status == 0);
    const std::string whole = contents(folder / "press-20-hours.1-of-1.rwpart");
    // The checksum is of no use against who makes a new one.
    const auto with_words = [&](const std::string& words) {
        std::string text = whole;
        const std::size_t begin = text.find("\"words\":["), end = text.find(']', begin);
        text.replace(begin, end - begin, "\"words\":[" + words);
        text.resize(text.size() - 10);
        write_file(folder / "hostile.rwpart", text + checksum_line(text));
        return railwindow_tool({"merge", folder / "hostile.rwpart"}, {.folder = folder.path().string()});
    };
    const std::string file = "\"" + scenario("press-20-hours") + "\",\"--runs\",\"600\"";
    CHECK(with_words(file).status == 0);
    CHECK(says(with_words(file + ",\"--output\",\"stolen\""), 2, "--output"));
    CHECK(says(with_words(file + ",\"--samples\",\"stolen.csv\""), 2, "--samples"));
    CHECK(says(with_words(file + ",\"--part\",\"1/2\""), 2, "--part"));
    CHECK(says(with_words(file + ",\"--nonsense\""), 2, "cannot be read"));
    CHECK(says(with_words("\"--help\""), 2, "cannot be read"));
    CHECK_FALSE(std::filesystem::exists(folder / "stolen"));
    CHECK_FALSE(std::filesystem::exists(folder / "stolen.csv"));
}

}  // namespace cli_parts_test
