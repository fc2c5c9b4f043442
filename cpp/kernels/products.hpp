// Products of a few rows with a tile of eight, each summed term by term: the same bytes from all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace framelens {

/// Rows in a tile: as doubles they fill 64 bytes.
inline constexpr std::size_t tile_lanes = 8;

struct ProductKernels {
    /// sums[r][lane] += sum over terms of queries[r][term] * tile[term * tile_lanes + lane], six r.
    void (*multiply_six)(const double* const* queries, const double* tile, std::size_t terms,
                         double* const* sums);
    /// The same of one query.
    void (*multiply_one)(const double* query, const double* tile, std::size_t terms, double* sums);
    /// counts[row] = bits that `query` has in common with the row, whose words lie tile_lanes apart;
    /// there are whole tiles of counts.
    void (*count_common)(const std::uint64_t* query, const std::uint64_t* tiles, std::int64_t words,
                         std::span<std::int32_t> counts);
};

/// All kernels that this machine can run: from the fastest to the portable ones.
[[nodiscard]] std::span<const ProductKernels* const> all_product_kernels() noexcept;
/// The first of these.
[[nodiscard]] const ProductKernels& product_kernels() noexcept;

}  // namespace framelens
