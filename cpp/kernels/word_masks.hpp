// Which bytes of a block belong to two sets of ASCII, in a portable and a vector form with the same
// results.
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

using MaskWords = void (*)(const char* text, std::size_t blocks, const WordSets& sets,
                           WordMasks* masks);

/// The fastest that this machine can run, or the portable one.
[[nodiscard]] MaskWords word_masker(bool portable) noexcept;

}  // namespace framelens
