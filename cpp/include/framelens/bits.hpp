// Numbers of the bits and bytes that are set, in a portable and a vector form with the same results.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace framelens {

/// Numbers are written from `out` on, in ascending order, and the end of them is returned; up to
/// `bit_slack` numbers behind them may be overwritten.
struct BitKernels {
    /// The number of each bit that is set, plus `first`.
    std::uint32_t* (*write_bits)(std::uint64_t bits, std::uint32_t first, std::uint32_t* out);
    /// The number of each bit that is not as the one before it: where runs of set bits begin and
    /// end, in turns. The first bit is taken to follow one that is not set.
    std::uint32_t* (*write_edges)(const std::uint64_t* masks, std::size_t blocks,
                                  std::uint32_t* out);
    /// Sets marks (bytes of 0 or 1) to 0 and writes the number of each that was 1, plus `first`.
    /// There are `mark_range` of them, and in `blocks` a byte tells for 64 of them whether one may
    /// be 1; these bytes are set to 0, too.
    std::uint32_t* (*take_marks)(std::uint8_t* marks, std::uint8_t* blocks, std::uint32_t first,
                                 std::uint32_t* out);
};
inline constexpr std::size_t bit_slack = 72;
inline constexpr std::size_t mark_range = 64 * 64;

/// All kernels that this machine can run: from the fastest to the portable ones.
[[nodiscard]] std::span<const BitKernels* const> all_bit_kernels() noexcept;
/// The first of these, or the portable ones.
[[nodiscard]] const BitKernels& bit_kernels(bool portable) noexcept;

}  // namespace framelens
