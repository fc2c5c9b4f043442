// Look-up of folded words.
#pragma once

#include "framelens/word_class.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

/// A short word in two registers, as look-ups take it. Longer words have no key.
struct WordKey {
    static constexpr std::size_t longest = 16;  // bytes

    /// Requires text.size() <= longest.
    [[nodiscard]] static WordKey of(std::string_view text) noexcept;
    [[nodiscard]] bool is_ascii() const noexcept;
    /// The word with its ASCII letters in lower case.
    [[nodiscard]] WordKey lower() const noexcept;
    friend bool operator==(const WordKey&, const WordKey&) = default;

    std::uint64_t low = 0;  // the first eight bytes, zeros behind the last
    std::uint64_t high = 0;
    std::uint64_t size = 0;
};

/// Folded forms and what is known of them. Entries keep their place in memory as the table grows.
/// Source: open addressing with linear probing and keys in place; a sketch of one bit a hash, small
/// enough for the nearest cache, turns most unknown words away.
class WordTable {
public:
    /// The entry of the form, made if there is none.
    WordEntry& operator[](std::string_view folded);
    [[nodiscard]] const WordEntry* find(std::string_view folded) const noexcept;
    [[nodiscard]] const WordEntry* find(const WordKey& folded) const noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }

private:
    struct Item {
        std::string form;
        WordEntry entry;
    };
    struct Slot {
        WordKey key;             // of a long form: its hash, and its size
        std::int32_t item = -1;  // index into items_, or none
    };
    [[nodiscard]] static WordKey key_of(std::string_view folded) noexcept;
    [[nodiscard]] const Item* item_at(const Slot& slot) const noexcept {
        return &items_[static_cast<std::size_t>(slot.item)];
    }
    void place(const WordKey& key, std::int32_t item);
    void grow();

    std::deque<Item> items_;
    std::vector<Slot> slots_;            // a power of two
    std::vector<std::uint64_t> sketch_;  // four bits a slot
};

}  // namespace framelens
