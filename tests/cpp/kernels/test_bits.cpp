#include "framelens/bits.hpp"

#include "catch.hpp"

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

using namespace framelens;

namespace {

// From no bit to all of them.
std::uint64_t draw_bits(std::mt19937_64& random) {
    const std::uint64_t all = random();
    switch (random() % 5) {
        case 0:
            return 0;
        case 1:
            return ~std::uint64_t{0};
        case 2:
            return all & random() & random() & random();
        case 3:
            return all | random() | random();
        default:
            return all;
    }
}

std::vector<const BitKernels*> all() {
    return {all_bit_kernels().begin(), all_bit_kernels().end()};
}

using Numbers = std::vector<std::uint32_t>;

// What `write` writes, with nothing behind the slack touched.
template <class Write>
Numbers written(std::size_t most, const Write& write) {
    constexpr std::uint32_t untouched = 0xABCDEF01U;
    Numbers out(most + bit_slack + 1, untouched);
    const std::uint32_t* end = write(out.data());
    CHECK(out.back() == untouched);
    out.resize(static_cast<std::size_t>(end - out.data()));
    return out;
}

Numbers numbers_of(const std::vector<bool>& set, std::uint32_t first) {
    Numbers numbers;
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (set[i]) numbers.push_back(first + static_cast<std::uint32_t>(i));
    }
    return numbers;
}

std::vector<bool> bits_of(const std::vector<std::uint64_t>& masks) {
    std::vector<bool> bits;
    for (const std::uint64_t mask : masks) {
        for (unsigned i = 0; i < 64; ++i) bits.push_back((mask >> i & 1U) != 0);
    }
    return bits;
}

}  // namespace

TEST_CASE("set bits are listed in order") {
    const BitKernels& kernels = *GENERATE(from_range(all()));
    std::mt19937_64 random(1);
    for (int i = 0; i < 2000; ++i) {
        const std::uint64_t bits = draw_bits(random);
        const auto first = static_cast<std::uint32_t>(random() >> 34U);
        CHECK(written(64, [&](auto* out) { return kernels.write_bits(bits, first, out); }) ==
              numbers_of(bits_of({bits}), first));
    }
}

TEST_CASE("edges are where bits change") {
    const BitKernels& kernels = *GENERATE(from_range(all()));
    std::mt19937_64 random(2);
    for (std::size_t blocks = 0; blocks < 200; ++blocks) {
        std::vector<std::uint64_t> masks(blocks);
        for (std::uint64_t& mask : masks) mask = draw_bits(random);
        std::vector<bool> edges = bits_of(masks);
        for (std::size_t i = edges.size(); i-- > 1;) edges[i] = edges[i] != edges[i - 1];
        CHECK(written(64 * blocks, [&](auto* out) {
                  return kernels.write_edges(masks.data(), blocks, out);
              }) == numbers_of(edges, 0));
    }
}

TEST_CASE("marks are listed in order and taken away") {
    const BitKernels& kernels = *GENERATE(from_range(all()));
    std::mt19937_64 random(3);
    for (const unsigned of_many : {1U, 2U, 10U, 100U, 3000U}) {
        std::vector<bool> set(mark_range);
        std::vector<std::uint8_t> marks(mark_range);
        std::vector<std::uint8_t> blocks(mark_range / 64);
        for (std::size_t i = 0; i < mark_range; ++i) {
            set[i] = random() % of_many == 0;
            marks[i] = set[i] ? 1 : 0;
            if (set[i]) blocks[i / 64] = 1;
        }
        blocks[random() % blocks.size()] = 1;  // it only may have a mark
        constexpr std::uint32_t first = 3 * mark_range;
        CHECK(written(mark_range, [&](auto* out) {
                  return kernels.take_marks(marks.data(), blocks.data(), first, out);
              }) == numbers_of(set, first));
        CHECK(marks == std::vector<std::uint8_t>(marks.size()));
        CHECK(blocks == std::vector<std::uint8_t>(blocks.size()));
    }
}
