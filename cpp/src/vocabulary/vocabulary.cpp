#include "framelens/vocabulary.hpp"

#include "framelens/error.hpp"

#include <functional>
#include <limits>
#include <string>
#include <utility>

namespace framelens {
namespace {

constexpr std::size_t first_capacity = 1024;  // a power of two, as are all capacities

std::uint64_t hash_of(std::string_view term) noexcept {
    return std::hash<std::string_view>{}(term);
}

}  // namespace

Vocabulary::Vocabulary(const StringColumn& terms) {
    for (std::int64_t i = 0; i < terms.size(); ++i) {
        if (add(terms[i]) != i) {
            throw ValueError("duplicate term in vocabulary: \"" + std::string{terms[i]} + "\"");
        }
    }
}

std::size_t Vocabulary::locate(std::string_view term, std::uint64_t hash) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = static_cast<std::size_t>(hash) & mask;
    while (slots_[at].used && (slots_[at].hash != hash || terms_[slots_[at].number] != term)) {
        at = (at + 1) & mask;
    }
    return at;
}

std::int32_t Vocabulary::add(std::string_view term) {
    // At most half full, so that runs of used slots stay short.
    if (slots_.size() < 2 * (static_cast<std::size_t>(size()) + 1)) {
        grow();
    }
    const std::uint64_t hash = hash_of(term);
    Slot& slot = slots_[locate(term, hash)];
    if (!slot.used) {
        if (size() == std::numeric_limits<std::int32_t>::max()) {
            throw ValueError("more than 2^31 - 1 distinct terms");
        }
        slot = {hash, size(), true};
        terms_.push_back(term);
    }
    return slot.number;
}

std::optional<std::int32_t> Vocabulary::find(std::string_view term) const noexcept {
    if (slots_.empty()) {
        return std::nullopt;
    }
    const Slot& slot = slots_[locate(term, hash_of(term))];
    return slot.used ? std::optional{slot.number} : std::nullopt;
}

void Vocabulary::grow() {
    std::vector<Slot> old = std::move(slots_);
    slots_.assign(old.empty() ? first_capacity : 2 * old.size(), Slot{});
    const std::size_t mask = slots_.size() - 1;
    for (const Slot& slot : old) {
        if (slot.used) {
            std::size_t at = static_cast<std::size_t>(slot.hash) & mask;
            while (slots_[at].used) {
                at = (at + 1) & mask;
            }
            slots_[at] = slot;
        }
    }
}

}  // namespace framelens
