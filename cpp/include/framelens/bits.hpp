// Numbers of the bits and bytes that are set, in a portable and in vector forms with the same results,
// and a set of numbers made of them.
#pragma once

#include "framelens/huge_pages.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

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

/// A set of keys that are taken out in ascending order. A byte a key marks which are in it, and a
/// byte of the level above where such marks are, so that nothing is sorted, or cleared as a whole.
/// Bytes are only written: to set a bit, one would have to wait for the bit set before it.
class KeySet {
public:
    /// Makes room for keys below `keys`.
    void reserve(std::size_t keys) {
        if (keys <= marks_.size()) return;
        marks_.resize((keys + mark_range - 1) / mark_range * mark_range);
        blocks_.resize(marks_.size() / block_size);
    }
    /// Adds keys, until room is made. What a mark is written to might be one of the set's pointers, as
    /// far as the language goes: a loop keeps these in an adder.
    struct Adder {
        std::uint8_t* marks = nullptr;
        std::uint8_t* blocks = nullptr;

        void add(std::size_t key) const noexcept {
            marks[key] = 1;
            blocks[key / block_size] = 1;
        }
    };
    [[nodiscard]] Adder adder() noexcept { return {marks_.data(), blocks_.data()}; }
    /// Calls `use(key)` in ascending order of the keys, and leaves none.
    template <class Use>
    void take(const Use& use) {
        std::array<std::uint32_t, mark_range + bit_slack> keys;
        for (std::size_t first = 0; first < marks_.size(); first += mark_range) {
            std::uint8_t* const blocks = blocks_.data() + first / block_size;
            if (!any(blocks)) continue;
            const std::uint32_t* const end = kernels_->take_marks(
                marks_.data() + first, blocks, static_cast<std::uint32_t>(first), keys.data());
            for (const std::uint32_t* key = keys.data(); key != end; ++key) use(std::size_t{*key});
        }
    }

private:
    static constexpr std::size_t block_size = 64;

    // Whether one of a range's blocks has a mark.
    static bool any(const std::uint8_t* blocks) noexcept {
        std::array<std::uint64_t, mark_range / block_size / sizeof(std::uint64_t)> words;
        std::memcpy(words.data(), blocks, sizeof(words));
        std::uint64_t all = 0;
        for (const std::uint64_t word : words) all |= word;
        return all != 0;
    }

    const BitKernels* kernels_ = &bit_kernels(false);
    HugePageVector<std::uint8_t> marks_;
    std::vector<std::uint8_t> blocks_;
};

}  // namespace framelens
