// Words of UAX #29 against ICU's BreakIterator, asked in the plainest way.
#include "catch.hpp"
#include "framelens/unicode_words.hpp"
#include "large.hpp"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace {

using framelens::Span;
using framelens::unicode_words;
using framelens::WordCutter;

std::string encode(char32_t c) {
    std::string bytes;
    icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(bytes);
    return bytes;
}

/// The slow twin.
class IcuWords {
public:
    explicit IcuWords(const std::string& locale) {
        UErrorCode status = U_ZERO_ERROR;
        words_.reset(icu::BreakIterator::createWordInstance(icu::Locale{locale.c_str()}, status));
        REQUIRE(U_SUCCESS(status));
    }
    std::vector<std::uint32_t> cut(const std::string& text) {
        UErrorCode status = U_ZERO_ERROR;
        UText* input = utext_openUTF8(nullptr, text.data(), std::ssize(text), &status);
        words_->setText(input, status);
        std::vector<std::uint32_t> bounds;
        auto start = words_->first();
        for (auto end = words_->next(); end != icu::BreakIterator::DONE; end = words_->next()) {
            if (words_->getRuleStatus() >= UBRK_WORD_NONE_LIMIT) {
                bounds.push_back(static_cast<std::uint32_t>(start));
                bounds.push_back(static_cast<std::uint32_t>(end));
            }
            start = end;
        }
        utext_close(input);
        REQUIRE(U_SUCCESS(status));
        return bounds;
    }

private:
    std::unique_ptr<icu::BreakIterator> words_;
};

/// Both paths of a locale beside ICU.
class Trio {
public:
    explicit Trio(const std::string& locale)
        : locale_(locale), icu_(locale), fast_(locale), portable_(locale, true) {}

    void check(const std::string& text) {
        const auto expected = icu_.cut(text);
        const auto fast = fast_.cut(text);
        const auto portable = portable_.cut(text);
        const bool same = std::equal(fast.begin(), fast.end(), expected.begin(), expected.end()) &&
                          std::equal(portable.begin(), portable.end(), fast.begin(), fast.end());
        if (!same) {
            INFO("locale '" << locale_ << "'");
            FAIL_CHECK("differs on " << Catch::StringMaker<std::string>::convert(escaped(text)));
        }
    }

private:
    static std::string escaped(const std::string& text) {
        icu::UnicodeString out;
        const auto units = icu::UnicodeString::fromUTF8(text);
        std::string printed;
        for (std::int32_t i = 0; i < units.length(); i = units.moveIndex32(i, 1)) {
            const UChar32 c = units.char32At(i);
            char code[16];
            std::snprintf(code, sizeof code, "[%X]", static_cast<unsigned>(c));
            printed += c > 0x20 && c < 0x7F ? std::string(1, static_cast<char>(c)) : code;
        }
        return printed;
    }

    std::string locale_;
    IcuWords icu_;
    WordCutter fast_;
    WordCutter portable_;
};

const std::vector<std::string> locales{"",   "en", "fi", "sv", "de_CH", "el",         "he",
                                       "ja", "zh", "th", "ko", "ar",    "en_US_POSIX"};

/// One or two characters of each kind that any rule knows.
const std::vector<char32_t> of_each_kind{
    U'a',     U'Z',    U'0',    U'_',    U' ',    U'\'',   U'"',    U'.',    U',',    U':',
    U'-',     U'@',    U'\n',   U'\r',   U'\v',   0xA9,    0xAD,    0xB7,    0xE9,    0x301,
    0x5D0,    0x5F3,   0x5F4,   0x627,   0x64E,   0x661,   0x66B,   0x939,   0x94D,   0xE01,
    0xE31,    0xE34,   0x1100,  0x1780,  0x17D2,  0x200B,  0x200D,  0x2003,  0x2014,  0x2019,
    0x201C,   0x202F,  0x2028,  0x203F,  0x2139,  0x2764,  0xFE0F,  0x3001,  0x3005,  0x3007,
    0x3042,   0x309B,  0x30A2,  0x30FC,  0x4E2D,  0x56FD,  0xAC00,  0xFF10,  0xFF21,  0xFF71,
    0xFF9E,   0xFE55,  0xFF1A,  0x1F1E6, 0x1F1FA, 0x1F469, 0x1F3FD, 0x1F4BB, 0x1D400, 0x1D7CE,
    0x10FFFF, 0x16FE4, 0x17000, 0x20000, 0xE0001, 0xE0020, 0x2060};

