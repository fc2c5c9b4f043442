// Paragraphs and sentences.
#pragma once

#include "framelens/types.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace framelens {

struct Language;

/// A sentence, without surrounding white space, and the paragraph it lies in.
struct Sentence {
    Span span;
    std::int32_t paragraph = 0;
};

/// Paragraphs (non-blank lines) and the sentences in them, both in text order.
struct Segments {
    std::vector<Span> paragraphs;
    std::vector<Sentence> sentences;
};

/// Sentences end at . ! ? … (and CJK marks) with closing quotes and brackets, but not after an
/// abbreviation of the language, an initial, inside a number or before a lower-case letter.
/// A sentence end inside quotation marks counts: each quoted sentence is one of its own.
/// `title_end` as in `find_lines`: a known title is a paragraph of its own.
/// Cost: linear in the text, also without any full stop.
[[nodiscard]] Segments segment(std::string_view text, const Language& language,
                               std::int64_t title_end = 0);

}  // namespace framelens
