// Keys of terms and the tables that find them, by open addressing.
#pragma once

#include "framelens/huge_pages.hpp"
#include "framelens/types_hash.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

namespace framelens {

/// A string as the table knows it: up to 16 bytes as they are, filled with zeros; of longer ones
/// the first eight and a hash of all. `size` tells a string from one with zeros at its end.
struct Key {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    std::uint32_t size = 0;

    static constexpr std::uint32_t inline_bytes = 16;

    [[nodiscard]] std::uint64_t hash() const noexcept { return mix(low ^ golden, high ^ silver); }
};

[[nodiscard]] std::uint64_t hash_long(const char* text, std::size_t size) noexcept;

/// Requires 16 readable bytes at `text`, whatever the size.
inline Key key_of(const char* text, std::uint32_t size) noexcept {
    // Of 16 bytes, those that belong to a string of each size.
    static constexpr auto masks = [] {
        std::array<std::array<std::uint64_t, 2>, Key::inline_bytes + 1> kept{};
        for (std::size_t length = 0; length < kept.size(); ++length) {
            for (std::size_t byte = 0; byte < length; ++byte) {
                kept[length][byte / 8] |= std::uint64_t{0xFF} << (8 * (byte % 8));
            }
        }
        return kept;
    }();
    static_assert(std::endian::native == std::endian::little);
    if (size > Key::inline_bytes) [[unlikely]] {
        return {load8(text), hash_long(text, size), size};
    }
    return {load8(text) & masks[size][0], load8(text + 8) & masks[size][1], size};
}

/// Where a string stands in the table: half a line of the cache.
struct alignas(32) StringSlot {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    std::uint32_t size = 0;  // 0: empty
    std::uint32_t term = 0;

    [[nodiscard]] bool used() const noexcept { return size != 0; }
    [[nodiscard]] std::uint64_t hash() const noexcept { return Key{low, high, size}.hash(); }
    /// The slot is the key's string, and the key holds all its bytes: no text need be compared.
    [[nodiscard]] bool holds(const Key& key) const noexcept {
        // One branch, which nearly always goes the same way.
        const std::uint64_t other = (low ^ key.low) | (high ^ key.high) | (size ^ key.size);
        return other == 0 && size <= Key::inline_bytes;
    }
};
static_assert(sizeof(StringSlot) == 32);

/// The same for an n-gram: the term of all words but the last, and the term of the last.
struct PairSlot {
    std::uint64_t pair = 0;
    std::uint32_t number = 0;  // 1 + the term; 0: empty

    [[nodiscard]] bool used() const noexcept { return number != 0; }
    static std::uint64_t hash_of(std::uint64_t pair) noexcept { return mix(pair ^ golden, silver); }
    [[nodiscard]] std::uint64_t hash() const noexcept { return hash_of(pair); }
};
static_assert(sizeof(PairSlot) == 16);

/// Slots as they lie until room is made for more.
template <class Slot>
struct Slots {
    const Slot* first = nullptr;
    std::size_t mask = 0;

    /// Where looking for a slot begins.
    [[nodiscard]] const Slot* at(std::uint64_t hash) const noexcept {
        return first + (hash & mask);
    }
};

/// Slots in a power of two of places, at most half of them used.
template <class Slot>
class OpenTable {
public:
    /// Makes room for `more` slots, so that adding them moves none.
    void reserve(std::size_t more) {
        if (2 * (used_ + more) <= slots_.size()) return;
        // A small table grows fourfold, so that it moves seldom. From 2^16 slots on it doubles:
        // empty room would then cost more than another move.
        constexpr std::size_t slow_growth_slots = std::size_t{1} << 16U;
        std::size_t places =
            slots_.empty() ? 1024 : (slots_.size() < slow_growth_slots ? 4 : 2) * slots_.size();
        while (places < 2 * (used_ + more)) places *= 2;
        const HugePageVector<Slot> old = std::exchange(slots_, HugePageVector<Slot>(places));
        for (const Slot& slot : old) {
            if (!slot.used()) continue;
            std::size_t at = slot.hash() & (places - 1);
            while (slots_[at].used()) at = (at + 1) & (places - 1);
            slots_[at] = slot;
        }
    }
    [[nodiscard]] Slots<Slot> slots() const noexcept { return {slots_.data(), slots_.size() - 1}; }
    void prefetch(std::uint64_t hash) const noexcept {
        __builtin_prefetch(&slots_[hash & (slots_.size() - 1)], 1);
    }
    /// The slot that `is_it` accepts, or the empty one where it belongs.
    template <class IsIt>
    [[nodiscard]] Slot& locate(std::uint64_t hash, const IsIt& is_it) noexcept {
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = static_cast<std::size_t>(hash) & mask;
        while (slots_[at].used() && !is_it(slots_[at])) at = (at + 1) & mask;
        return slots_[at];
    }
    /// The same where none is added; null if there is none.
    template <class IsIt>
    [[nodiscard]] const Slot* find(std::uint64_t hash, const IsIt& is_it) const noexcept {
        if (slots_.empty()) return nullptr;
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = static_cast<std::size_t>(hash) & mask;
        while (slots_[at].used() && !is_it(slots_[at])) at = (at + 1) & mask;
        return slots_[at].used() ? &slots_[at] : nullptr;
    }
    /// Used slots of some places, and the number of all places.
    template <class Use>
    void for_slots(std::size_t begin, std::size_t end, const Use& use) const {
        for (std::size_t at = begin; at < end; ++at) {
            if (slots_[at].used()) use(slots_[at]);
        }
    }
    [[nodiscard]] std::size_t places() const noexcept { return slots_.size(); }
    [[nodiscard]] std::size_t used() const noexcept { return used_; }
    void count_new() noexcept { ++used_; }
    void drop() { HugePageVector<Slot>().swap(slots_); }

private:
    HugePageVector<Slot> slots_;
    std::size_t used_ = 0;
};

}  // namespace framelens
