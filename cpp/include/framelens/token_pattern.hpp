// scikit-learn's default token rule, exactly: the pattern `(?u)\b\w\w+\b` over lower-cased text.
#pragma once

#include "framelens/types.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace framelens {

/// The tokens of one text. `text` is what the spans point into: lower-cased where that was asked
/// for, so spans are offsets into it and not into the original.
struct PatternTokens {
    std::string text;
    std::vector<Span> spans;

    [[nodiscard]] std::string_view operator[](std::size_t token) const noexcept {
        return std::string_view{text}.substr(static_cast<std::size_t>(spans[token].start),
                                             static_cast<std::size_t>(spans[token].size()));
    }
};

/// Fills `tokens` with the maximal runs of two or more word characters of valid UTF-8 `text`.
/// A word character is what Python's `str.isalnum()` accepts, or "_".
/// Units: bytes. Cost: one pass; `tokens` is passed in so that its memory is used again.
void find_pattern_tokens(std::string_view text, bool lowercase, PatternTokens& tokens);

}  // namespace framelens
