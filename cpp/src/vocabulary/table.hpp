// The terms that one thread has met: strings and n-grams of them.
#pragma once

#include "framelens/error.hpp"
#include "slots.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace framelens {

/// Terms numbered from 0 in the order in which they came.
class TermTable {
public:
    void reserve_strings(std::size_t more) { strings_.reserve(more); }
    void reserve_pairs(std::size_t more) { pairs_.reserve(more); }
    [[nodiscard]] Slots<StringSlot> string_slots() const noexcept { return strings_.slots(); }
    void prefetch_pair(std::uint64_t hash) const noexcept { pairs_.prefetch(hash); }

    /// The slot of a string, which is added if it is new. Requires room.
    StringSlot& string(const Key& key, std::uint64_t hash, const char* text) {
        StringSlot& slot = strings_.locate(
            hash, [&](const StringSlot& other) { return is_string(other, key, text); });
        if (!slot.used()) {
            slot = {key.low, key.high, key.size, add(string_flag | add_text(key, text))};
            strings_.count_new();
        }
        return slot;
    }
    /// The slot of the n-gram of a term and a last word. Requires room.
    PairSlot& pair(std::uint64_t pair, std::uint64_t hash) {
        PairSlot& slot =
            pairs_.locate(hash, [pair](const PairSlot& other) { return other.pair == pair; });
        if (!slot.used()) {
            slot = {pair, add(pair) + 1};
            pairs_.count_new();
        }
        return slot;
    }
    /// The term of a string or of an n-gram; nothing if it is new.
    [[nodiscard]] std::optional<std::uint32_t> find_string(const Key& key, std::uint64_t hash,
                                                           const char* text) const noexcept {
        const StringSlot* slot = strings_.find(
            hash, [&](const StringSlot& other) { return is_string(other, key, text); });
        return slot == nullptr ? std::nullopt : std::optional{slot->term};
    }
    [[nodiscard]] std::optional<std::uint32_t> find_pair(std::uint64_t pair,
                                                         std::uint64_t hash) const noexcept {
        const PairSlot* slot =
            pairs_.find(hash, [pair](const PairSlot& other) { return other.pair == pair; });
        return slot == nullptr ? std::nullopt : std::optional{slot->number - 1};
    }
    /// Calls `use(slot)` for the strings in some of `string_places()`.
    template <class Use>
    void for_strings(std::size_t begin, std::size_t end, const Use& use) const {
        strings_.for_slots(begin, end, use);
    }
    [[nodiscard]] std::int64_t string_places() const noexcept {
        return static_cast<std::int64_t>(strings_.places());
    }
    [[nodiscard]] std::size_t string_count() const noexcept { return strings_.used(); }
    /// The same as `string(...)`, with room made; for what is done seldom.
    StringSlot& add_string(std::string_view text);

    [[nodiscard]] std::uint32_t size() const noexcept {
        return static_cast<std::uint32_t>(references_.size());
    }
    [[nodiscard]] bool is_string(std::uint32_t term) const noexcept {
        return (references_[term] & string_flag) != 0;
    }
    /// Of a term that is a string. 16 bytes from its begin on are readable.
    [[nodiscard]] std::string_view text(std::uint32_t term) const noexcept {
        const char* const stored = bytes_.data() + (references_[term] & ~string_flag);
        std::uint32_t size = 0;
        std::memcpy(&size, stored, sizeof(size));
        return {stored + sizeof(size), size};
    }
    /// Of a term that is an n-gram: the term of all words but the last, and that of the last.
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> parts(std::uint32_t term) const noexcept {
        return {static_cast<std::uint32_t>(references_[term] >> 32U),
                static_cast<std::uint32_t>(references_[term])};
    }
    /// Length in bytes of a term in full, words parted by a space.
    [[nodiscard]] std::size_t full_size(std::uint32_t term) const noexcept;
    /// Writes a term of `full_size` in full.
    void write(std::uint32_t term, char* out) const noexcept;

    /// Forgets how to find terms, and keeps them.
    void drop_slots() {
        strings_.drop();
        pairs_.drop();
    }

private:
    static constexpr std::uint64_t string_flag = std::uint64_t{1} << 63U;

    [[nodiscard]] bool is_string(const StringSlot& slot, const Key& key,
                                 const char* other) const noexcept {
        return slot.low == key.low && slot.high == key.high && slot.size == key.size &&
               (key.size <= Key::inline_bytes ||
                std::memcmp(text(slot.term).data(), other, slot.size) == 0);
    }
    std::uint32_t add(std::uint64_t reference) {
        // One bit of a reference tells a string from a pair.
        if (references_.size() >= std::numeric_limits<std::int32_t>::max()) [[unlikely]] {
            throw ValueError("more than 2^31 - 1 distinct terms");
        }
        references_.push_back(reference);
        return static_cast<std::uint32_t>(references_.size() - 1);
    }
    // Size and bytes, and nothing in particular behind them.
    std::uint64_t add_text(const Key& key, const char* text) {
        const std::size_t begin = used_bytes_;
        const std::size_t end = begin + sizeof(key.size) + key.size;
        if (end + Key::inline_bytes > bytes_.size()) [[unlikely]] {
            bytes_.resize(std::max(2 * bytes_.size(), end + Key::inline_bytes));
        }
        used_bytes_ = end;
        char* const stored = bytes_.data() + begin;
        std::memcpy(stored, &key.size, sizeof(key.size));
        if (key.size <= Key::inline_bytes) {
            std::memcpy(stored + sizeof(key.size), &key.low, sizeof(key.low));
            std::memcpy(stored + sizeof(key.size) + sizeof(key.low), &key.high, sizeof(key.high));
        } else {
            std::memcpy(stored + sizeof(key.size), text, key.size);
        }
        return begin;
    }

    OpenTable<StringSlot> strings_;
    OpenTable<PairSlot> pairs_;
    HugePageVector<std::uint64_t> references_;  // of each term: its text, or its two parts
    std::vector<char> bytes_ = std::vector<char>(Key::inline_bytes);
    std::size_t used_bytes_ = 0;
};

}  // namespace framelens
