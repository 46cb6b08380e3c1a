// Bytes that stay in their file: the same as in memory, and an error when the file is another one later.

#include <railwindow/core/error.hpp>
#include <railwindow/io/bytes_in_file.hpp>
#include <support/files.hpp>

#include <doctest/doctest.h>

namespace io_bytes_in_file_test {

using namespace railwindow;
TEST_CASE("law: bytes of a file are those in memory, wherever they begin, in small files and large ones") {
    const OwnFolder folder;
    for (const std::size_t size : {std::size_t{0}, std::size_t{10}, std::size_t{700'000}}) {
        std::string text;
        for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(i * i % 251);
        write_file(folder / "bytes", text);
        const auto bytes = bytes_in_file(folder / "bytes");
        REQUIRE(bytes->size() == size);
        std::string room;
        for (const std::size_t begin : {std::size_t{0}, size / 3, size})
            for (const std::size_t count : {std::size_t{0}, (size - begin) / 2, size - begin})
                CHECK((bytes->read(begin, count, room) == std::string_view{text}.substr(begin, count)));
    }
}

TEST_CASE("fail: a large file that is another one later, is shorter or is gone") {
    const OwnFolder folder;
    const std::string file = folder / "bytes", text(700'000, 'a');
    write_file(file, text);
    const auto bytes = bytes_in_file(file);
    std::string room;
    CHECK(bytes->read(0, 5, room) == "aaaaa");
    write_file(file, text + "b");
    CHECK_THROWS_WITH_AS(bytes->read(0, 5, room), doctest::Contains("has changed while it was read"), InputError);
    std::filesystem::resize_file(file, 10);
    CHECK_THROWS_WITH_AS(bytes->read(0, 5, room), doctest::Contains("has changed while it was read"), InputError);
    std::filesystem::remove(file);
    CHECK_THROWS_WITH_AS(bytes->read(0, 5, room), doctest::Contains("cannot be opened any more"), InputError);
    CHECK_THROWS_WITH_AS(bytes_in_file(file), doctest::Contains("there is no such file"), InputError);
}

}  // namespace io_bytes_in_file_test
