#include "framelens/unicode.hpp"

#include <unicode/uchar.h>
#include <unicode/uversion.h>
#include <algorithm>
#include <bit>
#include <cstring>
#include <iterator>

namespace framelens {
namespace {

constexpr std::int64_t block_bytes = 64;
constexpr std::uint64_t high_bits = 0x8080808080808080ULL;

std::uint64_t load_word(const char* data) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, data, sizeof word);
    return word;
}

constexpr unsigned char byte_at(std::string_view text, std::int64_t pos) noexcept {
    return static_cast<unsigned char>(text[static_cast<std::size_t>(pos)]);
}

constexpr bool is_continuation(unsigned char byte) noexcept {
    return (byte & 0xC0U) == 0x80U;
}

// Bytes that do not continue a code point, so the number of code points that begin here.
std::int64_t count_code_points(const char* data, std::int64_t size) noexcept {
    std::int64_t count = 0;
    std::int64_t pos = 0;
    for (; pos + 8 <= size; pos += 8) {
        const std::uint64_t word = load_word(data + pos);
        // A continuation byte has bit 7 set and bit 6 clear; the shift brings bit 6 under bit 7.
        count += 8 - std::popcount(word & ~(word << 1U) & high_bits);
    }
    for (; pos < size; ++pos) count += !is_continuation(static_cast<unsigned char>(data[pos]));
    return count;
}

// The first byte at or after `pos` that is not ASCII, or the end.
std::int64_t skip_ascii(std::string_view text, std::int64_t pos) noexcept {
    constexpr std::int64_t block = 64;
    const auto size = std::ssize(text);
    for (; pos + block <= size; pos += block) {
        std::uint64_t all = 0;
        for (std::int64_t i = 0; i < block; i += 8) all |= load_word(text.data() + pos + i);
        if ((all & high_bits) != 0) break;
    }
    static_assert(std::endian::native == std::endian::little);
    for (; pos + 8 <= size; pos += 8) {
        const std::uint64_t beyond = load_word(text.data() + pos) & high_bits;
        if (beyond != 0) return pos + std::countr_zero(beyond) / 8;
    }
    while (pos < size && byte_at(text, pos) < 0x80) ++pos;
    return pos;
}

// Length of the well-formed sequence at `pos` (Unicode 15, table 3-7), or 0.
int sequence_length(std::string_view text, std::int64_t pos) noexcept {
    const unsigned char lead = byte_at(text, pos);
    if (lead < 0x80) return 1;
    const int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || std::ssize(text) - pos < length) return 0;
    const unsigned char second = byte_at(text, pos + 1);
    const unsigned char lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < lowest || second > highest) return 0;
    for (int i = 2; i < length; ++i) {
        if (!is_continuation(byte_at(text, pos + i))) return 0;
    }
    return length;
}

bool has_category(char32_t c, std::uint32_t mask) noexcept {
    return (U_MASK(u_charType(static_cast<UChar32>(c))) & mask) != 0;
}

}  // namespace

std::optional<std::int64_t> find_invalid_utf8(std::string_view text) noexcept {
    const auto size = std::ssize(text);
    std::int64_t pos = skip_ascii(text, 0);
    while (pos < size) {
        const int length = sequence_length(text, pos);
        if (length == 0) return pos;
        pos = skip_ascii(text, pos + length);
    }
    return std::nullopt;
}

CodePoint decode_beyond_ascii(std::string_view text, std::int64_t pos) noexcept {
    const unsigned char lead = byte_at(text, pos);
    const int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t value = lead & (0xFFU >> (length + 1));
    for (int i = 1; i < length; ++i) value = (value << 6U) | (byte_at(text, pos + i) & 0x3FU);
    return {value, length};
}

CodePoint decode_before(std::string_view text, std::int64_t pos) noexcept {
    std::int64_t start = pos - 1;
    while (is_continuation(byte_at(text, start))) --start;
    return decode(text, start);
}

namespace beyond_ascii {

bool is_letter(char32_t c) noexcept {
    return has_category(c, U_GC_L_MASK | U_GC_M_MASK);
}

bool is_digit(char32_t c) noexcept {
    return has_category(c, U_GC_ND_MASK);
}

bool is_upper(char32_t c) noexcept {
    return has_category(c, U_GC_LU_MASK | U_GC_LT_MASK);
}

bool is_lower(char32_t c) noexcept {
    return has_category(c, U_GC_LL_MASK);
}

bool is_space(char32_t c) noexcept {
    return c == 0x200B || c == 0xFEFF || u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

}  // namespace beyond_ascii

CodePointIndex::CodePointIndex(std::string_view text) : text_(text) {
    const auto bytes = std::ssize(text);
    if (skip_ascii(text, 0) == bytes) {
        size_ = bytes;
        return;
    }
    checkpoints_.reserve(static_cast<std::size_t>(bytes / block_bytes + 1));
    for (std::int64_t start = 0; start < bytes; start += block_bytes) {
        checkpoints_.push_back(size_);
        size_ += count_code_points(text.data() + start, std::min(block_bytes, bytes - start));
    }
}

std::int64_t CodePointIndex::to_code_point(std::int64_t byte) const noexcept {
    if (checkpoints_.empty()) return byte;
    if (byte == std::ssize(text_)) return size_;
    const std::int64_t start = byte - byte % block_bytes;
    return checkpoints_[static_cast<std::size_t>(byte / block_bytes)] +
           count_code_points(text_.data() + start, byte - start);
}

std::int64_t CodePointIndex::to_byte(std::int64_t code_point) const noexcept {
    if (checkpoints_.empty()) return code_point;
    if (code_point == size_) return std::ssize(text_);
    // The last block that begins with at most `code_point` code points before it.
    const auto after = std::upper_bound(checkpoints_.begin(), checkpoints_.end(), code_point);
    const std::int64_t block = std::distance(checkpoints_.begin(), after) - 1;
    std::int64_t left = code_point - checkpoints_[static_cast<std::size_t>(block)];
    std::int64_t byte = block * block_bytes;
    while (is_continuation(byte_at(text_, byte))) ++byte;
    for (; left > 0; --left) byte += decode(text_, byte).bytes;
    return byte;
}

UnicodeVersions unicode_versions() {
    UVersionInfo icu{};
    UVersionInfo unicode{};
    u_getVersion(icu);
    u_getUnicodeVersion(unicode);
    const auto format = [](const UVersionInfo& version) {
        return std::to_string(version[0]) + "." + std::to_string(version[1]);
    };
    return {format(icu), format(unicode)};
}

}  // namespace framelens
