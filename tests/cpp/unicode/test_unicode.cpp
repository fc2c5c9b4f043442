#include "catch.hpp"
#include "framelens/unicode.hpp"
#include "framelens/unicode_encode.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using framelens::append_utf8;
using framelens::CodePoint;
using framelens::CodePointIndex;
using framelens::decode;
using framelens::decode_before;
using framelens::find_invalid_utf8;
using framelens::fold;
using framelens::Span;
using framelens::utf8_size;

namespace {

std::string encode(char32_t c) {
    const auto byte = [](char32_t value) { return static_cast<char>(value); };
    if (c < 0x80) return {byte(c)};
    if (c < 0x800) return {byte(0xC0 | (c >> 6)), byte(0x80 | (c & 0x3F))};
    if (c < 0x10000) {
        return {byte(0xE0 | (c >> 12)), byte(0x80 | ((c >> 6) & 0x3F)), byte(0x80 | (c & 0x3F))};
    }
    return {byte(0xF0 | (c >> 18)), byte(0x80 | ((c >> 12) & 0x3F)), byte(0x80 | ((c >> 6) & 0x3F)),
            byte(0x80 | (c & 0x3F))};
}

// A slow twin: decodes by the definition and compares with what encoding gives back.
std::int64_t first_invalid(const std::string& text) {
    std::size_t pos = 0;
    while (pos < text.size()) {
        const auto lead = static_cast<unsigned char>(text[pos]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (pos + length > text.size()) return static_cast<std::int64_t>(pos);
        char32_t value = length == 1 ? lead : lead & (0xFFU >> (length + 1));
        for (std::size_t i = 1; i < length; ++i) {
            value = (value << 6) | (static_cast<unsigned char>(text[pos + i]) & 0x3FU);
        }
        const bool scalar = value < 0xD800 || (value > 0xDFFF && value <= 0x10FFFF);
        if (!scalar || encode(value) != text.substr(pos, length)) {
            return static_cast<std::int64_t>(pos);
        }
        pos += length;
    }
    return -1;
}

// Texts that mix one to four bytes: ASCII, accents, combining marks, CJK, emoji, joiners.
std::string random_text(std::mt19937& random, std::size_t length, bool ascii_only = false) {
    static const std::vector<char32_t> others{0xE1,   0x301,   0x2019,  0x4E2D,   0xFEFF,
                                              0x200D, 0x1F600, 0x1F3FD, 0x10FFFF, 0x7FF};
    std::string text;
    for (std::size_t i = 0; i < length; ++i) {
        if (ascii_only || random() % 3 != 0) {
            text += static_cast<char>(random() % 0x80);
        } else {
            text += encode(others[random() % others.size()]);
        }
    }
    return text;
}

double seconds_of(const std::string& text) {
    const auto start = std::chrono::steady_clock::now();
    CHECK(fold(text).size() <= text.size());
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string repeated(const std::string& unit, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += unit;
    return text;
}

}  // namespace

TEST_CASE("UTF-8 is checked like its definition") {
    CHECK_FALSE(find_invalid_utf8(""));
    CHECK_FALSE(find_invalid_utf8("plain"));
    CHECK_FALSE(find_invalid_utf8(std::string_view("nul \0 inside", 12)));
    CHECK(find_invalid_utf8("ab\xFF") == 2);
    CHECK(find_invalid_utf8("ab\xE2\x80") == 2);
    CHECK(find_invalid_utf8("\xC0\x80") == 0);
    CHECK(find_invalid_utf8("\xE0\x80\xAF") == 0);
    CHECK(find_invalid_utf8("eight by\xED\xA0\x80") == 8);
    CHECK(find_invalid_utf8("\xF4\x90\x80\x80") == 0);

    std::mt19937 random{7};
    for (int i = 0; i < 20'000; ++i) {
        std::string text = random_text(random, random() % 24);
        if (!text.empty() && i % 2 == 0) {
            text[random() % text.size()] = static_cast<char>(random() % 256);
        }
        if (find_invalid_utf8(text).value_or(-1) != first_invalid(text)) {
            FAIL_CHECK("differs on " << Catch::StringMaker<std::string>::convert(text));
        }
    }
}

TEST_CASE("every scalar value is decoded from both sides") {
    std::int64_t wrong = 0;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        const std::string text = "é" + encode(c) + "é";
        const auto bytes = static_cast<int>(text.size()) - 4;
        const CodePoint ahead = decode(text, 2);
        const CodePoint behind = decode_before(text, 2 + bytes);
        wrong += ahead.value != c || behind.value != c || ahead.bytes != bytes ||
                 behind.bytes != bytes || find_invalid_utf8(text).has_value();
    }
    CHECK(wrong == 0);
}

TEST_CASE("properties") {
    using framelens::is_digit, framelens::is_letter, framelens::is_lower, framelens::is_space,
        framelens::is_upper;
    CHECK((is_letter(U'a') && is_letter(U'Z') && is_letter(U'é') && is_letter(U'中')));
    CHECK(is_letter(U'\u0301'));
    CHECK_FALSE((is_letter(U'@') || is_letter(U'[') || is_letter(U'`') || is_letter(U'{')));
    CHECK_FALSE((is_letter(U'1') || is_letter(U'’') || is_letter(U'_')));
    CHECK((is_digit(U'0') && is_digit(U'9') && is_digit(U'٣')));
    CHECK_FALSE((is_digit(U'/') || is_digit(U':') || is_digit(U'½')));
    CHECK((is_upper(U'A') && is_upper(U'Á') && is_upper(U'ǅ') && !is_upper(U'a')));
    CHECK((is_lower(U'z') && is_lower(U'ß') && !is_lower(U'Z') && !is_lower(U'中')));
    CHECK((is_space(U' ') && is_space(U'\t') && is_space(U'\r') && is_space(U'\u00A0')));
    CHECK((is_space(U'\u200B') && is_space(U'\uFEFF') && is_space(U'\u2028')));
    CHECK_FALSE((is_space(U'a') || is_space(U'\0') || is_space(U'\u200D')));
    CHECK(framelens::is_alnum(U'x'));
    CHECK_FALSE(framelens::is_alnum(U'-'));
}

TEST_CASE("folding makes the variants of one word equal") {
    CHECK(fold("") == "");
    CHECK(fold("Nicolás MADURO") == "nicolas maduro");
    CHECK(fold("Nicola\u0301s") == "nicolas");
    CHECK(fold("ﬁnancier Straße") == "financier strasse");
    CHECK(fold("ＡＢＣ １２") == "abc 12");
    CHECK(fold("İstanbul") == "istanbul");
    CHECK(fold("ΣΊΣΥΦΟΣ") == fold("σίσυφος"));
    CHECK(fold("don’t don‘t don`t don´t donʼt don′t") == "don't don't don't don't don't don't");
    CHECK(fold("“a” „b‟ «c» 「d」 ″") == "\"a\" \"b\" \"c\" \"d\" \"");
    CHECK(fold("‹a› ‚b’") == "'a' 'b'");
    CHECK(fold("a–b—c‑d−e―f") == "a-b-c-d-e-f");
    CHECK(fold("a\u00A0b\u2009c\u3000d\u202Fe") == "a b c d e");
    CHECK(fold("wo\u00ADrd\u200B \uFEFF") == "word ");
    CHECK(fold("line\nbreak\ttab") == "line\nbreak\ttab");
    CHECK(fold(std::string("a\0B", 3)) == std::string("a\0b", 3));
}

TEST_CASE("folding keeps marks that are letters of their script") {
    CHECK(fold("が") != fold("か"));
    CHECK(fold("हिन्दी") == "हिन्दी");
    CHECK(fold("น้ำ") != fold("นำ"));
    CHECK(fold("한국") == "한국");
    CHECK(fold("كِتَاب") == fold("كتاب"));
    CHECK(fold("שָׁלוֹם") == fold("שלום"));
}

TEST_CASE("folding twice changes nothing, and texts fold piece by piece") {
    std::mt19937 random{11};
    int changed = 0;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        const std::string once = fold(encode(c));
        changed += fold(once) != once;
    }
    CHECK(changed == 0);
    int split = 0;
    for (int i = 0; i < 3000; ++i) {
        const std::string left = random_text(random, random() % 20);
        const std::string right = random_text(random, random() % 20);
        const std::string folded = fold(left + " " + right);
        split += fold(folded) != folded || folded != fold(left) + " " + fold(right);
    }
    CHECK(split == 0);
}

