#include "reached_products.hpp"

#include "machine.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace framelens {
namespace {

using Products = std::array<float*, group_rows>;

Reached multiply_portably(const RowGroup& group, const RowTile& tile, std::int32_t terms,
                          const Products& products) {
    Reached reached{};
    const auto mark = [&](std::size_t row, std::size_t k, float value) {
        if (value >= std::min(group.floors[row], tile.floors[k])) reached[row] |= 1U << k;
    };
    for (std::size_t row = 0; row < group_rows; ++row) {
        for (std::size_t k = 0; k < tile_rows; ++k) {
            mark(row, k, products[row][k] + group.lengths[row] * tile.lengths[k]);
        }
        if (reached[row] == 0) continue;
        reached[row] = 0;
        for (std::size_t term = 0; term < static_cast<std::size_t>(terms); ++term) {
            const float weight = group.weights[term * group_rows + row];
            for (std::size_t k = 0; k < tile_rows; ++k) {
                products[row][k] += weight * tile.weights[term * tile_rows + k];
            }
        }
        for (std::size_t k = 0; k < tile_rows; ++k) {
            mark(row, k, products[row][k] + group.tails[row] * tile.tails[k]);
        }
    }
    return reached;
}

float multiply_tails_portably(const float* a, const float* b, std::int32_t terms) {
    return std::inner_product(a, a + terms, b, 0.0F);
}

constexpr ReachedKernels portable_kernels{multiply_portably, multiply_tails_portably};

#ifdef FRAMELENS_AVX2

constexpr std::size_t half = tile_rows / 2;

FRAMELENS_AVX2 unsigned reach(__m256 value, float floor, __m256 floors) {
    const __m256 least = _mm256_min_ps(_mm256_set1_ps(floor), floors);
    return static_cast<unsigned>(_mm256_movemask_ps(_mm256_cmp_ps(value, least, _CMP_GE_OQ)));
}

FRAMELENS_AVX2 Reached multiply_fused(const RowGroup& group, const RowTile& tile,
                                      std::int32_t terms, const Products& products) {
    const __m256 floors[] = {_mm256_loadu_ps(tile.floors), _mm256_loadu_ps(tile.floors + half)};
    const __m256 lengths[] = {_mm256_loadu_ps(tile.lengths), _mm256_loadu_ps(tile.lengths + half)};
    // Loops are unrolled so that sums stay in registers.
    unsigned any = 0;
    __m256 sums[group_rows][2];
#pragma GCC unroll 6
    for (std::size_t row = 0; row < group_rows; ++row) {
#pragma GCC unroll 2
        for (std::size_t i = 0; i < 2; ++i) {
            sums[row][i] = _mm256_loadu_ps(products[row] + i * half);
            const __m256 length = _mm256_set1_ps(group.lengths[row]);
            any |= reach(_mm256_fmadd_ps(length, lengths[i], sums[row][i]), group.floors[row],
                         floors[i]);
        }
    }
    Reached reached{};
    if (any == 0) return reached;
    const float* columns = tile.weights;
    const float* weights = group.weights;
    for (std::int32_t term = 0; term < terms; ++term) {
        const __m256 low = _mm256_loadu_ps(columns);
        const __m256 high = _mm256_loadu_ps(columns + half);
#pragma GCC unroll 6
        for (std::size_t row = 0; row < group_rows; ++row) {
            const __m256 weight = _mm256_broadcast_ss(weights + row);
            sums[row][0] = _mm256_fmadd_ps(weight, low, sums[row][0]);
            sums[row][1] = _mm256_fmadd_ps(weight, high, sums[row][1]);
        }
        columns += tile_rows;
        weights += group_rows;
    }
    const __m256 tails[] = {_mm256_loadu_ps(tile.tails), _mm256_loadu_ps(tile.tails + half)};
#pragma GCC unroll 6
    for (std::size_t row = 0; row < group_rows; ++row) {
        const __m256 tail = _mm256_set1_ps(group.tails[row]);
#pragma GCC unroll 2
        for (std::size_t i = 0; i < 2; ++i) {
            const __m256 bound = _mm256_fmadd_ps(tail, tails[i], sums[row][i]);
            reached[row] |= reach(bound, group.floors[row], floors[i]) << (i * half);
            _mm256_storeu_ps(products[row] + i * half, sums[row][i]);
        }
    }
    return reached;
}

FRAMELENS_AVX2 float multiply_tails_fused(const float* a, const float* b, std::int32_t terms) {
    __m256 sums[2] = {_mm256_setzero_ps(), _mm256_setzero_ps()};
    for (std::int32_t term = 0; term < terms; term += 16) {
        sums[0] = _mm256_fmadd_ps(_mm256_loadu_ps(a + term), _mm256_loadu_ps(b + term), sums[0]);
        sums[1] =
            _mm256_fmadd_ps(_mm256_loadu_ps(a + term + 8), _mm256_loadu_ps(b + term + 8), sums[1]);
    }
    alignas(32) std::array<float, 8> lanes;
    _mm256_store_ps(lanes.data(), _mm256_add_ps(sums[0], sums[1]));
    return std::accumulate(lanes.begin(), lanes.end(), 0.0F);
}

constexpr ReachedKernels fused_kernels{multiply_fused, multiply_tails_fused};

constexpr std::array all_kernels{&fused_kernels, &portable_kernels};

#else

constexpr std::array all_kernels{&portable_kernels};

#endif

}  // namespace

std::span<const ReachedKernels* const> all_reached_kernels() noexcept {
    return runnable(all_kernels);
}

const ReachedKernels& reached_kernels() noexcept {
    static const ReachedKernels& fastest = *all_reached_kernels().front();
    return fastest;
}

}  // namespace framelens