/// Runs of one kind, of one script, and wild mixtures.
std::string random_text(std::mt19937& random, std::size_t length) {
    static const std::vector<std::u32string> styles{U"abcdefghijklmnopqrstuvwxyz      ",
                                                    U"abc012.,:;'\u2019_ ",
                                                    U"aéüñßøa  .,'\u2019\u00B7",
                                                    U"אבגדה\u05B0\"'\u05F4 .",
                                                    U"ابجد\u064E\u0661\u060C  ",
                                                    U"аяё.  ’",
                                                    U"กขคะาิไทย ",
                                                    U"日本語カタカナひらがなー一二、。 ",
                                                    U"한국어 말",
                                                    U"कखग\u094D\u093E ",
                                                    U"😀👩\u200D💻\uFE0F🏽🇦🇧 a"};
    std::string text;
    while (text.size() < length) {
        const auto& style = styles[random() % styles.size()];
        const bool wild = random() % 3 == 0;
        for (auto left = random() % 40; left > 0; --left) {
            const char32_t c = wild                 ? of_each_kind[random() % of_each_kind.size()]
                               : random() % 50 == 0 ? static_cast<char32_t>(random() % 0x3000)
                                                    : style[random() % style.size()];
            text += encode(c);
        }
    }
    return text;
}

std::vector<std::string> words_of(const std::string& text, const std::string& locale = "") {
    std::vector<std::string> words;
    for (const Span span : unicode_words(text, locale)) {
        words.push_back(text.substr(static_cast<std::size_t>(span.start),
                                    static_cast<std::size_t>(span.size())));
    }
    return words;
}

}  // namespace

TEST_CASE("words of UAX #29") {
    CHECK(words_of("The U.S. can't pay $1,000.50 — “really”?") ==
          std::vector<std::string>{"The", "U.S", "can't", "pay", "1,000.50", "really"});
    CHECK(words_of("") == std::vector<std::string>{});
    CHECK(words_of(" \n…😀") == std::vector<std::string>{});
    CHECK(words_of("na\u00EFve nai\u0308ve") ==
          std::vector<std::string>{"na\u00EFve", "nai\u0308ve"});
}

TEST_CASE("words of scripts without spaces come from ICU's dictionaries") {
    CHECK(words_of("总统发表讲话") == std::vector<std::string>{"总统", "发表", "讲话"});
    CHECK(words_of("大統領が演説した").size() > 2);
    CHECK(words_of("ประธานาธิบดีพูด") == std::vector<std::string>{"ประธานาธิบดี", "พูด"});
    CHECK(words_of("ປະທານປະເທດເວົ້າ").size() > 1);
    CHECK(words_of("ប្រធានាធិបតីនិយាយ").size() > 1);
    CHECK(words_of("သမ္မတကပြောသည်").size() > 1);
}

TEST_CASE("up to four characters of every kind are cut as ICU does") {
    for (const std::string locale : {"", "fi"}) {
        Trio words(locale);
        for (const char32_t a : of_each_kind) {
            for (const char32_t b : of_each_kind) {
                for (const char32_t c : of_each_kind) {
                    std::string text = "a";
                    for (const char32_t next : {a, b, c}) text += encode(next);
                    words.check(text);
                }
            }
        }
    }
}

TEST_CASE("every code point between letters is cut as ICU does") {
    Trio words("");
    for (char32_t c = 0; c <= 0x10FFFF; c += framelens::testing::stride) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        std::string text;
        for (const char* const around : {"a", "b 1", "2 ", "_"}) {
            text += around;
            text += encode(c);
        }
        words.check(text);
    }
}

TEST_CASE("random texts are cut as ICU does in every locale") {
    std::mt19937 random{29};
    for (const std::string& locale : locales) {
        Trio words(locale);
        for (int i = 0; i < 1'500; ++i) words.check(random_text(random, random() % 400));
    }
}

TEST_CASE("ASCII is cut as ICU does") {
    std::mt19937 random{1};
    for (const std::string locale : {"", "fi", "en_US_POSIX"}) {
        Trio words(locale);
        for (int i = 0; i < 5'000; ++i) {
            std::string text;
            const unsigned range = i % 2 == 0 ? 0x80 : 12;
            for (auto left = random() % 300; left > 0; --left) {
                text += range == 12 ? "ab1_'.,:; \"@"[random() % range]
                                    : static_cast<char>(random() % range);
            }
            words.check(text);
        }
    }
}

TEST_CASE("words that nothing separates take linear time") {
    WordCutter words("");
    const auto seconds = [&](const std::string& unit, std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) text += unit;
        const std::clock_t start = std::clock();
        CHECK(words.cut(text).size() <= text.size() + 1);
        return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    };
    for (const std::string unit :
         {"a", "a.,", "a.\u05D0", "\u0301", "_\u202F", "\u200D\u2764", "a\u0E01.", "\u05D0\""}) {
        const double short_time = std::max(seconds(unit, 100'000), 2e-3);
        CHECK(seconds(unit, 800'000) < 40 * short_time);
    }
}
