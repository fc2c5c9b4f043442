#include "kernels/products.hpp"

#include "catch.hpp"
#include "kernels/reached_products.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

using namespace framelens;

TEST_CASE("kernels of products give the same bytes, summed term by term") {
    const ProductKernels& kernels =
        *GENERATE(from_range(all_product_kernels().begin(), all_product_kernels().end()));
    std::mt19937 random(3);
    std::uniform_real_distribution<double> uniform(-1.0, 1.0);
    const std::size_t terms = GENERATE(0U, 1U, 4U, 61U);
    std::vector<double> tile(terms * tile_lanes);
    for (double& weight : tile) weight = uniform(random);
    std::array<std::vector<double>, 6> queries;
    std::array<const double*, 6> starts{};
    std::array<std::array<double, tile_lanes>, 6> sums{};
    std::array<double*, 6> rows{};
    for (std::size_t r = 0; r < 6; ++r) {
        for (std::size_t term = 0; term < terms; ++term) queries[r].push_back(uniform(random));
        starts[r] = queries[r].data();
        sums[r].fill(static_cast<double>(r));
        rows[r] = sums[r].data();
    }
    kernels.multiply_six(starts.data(), tile.data(), terms, rows.data());
    for (std::size_t r = 0; r < 6; ++r) {
        std::array<double, tile_lanes> one{};
        one.fill(static_cast<double>(r));
        std::array<double, tile_lanes> plain = one;
        kernels.multiply_one(starts[r], tile.data(), terms, one.data());
        for (std::size_t term = 0; term < terms; ++term) {
            for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
                plain[lane] += tile[term * tile_lanes + lane] * queries[r][term];
            }
        }
        CHECK(one == plain);
        CHECK(sums[r] == plain);
    }
}

TEST_CASE("kernels of products count the bits in common") {
    const ProductKernels& kernels =
        *GENERATE(from_range(all_product_kernels().begin(), all_product_kernels().end()));
    std::mt19937_64 random(4);
    const std::int64_t words = GENERATE(0, 1, 5);
    constexpr std::size_t tiles = 3;
    std::vector<std::uint64_t> query(static_cast<std::size_t>(words));
    std::vector<std::uint64_t> bits(query.size() * tiles * tile_lanes);
    for (std::uint64_t& word : query) word = random();
    for (std::uint64_t& word : bits) word = random();
    std::vector<std::int32_t> counts(tiles * tile_lanes, -1);
    kernels.count_common(query.data(), bits.data(), words, counts);
    for (std::size_t row = 0; row < counts.size(); ++row) {
        std::int32_t common = 0;
        for (std::size_t word = 0; word < query.size(); ++word) {
            const std::size_t place =
                (row / tile_lanes * query.size() + word) * tile_lanes + row % tile_lanes;
            common += std::popcount(query[word] & bits[place]);
        }
        CHECK(counts[row] == common);
    }
}

TEST_CASE("vector and portable kernels reach the same pairs") {
    const ReachedKernels& portable = *all_reached_kernels().back();
    std::mt19937 random(5);
    std::uniform_real_distribution<float> uniform(-1.0F, 1.0F);
    constexpr std::int32_t terms = 48;
    std::vector<float> group_weights(group_rows * terms);
    std::vector<float> tile_weights(tile_rows * terms);
    for (float& weight : group_weights) weight = uniform(random);
    for (float& weight : tile_weights) weight = uniform(random);
    const std::vector<float> lengths(tile_rows, 5.0F);
    const std::vector<float> tails(tile_rows, 0.5F);
    const std::vector<float> floors(tile_rows, 4.0F);
    RowGroup group{group_weights.data(), {}, {}, {}};
    group.lengths.fill(5.0F);
    group.tails.fill(1.0F);
    group.floors.fill(3.0F);
    const RowTile tile{tile_weights.data(), lengths.data(), tails.data(), floors.data()};
    for (const bool skipped : {false, true}) {
        if (skipped) group.floors.fill(99.0F);
        std::array<std::array<float, tile_rows>, group_rows> fast{};
        std::array<std::array<float, tile_rows>, group_rows> slow{};
        std::array<float*, group_rows> fast_rows{};
        std::array<float*, group_rows> slow_rows{};
        for (std::size_t row = 0; row < group_rows; ++row) {
            fast_rows[row] = fast[row].data();
            slow_rows[row] = slow[row].data();
        }
        const std::vector<float> high(tile_rows, skipped ? 99.0F : 4.0F);
        RowTile used = tile;
        used.floors = high.data();
        CHECK(reached_kernels().multiply_where_reached(group, used, terms, fast_rows) ==
              portable.multiply_where_reached(group, used, terms, slow_rows));
        for (std::size_t row = 0; row < group_rows; ++row) {
            for (std::size_t k = 0; k < tile_rows; ++k) {
                CHECK(fast[row][k] == Approx(slow[row][k]).margin(1e-4));
                CHECK((fast[row][k] == 0.0F) == skipped);
            }
        }
        CHECK(reached_kernels().multiply_tails(group_weights.data(), tile_weights.data(), terms) ==
              Approx(portable.multiply_tails(group_weights.data(), tile_weights.data(), terms))
                  .margin(1e-4));
    }
}
