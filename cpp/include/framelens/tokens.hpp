// Token spans and normal forms.
#pragma once

#include "framelens/marks.hpp"
#include "framelens/segment.hpp"
#include "framelens/types.hpp"
#include "framelens/word_class.hpp"
#include "framelens/zones.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace framelens {

struct Language;

enum class TokenKind : std::uint8_t { word, number, possessive, contraction, punctuation };

/// One token of running text. "Venezuela's" is two, the word and its possessive clitic; so is
/// "we're", whose second is a contraction.
struct Token {
    ShortSpan span;
    const WordEntry* entry = &unknown_word;  // belongs to the language
    std::int32_t sentence = 0;               // index into Segments::sentences
    // Packed: tokens are most of what an annotated corpus keeps.
    char32_t mark : 21 = 0;  // of punctuation: its first code point
    TokenKind kind : 3 = TokenKind::word;
    bool capital : 1 = false;   // first letter is upper case
    bool all_caps : 1 = false;  // two letters or more, none lower case
    bool plain : 1 = false;     // ASCII letters and digits, and a full stop behind them at most

    /// True if the language gives the form any of the classes.
    [[nodiscard]] bool is(WordClass any) const noexcept { return entry->is(any); }
    [[nodiscard]] bool is(Marker any) const noexcept { return entry->is(any); }
    /// True if the language has the form.
    [[nodiscard]] bool is_known() const noexcept {
        return entry != &unknown_word && !entry->is_only(open_classes);
    }
};

/// Who speaks, as told before a colon ("OLGA REM, TRADER:", "Q:") or in a signature ("― Olga Rem").
enum class TurnVoice : std::uint8_t { named, question, answer, outlet };
struct Turn {
    TurnVoice voice = TurnVoice::named;
    std::int32_t first = 0;  // tokens of the label or signature, with its colon or dash
    std::int32_t end = 0;
    std::int32_t name = 0;  // tokens of the name in it, titles off
    std::int32_t name_end = 0;
    bool generic = false;                 // no name but a role: "REPORTER"
    std::optional<std::int32_t> meant{};  // of initials: where the name stands that they mean
};

/// An article cut up for reading: what names, quotes and mentions work on.
/// `text` and `language` are views of what the caller keeps alive.
struct SegmentedText {
    std::string_view text;
    const Language* language = nullptr;
    std::vector<Zone> zones;
    Segments segments;
    std::vector<MarkedSpan> marks;
    std::vector<Token> tokens;
    std::vector<Turn> turns;                // in text order; what is said in them is marked
    std::vector<std::int32_t> first_token;  // of each sentence; one more entry than sentences

    /// The first token that begins at a byte or behind it; the number of tokens if there is none.
    [[nodiscard]] std::int32_t token_from(std::int64_t pos) const noexcept {
        const auto found =
            std::lower_bound(tokens.begin(), tokens.end(), pos,
                             [](const Token& t, std::int64_t at) { return t.span.start < at; });
        return static_cast<std::int32_t>(found - tokens.begin());
    }
    [[nodiscard]] std::string_view at(Span span) const noexcept {
        return text.substr(static_cast<std::size_t>(span.start),
                           static_cast<std::size_t>(span.size()));
    }
    /// From the begin of a token to the end of the last before `end`, which is not before it.
    [[nodiscard]] Span span_of(std::int32_t first, std::int32_t end) const noexcept {
        return {tokens[static_cast<std::size_t>(first)].span.start,
                tokens[static_cast<std::size_t>(end - 1)].span.end};
    }
};

/// Zones, paragraphs, sentences, quotation marks and tokens of one article.
/// `repeated` (may be null) and `title_end` as in `find_zones`; `source` is the outlet's name, which
/// is no speaker where a line begins with it.
/// Errors: ValueError for a text of 2 GiB and more.
/// Cost: linear, one dictionary look-up a word.
[[nodiscard]] SegmentedText read_text(std::string_view text, const Language& language,
                                      const RepeatedLines* repeated = nullptr,
                                      std::int64_t title_end = 0, std::string_view source = {});

/// Number of tokens that are words or numbers.
[[nodiscard]] std::int64_t count_words(const SegmentedText& text) noexcept;

}  // namespace framelens
