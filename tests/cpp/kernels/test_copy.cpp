#include "kernels/copy.hpp"

#include "catch.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <random>
#include <string>
#include <vector>

using namespace framelens;

namespace {

// Capitals become small, vowels with signs spaces; no rule of a language, but one of each kind.
UnitRule rule_of(bool lower, bool punctuation) {
    UnitRule rule;
    for (std::uint32_t c = 0; c < 0x10000; ++c) {
        const bool surrogate = c >= 0xD800 && c < 0xE000;
        const bool small = lower && ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0xD7));
        rule.table[c] =
            static_cast<std::uint16_t>(surrogate || c == 0xFFFF || c == 0x3A3 ? UnitRule::special
                                       : small                                ? c + 32
                                       : c % 0x100 == 0xE9                    ? ' '
                                       : punctuation && c >= 0x2000 && c < 0x2070 ? ' '
                                                                                  : c);
    }
    rule.lower = lower;
    rule.punctuation = punctuation;
    for (std::size_t i = 0; i < 128; ++i) {
        rule.latin[i] = static_cast<std::uint8_t>(rule.table[0x80 + i]);
    }
    return rule;
}

template <class Unit>
std::vector<Unit> draw(std::mt19937& random, std::size_t size, unsigned kind) {
    std::vector<Unit> units(size);
    for (Unit& unit : units) {
        const auto of = random() % 8;
        const auto any = static_cast<std::uint32_t>(random());
        std::uint32_t c = any % 0x80;
        if (kind > 0 && of == 0) c = any % 0x100;
        if (kind > 1 && of == 1) c = 0x2000 + any % 0x80;
        if (kind > 2 && of <= 3) c = 0x300 + any % 0x800;
        if (kind > 3 && of >= 6) c = any % 0x10000;
        unit = static_cast<Unit>(std::min<std::uint32_t>(c, sizeof(Unit) == 1 ? 0xFF : 0xFFFF));
    }
    return units;
}

void append_utf8(std::uint32_t c, std::string& out) {
    if (c < 0x80) {
        out += static_cast<char>(c);
        return;
    }
    if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6U);
    } else {
        out += static_cast<char>(0xE0 | c >> 12U);
        out += static_cast<char>(0x80 | (c >> 6U & 0x3FU));
    }
    out += static_cast<char>(0x80 | (c & 0x3FU));
}

template <class Unit>
std::string expected(const std::vector<Unit>& units, std::size_t count, const UnitRule& rule) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) append_utf8(rule.table[units[i]], out);
    return out;
}

// Copies, and checks what was copied, however far a kernel went.
template <class Unit, class Copy>
void check(const std::vector<Unit>& units, const UnitRule& rule, const Copy& copy, bool far) {
    constexpr char untouched = '\x7F';
    std::vector<char> out(3 * units.size() + copy_slack + 1, untouched);
    const Copied copied = copy(units.data(), units.size(), out.data(), rule);
    const auto stop = std::find_if(units.begin(), units.end(), [&](Unit c) {
        return far ? rule.table[c] == UnitRule::special : c >= 0x80;
    });
    CHECK(copied.units == static_cast<std::size_t>(stop - units.begin()));
    CHECK(std::string(out.data(), copied.bytes) == expected(units, copied.units, rule));
    CHECK(out.back() == untouched);
}

}  // namespace

TEST_CASE("kernels copy what the rule says, as far as they go") {
    const std::vector<const CopyKernels*> all(all_copy_kernels().begin(), all_copy_kernels().end());
    const CopyKernels& kernels = *GENERATE_COPY(from_range(all));
    std::mt19937 random(1);
    for (const bool lower : {false, true}) {
        for (const bool punctuation : {false, true}) {
            const UnitRule rule = rule_of(lower, punctuation);
            for (std::size_t size = 0; size < 300; ++size) {
                for (unsigned kind = 0; kind < 5; ++kind) {
                    const auto narrow = draw<std::uint8_t>(random, size, kind);
                    check(narrow, rule, kernels.ucs1, kernels.beyond_ascii);
                    check(draw<std::uint16_t>(random, size, kind), rule, kernels.ucs2,
                          kernels.beyond_ascii);
                    check(draw<std::uint32_t>(random, size, kind), rule, kernels.ucs4, false);
                }
            }
        }
    }
}

TEST_CASE("UTF-8 is copied up to the first character that no kernel tells") {
    const std::vector<const CopyKernels*> all(all_copy_kernels().begin(), all_copy_kernels().end());
    const CopyKernels& kernels = *GENERATE_COPY(from_range(all));
    std::mt19937 random(2);
    for (int round = 0; round < 20'000; ++round) {
        const bool punctuation = random() % 2 == 0;
        static const std::array rules{rule_of(true, false), rule_of(true, true)};
        const UnitRule& rule = rules[punctuation ? 1 : 0];
        std::string text;
        std::string expected;
        bool stopped = false;
        const auto seldom = random() % 300 + 2;
        for (std::size_t i = random() % 200; i > 0; --i) {
            const bool ascii = random() % 3 != 0;
            const bool mark = random() % seldom != 0;
            const auto any = static_cast<std::uint32_t>(random());
            const std::uint32_t c = ascii ? any % 0x80 : mark ? 0x2000 + any % 0x70 : any % 0xD800;
            append_utf8(c, text);
            const bool known =
                c < 0x80 || (punctuation && kernels.beyond_ascii && c >= 0x2000 && c < 0x2070);
            stopped = stopped || !known;
            if (stopped) continue;
            if (c < 0x80) append_utf8(rule.table[c], expected);
            if (c >= 0x80) expected += "   ";
        }
        std::vector<char> out(text.size() + copy_slack + 1, '\x7F');
        const Copied copied = kernels.utf8(reinterpret_cast<const std::uint8_t*>(text.data()),
                                           text.size(), out.data(), rule);
        CHECK(copied.units == expected.size());
        CHECK(std::string(out.data(), copied.bytes) == expected);
        CHECK(out.back() == '\x7F');
    }
}
