// A sentence in pieces, and what is read in it. Internal to the room `quotes`.
#pragma once

#include "framelens/references.hpp"
#include "framelens/tokens.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace framelens::quotes_detail {

/// A token, or a marked span that stands in its place.
struct Piece {
    std::int32_t token = 0;  // of a quotation: its opening mark
    std::optional<std::int32_t> mark;
};
using Pieces = std::span<const Piece>;

/// What a mark holds, without the spaces that French and others set inside.
[[nodiscard]] Span marked_words(const SegmentedText& text, std::int32_t mark);

/// A noun phrase that may speak.
struct NounPhrase {
    TokenRange tokens;
    const Reference* reference = nullptr;  // none for a plain noun: "analysts"
};

/// A cue with its subject, as pieces of one sentence.
struct Attribution {
    std::optional<NounPhrase> speaker;
    std::optional<TokenRange> cue;
    bool set_off = false;  // by a comma or colon, or standing right behind the quotation
};

/// Who says the pieces from `from` to `end` of a headline.
struct HeadlineVoice {
    NounPhrase speaker;
    std::size_t from = 0;
    std::size_t end = 0;
};

}  // namespace framelens::quotes_detail
