#include "framelens/language.hpp"

#include <algorithm>
#include <cstring>

namespace framelens {
namespace {

/// Eight bytes a step, mixed by a multiplication (Fibonacci hashing); not for untrusted tables.
std::uint64_t hash_of(std::string_view text) noexcept {
    constexpr std::uint64_t golden = 0x9E3779B97F4A7C15ULL;
    std::uint64_t hash = text.size() * golden;
    while (!text.empty()) {
        std::uint64_t block = 0;
        const std::size_t size = std::min<std::size_t>(text.size(), sizeof block);
        std::memcpy(&block, text.data(), size);
        hash = (hash ^ block) * golden;
        hash ^= hash >> 32U;
        text.remove_prefix(size);
    }
    return hash;
}

}  // namespace

WordEntry& WordTable::operator[](std::string_view folded) {
    if (items_.size() * 4 >= slots_.size()) grow();
    const std::uint64_t hash = hash_of(folded);
    const std::size_t mask = slots_.size() - 1;
    const auto tag = static_cast<std::uint32_t>(hash >> 32U);
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
        Slot& slot = slots_[at];
        if (slot.item < 0) {
            slot = {tag, static_cast<std::int32_t>(items_.size())};
            items_.push_back({std::string(folded), {}});
            return items_.back().entry;
        }
        Item& item = items_[static_cast<std::size_t>(slot.item)];
        if (slot.tag == tag && item.form == folded) return item.entry;
    }
}

const WordEntry* WordTable::find(std::string_view folded) const noexcept {
    if (slots_.empty()) return nullptr;
    const std::uint64_t hash = hash_of(folded);
    const std::size_t mask = slots_.size() - 1;
    const auto tag = static_cast<std::uint32_t>(hash >> 32U);
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
        const Slot& slot = slots_[at];
        if (slot.item < 0) return nullptr;
        if (slot.tag != tag) continue;
        const Item& item = items_[static_cast<std::size_t>(slot.item)];
        if (item.form == folded) return &item.entry;
    }
}

void WordTable::grow() {
    constexpr std::size_t fewest = 64;
    slots_.assign(std::max(fewest, slots_.size() * 2), {});
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = 0; i < items_.size(); ++i) {
        const std::uint64_t hash = hash_of(items_[i].form);
        std::size_t at = hash & mask;
        while (slots_[at].item >= 0) at = (at + 1) & mask;
        slots_[at] = {static_cast<std::uint32_t>(hash >> 32U), static_cast<std::int32_t>(i)};
    }
}

}  // namespace framelens
