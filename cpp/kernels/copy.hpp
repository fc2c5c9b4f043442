// Copying of units to UTF-8, in a portable and in vector forms with the same results.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace framelens {

/// What stands for each unit of 16 bits.
struct UnitRule {
    /// A character whose replacement depends on more than itself, or is not one of 16 bits.
    static constexpr std::uint16_t special = 0xFFFF;

    /// By unit; an entry more, since the last may be read in four bytes.
    std::array<std::uint16_t, 0x10001> table{};
    bool lower = false;        // ASCII becomes lower case, and else stays as it is
    bool punctuation = false;  // U+2000 to U+206F become spaces
    /// What U+0080 to U+00FF become: no more than they are.
    alignas(64) std::array<std::uint8_t, 128> latin{};
};

struct Copied {
    std::size_t units = 0;
    std::size_t bytes = 0;
};

/// Each copies units, from the first on, to what stands for them in UTF-8 (for a space there may be
/// several); it goes as far as it can and stops at a special unit at the latest. Up to `copy_slack`
/// bytes behind may be overwritten.
struct CopyKernels {
    Copied (*utf8)(const std::uint8_t* in, std::size_t count, char* out, const UnitRule& rule);
    Copied (*ucs1)(const std::uint8_t* in, std::size_t count, char* out, const UnitRule& rule);
    Copied (*ucs2)(const std::uint16_t* in, std::size_t count, char* out, const UnitRule& rule);
    Copied (*ucs4)(const std::uint32_t* in, std::size_t count, char* out, const UnitRule& rule);
    /// Whether units of one and two bytes stop it only where they are special, not just at whatever
    /// is not ASCII.
    bool beyond_ascii = false;
};
inline constexpr std::size_t copy_slack = 128;

/// All kernels that this machine can run: from the fastest to the portable ones.
[[nodiscard]] std::span<const CopyKernels* const> all_copy_kernels() noexcept;
/// The first of these, or the portable ones.
[[nodiscard]] const CopyKernels& copy_kernels(bool portable) noexcept;

}  // namespace framelens
