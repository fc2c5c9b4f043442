// What a verb's neighbours say of it, asked in one place.
#pragma once

#include "framelens/tokens.hpp"
#include "framelens/word_endings.hpp"

#include <cstdint>

namespace framelens {

/// How the text's language inflects.
[[nodiscard]] const Inflection& inflection_of(const SegmentedText& text) noexcept;

/// "also", "never", "not", and by its form "openly". Errors: none.
[[nodiscard]] bool is_adverb(const SegmentedText& text, std::int32_t token) noexcept;

/// A verb with the words before it that belong to it: "has never been openly | called".
struct VerbGroup {
    std::int32_t first = 0;     // token; the verb itself where nothing stands before it
    bool auxiliary = false;     // a form of "be" or "have", or a modal
    bool passive = false;       // "be" is the auxiliary next to it: "was called", "has been called"
    bool negated = false;       // "not", "never", "didn't", "refused to"
    bool hypothetical = false;  // "would", "might"
};

/// Reads the group of the verb at `verb`, leftwards in its sentence. A participle alone is no passive:
/// who has called the dictator is no dictator. Cost: linear in the group, bounded by the sentence.
[[nodiscard]] VerbGroup verb_group(const SegmentedText& text, std::int32_t verb) noexcept;

}  // namespace framelens
