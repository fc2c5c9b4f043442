// Six rows times sixteen in float, as fast as the machine can: only for what is checked in double.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace framelens {

constexpr std::size_t group_rows = 6;
constexpr std::size_t tile_rows = 16;

/// Six rows: weights of the terms of the head (term, row), the lengths of all dense parts and of
/// what is dense behind the head, and what a product of each row must reach.
struct RowGroup {
    const float* weights = nullptr;
    std::array<float, group_rows> lengths{};
    std::array<float, group_rows> tails{};
    std::array<float, group_rows> floors{};
};

/// Sixteen rows to multiply with, likewise.
struct RowTile {
    const float* weights = nullptr;
    const float* lengths = nullptr;
    const float* tails = nullptr;
    const float* floors = nullptr;
};

/// Bit k of entry r says that the product of rows r and k may still reach a floor.
using Reached = std::array<std::uint32_t, group_rows>;

/// Products may differ in the last bits from one machine to another.
struct ReachedKernels {
    /// `products[r]` points to the products of row r of a group and the rows of a tile over the
    /// terms that are not dense. Where these may, by the lengths of the dense parts (Cauchy and
    /// Schwarz), reach either floor, products over the `terms` of the head are added. What is
    /// returned goes by the lengths behind the head.
    Reached (*multiply_where_reached)(const RowGroup& group, const RowTile& tile,
                                      std::int32_t terms,
                                      const std::array<float*, group_rows>& products);
    /// Product of two rows over `terms` terms, a multiple of 16.
    float (*multiply_tails)(const float* a, const float* b, std::int32_t terms);
};

/// All kernels that this machine can run: from the fastest to the portable ones.
[[nodiscard]] std::span<const ReachedKernels* const> all_reached_kernels() noexcept;
/// The first of these.
[[nodiscard]] const ReachedKernels& reached_kernels() noexcept;

}  // namespace framelens
