#include "table.hpp"

#include "framelens/types_hash.hpp"

#include <algorithm>
#include <array>

namespace framelens {

std::uint64_t hash_long(const char* text, std::size_t size) noexcept {
    std::uint64_t hash = mix(size ^ golden, silver);
    std::size_t at = 0;
    for (; at + 8 <= size; at += 8) {
        hash = mix(hash ^ load8(text + at), golden);
    }
    // The last eight bytes again, some of them for the second time.
    return mix(hash ^ load8(text + size - 8), silver);
}

StringSlot& TermTable::add_string(std::string_view text) {
    std::array<char, Key::inline_bytes> padded{};
    const char* readable = text.data();
    if (text.size() < padded.size()) {
        std::copy(text.begin(), text.end(), padded.begin());
        readable = padded.data();
    }
    reserve_strings(1);
    const Key key = key_of(readable, static_cast<std::uint32_t>(text.size()));
    return string(key, key.hash(), readable);
}

std::size_t TermTable::full_size(std::uint32_t term) const noexcept {
    std::size_t size = 0;
    while (!is_string(term)) {
        const auto [rest, last] = parts(term);
        size += 1 + text(last).size();
        term = rest;
    }
    return size + text(term).size();
}

void TermTable::write(std::uint32_t term, char* out) const noexcept {
    char* end = out + full_size(term);
    while (!is_string(term)) {
        const auto [rest, last] = parts(term);
        const std::string_view word = text(last);
        end -= word.size();
        std::copy(word.begin(), word.end(), end);
        *--end = ' ';
        term = rest;
    }
    const std::string_view word = text(term);
    std::copy(word.begin(), word.end(), end - word.size());
}

}  // namespace framelens
