#include "framelens/word_table.hpp"

#include "framelens/types_hash.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace framelens {
namespace {

constexpr std::size_t bits_a_slot = 4;

std::uint64_t hash_of(const WordKey& key) noexcept {
    return mix(mix(key.low ^ golden, key.size ^ silver) ^ key.high, golden);
}

/// Up to eight bytes of `text` from its start, zeros behind the last.
std::uint64_t load(std::string_view text) noexcept {
    constexpr std::size_t half = sizeof(std::uint32_t);
    std::uint64_t block = 0;
    if (text.size() >= sizeof block) {
        std::memcpy(&block, text.data(), sizeof block);
    } else if (std::endian::native == std::endian::little && text.size() >= half) {
        // two loads that overlap: quicker than a copy of a length that is not known
        std::uint32_t first = 0;
        std::uint32_t last = 0;
        std::memcpy(&first, text.data(), half);
        std::memcpy(&last, text.data() + text.size() - half, half);
        block = first | (std::uint64_t{last} << (8 * (text.size() - half)));
    } else {
        for (std::size_t i = 0; i < text.size(); ++i) {
            const auto byte = static_cast<unsigned char>(text[i]);
            block |= std::uint64_t{byte} << (8 * i);
        }
    }
    return block;
}

std::uint64_t lower_of(std::uint64_t bytes) noexcept {
    constexpr std::uint64_t each = 0x0101010101010101ULL;
    constexpr std::uint64_t high = each * 0x80;
    const std::uint64_t low_bits = bytes & ~high;
    const std::uint64_t from_a = low_bits + each * (0x80 - 'A');
    const std::uint64_t behind_z = low_bits + each * (0x7F - 'Z');
    const std::uint64_t upper = (from_a ^ behind_z) & ~bytes & high;
    return bytes | (upper >> 2U);  // 0x80 to 0x20
}

}  // namespace

WordKey WordKey::of(std::string_view text) noexcept {
    WordKey key;
    key.size = text.size();
    key.low = load(text);
    if (text.size() > sizeof key.low) key.high = load(text.substr(sizeof key.low));
    return key;
}

bool WordKey::is_ascii() const noexcept {
    return ((low | high) & 0x8080808080808080ULL) == 0;
}

WordKey WordKey::lower() const noexcept {
    return {lower_of(low), lower_of(high), size};
}

WordKey WordTable::key_of(std::string_view folded) noexcept {
    if (folded.size() <= WordKey::longest) return WordKey::of(folded);
    return {hash_text(folded), 0, folded.size()};
}

WordEntry& WordTable::operator[](std::string_view folded) {
    if (const WordEntry* known = find(folded)) return const_cast<WordEntry&>(*known);
    if (items_.size() * 2 >= slots_.size()) grow();
    items_.push_back({std::string(folded), {}});
    place(key_of(folded), static_cast<std::int32_t>(items_.size()) - 1);
    return items_.back().entry;
}

const WordEntry* WordTable::find(std::string_view folded) const noexcept {
    const WordKey key = key_of(folded);
    if (folded.size() <= WordKey::longest) return find(key);
    if (slots_.empty()) return nullptr;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash_of(key) & mask;; at = (at + 1) & mask) {
        const Slot& slot = slots_[at];
        if (slot.item < 0) return nullptr;
        if (slot.key == key && item_at(slot)->form == folded) return &item_at(slot)->entry;
    }
}

const WordEntry* WordTable::find(const WordKey& folded) const noexcept {
    if (slots_.empty()) return nullptr;
    const std::uint64_t hash = hash_of(folded);
    const std::size_t bit = (hash >> 32U) & (slots_.size() * bits_a_slot - 1);
    if ((sketch_[bit / 64] >> (bit % 64) & 1U) == 0) return nullptr;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
        const Slot& slot = slots_[at];
        if (slot.item < 0) return nullptr;
        if (slot.key == folded) return &item_at(slot)->entry;
    }
}

void WordTable::place(const WordKey& key, std::int32_t item) {
    const std::uint64_t hash = hash_of(key);
    const std::size_t bit = (hash >> 32U) & (slots_.size() * bits_a_slot - 1);
    sketch_[bit / 64] |= std::uint64_t{1} << (bit % 64);
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].item >= 0) at = (at + 1) & mask;
    slots_[at] = {key, item};
}

void WordTable::grow() {
    constexpr std::size_t fewest = 64;
    slots_.assign(std::max(fewest, slots_.size() * 2), {});
    sketch_.assign(slots_.size() * bits_a_slot / 64, 0);
    for (std::size_t i = 0; i < items_.size(); ++i) {
        place(key_of(items_[i].form), static_cast<std::int32_t>(i));
    }
}

}  // namespace framelens
