// Which bytes of a block belong to two sets of ASCII, and which bits are set, in a portable and a
// vector form with the same results.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace framelens {

/// Two sets of ASCII bytes: of the row of a byte's low half, the bit of its high half.
struct WordSets {
    std::array<std::uint8_t, 16> words{};
    std::array<std::uint8_t, 16> marks{};
};

/// One bit a byte of a block of 64.
struct WordMasks {
    std::uint64_t words = 0;
    std::uint64_t marks = 0;
    std::uint64_t beyond_ascii = 0;
};

struct WordKernels {
    void (*mask)(const char* text, std::size_t blocks, const WordSets& sets, WordMasks* masks);
    /// Writes the number of each bit that is set, plus `first`, and returns the end of them; up to
    /// `write_slack` numbers may be overwritten from `out` on.
    std::uint32_t* (*write_bits)(std::uint64_t bits, std::uint32_t first, std::uint32_t* out);
};
inline constexpr std::size_t write_slack = 72;

/// The fastest kernels that this machine can run, or the portable ones.
[[nodiscard]] const WordKernels& word_kernels(bool portable) noexcept;

}  // namespace framelens
