// Code points as UTF-8.
#pragma once

#include <array>
#include <string>

namespace framelens {

/// The longest that one is.
inline constexpr int utf8_most = 4;

/// How many bytes a code point has.
[[nodiscard]] constexpr int utf8_size(char32_t c) noexcept {
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

/// Writes a code point and returns where it ends. Requires room for utf8_size(c) bytes, and no
/// surrogate.
inline char* put_utf8(char32_t c, char* out) noexcept {
    const auto put = [&out](char32_t byte) { *out++ = static_cast<char>(byte); };
    if (c < 0x80) {
        put(c);
        return out;
    }
    if (c < 0x800) {
        put(0xC0U | (c >> 6U));
    } else {
        if (c < 0x10000) {
            put(0xE0U | (c >> 12U));
        } else {
            put(0xF0U | (c >> 18U));
            put(0x80U | ((c >> 12U) & 0x3FU));
        }
        put(0x80U | ((c >> 6U) & 0x3FU));
    }
    put(0x80U | (c & 0x3FU));
    return out;
}

/// Puts a code point at the end of a text.
inline void append_utf8(char32_t c, std::string& out) {
    std::array<char, utf8_most> bytes{};
    out.append(bytes.data(), put_utf8(c, bytes.data()));
}

}  // namespace framelens