TEST_CASE("folding a long word gives what its parts give, in linear time") {
    // Precomposed, decomposed and astral, over every place where a run may be cut.
    std::string text;
    std::string expected;
    for (int i = 0; i < 3000; ++i) {
        text += i % 3 == 0 ? "Ж" : i % 3 == 1 ? "й" : "и\u0306";
        expected += i % 3 == 0 ? "ж" : "и";
    }
    CHECK(fold(text) == expected);
    const std::string hangul = repeated("\u1112\u1161\u11AB", 3000);
    CHECK(fold(hangul) == repeated("한", 3000));

    // Marks of two combining classes in turn are the worst case of canonical ordering.
    CHECK(seconds_of(repeated("\u0316\u0301", 500'000)) < 5);
    CHECK(seconds_of(repeated("\u0E38\u0E48\u0EB8\u0EC8", 250'000)) < 20);
    CHECK(seconds_of(std::string(10'000'000, 'A')) < 5);
}

TEST_CASE("bytes and code points map to each other") {
    std::mt19937 random{3};
    for (int i = 0; i < 300; ++i) {
        const std::string text = random_text(random, random() % 400, i % 10 == 0);
        const CodePointIndex index{text};
        std::int64_t byte = 0;
        std::int64_t code_point = 0;
        bool equal = true;
        for (; byte < std::ssize(text); byte += decode(text, byte).bytes, ++code_point) {
            equal = equal && index.to_code_point(byte) == code_point &&
                    index.to_byte(code_point) == byte;
        }
        CHECK(equal);
        CHECK(index.size() == code_point);
        CHECK(index.to_code_point(byte) == code_point);
        CHECK(index.to_byte(code_point) == byte);
    }
    CHECK(CodePointIndex{""}.size() == 0);
    CHECK(CodePointIndex{""}.to_byte(0) == 0);
}

TEST_CASE("versions are reported") {
    const auto versions = framelens::unicode_versions();
    CHECK(versions.icu.find('.') != std::string::npos);
    CHECK(std::stoi(versions.unicode) >= 13);
}

TEST_CASE("every code point is written as it is read") {
    std::string text;
    std::vector<char32_t> written;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        const std::size_t before = text.size();
        append_utf8(c, text);
        if (text.size() - before != static_cast<std::size_t>(utf8_size(c)))
            FAIL(static_cast<std::uint32_t>(c));
        written.push_back(c);
    }
    REQUIRE_FALSE(find_invalid_utf8(text));
    std::int64_t pos = 0;
    for (const char32_t c : written) {
        const CodePoint read = decode(text, pos);
        if (read.value != c || read.bytes != utf8_size(c)) FAIL(static_cast<std::uint32_t>(c));
        pos += read.bytes;
    }
    CHECK(pos == static_cast<std::int64_t>(text.size()));
}
