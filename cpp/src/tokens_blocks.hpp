// Kernels over blocks of bytes, each in a portable and a vector form with the same results.
#pragma once

#include <cstddef>
#include <cstdint>

namespace framelens {

/// Bytes that may be written behind a copied text, and read behind a classified one.
inline constexpr std::size_t block_slack = 64;

struct BlockKernels {
    /// Copies the ASCII units that `in` begins with to `out`, lower-cased if asked for, and
    /// returns how many; up to `block_slack` bytes behind them may be overwritten.
    std::size_t (*copy_ascii1)(const std::uint8_t* in, std::size_t count, char* out, bool lower);
    std::size_t (*copy_ascii2)(const std::uint16_t* in, std::size_t count, char* out, bool lower);
    std::size_t (*copy_ascii4)(const std::uint32_t* in, std::size_t count, char* out, bool lower);
    /// One bit a byte, 64 a block: letters, digits, "_" and all that is not ASCII.
    void (*mask_words)(const char* text, std::size_t blocks, std::uint64_t* masks);
    /// The same for all but ASCII white space as Python's `str.isspace()` has it.
    void (*mask_solid)(const char* text, std::size_t blocks, std::uint64_t* masks);
};

/// The fastest kernels that this machine can run, or the portable ones.
[[nodiscard]] const BlockKernels& block_kernels(bool portable) noexcept;

}  // namespace framelens
