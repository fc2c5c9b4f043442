// ICU's rules for words as it compiled them: an automaton over categories of code points.
#pragma once

#include "framelens/unicode.hpp"

#include <unicode/rbbi.h>
#include <unicode/ucptrie.h>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

/// What a code point does to the plain words around it. `low_line`: joins words, and is none alone.
/// `middle`: may stand between two letters or two digits. `extend`: belongs to what it follows.
/// `other`: only the automaton can tell.
enum class WordKind : std::uint8_t { separator, letter, digit, low_line, middle, extend, other };

[[nodiscard]] constexpr bool is_word(WordKind kind) noexcept {
    return kind >= WordKind::letter && kind <= WordKind::low_line;
}

/// A code point at a position where one begins. Requires valid UTF-8.
[[nodiscard]] inline CodePoint decode_word(std::string_view text, std::size_t pos) noexcept {
    const auto byte = [&](std::size_t i) -> char32_t {
        return static_cast<unsigned char>(text[pos + i]);
    };
    const char32_t lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    if (lead < 0xE0) return {(lead & 0x1FU) << 6U | (byte(1) & 0x3FU), 2};
    if (lead < 0xF0) {
        return {(lead & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU), 3};
    }
    return decode_beyond_ascii(text, static_cast<std::int64_t>(pos));
}

/// Errors: ValueError for a locale that ICU does not know ("" is root).
[[nodiscard]] std::unique_ptr<icu::BreakIterator> word_iterator(const std::string& locale);

class WordRules {
public:
    struct Segment {
        std::size_t end = 0;
        bool word = false;
        bool dictionary = false;  // ICU cuts it further
    };

    /// The rules of an iterator, which must live as long; nothing if ICU wrote them in a form that
    /// is not known here.
    [[nodiscard]] static std::optional<WordRules> read(const icu::RuleBasedBreakIterator& words);

    /// The segment that begins at `begin`, where one does. Requires begin < text.size().
    [[nodiscard]] Segment segment(std::string_view text, std::size_t begin) const noexcept;

    /// True if plain words may be found by kinds: the automaton was walked through, and no sequence
    /// of plain kinds is cut otherwise.
    [[nodiscard]] bool plain() const noexcept { return plain_; }
    [[nodiscard]] WordKind kind(char32_t c) const noexcept { return kinds_[category(c)]; }
    /// Whether `middle` joins what is before and behind it.
    [[nodiscard]] bool joins(WordKind before, char32_t middle, WordKind behind) const noexcept {
        const unsigned pair = 8U * static_cast<unsigned>(before) + static_cast<unsigned>(behind);
        return (joins_[category(middle)] >> pair & 1U) != 0;
    }

private:
    enum class Accept : std::uint8_t { no, segment, word };
    class Proof;

    WordRules() = default;
    [[nodiscard]] std::uint8_t category(char32_t c) const noexcept {
        if (c < 0x10000) [[likely]] {
            return values_[pages_[c >> 6U] + (c & 0x3FU)];
        }
        return static_cast<std::uint8_t>(ucptrie_get(trie_.get(), static_cast<UChar32>(c)));
    }
    [[nodiscard]] std::uint8_t next(std::uint8_t state, std::uint8_t category) const noexcept {
        return next_[std::size_t{state} * stride + category];
    }
    bool read_states(const std::uint8_t* table, const std::int32_t* statuses);
    void assign_kinds();

    struct CloseTrie {
        void operator()(UCPTrie* trie) const noexcept { ucptrie_close(trie); }
    };
    static constexpr std::size_t stride = 64;
    static constexpr std::uint8_t stop = 0;
    static constexpr std::uint8_t start = 1;

    std::unique_ptr<UCPTrie, CloseTrie> trie_;
    const std::uint16_t* pages_ = nullptr;
    const std::uint8_t* values_ = nullptr;
    std::uint32_t categories_ = 0;
    std::uint32_t first_dictionary_ = 0;
    std::vector<std::uint8_t> next_;  // state x category
    std::vector<Accept> accepts_;
    std::array<WordKind, 256> kinds_{};
    std::array<std::uint64_t, 256> joins_{};  // of a category: one bit a pair of kinds
    bool plain_ = false;
};

}  // namespace framelens
