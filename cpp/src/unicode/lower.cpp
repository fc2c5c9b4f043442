#include "framelens/unicode.hpp"

#include "framelens/unicode_encode.hpp"

#include <unicode/uchar.h>

#include <cstddef>
#include <cstdint>

namespace framelens {
namespace {

constexpr char32_t capital_sigma = 0x3A3;
constexpr char32_t small_sigma = 0x3C3;
constexpr char32_t final_sigma = 0x3C2;
constexpr char32_t capital_i_with_dot = 0x130;

UChar32 to_icu(char32_t c) noexcept {
    return static_cast<UChar32>(c);
}

bool is_cased(char32_t c) noexcept {
    return u_hasBinaryProperty(to_icu(c), UCHAR_CASED) != 0;
}

bool is_case_ignorable(char32_t c) noexcept {
    return u_hasBinaryProperty(to_icu(c), UCHAR_CASE_IGNORABLE) != 0;
}

bool cased_before(std::string_view text, std::int64_t pos) noexcept {
    while (pos > 0) {
        const CodePoint c = decode_before(text, pos);
        if (!is_case_ignorable(c.value)) {
            return is_cased(c.value);
        }
        pos -= c.bytes;
    }
    return false;
}

bool cased_after(std::string_view text, std::int64_t pos) noexcept {
    const auto end = static_cast<std::int64_t>(text.size());
    while (pos < end) {
        const CodePoint c = decode(text, pos);
        if (!is_case_ignorable(c.value)) {
            return is_cased(c.value);
        }
        pos += c.bytes;
    }
    return false;
}

void append_lower(std::string_view text, std::int64_t pos, CodePoint c, std::string& out) {
    if (c.value == capital_i_with_dot) {
        out.append("i\xCC\x87");
    } else if (c.value == capital_sigma) {
        // Final_Sigma of the Unicode Standard, section 3.13, table 3-17.
        const bool is_final = cased_before(text, pos) && !cased_after(text, pos + c.bytes);
        append_utf8(is_final ? final_sigma : small_sigma, out);
    } else {
        append_utf8(static_cast<char32_t>(u_tolower(to_icu(c.value))), out);
    }
}

std::int64_t skip_ascii(std::string_view text, std::int64_t pos) noexcept {
    const auto end = static_cast<std::int64_t>(text.size());
    while (pos < end && static_cast<unsigned char>(text[static_cast<std::size_t>(pos)]) < 0x80) {
        ++pos;
    }
    return pos;
}

// Without a branch, so that compilers take many characters at once.
void append_ascii_lower(std::string_view text, std::int64_t begin, std::int64_t end,
                        std::string& out) {
    const std::size_t before = out.size();
    out.append(text, static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    for (std::size_t i = before; i < out.size(); ++i) {
        const char c = out[i];
        out[i] = static_cast<char>(c + (c >= 'A' && c <= 'Z' ? 'a' - 'A' : 0));
    }
}

}  // namespace

bool is_python_alnum(char32_t c) noexcept {
    return u_isalpha(to_icu(c)) != 0 ||
           u_getIntPropertyValue(to_icu(c), UCHAR_NUMERIC_TYPE) != U_NT_NONE;
}

bool is_python_space(char32_t c) noexcept {
    return c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F) || c == 0x85 ||
           c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

char32_t lower_alone(char32_t c) noexcept {
    return static_cast<char32_t>(u_tolower(to_icu(c)));
}

void lower_python(std::string_view text, std::string& lower) {
    lower.clear();
    lower.reserve(text.size());
    const auto end = static_cast<std::int64_t>(text.size());
    std::int64_t pos = 0;
    while (pos < end) {
        const std::int64_t ascii_end = skip_ascii(text, pos);
        append_ascii_lower(text, pos, ascii_end, lower);
        pos = ascii_end;
        if (pos < end) {
            const CodePoint c = decode(text, pos);
            append_lower(text, pos, c, lower);
            pos += c.bytes;
        }
    }
}

}  // namespace framelens
