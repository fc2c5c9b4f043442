#include "catch.hpp"
#include "framelens/types_hash.hpp"
#include "framelens/types_names.hpp"
#include "framelens/types_positions.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <string_view>

using namespace framelens;

namespace {

enum class Harbour : std::uint8_t { quay, pier, mole };
enum class One { only };
enum class None {};

template <class Enum, std::size_t size>
constexpr bool fits(const std::string_view (&)[size]) {
    return size == count_enumerators<Enum>();
}

constexpr std::string_view names[] = {"quay", "pier", "mole"};

}  // namespace

// What a table of names that is too short or too long does not pass.
static_assert(count_enumerators<Harbour>() == 3);
static_assert(count_enumerators<One>() == 1);
static_assert(count_enumerators<None>() == 0);
static_assert(fits<Harbour>(names));
static_assert(!fits<Harbour>({"quay", "pier"}));
static_assert(!fits<Harbour>({"quay", "pier", "mole", "jetty"}));

TEST_CASE("an enumerator has the name at its place") {
    CHECK(name_in(names, Harbour::quay) == "quay");
    CHECK(name_in(names, Harbour::mole) == "mole");
}

TEST_CASE("positions are indices") {
    CHECK(at(0) == 0);
    CHECK(at(std::int32_t{7}) == 7);
    CHECK(at(std::int64_t{1} << 40) == std::size_t{1} << 40U);
}

TEST_CASE("every bit of a number moves about half of the bits of its hash") {
    std::mt19937_64 random(1);
    for (int bit = 0; bit < 64; ++bit) {
        double moved = 0;
        constexpr int tries = 400;
        for (int i = 0; i < tries; ++i) {
            const std::uint64_t value = random();
            const std::uint64_t other = value ^ (std::uint64_t{1} << static_cast<unsigned>(bit));
            moved += std::popcount(mix(value ^ golden, silver) ^ mix(other ^ golden, silver));
        }
        CHECK(moved / tries > 26);
        CHECK(moved / tries < 38);
    }
}

TEST_CASE("texts that differ anywhere, or by zeros at their end, have hashes of their own") {
    std::set<std::uint64_t> hashes;
    std::size_t texts = 0;
    const auto add = [&](std::string_view text) {
        hashes.insert(hash_text(text));
        ++texts;
    };
    for (std::size_t size = 0; size < 40; ++size) {
        std::string text(size, '\0');
        add(text);
        for (char& c : text) {
            for (const char other : {'a', 'b', '\x7F', '\xFF'}) {
                c = other;
                add(text);
            }
            c = '\0';
        }
    }
    for (int i = 0; i < 200'000; ++i) add("word" + std::to_string(i));
    CHECK(hashes.size() == texts);
    CHECK(hash_text("harbour") == hash_text(std::string("harbour")));
}
