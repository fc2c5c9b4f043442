#include "products.hpp"

#include "machine.hpp"

#include <array>
#include <bit>
#include <cstring>

namespace framelens {
namespace {

template <class Vector, std::size_t rows>
[[gnu::always_inline]] inline void multiply(const double* const* queries, const double* tile,
                                            std::size_t terms, double* const* sums) {
    constexpr std::size_t width = sizeof(Vector) / sizeof(double);
    constexpr std::size_t parts = tile_lanes / width;
    Vector sum[rows][parts];
#pragma GCC unroll 6
    for (std::size_t r = 0; r < rows; ++r) {
#pragma GCC unroll 2
        for (std::size_t part = 0; part < parts; ++part) {
            std::memcpy(&sum[r][part], sums[r] + part * width, sizeof(Vector));
        }
    }
    for (std::size_t term = 0; term < terms; ++term, tile += tile_lanes) {
        Vector column[parts];
        std::memcpy(column, tile, sizeof(column));
#pragma GCC unroll 6
        for (std::size_t r = 0; r < rows; ++r) {
            const double weight = queries[r][term];
#pragma GCC unroll 2
            for (std::size_t part = 0; part < parts; ++part) sum[r][part] += column[part] * weight;
        }
    }
#pragma GCC unroll 6
    for (std::size_t r = 0; r < rows; ++r) {
#pragma GCC unroll 2
        for (std::size_t part = 0; part < parts; ++part) {
            std::memcpy(sums[r] + part * width, &sum[r][part], sizeof(Vector));
        }
    }
}

[[gnu::always_inline]] inline void count_common_by(const std::uint64_t* query,
                                                   const std::uint64_t* tiles, std::int64_t words,
                                                   std::span<std::int32_t> counts) {
    for (std::size_t first = 0; first < counts.size(); first += tile_lanes) {
        std::array<std::int64_t, tile_lanes> total{};
        for (std::int64_t word = 0; word < words; ++word, tiles += tile_lanes) {
            for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
                total[lane] += std::popcount(query[word] & tiles[lane]);
            }
        }
        for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
            counts[first + lane] = static_cast<std::int32_t>(total[lane]);
        }
    }
}

using Pair [[gnu::vector_size(16)]] = double;  // of a tile's lanes

void multiply_six(const double* const* queries, const double* tile, std::size_t terms,
                  double* const* sums) {
    multiply<Pair, 6>(queries, tile, terms, sums);
}
void multiply_one(const double* query, const double* tile, std::size_t terms, double* sums) {
    multiply<Pair, 1>(&query, tile, terms, &sums);
}
void count_common(const std::uint64_t* query, const std::uint64_t* tiles, std::int64_t words,
                  std::span<std::int32_t> counts) {
    count_common_by(query, tiles, words, counts);
}

constexpr ProductKernels portable_kernels{multiply_six, multiply_one, count_common};

#ifdef FRAMELENS_AVX2

using Half [[gnu::vector_size(32)]] = double;
using Whole [[gnu::vector_size(64)]] = double;

FRAMELENS_AVX2 void multiply_six_avx2(const double* const* queries, const double* tile,
                                      std::size_t terms, double* const* sums) {
    multiply<Half, 6>(queries, tile, terms, sums);
}
FRAMELENS_AVX2 void multiply_one_avx2(const double* query, const double* tile, std::size_t terms,
                                      double* sums) {
    multiply<Half, 1>(&query, tile, terms, &sums);
}
FRAMELENS_AVX2 void count_common_avx2(const std::uint64_t* query, const std::uint64_t* tiles,
                                      std::int64_t words, std::span<std::int32_t> counts) {
    count_common_by(query, tiles, words, counts);
}

constexpr ProductKernels avx2_kernels{multiply_six_avx2, multiply_one_avx2, count_common_avx2};

// A tile's lanes in one register.
FRAMELENS_AVX512 void multiply_six_avx512(const double* const* queries, const double* tile,
                                          std::size_t terms, double* const* sums) {
    multiply<Whole, 6>(queries, tile, terms, sums);
}

// Eight words are counted by one instruction.
FRAMELENS_AVX512 void count_common_avx512(const std::uint64_t* query, const std::uint64_t* tiles,
                                          std::int64_t words, std::span<std::int32_t> counts) {
    for (std::size_t first = 0; first < counts.size(); first += tile_lanes) {
        __m512i total = _mm512_setzero_si512();
        for (std::int64_t word = 0; word < words; ++word, tiles += tile_lanes) {
            const __m512i both = _mm512_and_si512(
                _mm512_loadu_si512(tiles), _mm512_set1_epi64(static_cast<long long>(query[word])));
            total = _mm512_add_epi64(total, _mm512_popcnt_epi64(both));
        }
        std::array<std::int64_t, tile_lanes> totals{};
        _mm512_storeu_si512(totals.data(), total);
        for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
            counts[first + lane] = static_cast<std::int32_t>(totals[lane]);
        }
    }
}

constexpr ProductKernels avx512_kernels{multiply_six_avx512, multiply_one_avx2,
                                        count_common_avx512};

constexpr std::array all_kernels{&avx512_kernels, &avx2_kernels, &portable_kernels};

#else

constexpr std::array all_kernels{&portable_kernels};

#endif

}  // namespace

std::span<const ProductKernels* const> all_product_kernels() noexcept {
    return runnable(all_kernels);
}

const ProductKernels& product_kernels() noexcept {
    static const ProductKernels& fastest = *all_product_kernels().front();
    return fastest;
}

}  // namespace framelens
