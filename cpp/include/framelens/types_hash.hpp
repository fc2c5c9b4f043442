// How numbers and texts become hashes: for tables, and for texts that are told apart by them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace framelens {

/// Numbers with bits in no order, to keep zeros from staying zeros.
inline constexpr std::uint64_t golden = 0x9E3779B97F4A7C15U;
inline constexpr std::uint64_t silver = 0xA0761D6478BD642FU;

/// The halves of a product of 128 bits, joined: every bit of the one number moves about half of the
/// bits of the result, unless the other is 0. Not for input made to collide.
/// Source: Wang Yi's wyhash.
[[nodiscard]] inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

/// Eight bytes as they lie in memory. Requires them to be readable.
[[nodiscard]] inline std::uint64_t load8(const char* from) noexcept {
    std::uint64_t value = 0;
    std::memcpy(&value, from, sizeof(value));
    return value;
}

/// Of all bytes of a text.
[[nodiscard]] inline std::uint64_t hash_text(std::string_view text) noexcept {
    std::uint64_t hash = mix(text.size() ^ golden, silver);
    for (; text.size() >= sizeof(hash); text.remove_prefix(sizeof(hash))) {
        hash = mix(hash ^ load8(text.data()), golden);
    }
    std::uint64_t rest = 0;
    std::memcpy(&rest, text.data(), text.size());
    return mix(hash ^ rest, silver);
}

}  // namespace framelens
