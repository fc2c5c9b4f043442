#include "framelens/unicode_undecoded.hpp"

#include "framelens/unicode.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace framelens {
namespace {

constexpr std::int64_t block = 64;
constexpr std::int64_t max_reference_bytes = 32;  // HTML's longest has 31 letters
constexpr char32_t next_line = 0x85;  // a line end, rather than an ellipsis of Windows-1252

/// What the bytes 0x80 to 0x9F are in Windows-1252; those that it leaves out stay what they are.
constexpr std::u32string_view windows_marks =
    U"\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D"
    U"\u008F"
    U"\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E"
    U"\u0178";

/// A byte of UTF-8 behind its first, as Windows-1252 or Latin-1 shows it.
constexpr bool is_continuation(char32_t c) noexcept {
    return (c >= 0x80 && c <= 0xBF) || windows_marks.find(c) != std::u32string_view::npos;
}

constexpr bool is_alnum_ascii(char32_t c) noexcept {
    return (c >= '0' && c <= '9') || ((c | 0x20U) >= 'a' && (c | 0x20U) <= 'z');
}

/// Signs with which something may begin: few texts have any. In the width of the units, so that a
/// vector holds as many as it can.
template <class Unit>
constexpr Unit may_begin(Unit c) noexcept {
    const auto within = [c](unsigned first, unsigned last) {
        return static_cast<Unit>(static_cast<Unit>(c - first) <= static_cast<Unit>(last - first));
    };
    Unit any = static_cast<Unit>(within('&', '&') | within(0x80, 0x9F) | within(0xC2, 0xF4));
    if constexpr (sizeof(Unit) > 1) {
        any = static_cast<Unit>(any | within(0x201A, 0x201A) | within(0x221A, 0x221A) |
                                within(0x432, 0x432) | within(0xFFFD, 0xFFFD));
    }
    return any;
}

template <class Unit>
class Reader {
public:
    Reader(const Unit* units, std::int64_t length) : units_(units), length_(length) {}

    [[nodiscard]] bool finds() const {
        for (std::int64_t start = 0; start < length_; start += block) {
            const std::int64_t end = std::min(length_, start + block);
            Unit any = 0;
            for (std::int64_t i = start; i < end; ++i) {
                any = static_cast<Unit>(any | may_begin(units_[i]));
            }
            if (any == 0) continue;
            for (std::int64_t i = start; i < end; ++i) {
                if (may_begin(units_[i]) != 0 && finds_at(i)) return true;
            }
        }
        return false;
    }

private:
    [[nodiscard]] char32_t at(std::int64_t i) const noexcept {
        return i < length_ ? static_cast<char32_t>(units_[i]) : U'\0';
    }

    [[nodiscard]] bool finds_at(std::int64_t i) const {
        const char32_t c = at(i);
        if (c == U'&') return is_reference(i + 1);
        // As Mac Roman shows “ and é, Windows-1251 “, and Windows-1252 ” without its last byte.
        if (c == 0x201A) return at(i + 1) == 0xC4;
        if (c == 0x221A) return at(i + 1) >= 0x80;
        if (c == 0x432) return at(i + 1) == 0x402;
        if (c == 0xE2 && at(i + 1) == 0x20AC) return true;
        if (c >= 0xC2 && c <= 0xF4) {
            const std::int64_t more = c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
            for (std::int64_t k = 1; k <= more; ++k) {
                if (!is_continuation(at(i + k))) return false;
            }
            return true;
        }
        return c != next_line;
    }

    [[nodiscard]] bool is_reference(std::int64_t i) const {
        const std::int64_t start = at(i) == U'#' ? i + 1 : i;
        std::int64_t end = start;
        while (end < start + max_reference_bytes && is_alnum_ascii(at(end))) ++end;
        return end > start && at(end) == U';';
    }

    const Unit* units_;
    std::int64_t length_;
};

}  // namespace

bool may_be_undecoded(const TextView& text) {
    switch (text.units) {
        case Units::ucs1:
            return Reader(static_cast<const std::uint8_t*>(text.data), text.length).finds();
        case Units::ucs2:
            return Reader(static_cast<const std::uint16_t*>(text.data), text.length).finds();
        case Units::ucs4:
            return Reader(static_cast<const std::uint32_t*>(text.data), text.length).finds();
        default:
            break;
    }
    const std::string_view bytes{static_cast<const char*>(text.data),
                                 static_cast<std::size_t>(text.length)};
    const auto ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (std::all_of(bytes.begin(), bytes.end(), ascii)) {
        return bytes.find('&') != std::string_view::npos &&
               Reader(reinterpret_cast<const std::uint8_t*>(bytes.data()), text.length).finds();
    }
    std::vector<std::uint32_t> decoded;
    for (std::int64_t pos = 0; pos < text.length;) {
        const CodePoint c = decode(bytes, pos);
        decoded.push_back(c.value);
        pos += c.bytes;
    }
    return Reader(decoded.data(), std::ssize(decoded)).finds();
}

}  // namespace framelens
