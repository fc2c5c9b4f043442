// Checked UTF-8, normal forms, folds and properties. The only door to ICU.
#pragma once

#include "framelens/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

/// Byte offset of the first byte that is not part of valid UTF-8 (surrogates and overlong forms
/// are invalid), or nothing. Cost: one pass, fast on ASCII.
[[nodiscard]] std::optional<std::int64_t> find_invalid_utf8(std::string_view text) noexcept;

/// One decoded code point and its length in bytes. Requires valid UTF-8 and pos < text.size().
struct CodePoint {
    char32_t value = 0;
    int bytes = 1;
};
[[nodiscard]] CodePoint decode_beyond_ascii(std::string_view text, std::int64_t pos) noexcept;
[[nodiscard]] inline CodePoint decode(std::string_view text, std::int64_t pos) noexcept {
    const auto lead = static_cast<unsigned char>(text[static_cast<std::size_t>(pos)]);
    return lead < 0x80 ? CodePoint{lead, 1} : decode_beyond_ascii(text, pos);
}
/// The code point that ends at byte `pos`. Requires valid UTF-8 and pos > 0.
[[nodiscard]] CodePoint decode_before(std::string_view text, std::int64_t pos) noexcept;

/// The same beyond ASCII, from ICU's tables.
namespace beyond_ascii {
[[nodiscard]] bool is_letter(char32_t c) noexcept;
[[nodiscard]] bool is_digit(char32_t c) noexcept;
[[nodiscard]] bool is_upper(char32_t c) noexcept;
[[nodiscard]] bool is_lower(char32_t c) noexcept;
[[nodiscard]] bool is_space(char32_t c) noexcept;
}  // namespace beyond_ascii

/// General category L*, M*.
[[nodiscard]] inline bool is_letter(char32_t c) noexcept {
    return c < 0x80 ? (c | 0x20U) >= 'a' && (c | 0x20U) <= 'z' : beyond_ascii::is_letter(c);
}
/// Nd.
[[nodiscard]] inline bool is_digit(char32_t c) noexcept {
    return c < 0x80 ? c >= '0' && c <= '9' : beyond_ascii::is_digit(c);
}
/// Lu, Lt.
[[nodiscard]] inline bool is_upper(char32_t c) noexcept {
    return c < 0x80 ? c >= 'A' && c <= 'Z' : beyond_ascii::is_upper(c);
}
/// Ll.
[[nodiscard]] inline bool is_lower(char32_t c) noexcept {
    return c < 0x80 ? c >= 'a' && c <= 'z' : beyond_ascii::is_lower(c);
}
/// White_Space, zero-width space, byte order mark.
[[nodiscard]] inline bool is_space(char32_t c) noexcept {
    return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : beyond_ascii::is_space(c);
}
[[nodiscard]] inline bool is_alnum(char32_t c) noexcept {
    return is_letter(c) || is_digit(c);
}

/// The form used for matching: NFKC, case-folded, accents removed, and typographic variants of
/// quotes, apostrophes, dashes and spaces made equal (' " - and U+0020). "Nicolás" -> "nicolas".
/// Errors: none for valid UTF-8. Cost: a table walk on ASCII.
[[nodiscard]] std::string fold(std::string_view text);

/// Maps byte offsets of one text to code points, and back. Cost: O(1) for ASCII, else O(64).
class CodePointIndex {
public:
    explicit CodePointIndex(std::string_view text);
    /// Requires 0 <= byte <= text.size() at a code point's start.
    [[nodiscard]] std::int64_t to_code_point(std::int64_t byte) const noexcept;
    /// Requires 0 <= code_point <= size().
    [[nodiscard]] std::int64_t to_byte(std::int64_t code_point) const noexcept;
    [[nodiscard]] std::int64_t size() const noexcept { return size_; }

private:
    std::string_view text_;
    std::vector<std::int64_t> checkpoints_;  // code points before each block of bytes; empty: ASCII
    std::int64_t size_ = 0;
};

/// Versions as reported: {"ICU": "72.1", "Unicode": "15.0"}.
struct UnicodeVersions {
    std::string icu;
    std::string unicode;
};
[[nodiscard]] UnicodeVersions unicode_versions();

/// Python's `str.isalnum()` for one character: any letter, or anything with a numeric value.
[[nodiscard]] bool is_python_alnum(char32_t c) noexcept;

/// Python's `str.isspace()` for one character, which is also what `\s` matches.
[[nodiscard]] bool is_python_space(char32_t c) noexcept;

/// The simple lower case of a character, which `str.lower()` gives to all but "İ" and a final sigma.
[[nodiscard]] char32_t lower_alone(char32_t c) noexcept;

/// Python's `str.lower()` of valid UTF-8 `text` into `lower`: full mappings ("İ" becomes two
/// characters) and the final sigma. Cost: one pass, a table walk on ASCII.
void lower_python(std::string_view text, std::string& lower);

}  // namespace framelens
