// Work in parts: every block is of one part, neighbours that belong together stay so, and what parts did is what one process does.

#include <railwindow/estimate/samples.hpp>
#include <railwindow/estimate/share_out.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <support/properties.hpp>
#include <support/source_tree.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace estimate_shared_work_test {

using namespace railwindow;

namespace {

// Blocks that are numbers: what is done, and by whom.
struct Numbers {
    std::vector<std::uint64_t> result = std::vector<std::uint64_t>(10);
    int made = 0;

    bool run(SharedWork* work) {
        const BlockCodec<std::uint64_t> codec{[](const std::uint64_t& value) {
                                                  ByteWriter out;
                                                  out.put(value);
                                                  return out.take();
                                              },
                                              [](std::uint64_t, std::string_view bytes) {
                                                  ByteReader in{bytes};
                                                  const auto value = in.get<std::uint64_t>();
                                                  in.end();
                                                  return value;
                                              }};
        const auto make_worker = [&] { return [&](std::uint64_t block) { return ++made, block * block; }; };
        return share_out(
            work, {"squares", 10, 1}, codec, make_worker, [&](std::uint64_t block, std::uint64_t value) { result[block] = value; },
            [](std::uint64_t) { return true; });
    }
};

const std::vector<std::uint64_t> squares{0, 1, 4, 9, 16, 25, 36, 49, 64, 81};

}  // namespace

TEST_CASE("law: parts share all blocks out, each to one, in order, and equally to a block") {
    holds("blocks_of", [] {
        const std::uint64_t blocks = *rc::gen::inRange(0, 5000), parts = *rc::gen::inRange(1, 200), together = *rc::gen::inRange(1, 20);
        std::uint64_t next = 0, fewest = UINT64_MAX, most = 0;
        for (std::uint64_t part = 1; part <= parts; ++part) {
            const auto [begin, end] = blocks_of({part, parts}, blocks, together);
            RC_ASSERT(begin == next);
            RC_ASSERT(end >= begin);
            RC_ASSERT(begin % together == 0u || begin == blocks);
            const std::uint64_t groups = (end - begin + together - 1) / together;
            fewest = std::min(fewest, groups), most = std::max(most, groups);
            next = end;
        }
        RC_ASSERT(next == blocks);
        RC_ASSERT(most - fewest <= 1u);
    });
    const auto [begin, end] = blocks_of({most_parts, most_parts}, UINT64_MAX / 2);  // nothing is too large
    CHECK(end == UINT64_MAX / 2);
    CHECK(begin < end);
}

TEST_CASE("exact: blocks that are known are not made again, and those that are not are") {
    Numbers alone;
    CHECK(alone.run(nullptr));
    CHECK(alone.result == squares);
    SharedWork second{PartOf{2, 3}};
    Numbers part;
    CHECK(part.run(&second));
    CHECK(part.made == 3);  // of 10 blocks 4, 3, 3
    CHECK(part.result == std::vector<std::uint64_t>(10));
    REQUIRE(second.phases().size() == 1);
    CHECK(second.phases().front().blocks == 10);
    CHECK(second.phases().front().done.begin()->first == 4);
    CHECK(second.phases().front().done.size() == 3);
    SharedWork rest{second.phases(), {}};
    Numbers others;
    CHECK(others.run(&rest));
    CHECK(others.made == 7);
    CHECK(others.result == squares);
}

TEST_CASE("fail: what is known of a phase with another number of blocks, or of other blocks, is none of it") {
    SharedWork fewer{{{"squares", 9, {}}}, {}};
    CHECK_THROWS_AS(Numbers{}.run(&fewer), BrokenBytes);
    for (const char* bytes : {"1234567", "123456789", ""}) {
        const auto store = std::make_shared<const BytesInMemory>(bytes);
        SharedWork odd{{{"squares", 10, {{3, {store.get(), 0, store->size()}}}}}, {store}};
        CHECK_THROWS_AS(Numbers{}.run(&odd), BrokenBytes);
    }
}

TEST_CASE("fail: a list that claims more than there is is not made room for") {
    ByteWriter out;
    out.put(std::uint64_t{1} << 60);
    const std::string bytes = out.take();
    CHECK_THROWS_AS(ByteReader{bytes}.list<std::int64_t>(), BrokenBytes);
    CHECK_THROWS_AS(ByteReader{bytes}.list<char>(3), BrokenBytes);
}

TEST_CASE("cost: a part keeps its own runs and no column of the others") {
    const Model model = build(load_scenario(source("scenarios/press-20-hours.yaml")));
    SharedWork part{PartOf{5, 8}};
    const Samples samples = sample(model, {.runs = 2048, .work = &part});
    CHECK(samples.runs == 0);
    CHECK(samples.points.front().arrive.empty());
    REQUIRE(part.phases().size() == 1);
    CHECK(part.phases().front().done.size() == 1);
    CHECK(part.phases().front().done.begin()->first == 4);
}

}  // namespace estimate_shared_work_test
