#include <railwindow/io/priors_file.hpp>
#include <railwindow/io/sha256.hpp>
#include <support/files.hpp>

#include <doctest/doctest.h>

namespace io_digest_test {

using namespace railwindow;

// FIPS 180-4's examples, and a million times `a`.
TEST_CASE("exact: SHA-256 of the published examples") {
    CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("law: the digest of a scenario changes with what is run and with nothing else") {
    const OwnFolder folder;
    folder.copy_committed();
    const std::string path = folder / "scenarios/press-20-hours.yaml";
    const std::string digest = digest_of(path);
    CHECK(digest.size() == 64);
    CHECK(digest_of(path) == digest);
    CHECK(digest_of(path, {"", {"edits.train.cars=26"}}) != digest);
    CHECK(digest_of(path, {"", {"journey.depart=2019-04-24 21:00"}}) != digest);
    const std::string text = contents(path);
    write_file(path, "# Another question\n" + text + "\n# and a remark\n");
    CHECK(digest_of(path) == digest);
    write_file(folder / "scenarios/renamed.yaml", text);
    CHECK(digest_of(folder / "scenarios/renamed.yaml") == digest);
}

}  // namespace io_digest_test
