#include "framelens/unicode_lines.hpp"

#include "framelens/unicode.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace framelens {
namespace {

constexpr std::array<bool, 256> make_break_table() {
    std::array<bool, 256> table{};
    for (const char c : {'\n', '\v', '\f', '\r'}) table[static_cast<std::size_t>(c)] = true;
    for (const int lead : {0xC2, 0xE2}) table[static_cast<std::size_t>(lead)] = true;
    return table;
}
// Bytes at which a break may stand: the ASCII ones, and the leads of the others.
constexpr auto break_table = make_break_table();

constexpr bool is_break(char32_t c) noexcept {
    return (c >= U'\n' && c <= U'\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/// First position from `pos` on at which a break may stand; eight bytes of plain ASCII a step.
std::int64_t next_candidate(std::string_view text, std::int64_t pos) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101ULL;
    constexpr std::uint64_t high = 0x8080808080808080ULL;
    const auto size = std::ssize(text);
    while (pos < size) {
        std::uint64_t block = 0;
        if (pos + 8 <= size) {
            std::memcpy(&block, text.data() + pos, sizeof block);
            const std::uint64_t below = (block - ones * ' ') & ~block;  // control characters
            if (((block | below) & high) == 0) {
                pos += 8;
                continue;
            }
        }
        const std::int64_t end = std::min(size, pos + 8);
        for (; pos < end; ++pos) {
            if (break_table[static_cast<unsigned char>(text[static_cast<std::size_t>(pos)])]) {
                return pos;
            }
        }
    }
    return size;
}

Span trim(std::string_view text, Span line) {
    while (line.start < line.end) {
        const CodePoint c = decode(text, line.start);
        if (!is_space(c.value)) break;
        line.start += c.bytes;
    }
    while (line.start < line.end) {
        const CodePoint c = decode_before(text, line.end);
        if (!is_space(c.value)) break;
        line.end -= c.bytes;
    }
    return line;
}

}  // namespace

std::vector<Span> find_lines(std::string_view text, std::int64_t title_end, std::size_t most) {
    std::vector<Span> lines;
    lines.reserve(std::min(most, text.size() / 160 + 1));
    const auto size = std::ssize(text);
    const auto add = [&](Span line) {
        line = trim(text, line);
        if (line.size() > 0 && lines.size() < most) lines.push_back(line);
    };
    add({0, title_end});
    std::int64_t start = title_end;
    for (std::int64_t pos = next_candidate(text, start); pos < size && lines.size() < most;
         pos = next_candidate(text, pos)) {
        const CodePoint c = decode(text, pos);
        if (is_break(c.value)) {
            add({start, pos});
            start = pos + c.bytes;
        }
        pos += c.bytes;
    }
    add({start, size});
    return lines;
}

}  // namespace framelens
